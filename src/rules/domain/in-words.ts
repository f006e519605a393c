import { Decimal } from 'decimal.js';
import { type Interval, type MeasuredValue } from '../../kernel/index.js';

/** The compared value in words: a number or span in the canonical unit, grades as plus signs, a category, a text. */
export function inWords(value: MeasuredValue): string {
  switch (value.kind) {
    case 'number':
    case 'implausible':
      return span(value.interval, (number) => number);
    case 'ordinal':
      return span(value.interval, gradeInWords);
    case 'unit-unknown':
      return value.readings.map((reading) => span(reading, (number) => number)).join(' | ');
    case 'category':
      return value.category;
    case 'text':
      return value.text;
  }
}

/** Grades: 0 negative, 0.5 trace, then one plus sign a step. */
export function gradeInWords(grade: string): string {
  if (grade === '0') return '-';
  return grade === '0.5' ? '±' : '+'.repeat(Number(grade));
}

/** A grade in words as its number; null when it is none. */
function gradeOf(word: string): string | null {
  if (word === '-') return '0';
  if (word === '±') return '0.5';
  return /^\++$/.test(word) ? String(word.length) : null;
}

/**
 * A number, span or grade that `inWords` wrote, again; null for any other words. Whether the ends of a closed span belong
 * to it is not written and taken as so.
 */
export function spanInWords(words: string): { kind: 'number' | 'ordinal'; interval: Interval } | null {
  const [, sign = '', rest = ''] = /^([<>≤≥]?)(.+)$/.exec(words) ?? [];
  const ends = sign === '' ? rest.split('–') : [rest];
  const grades = ends.map(gradeOf);
  const isGraded = grades.every((grade) => grade !== null);
  if (ends.length > 2 || (!isGraded && !ends.every((end) => /^-?\d+(?:\.\d+)?$/.test(end)))) return null;
  const [first = null, last = first] = isGraded ? grades : ends;
  const interval = {
    low: sign === '<' || sign === '≤' ? null : first,
    high: sign === '>' || sign === '≥' ? null : last,
    lowOpen: sign === '>',
    highOpen: sign === '<',
  };
  return { kind: isGraded ? 'ordinal' : 'number', interval };
}

/** Significant digits of a computed number that people read; comparing is exact. */
const READABLE_DIGITS = 4;

/** A computed number for people, times `factor` when there is one; it may be negative, so that a dash would mislead. */
export function printSpan(interval: Interval, factor: number | null): string {
  const word = (number: string): string => {
    const scaled = factor === null ? new Decimal(number) : new Decimal(number).times(factor);
    return scaled.decimalPlaces() === 0 ? scaled.toFixed() : scaled.toSignificantDigits(READABLE_DIGITS).toFixed();
  };
  return span(interval, word, ' ~ ');
}

function span(interval: Interval, word: (number: string) => string, to = '–'): string {
  const { low, high, lowOpen, highOpen } = interval;
  if (low !== null && low === high) return word(low);
  if (low === null) return high === null ? '?' : `${highOpen ? '<' : '≤'}${word(high)}`;
  if (high === null) return `${lowOpen ? '>' : '≥'}${word(low)}`;
  return `${word(low)}${to}${word(high)}`;
}
