import { type Bilingual } from '../catalogue.js';
import { type GradeLimits } from './grades.js';
import { type Measure } from './measures.js';
import { indexWords, type Scope } from './scope.js';

/** What a conclusion says of a lexicon's finding: `unclear` speaks of it, but neither suspects nor excludes it. */
export const READINGS = ['suspected', 'unclear', 'excluded', 'nothing'] as const;
export type Reading = (typeof READINGS)[number];

/** Lists of phrases, each phrase with examples of its own. */
export const PHRASE_LISTS = {
  malignant: 'words that name a malignant disease',
  tumour: 'words that may mean one: 瘤, 占位',
  positive: 'words that are a finding by themselves',
  possible: 'words that may be the finding, never surely: for the doctor unless excluded',
  abbreviations: 'abbreviations of a malignant disease; they stand alone and are followed by no number',
  benign: 'benign names that silence when they stand without any doubt',
  ignored: 'words that contain one of these, but say nothing',
  cannotExclude: 'malignancy is not excluded, or is still to be excluded',
  excludes: 'completed exclusion, before what is excluded',
  excludedAfter: 'completed exclusion, after what is excluded, at the end of its clause',
  unsettles: 'words that leave an exclusion in the same clause uncompleted',
  leavesOpen: 'words that speak of excluding without saying whether it is done',
  suspects: 'suspicion of whatever is named, malignant or tumour',
  leans: 'suspicion when a malignant disease is named',
  history: 'words after a disease that place it in the past',
} as const;
export type PhraseList = keyof typeof PHRASE_LISTS;

/** Lists of plain words: what may stand between an exclusion and what it excludes. A missing word is safe: review. */
export const WORD_LISTS = {
  fillers: 'adjectives, adverbs and places',
  lesions: 'findings in an enumeration',
  connectors: 'and, or',
  tails: 'words that end the name of a finding',
  measures: 'words that begin a clause which gives the measure of what was named before it',
} as const;
export type WordList = keyof typeof WORD_LISTS;

/**
 * The lists that say how a finding is denied, doubted or placed in the past: the same whatever the finding, so that a
 * lexicon may take them from another (`grammar: malignancy`) without its findings.
 */
export const GRAMMAR = [
  'ignored',
  'cannotExclude',
  'excludes',
  'excludedAfter',
  'unsettles',
  'leavesOpen',
  'suspects',
  'leans',
  'history',
  'fillers',
  'lesions',
  'connectors',
  'tails',
  'measures',
] as const satisfies readonly (PhraseList | WordList)[];

/** What a phrase may say without any measure. */
export const UNMEASURED = ['unclear', 'nothing', 'suspected'] as const satisfies readonly Reading[];

/** A phrase that is a finding only with a measure: 压缩 ≥ 50 %. */
export interface MeasuredPhrase extends Measure {
  phrase: string;
  /** From this measure on it is another finding, in the base unit of the dimension; null without end. */
  below: string | null;
  /** What it says without any measure. */
  unmeasured: (typeof UNMEASURED)[number];
}

/** A code that is a finding by itself; `system` is a part of the coding's system. */
export interface LexiconCode {
  system: string;
  code?: string;
  prefix?: string;
}

/** Grades of the RADS family (BI-RADS, TI-RADS, …) by which a report speaks of malignancy. */
export interface LexiconGrades extends GradeLimits {
  /** Such a grade is a finding by itself. */
  areFindings: boolean;
}

/** The content of a lexicon file. */
export interface LexiconSource extends Record<PhraseList, readonly string[]>, Record<WordList, readonly string[]> {
  id: string;
  title: Bilingual;
  source: string;
  grades: LexiconGrades | null;
  measured: readonly MeasuredPhrase[];
  codes: readonly LexiconCode[];
}

/** A lexicon ready to read with. */
export interface Lexicon {
  id: string;
  title: Bilingual;
  codes: readonly LexiconCode[];
  grades: LexiconGrades | null;
  measured: readonly (MeasuredPhrase & { pattern: RegExp })[];
  /** At the begin of a clause: it gives the measure of what was named before. */
  beginsMeasure: RegExp | null;
  /** Absent when the list is empty. */
  patterns: Readonly<Partial<Record<PhraseList, RegExp>>>;
  /** Whether a text speaks of anything at all; most do not. */
  anyName: RegExp;
  /** Absent where there are none: asking a long text for nothing at every place takes as long as for a word. */
  anyAbbreviation: RegExp | null;
  /** `excludedAfter` to the end of the clause; `history` at once. */
  excludedAfter: RegExp | null;
  history: RegExp | null;
  scope: Scope;
}

/** An empty source, to be filled or inherited from. */
export function emptyLists(): Record<PhraseList | WordList, string[]> {
  const names = [...Object.keys(PHRASE_LISTS), ...Object.keys(WORD_LISTS)] as (PhraseList | WordList)[];
  return Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<PhraseList | WordList, string[]>;
}

