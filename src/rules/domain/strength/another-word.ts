import { OVERS } from '../over.js';
import { OPERATORS } from '../files/read-threshold.js';
import { TIME_UNITS } from '../files/read-window.js';
import { GRADES, gradeWord } from './step.js';
import { type TextSpot } from './text-spots.js';

/** A whole number from 0 up to, not including, `below`. */
export type Pick = (below: number) => number;

/** Another limit, operator, unit … than the one that stands there, as a slip of the pen may write it. */
export function anotherWord({ kind, written }: TextSpot, units: readonly string[], pick: Pick): string {
  switch (kind) {
    case 'limit':
      return anotherNumber(written, pick);
    case 'grade':
      return another(written, GRADES.map(gradeWord), pick);
    case 'operator':
      return another(written, OPERATORS, pick);
    case 'unit':
      return another(written, units, pick);
    case 'over':
      return another(written, OVERS, pick);
    case 'window': {
      const [amount = '1', unit = 'd'] = written.split(/\s+/);
      if (pick(2) === 0) return `${anotherNumber(amount, pick)} ${unit}`;
      return `${amount} ${another(unit, Object.keys(TIME_UNITS), pick)}`;
    }
  }
}

function another(written: string, words: readonly string[], pick: Pick): string {
  return one(words.filter((word) => word !== written), pick);
}

/** Slips with a number: a digit changed, added, lost, exchanged with its neighbour; the point lost, moved or set; the sign. */
const SLIPS: readonly ((digits: string, pick: Pick) => string)[] = [
  (digits, pick) => at(digits, pick, () => String(pick(10))),
  (digits, pick) => at(digits, pick, (digit) => `${digit}${pick(10)}`),
  (digits, pick) => at(digits, pick, () => ''),
  (digits, pick) => {
    const place = pick(Math.max(1, digits.length - 1));
    return `${digits.slice(0, place)}${digits[place + 1] ?? ''}${digits[place]}${digits.slice(place + 2)}`;
  },
  (digits) => digits.replace('.', ''),
  (digits) => (digits.includes('.') ? digits : `${digits}0`),
  (digits, pick) => {
    const bare = digits.replace('.', '');
    const place = pick(bare.length);
    return `${bare.slice(0, place)}.${bare.slice(place)}`;
  },
  (digits, pick) => `${digits}${digits.includes('.') ? '' : '.'}${1 + pick(9)}`,
  (digits) => `-${digits}`,
];

function anotherNumber(written: string, pick: Pick): string {
  for (;;) {
    const sign = written.startsWith('-') ? '-' : '';
    const slipped = one(SLIPS, pick)(written.slice(sign.length), pick);
    const changed = slipped.startsWith('-') && sign ? slipped.slice(1) : `${sign}${slipped}`;
    if (/^-?\d+(\.\d+)?$/.test(changed) && changed !== written) return changed;
  }
}

/** One of the digits in another form. */
function at(digits: string, pick: Pick, change: (digit: string) => string): string {
  const place = pick(digits.length);
  const digit = digits[place] ?? '';
  return digit === '.' ? digits : `${digits.slice(0, place)}${change(digit)}${digits.slice(place + 1)}`;
}

export function one<Item>(items: readonly Item[], pick: Pick): Item {
  return items[pick(items.length)] as Item;
}
