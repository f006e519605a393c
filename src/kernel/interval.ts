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

/**
 * Compares two decimal texts exactly: negative, zero or positive.
 * Up to 15 significant digits distinct decimals are distinct doubles in the same order, so the fast way is exact too.
 */
export function compareDecimals(a: string, b: string): number {
  if (a.length <= 15 && b.length <= 15) return Number(a) - Number(b);
  return new Decimal(a).comparedTo(new Decimal(b));
}
