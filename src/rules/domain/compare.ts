import { compareDecimals, compareWith, type Interval } from '../../kernel/index.js';

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

function bits(meets: boolean, misses: boolean): Reach {
  return (meets ? CAN_MEET : 0) | (misses ? CAN_MISS : 0);
}

/**
 * What an interval may do against the limit; both in the same unit, decimal texts.
 * An interval that only meets the condition fires it, one that only misses is silent, one that can do both is unknown.
 */
export function reach(comparison: Comparison, interval: Interval, limit: string): Reach {
  return reachAgainst(comparison, limit)(interval);
}

/** The same for a limit that many intervals are held against. */
export function reachAgainst(comparison: Comparison, limit: string): (interval: Interval) => Reach {
  const compare = compareWith(limit);
  return ({ low, high, lowOpen, highOpen }) => {
    const lowest = low === null ? -1 : compare(low);
    const highest = high === null ? 1 : high === low ? lowest : compare(high);
    const below = lowest < 0;
    const above = highest > 0;
    const upToLimit = below || (lowest === 0 && !lowOpen);
    const fromLimit = above || (highest === 0 && !highOpen);
    switch (comparison) {
      case 'lessThan':
        return bits(below, fromLimit);
      case 'lessThanInclusive':
        return bits(upToLimit, above);
      case 'greaterThan':
        return bits(above, upToLimit);
      case 'greaterThanInclusive':
        return bits(fromLimit, below);
      case 'equal':
        return bits(upToLimit && fromLimit, below || above);
      case 'notEqual':
        return bits(below || above, upToLimit && fromLimit);
    }
  };
}

/**
 * Microscopy against a limit that its source prints as a span, "> 15–30/HPF" (体检重要阳性结果, 2.2.5 ②):
 * a number fires above the limit, an interval when it begins at the limit or above and goes beyond it.
 */
export function reachOfMicroscopy(interval: Interval, limit: string): Reach {
  const begins = interval.low !== null && compareDecimals(interval.low, limit) >= 0;
  const goesBeyond = (reach('greaterThan', interval, limit) & CAN_MEET) !== 0;
  if (begins && goesBeyond) return CAN_MEET;
  return goesBeyond ? CAN_MEET | CAN_MISS : CAN_MISS;
}