/** Not in the middle of a Latin word: `if` is not in `identified`. */
const WORD_START = '(?<![A-Za-z](?=[A-Za-z]))';
const WORD_END = '(?!(?<=[A-Za-z])[A-Za-z])';

/**
 * A phrase as a pattern. `…` is anything in the same clause, `(a|b|)` a choice, possibly of nothing; all else is literal.
 * Latin words match whole; a space may be left out.
 */
export function phrasePattern(phrase: string): string {
  return `${WORD_START}(?:${phraseBody(phrase)})${WORD_END}`;
}

function phraseBody(phrase: string): string {
  return phrase
    .replace(/[.*+?^${}[\]\\]/g, '\\$&')
    .replaceAll('(', '(?:')
    .replaceAll('…', '.{0,30}?')
    .replaceAll(' ', '\\s*');
}

/** Longest first, so that 血管瘤 is met before 瘤. */
function choice(phrases: readonly string[]): string {
  const bodies = [...phrases].sort((a, b) => b.length - a.length).map(phraseBody);
  return `${WORD_START}(?:${bodies.join('|')})${WORD_END}`;
}

/** A number behind an abbreviation makes it something else (CA125, Ca 2.3 mmol/L), unless it is a size (CA 4.5cm). */
const NUMBER_BEHIND = '\\s*[-:=]?\\s*\\d+(?:\\.\\d+)?(?!\\d|\\.\\d|\\s*(?:cm|mm(?!ol)|×|x|\\*))';

function abbreviation(word: string): string {
  return `(?<![A-Za-z0-9])${word}(?![A-Za-z]|${NUMBER_BEHIND}|\\s*\\+)`;
}

function pattern(list: PhraseList, phrases: readonly string[]): RegExp {
  if (list === 'abbreviations') return new RegExp(phrases.map(abbreviation).join('|'), 'g');
  return new RegExp(choice(phrases), 'gi');
}

/** The lists whose phrases name something. */
const NAMES = ['malignant', 'tumour', 'positive', 'possible', 'benign'] as const satisfies readonly PhraseList[];

/** Compiles the lists. Throws on a phrase that is no pattern (an unbalanced bracket). */
export function compileLexicon(source: LexiconSource): Lexicon {
  const lists = Object.keys(PHRASE_LISTS) as PhraseList[];
  const patterns: Partial<Record<PhraseList, RegExp>> = {};
  for (const list of lists) if (source[list].length) patterns[list] = pattern(list, source[list]);

  const measured = source.measured.map(({ phrase }) => phrase);
  const names = [...NAMES.flatMap((list) => source[list]), ...measured];
  const anyNames = [...(names.length ? [choice(names)] : []), ...(source.grades === null ? [] : ['RADS'])];
  return {
    id: source.id,
    title: source.title,
    codes: source.codes,
    grades: source.grades,
    measured: source.measured.map((one) => ({ ...one, pattern: new RegExp(phrasePattern(one.phrase), 'gi') })),
    beginsMeasure: source.measures.length ? new RegExp(`^(?:${source.measures.map(phraseBody).join('|')})`, 'i') : null,
    patterns,
    anyName: new RegExp(anyNames.join('|') || '(?!)', 'i'),
    anyAbbreviation: source.abbreviations.length ? new RegExp(source.abbreviations.map(abbreviation).join('|')) : null,
    excludedAfter: source.excludedAfter.length ? new RegExp(`^${choice(source.excludedAfter)}\\s*$`, 'i') : null,
    history: source.history.length ? new RegExp(`^${choice(source.history)}`, 'i') : null,
    scope: {
      fillers: indexWords(source.fillers),
      nouns: indexWords([...source.lesions, ...names.flatMap(spellings)]),
      tails: indexWords(source.tails),
      connectors: indexWords(source.connectors),
    },
  };
}

/** A phrase with more spellings than this is found in a text all the same, but not in an enumeration of what is excluded. */
const MOST_SPELLINGS = 2000;

/** Every spelling that a phrase stands for; none when it leaves anything open (`…`), or stands for too many. */
export function spellings(phrase: string): string[] {
  if (phrase.includes('…')) return [];
  let all = [phrase];
  for (;;) {
    const choiceFound = all.find((each) => each.includes('('));
    if (choiceFound === undefined) return all.filter((each) => each !== '');
    all = all.flatMap(expanded);
    if (all.length > MOST_SPELLINGS) return [];
  }
}

/** With its first choice made in every way. */
function expanded(phrase: string): string[] {
  const found = /\(([^()]*)\)/.exec(phrase);
  if (!found) return [phrase];
  const [whole, inside = ''] = found;
  return inside.split('|').map((part) => phrase.replace(whole, () => part));
}
