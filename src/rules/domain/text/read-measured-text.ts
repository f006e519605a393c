import { type Coding, type MeasuredValue } from '../../../kernel/index.js';
import { type Lexicon, type Reading } from './lexicon.js';
import { graver, readConclusion } from './read-conclusion.js';

/** What a text result says: its text, the words of its codes, and codes that are a finding by themselves. */
export function readMeasuredText(value: MeasuredValue & { kind: 'text' }, lexicon: Lexicon): Reading {
  let reading = readConclusion(value.text, lexicon);
  for (const coding of value.codings) reading = graver(reading, readCoding(coding, value.text, lexicon));
  return reading;
}

/** A code that is not known and has no words can't be read at all. */
function readCoding(coding: Coding, text: string, lexicon: Lexicon): Reading {
  if (lexicon.codes.some((known) => matchesCode(coding, known))) return 'suspected';
  if (coding.display) return text.includes(coding.display) ? 'nothing' : readConclusion(coding.display, lexicon);
  return coding.code && text.trim() === '' ? 'unclear' : 'nothing';
}

function matchesCode(coding: Coding, known: Lexicon['codes'][number]): boolean {
  if (!coding.code || !coding.system?.toLowerCase().includes(known.system.toLowerCase())) return false;
  return known.code !== undefined ? coding.code === known.code : coding.code.startsWith(known.prefix ?? '\0');
}
