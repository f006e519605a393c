import { Decimal } from 'decimal.js';

/**
 * The numbers a result may mean, as decimal texts; `null` is unbounded. A plain 3.0 is [3.0, 3.0], `<0.5` is (-inf, 0.5),
 * a Range 5-20 is [5, 20]. Ordinal results use the same shape over their grades.
 */
export interface Interval {
  low: string | null;
  high: string | null;
  lowOpen: boolean;
  highOpen: boolean;
}

/** The interval that holds one number. */
export function exactly(value: string): Interval {
  return { low: value, high: value, lowOpen: false, highOpen: false };
}

/** Compares two decimal texts exactly: negative, zero or positive. */
export function compareDecimals(a: string, b: string): number {
  return compareWith(b)(a);
}

/**
 * The same with one side read beforehand. Reading a decimal as a double keeps the order, so that doubles that differ
 * decide; equal ones decide only where 15 digits without exponent cannot have been rounded.
 */
export function compareWith(limit: string): (value: string) => number {
  const number = Number(limit);
  return (value) => {
    const difference = Number(value) - number;
    if (difference < 0 || difference > 0) return difference;
    return isShort(limit) && isShort(value) ? 0 : new Decimal(value).comparedTo(new Decimal(limit));
  };
}

function isShort(text: string): boolean {
  return text.length <= 15 && !/e/i.test(text);
}
