import { Clause } from './clause.js';
import { type Lexicon, type Reading } from './lexicon.js';
import { type Mention, mentionsIn } from './mentions.js';
import { clauses, plainText } from './plain-text.js';
import { graver, LONGEST_CLAUSE, readOpenEnd, systemsFor, withoutIgnored } from './read-conclusion.js';

/** Words of a conclusion that speak for a finding. */
export interface Quote {
  phrase: string;
  /** The clause that they stand in, in the spelling in which it was read. */
  clause: string;
  reading: Reading;
  /** Where the phrase begins in the text as sent, in characters from 0; null where the text was read in another spelling. */
  start: number | null;
}

/** Words of one clause with what they say. */
interface Said {
  start: number;
  end: number;
  reading: Reading;
}

/**
 * Every phrase that suspects, or leaves open, what the lexicon looks for, in the order of the text; so do the last words of
 * a clause that take back what one before it named (`占位，待排`).
 */
export function quotesIn(text: string, lexicon: Lexicon): Quote[] {
  const plain = plainText(text);
  const systems = systemsFor(plain, lexicon);
  const all = clauses(plain);
  const quotes: Quote[] = [];
  let before = 'nothing' as Reading;
  let isNamed = false;
  // Behind a clause that is spelled otherwise in the text nothing can be found again with certainty.
  let from: number | null = 0;
  for (const [at, words] of all.entries()) {
    const clause = new Clause(withoutIgnored(words, lexicon), lexicon, all[at + 1]);
    const mentions = mentionsIn(clause.text, lexicon, systems);
    const said = mentions.length > 0 ? readMentions(clause, mentions) : openEnd(clause, before, isNamed);
    before = said.map(({ reading }) => reading).reduce(graver, before);
    isNamed ||= mentions.length > 0;
    const begins: number = from === null ? -1 : text.indexOf(words, from);
    from = begins < 0 ? null : begins + words.length;
    for (const { start, end, reading } of said) {
      if (reading !== 'suspected' && reading !== 'unclear') continue;
      quotes.push({ phrase: words.slice(start, end), clause: words, reading, start: begins < 0 ? null : begins + start });
    }
  }
  return quotes;
}

function readMentions(clause: Clause, mentions: readonly Mention[]): Said[] {
  const isLong = clause.text.length > LONGEST_CLAUSE;
  return mentions.map((mention) => ({ ...mention, reading: isLong ? clause.readAsWhole() : clause.read(mention) }));
}

function openEnd(clause: Clause, before: Reading, isNamed: boolean): Said[] {
  const start = clause.openEnd;
  return start === null ? [] : [{ start, end: clause.text.length, reading: readOpenEnd(clause, before, isNamed) }];
}
