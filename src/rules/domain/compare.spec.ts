import fc from 'fast-check';
import { exactly, type Interval } from '../../kernel/index.js';
import { CAN_MEET, CAN_MISS, COMPARISONS, type Comparison, reach, reachOfMicroscopy } from './compare.js';

const HOLDS: Record<Comparison, (value: number, limit: number) => boolean> = {
  lessThan: (value, limit) => value < limit,
  lessThanInclusive: (value, limit) => value <= limit,
  greaterThan: (value, limit) => value > limit,
  greaterThanInclusive: (value, limit) => value >= limit,
  equal: (value, limit) => value === limit,
  notEqual: (value, limit) => value !== limit,
};

const tenths = fc.integer({ min: -30, max: 30 });
const text = (tenth: number) => (tenth / 10).toFixed(1);
const interval = fc
  .tuple(fc.option(tenths, { freq: 4 }), fc.option(tenths, { freq: 4 }), fc.boolean(), fc.boolean())
  .map(([a, b, lowOpen, highOpen]): Interval => {
    const [low, high] = a !== null && b !== null && a > b ? [b, a] : [a, b];
    const isPoint = low !== null && low === high;
    return {
      low: low === null ? null : text(low),
      high: high === null ? null : text(high),
      lowOpen: lowOpen && !isPoint,
      highOpen: highOpen && !isPoint,
    };
  });

/** Twentieths: between any two limits that are used here there is a number, and beyond the last there are some. */
function numbersIn({ low, high, lowOpen, highOpen }: Interval): number[] {
  const numbers = Array.from({ length: 161 }, (_, at) => (at - 80) / 20);
  return numbers.filter((number) => {
    const isAbove = low === null || number > Number(low) || (number === Number(low) && !lowOpen);
    return isAbove && (high === null || number < Number(high) || (number === Number(high) && !highOpen));
  });
}

it.each(COMPARISONS)('%s: an interval can do what one of its numbers does', (comparison) => {
  fc.assert(
    fc.property(interval, tenths, (span, tenth) => {
      const numbers = numbersIn(span).map((number) => HOLDS[comparison](number, tenth / 10));
      const reached = reach(comparison, span, text(tenth));
      expect([(reached & CAN_MEET) !== 0, (reached & CAN_MISS) !== 0]).toEqual([
        numbers.includes(true),
        numbers.includes(false),
      ]);
    }),
    { numRuns: 1000 },
  );
});

it.each([
  ['lessThanInclusive', '3.0', '3', CAN_MEET],
  ['lessThanInclusive', '3.00', '3.0', CAN_MEET],
  ['lessThan', '3.0', '3', CAN_MISS],
  ['greaterThanInclusive', '400', '400.0', CAN_MEET],
  ['greaterThan', '133', '133', CAN_MISS],
  // Digits beyond a double: 3 and a hair more is not 3.
  ['lessThanInclusive', '3.00000000000000000001', '3', CAN_MISS],
  ['equal', '0.3000000000000000000', '0.3', CAN_MEET],
] as const)('%s: %s against %s', (comparison, value, limit, expected) => {
  expect(reach(comparison, exactly(value), limit)).toBe(expected);
});

const EITHER = CAN_MEET | CAN_MISS;
const span = (low: string | null, high: string | null, lowOpen = false): Interval => ({
  low,
  high,
  lowOpen,
  highOpen: false,
});
it.each<[string, Interval, number]>([
  ['15', exactly('15'), CAN_MISS],
  ['16', exactly('16'), CAN_MEET],
  ['15-30', span('15', '30'), CAN_MEET],
  ['16-20', span('16', '20'), CAN_MEET],
  ['10-15', span('10', '15'), CAN_MISS],
  ['5-20', span('5', '20'), EITHER],
  ['14-16', span('14', '16'), EITHER],
  ['>15', span('15', null, true), CAN_MEET],
  ['>=15', span('15', null), CAN_MEET],
  ['>10', span('10', null, true), EITHER],
  ['<20', span(null, '20'), EITHER],
  ['<15', span(null, '15'), CAN_MISS],
])('microscopy above 15: %s', (_written, value, expected) => {
  expect(reachOfMicroscopy(value, '15')).toBe(expected);
});
