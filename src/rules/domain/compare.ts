import { compareDecimals, type Interval } from '../../kernel/index.js';

/** What a value may do to a condition, as bits: some number it may mean meets it; some number misses it. */
export const CAN_MEET = 1;
export const CAN_MISS = 2;
export type Reach = number;

export const COMPARISONS = [
  'lessThan',
  'lessThanInclusive',
  'greaterThan',
  'greaterThanInclusive',
  'equal',
  'notEqual',
] as const;
export type Comparison = (typeof COMPARISONS)[number];

function reachesBelow(interval: Interval, limit: string, inclusive: boolean): boolean {
  if (interval.low === null) return true;
  const order = compareDecimals(interval.low, limit);
  return order < 0 || (order === 0 && inclusive && !interval.lowOpen);
}

function reachesAbove(interval: Interval, limit: string, inclusive: boolean): boolean {
  if (interval.high === null) return true;
  const order = compareDecimals(interval.high, limit);
  return order > 0 || (order === 0 && inclusive && !interval.highOpen);
}

function bits(meets: boolean, misses: boolean): Reach {
  return (meets ? CAN_MEET : 0) | (misses ? CAN_MISS : 0);
}

/**
 * What the interval may do against the limit; both in the same unit, decimal texts.
 * An interval that only meets the condition fires it, one that only misses is silent, one that can do both is unknown.
 */
export function reach(comparison: Comparison, interval: Interval, limit: string): Reach {
  switch (comparison) {
    case 'lessThan':
      return bits(reachesBelow(interval, limit, false), reachesAbove(interval, limit, true));
    case 'lessThanInclusive':
      return bits(reachesBelow(interval, limit, true), reachesAbove(interval, limit, false));
    case 'greaterThan':
      return bits(reachesAbove(interval, limit, false), reachesBelow(interval, limit, true));
    case 'greaterThanInclusive':
      return bits(reachesAbove(interval, limit, true), reachesBelow(interval, limit, false));
    case 'equal':
    case 'notEqual': {
      const below = reachesBelow(interval, limit, false);
      const above = reachesAbove(interval, limit, false);
      const holds = reachesBelow(interval, limit, true) && reachesAbove(interval, limit, true);
      return comparison === 'equal' ? bits(holds, below || above) : bits(below || above, holds);
    }
  }
}

/**
 * Microscopy against a limit that its source prints as a span, "> 15–30/HPF" (体检重要阳性结果, 2.2.5 ②):
 * a number fires above the limit, an interval when it begins at the limit or above and goes beyond it.
 */
export function reachOfMicroscopy(interval: Interval, limit: string): Reach {
  const begins = interval.low !== null && compareDecimals(interval.low, limit) >= 0;
  const goesBeyond = reachesAbove(interval, limit, false);
  if (begins && goesBeyond) return CAN_MEET;
  return goesBeyond ? CAN_MEET | CAN_MISS : CAN_MISS;
}
