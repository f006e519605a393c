import { exactly, type Interval } from '../../../kernel/index.js';
import { plainText } from './read-number.js';

const NEGATIVE: Interval = exactly('0');
const TRACE: Interval = exactly('0.5');
/** A bare "positive": grade unknown, one to four. */
const POSITIVE: Interval = { low: '1', high: '4', lowOpen: false, highOpen: false };

const between = (low: string, high: string): Interval => ({ low, high, lowOpen: false, highOpen: false });

/** Words for grades, whole text only. Amounts seen under the microscope are given as the widest grades they can mean. */
const WORDS: readonly (readonly [RegExp, Interval])[] = [
  [
    /^(阴性|陰性|阴|陰|-|neg|negative|none|nil|absent|not detected|notdetected|undetected|non-?reactive|无反应|未检出|未檢出|未见|未見|未见异常|未发现|正常|normal|norm|无|無|nr)$/,
    NEGATIVE,
  ],
  [/^(±|\+-|\+\/-|-\/\+|微量|痕量|trace|tr|偶见|偶見|occasional)$/, TRACE],
  [/^(弱阳性|弱陽性|弱阳|weakly positive|weak positive)$/, TRACE],
  [/^(阳性|陽性|阳|陽|pos|positive|present|detected|reactive|检出|檢出|有反应)$/, POSITIVE],
  [/^(强阳性|強陽性|强阳|strongly positive|strong positive)$/, between('2', '4')],
  [/^(少量|少许|少許|few)$/, between('0.5', '1')],
  [/^(中量|中等量|moderate)$/, between('1', '2')],
  [/^(大量|多量|many)$/, between('2', '4')],
  [/^(满视野|滿視野|满视|tntc|布满视野|full field)$/, between('3', '4')],
];

const CODES: ReadonlyMap<string, Interval> = new Map(
  Object.entries({
    // SNOMED CT qualifiers and LOINC answers for positive and negative; v2-0078 / v3-ObservationInterpretation POS and NEG.
    '10828004': POSITIVE,
    '260385009': NEGATIVE,
    'LA6576-8': POSITIVE,
    'LA6577-6': NEGATIVE,
    POS: POSITIVE,
    NEG: NEGATIVE,
    // SNOMED CT "not detected", as met in test data.
    '260415000': NEGATIVE,
  }),
);

/** `0.3(1+)`, `>=3.0 g/l (+++)`: what a dipstick's reader prints before the grade. A range is none. */
const AMOUNT_BEFORE = /^[<>=]{0,2}\s*\d{1,6}(?:\.\d{1,4})?\s*(?:m?g\/d?l|[mu]?mol\/l)?\s*\(([^()]+)\)$/;

/** The grades that a coded answer means, or null when the code is not one of them. */
export function gradeOfCode(code: string | undefined): Interval | null {
  return (code !== undefined && CODES.get(code)) || null;
}

/**
 * Grades written in words or signs: `阴性`, `-`, `±`, `+`, `2+`, `(++)`, `阳性(+++)`, `+~++`, `2+(0.3g/L)`, `0.3(1+)`,
 * `Urine protein test = ++ (finding)`. For a test that only knows negative and positive (`nominal`), a weak positive
 * may be either a trace or a positive. Null when it can't be read with certainty.
 */
export function readGrade(text: string, nominal = false): Interval | null {
  if (text.length > 200) return null;
  const plain = plainText(text)
    .toLowerCase()
    .replace(/[↑↓*]+$/, '')
    .trim();
  if (plain.length === 0 || plain.length > 80) return null;
  const answer = plain
    .replace(/\s*\(finding\)$/, '')
    .replace(/^.*=\s*/, '')
    .replace(AMOUNT_BEFORE, '$1')
    .replace(/^urine [a-z ]+(?= (negative|trace|positive)$)/, '');
  const read = readPlain(answer.trim());
  return nominal && read === TRACE && /弱/.test(plain) ? between('0.5', '1') : read;
}

function readPlain(text: string): Interval | null {
  const bare = text.replace(/^\((.*)\)$/, '$1').trim();
  for (const [word, grades] of WORDS) if (word.test(bare)) return grades;
  const signs = plusGrade(bare);
  if (signs) return exactly(signs);
  const range = /^(\S+?)\s*[~至到]\s*(\S+)$/.exec(bare) ?? /^(\d\+|\++)-(\d\+|\++)$/.exec(bare);
  if (range) return spanOf(readPlain(range[1]!), readPlain(range[2]!));
  const titre = /^(阳性|阴性|positive|negative)?\s*\(?1:(\d+)\)?$/.exec(bare);
  if (titre) return titre[1] === '阴性' || titre[1] === 'negative' ? NEGATIVE : POSITIVE;
  return wordWithBracket(bare);
}

/** `+` … `++++`, `1+` … `4+`, `+1` … `+4`; null for anything else. */
function plusGrade(text: string): string | null {
  const signs = text.replace(/\s+/g, '');
  if (/^\+{1,4}$/.test(signs)) return String(signs.length);
  return /^([1-4])\+$/.exec(text)?.[1] ?? /^\+([1-4])$/.exec(text)?.[1] ?? null;
}

/** `阳性(++)`, `2+(0.3g/L)`, `++/HP`, `3+ 1.0g/L`: both readings must agree, and the narrower one counts. */
function wordWithBracket(text: string): Interval | null {
  const signed =
    /^(阴性|阳性|弱阳性|强阳性|positive|negative)\s*(\++|\d\+|\+\d|±|-)$/.exec(text) ??
    /^\(([^()]+)\)\s*(\S+)$/.exec(text);
  if (signed) return readPlain(`${signed[2]!}(${signed[1]!})`);
  const field = /^(.+?)\s*\/\s*(?:hpf?|高倍视野|个?\/?高倍)$/.exec(text);
  if (field) return readPlain(field[1]!);
  const parts = /^([^()]+?)\s*\(([^()]*)\)$/.exec(text) ?? /^(\d\+|\++|±)\s+(.+)$/.exec(text);
  if (!parts) return null;
  const [outer, inner] = [readPlain(parts[1]!.trim()), readPlain(parts[2]!.trim())];
  if (!outer || !inner) return /^[\d.<>=]/.test(parts[2]!) ? outer : null;
  return narrower(outer, inner);
}

function narrower(a: Interval, b: Interval): Interval | null {
  const low = Math.max(Number(a.low), Number(b.low));
  const high = Math.min(Number(a.high), Number(b.high));
  return low <= high ? between(String(low), String(high)) : null;
}

function spanOf(a: Interval | null, b: Interval | null): Interval | null {
  if (!a || !b || Number(a.low) > Number(b.high)) return null;
  return between(a.low!, b.high!);
}
