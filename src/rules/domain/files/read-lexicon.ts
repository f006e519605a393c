import { oneOf } from '../../../kernel/index.js';
import { type Comparison, COMPARISONS } from '../compare.js';
import {
  emptyLists,
  type LexiconCode,
  type LexiconGrades,
  type LexiconSource,
  type MeasuredPhrase,
  PHRASE_LISTS,
  type PhraseList,
  phrasePattern,
  type Reading,
  READINGS,
  UNMEASURED,
  WORD_LISTS,
  type WordList,
} from '../text/lexicon.js';
import { GRADES, gradeRank } from '../text/grades.js';
import { MEASURE_UNITS, type Measure, measureOf } from '../text/measures.js';
import { asWord } from '../messages/parts.js';
import { plainText } from '../text/plain-text.js';
import { type Bilingual } from '../catalogue.js';
import { readDecimal } from './plain-decimal.js';
import { readTitle } from './read-rule-file.js';
import { type FaultList, type SourceNode } from './source-node.js';

const PHRASES = Object.keys(PHRASE_LISTS) as PhraseList[];
const WORDS = Object.keys(WORD_LISTS) as WordList[];
/** What a lexicon file may have. */
export const LEXICON_KEYS = [
  'kind',
  'id',
  'title',
  'source',
  'owner',
  'review-by',
  'note',
  'extends',
  'grammar',
  'grades',
  'codes',
  'measured',
  ...PHRASES,
  ...WORDS,
] as const;

/** A phrase's own example: a conclusion and how it must be read. */
export interface PhraseExample {
  at: SourceNode;
  text: string;
  expect: Reading;
}

/** A lexicon file as read, before it is joined with the one that it extends. */
export interface LexiconFile {
  node: SourceNode;
  source: LexiconSource;
  extends: SourceNode | null;
  /** The lexicon whose way of denying and doubting it takes, without its findings. */
  grammar: SourceNode | null;
  examples: PhraseExample[];
  faults: FaultList;
}

export function readLexiconFile(node: SourceNode, faults: FaultList): LexiconFile | null {
  const members = faults.map(node, 'a lexicon file', LEXICON_KEYS);
  if (!members) return null;
  const examples: PhraseExample[] = [];
  const id = faults.text(members.id, node, 'id');
  const title = readTitle(members.title, node, faults);
  const source = faults.text(members.source, node, 'source', 'no-source');
  const lists = emptyLists();
  for (const name of PHRASES) {
    if (members[name]) lists[name] = readPhrases(members[name], name, examples, faults);
  }
  for (const name of WORDS) {
    const items = members[name] ? faults.list(members[name], asWord(name)) : [];
    lists[name] = items.map((item) => plainText(faults.text(item, item, 'a word') ?? '')).filter((word) => word !== '');
  }
  const grades = members.grades ? readGrades(members.grades, examples, faults) : null;
  const codes = members.codes ? readCodes(members.codes, faults) : [];
  const measured = members.measured ? readMeasured(members.measured, examples, faults) : [];
  if (id === null || !title || source === null) return null;
  const content: LexiconSource = { id, title, source, grades, codes, measured, ...lists };
  const { extends: base = null, grammar = null } = members;
  if (base && grammar) faults.add(grammar, 'extends-or-grammar');
  return { node, source: content, extends: base, grammar, examples, faults };
}

function readPhrases(node: SourceNode, list: PhraseList, examples: PhraseExample[], faults: FaultList): string[] {
  return faults.list(node, asWord(list)).flatMap((item) => {
    const members = faults.map(item, entryOf(list), ['phrase', 'examples', 'note']);
    const phrase = members && readPhrase(members, item, examples, faults);
    return phrase ? [phrase] : [];
  });
}

/** One phrase, with examples of its own; null, with a fault, when it is none. */
function readPhrase(
  members: Partial<Record<'phrase' | 'examples', SourceNode>>,
  item: SourceNode,
  examples: PhraseExample[],
  faults: FaultList,
): string | null {
  const phrase = faults.text(members.phrase, item, 'phrase');
  if (phrase === null) return null;
  const plain = phrase.split('…').map(plainText).join('…');
  const pattern = patternOf(plain);
  if (!pattern) {
    faults.add(members.phrase ?? item, 'phrase-brackets', { found: phrase });
    return null;
  }
  const own = members.examples ? readExamples(members.examples, faults) : [];
  if (!own.some(({ text }) => pattern.test(plainText(text)))) {
    faults.add(item, 'phrase-unseen', { found: phrase });
  }
  examples.push(...own);
  return plain;
}

function entryOf(list: string): Bilingual {
  return { zh: `${list} 的一项`, en: `an entry of ${list}` };
}

function patternOf(phrase: string): RegExp | null {
  try {
    const pattern = new RegExp(phrasePattern(phrase), 'i');
    return pattern.test('') ? null : pattern;
  } catch {
    return null;
  }
}

