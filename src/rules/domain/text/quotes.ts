import { Clause } from './clause.js';
import { gradeFamilyIn } from './grades.js';
import { type Lexicon, type Reading } from './lexicon.js';
import { mentionsIn } from './mentions.js';
import { clauses, plainText } from './plain-text.js';
import { withoutIgnored } from './read-conclusion.js';

/** Words of a conclusion that speak for a finding. */
export interface Quote {
  phrase: string;
  /** The clause that they stand in, in the spelling in which it was read. */
  clause: string;
  reading: Reading;
  /** Where the phrase begins in the text as sent, in characters from 0; null where the text was read in another spelling. */
  start: number | null;
}

/** Every phrase that suspects, or leaves open, what the lexicon looks for, in the order of the text. */
export function quotesIn(text: string, lexicon: Lexicon): Quote[] {
  const plain = plainText(text);
  const gradesAreNamed = lexicon.gradesFrom !== null && gradeFamilyIn(plain);
  const all = clauses(plain);
  let from = 0;
  return all.flatMap((words, at) => {
    const begins = text.indexOf(words, from);
    if (begins >= 0) from = begins + words.length;
    const clause = new Clause(withoutIgnored(words, lexicon), lexicon, all[at + 1]);
    return mentionsIn(clause.text, lexicon, gradesAreNamed).flatMap((mention): Quote[] => {
      const reading = clause.read(mention);
      if (reading !== 'suspected' && reading !== 'unclear') return [];
      const phrase = words.slice(mention.start, mention.end);
      return [{ phrase, clause: words, reading, start: begins < 0 ? null : begins + mention.start }];
    });
  });
}
