import { oneOf } from '../../../kernel/index.js';
import {
  compileLexicon,
  emptyLists,
  type Lexicon,
  type LexiconCode,
  type LexiconSource,
  PHRASE_LISTS,
  type PhraseList,
  phrasePattern,
  type Reading,
  READINGS,
  WORD_LISTS,
  type WordList,
} from '../text/lexicon.js';
import { asWord } from '../messages/parts.js';
import { plainText } from '../text/plain-text.js';
import { readConclusion } from '../text/read-conclusion.js';
import { type Bilingual } from '../catalogue.js';
import { readTitle } from './read-rule-file.js';
import { asWritten, type FaultList, type SourceNode } from './source-node.js';

const PHRASES = Object.keys(PHRASE_LISTS) as PhraseList[];
const WORDS = Object.keys(WORD_LISTS) as WordList[];
/** What a lexicon file may have. */
export const LEXICON_KEYS = ['kind', 'id', 'title', 'source', 'owner', 'review-by', 'note', 'extends', 'grades', 'codes', ...PHRASES, ...WORDS] as const;

/** A phrase's own example: a conclusion and how it must be read. */
interface PhraseExample {
  at: SourceNode;
  text: string;
  expect: Reading;
}

/** A lexicon file as read, before it is joined with the one that it extends. */
export interface LexiconFile {
  node: SourceNode;
  source: LexiconSource;
  extends: SourceNode | null;
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
  const gradesFrom = members.grades ? readGrades(members.grades, examples, faults) : null;
  const codes = members.codes ? readCodes(members.codes, faults) : [];
  if (id === null || !title || source === null) return null;
  const content: LexiconSource = { id, title, source, gradesFrom, codes, ...lists };
  return { node, source: content, extends: members.extends ?? null, examples, faults };
}

function readPhrases(node: SourceNode, list: PhraseList, examples: PhraseExample[], faults: FaultList): string[] {
  return faults.list(node, asWord(list)).flatMap((item) => {
    const members = faults.map(item, entryOf(list), ['phrase', 'examples', 'note']);
    const phrase = members && faults.text(members.phrase, item, 'phrase');
    if (!members || phrase === null) return [];
    const plain = phrase.split('…').map(plainText).join('…');
    const pattern = patternOf(plain);
    if (!pattern) {
      faults.add(members.phrase ?? item, 'phrase-brackets', { found: phrase });
      return [];
    }
    const own = members.examples ? readExamples(members.examples, faults) : [];
    if (!own.some(({ text }) => pattern.test(plainText(text)))) {
      faults.add(item, 'phrase-unseen', { found: phrase });
    }
    examples.push(...own);
    return [plain];
  });
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

function readGrades(node: SourceNode, examples: PhraseExample[], faults: FaultList): number | null {
  const members = faults.map(node, 'grades', ['from', 'examples']);
  if (members?.examples) examples.push(...readExamples(members.examples, faults));
  const from = members?.from?.value;
  if (typeof from === 'number' && Number.isInteger(from)) return from;
  if (members) faults.add(members.from ?? node, 'no-class-to-count-from', { expected: 'from: 4' });
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

/** Joins lexicons with those that they extend, compiles them and runs their examples. */
export function joinLexicons(files: readonly LexiconFile[]): { lexicons: Map<string, Lexicon>; examples: number; failed: number } {
  const byId = new Map<string, LexiconFile>();
  for (const file of files) {
    const { id } = file.source;
    const known = byId.get(id);
    if (known) file.faults.add(file.node.members.get('id')?.value ?? file.node, 'doubled-lexicon', { found: id, first: known.faults.file });
    else byId.set(id, file);
  }
  const lexicons = new Map<string, Lexicon>();
  let examples = 0;
  let failed = 0;
  for (const [id, file] of byId) {
    const lexicon = compileLexicon(joined(file, byId));
    lexicons.set(id, lexicon);
    for (const { at, text, expect } of file.examples) {
      examples++;
      const reading = readConclusion(text, lexicon);
      if (reading === expect) continue;
      failed++;
      file.faults.add(at, 'reads-otherwise', { found: text, reading, expected: expect });
    }
  }
  return { lexicons, examples, failed };
}

function joined(file: LexiconFile, byId: ReadonlyMap<string, LexiconFile>): LexiconSource {
  if (!file.extends) return file.source;
  const base = byId.get(String(file.extends.value));
  if (!base || base === file || base.extends) {
    const known = [...byId.values()].filter((each) => !each.extends).map((each) => each.source.id);
    file.faults.add(file.extends, 'unknown-lexicon', oneOf(asWritten(file.extends), known));
    return file.source;
  }
  const result = { ...file.source };
  for (const list of [...PHRASES, ...WORDS]) result[list] = [...base.source[list], ...file.source[list]];
  result.codes = [...base.source.codes, ...file.source.codes];
  result.gradesFrom = file.source.gradesFrom ?? base.source.gradesFrom;
  return result;
}