/** `examples: { suspected: [text, …], excluded: [text, …] }` */
function readExamples(node: SourceNode, faults: FaultList): PhraseExample[] {
  const members = faults.map(node, 'examples', READINGS);
  if (!members) return [];
  return READINGS.flatMap((expect) =>
    (members[expect] ? faults.list(members[expect], asWord(expect)) : []).map((at) => ({
      at,
      text: String(at.value),
      expect,
    })),
  );
}

/** `{ phrase: 压缩, operator: greaterThanInclusive, value: 50, unit: '%' }`; without a measure it is `unclear`, or as `unmeasured` says. `below` ends it. */
function readMeasured(node: SourceNode, examples: PhraseExample[], faults: FaultList): MeasuredPhrase[] {
  return faults.list(node, asWord('measured')).flatMap((item) => {
    const members = faults.map(item, entryOf('measured'), MEASURED_KEYS);
    const phrase = members && readPhrase(members, item, examples, faults);
    if (!members || !phrase) return [];
    const word = members.unmeasured && faults.word(members.unmeasured, asWord('unmeasured'), UNMEASURED);
    const below = members.below ? readLimit(members.below, 'lessThan', members, faults) : null;
    if (members.below && !below) return [];
    const measure =
      below && !members.operator && !members.value
        ? { ...below, comparison: 'greaterThan' as const, limit: '0' }
        : readLowest(members, item, faults);
    return measure ? [{ phrase, ...measure, below: below?.limit ?? null, unmeasured: word ?? 'unclear' }] : [];
  });
}

type MeasuredMembers = Partial<Record<(typeof MEASURED_KEYS)[number], SourceNode>>;

/** The limit that makes the phrase a finding; only with `below` may it be left out. */
function readLowest(members: MeasuredMembers, item: SourceNode, faults: FaultList): Measure | null {
  const comparison = members.operator ? faults.word(members.operator, 'operator', COMPARISONS) : null;
  if (!members.operator) faults.add(item, 'no-operator');
  if (members.value) return readLimit(members.value, comparison, members, faults);
  faults.add(item, 'measure-no-number');
  return null;
}

function readLimit(
  node: SourceNode,
  comparison: Comparison | null,
  members: MeasuredMembers,
  faults: FaultList,
): Measure | null {
  const value = readDecimal(node, '50', faults, () => faults.add(node, 'measure-no-number'));
  if (value === null || !comparison) return null;
  const unit = String(members.unit?.value ?? '');
  const measure = measureOf(comparison, value, unit);
  if (!measure) faults.add(members.unit ?? node, 'no-such-measure', oneOf(unit, MEASURE_UNITS));
  return measure;
}

/** What a measured phrase may have. */
export const MEASURED_KEYS = ['phrase', 'operator', 'value', 'below', 'unit', 'unmeasured', 'examples', 'note'] as const;

/** `are: findings` makes a grade a finding by itself; otherwise it only speaks of one. `of`: of these systems alone. */
function readGrades(node: SourceNode, examples: PhraseExample[], faults: FaultList): LexiconGrades | null {
  const members = faults.map(node, 'grades', GRADES_KEYS);
  if (!members) return null;
  if (members.examples) examples.push(...readExamples(members.examples, faults));
  const are = members.are ? faults.word(members.are, asWord('grades.are'), ['findings']) : null;
  const of = members.of ? faults.list(members.of, asWord('grades.of')).map((item) => String(item.value)) : null;
  const from = members.from ? readGrade(members.from, faults) : null;
  if (!members.from) faults.add(node, 'no-class-to-count-from', { expected: 'from: 4' });
  const to = members.to ? readGrade(members.to, faults) : null;
  if (from === null) return null;
  if (to !== null && gradeRank(to) < gradeRank(from)) faults.add(members.to!, 'no-class-to-count-from', { expected: `from: ${to}` });
  return { from, to, of, areFindings: are !== null };
}

/** What the grades of a lexicon may say. */
export const GRADES_KEYS = ['of', 'from', 'to', 'are', 'examples'] as const;

function readGrade(node: SourceNode, faults: FaultList): string | null {
  const written = String(node.value).toUpperCase();
  if (gradeRank(written) >= 0) return written;
  faults.add(node, 'no-class-to-count-from', { expected: `from: ${GRADES.join(' | ')}` });
  return null;
}

function readCodes(node: SourceNode, faults: FaultList): LexiconCode[] {
  return faults.list(node, 'codes').flatMap((item) => {
    const members = faults.map(item, 'a code', ['system', 'code', 'prefix', 'note']);
    const system = members && faults.text(members.system, item, 'system');
    if (!members || system === null) return [];
    const code = members.code ? String(members.code.value) : undefined;
    const prefix = members.prefix ? String(members.prefix.value) : undefined;
    if ((code === undefined) === (prefix === undefined)) {
      faults.add(item, 'code-or-prefix');
      return [];
    }
    return [{ system, ...(code !== undefined ? { code } : { prefix }) }];
  });
}
