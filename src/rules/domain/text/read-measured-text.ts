import { type Coding, type MeasuredValue } from '../../../kernel/index.js';
import { type Lexicon, type Reading } from './lexicon.js';
import { plainText } from './plain-text.js';
import { graver, readConclusion, readPlainText } from './read-conclusion.js';

type MeasuredText = MeasuredValue & { kind: 'text' };

/** A text in its plain spelling, and what lexicons have read in it. */
interface Known {
  plain: string;
  readings: Map<Lexicon, Reading>;
}

/** A result is asked by its own rules, by those that look back on it from each later one, and for the level. */
const known = new WeakMap<MeasuredText, Known>();

/** What a text result says: its text, the words of its codes, and codes that are a finding by themselves. Read once. */
export function readMeasuredText(value: MeasuredText, lexicon: Lexicon): Reading {
  let of = known.get(value);
  if (!of) known.set(value, (of = { plain: plainText(value.text), readings: new Map() }));
  let reading = of.readings.get(lexicon);
  if (reading === undefined) of.readings.set(lexicon, (reading = readAnew(value, of.plain, lexicon)));
  return reading;
}

function readAnew({ text, codings }: MeasuredText, plain: string, lexicon: Lexicon): Reading {
  let reading = readPlainText(plain, lexicon);
  for (const coding of codings) reading = graver(reading, readCoding(coding, text, lexicon));
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
