import { Clause } from './clause.js';
import { gradeSystemsIn } from './grades.js';
import { type Lexicon, type Reading } from './lexicon.js';
import { mentionsIn } from './mentions.js';
import { clauses, plainText } from './plain-text.js';

const GRAVITY: Record<Reading, number> = { suspected: 3, unclear: 2, excluded: 1, nothing: 0 };

/** No conclusion is longer; one that is cannot be read with certainty. */
const LONGEST_TEXT = 20_000;
/** Nor is a clause: without a comma in so many characters it cannot be told what belongs to what. */
export const LONGEST_CLAUSE = 300;

/** The graver of two readings. */
export function graver(a: Reading, b: Reading): Reading {
  return GRAVITY[a] >= GRAVITY[b] ? a : b;
}

/**
 * What a conclusion says of the lexicon's finding, clause by clause. Negation ends with its clause; only a completed exclusion
 * silences, and only when every word between it and what it excludes is known; what can't be read with certainty is
 * `unclear`. Chinese (both scripts) and English.
 */
export function readConclusion(text: string, lexicon: Lexicon): Reading {
  return readPlainText(plainOf(text), lexicon);
}

/** The same of a text in its plain spelling. */
export function readPlainText(plain: string, lexicon: Lexicon): Reading {
  if (!isSpokenOf(plain, lexicon)) return 'nothing';
  if (plain.length > LONGEST_TEXT) return 'unclear';
  const reading = readPlain(plain, lexicon);
  // A line that breaks in the middle of a sentence may have torn a word or may have ended one: the graver reading counts.
  const rejoined = plain.replace(/(?<=[\u3400-\u9FFF])\n+(?=[\u3400-\u9FFF])/g, '');
  return rejoined === plain ? reading : graver(reading, readPlain(rejoined, lexicon));
}

/** Many lexicons read one text, one after the other. */
let latest = { text: '', plain: '' };

function plainOf(text: string): string {
  if (latest.text !== text) latest = { text, plain: plainText(text) };
  return latest.plain;
}

/** Also where a line breaks within a name. */
function isSpokenOf(plain: string, lexicon: Lexicon): boolean {
  if (speaksOfAnything(plain, lexicon)) return true;
  return plain.includes('\n') && speaksOfAnything(plain.replaceAll('\n', ''), lexicon);
}

function speaksOfAnything(plain: string, { anyName, anyAbbreviation }: Lexicon): boolean {
  return anyName.test(plain) || (anyAbbreviation?.test(plain) ?? false);
}

function readPlain(plain: string, lexicon: Lexicon): Reading {
  const systems = systemsFor(plain, lexicon);
  let reading = 'nothing' as Reading;
  let isNamed = false;
  const all = clauses(plain);
  for (const [at, text] of all.entries()) {
    if (!isNamed && systems.length === 0 && !speaksOfAnything(text, lexicon)) continue;
    const clause = new Clause(withoutIgnored(text, lexicon), lexicon, all[at + 1]);
    if (clause.text.length > LONGEST_CLAUSE) {
      if (speaksOfAnything(clause.text, lexicon)) reading = graver(reading, clause.readAsWhole());
      continue;
    }
    const mentions = mentionsIn(clause.text, lexicon, systems);
    const said = mentions.length
      ? mentions.map((mention) => clause.read(mention)).reduce(graver)
      : readOpenEnd(clause, reading, isNamed);
    reading = graver(reading, said);
    isNamed ||= mentions.length > 0;
    if (reading === 'suspected') return reading;
  }
  return reading;
}

/** The systems of grades that a report names, where the lexicon looks for grades. */
export function systemsFor(plain: string, lexicon: Lexicon): readonly string[] {
  return lexicon.grades === null ? [] : gradeSystemsIn(withoutIgnored(plain, lexicon));
}

/** "肝右叶占位,建议增强CT除外": what is to be excluded was named in a clause before. */
export function readOpenEnd(clause: Clause, before: Reading, isNamed: boolean): Reading {
  const begins = clause.openEnd;
  if (begins === null) return 'nothing';
  if (before === 'unclear') return 'suspected';
  return isNamed && begins === 0 ? 'unclear' : 'nothing';
}

/** Words that say nothing become marks that no pattern knows, so that nothing is read across them; all else keeps its place. */
export function withoutIgnored(clause: string, { patterns: { ignored } }: Lexicon): string {
  return ignored ? clause.replace(ignored, (word) => '\uFFFC'.repeat(word.length)) : clause;
}
