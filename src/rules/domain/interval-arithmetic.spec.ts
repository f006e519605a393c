import fc from 'fast-check';
import { compareDecimals, exactly, type Interval } from '../../kernel/index.js';
import {
  ANYTHING,
  greatest,
  hull,
  increasing,
  least,
  minus,
  negative,
  notBelow,
  over,
  plus,
  rounded,
  times,
} from './interval-arithmetic.js';

const small = fc.integer({ min: -4, max: 4 });
const anInterval = fc
  .tuple(fc.option(small), fc.option(small), fc.boolean(), fc.boolean())
  .map(([x, y, lowOpen, highOpen]): Interval => {
    const [low, high] = x !== null && y !== null && x > y ? [y, x] : [x, y];
    const isPoint = low !== null && low === high;
    return {
      low: low === null ? null : String(low),
      high: high === null ? null : String(high),
      lowOpen: low === null || (lowOpen && !isPoint),
      highOpen: high === null || (highOpen && !isPoint),
    };
  });

/** A number of the interval, in quarters of its width; far out where it is unbounded. */
function pick({ low, high, lowOpen, highOpen }: Interval, share: number): number {
  const from = low === null ? (high === null ? -50 : Number(high) - 50) : Number(low);
  const to = high === null ? from + 50 : Number(high);
  const inner = from + (to - from) * share;
  if (from === to) return from;
  if (share === 0 && lowOpen) return from + (to - from) / 64;
  return share === 1 && highOpen ? to - (to - from) / 64 : inner;
}
const share = fc.constantFrom(0, 0.25, 0.5, 0.75, 1);

function holds({ low, high, lowOpen, highOpen }: Interval, value: number): boolean {
  const isAbove = low === null || value > Number(low) - 1e-9;
  const isBelow = high === null || value < Number(high) + 1e-9;
  const isAtOpenEnd = (lowOpen && low !== null && value === Number(low)) || (highOpen && high !== null && value === Number(high));
  return isAbove && isBelow && !isAtOpenEnd;
}

const OPERATIONS: [string, (a: Interval, b: Interval) => Interval, (x: number, y: number) => number][] = [
  ['plus', plus, (x, y) => x + y],
  ['minus', minus, (x, y) => x - y],
  ['times', times, (x, y) => x * y],
  ['over', over, (x, y) => x / y],
  ['least', (a, b) => least([a, b]), Math.min],
  ['greatest', (a, b) => greatest([a, b]), Math.max],
];

it.each(OPERATIONS)('%s holds whatever its operands may be', (_name, of, plain) => {
  fc.assert(
    fc.property(anInterval, anInterval, share, share, (a, b, s, t) => {
      const [x, y] = [pick(a, s), pick(b, t)];
      const value = plain(x, y);
      fc.pre(Number.isFinite(value));
      expect([of(a, b), value, holds(of(a, b), value)]).toEqual([of(a, b), value, true]);
    }),
    { numRuns: 3000 },
  );
});

/** No wider than it must be: each end that is a number is met, or come near to, by some numbers of the operands. */
it.each(OPERATIONS)('%s claims no more than that', (_name, of, plain) => {
  const shares = [0, 1e-9, 0.5, 1 - 1e-9, 1];
  fc.assert(
    fc.property(anInterval, anInterval, (a, b) => {
      fc.pre([a, b].every(({ low, high }) => low !== null && high !== null));
      const values = shares.flatMap((s) => shares.map((t) => plain(at(a, s), at(b, t)))).filter(Number.isFinite);
      const { low, high } = of(a, b);
      if (low !== null) expect(Math.min(...values)).toBeCloseTo(Number(low), 4);
      if (high !== null) expect(Math.max(...values)).toBeCloseTo(Number(high), 4);
    }),
    { numRuns: 2000 },
  );
});

function at({ low, high }: Interval, share: number): number {
  return Number(low) + (Number(high) - Number(low)) * share;
}

const shown = ({ low, high, lowOpen, highOpen }: Interval) => `${lowOpen ? '(' : '['}${low ?? ''},${high ?? ''}${highOpen ? ')' : ']'}`;
const below = (high: string): Interval => ({ low: null, high, lowOpen: true, highOpen: true });
const from0To = (high: string): Interval => ({ low: '0', high, lowOpen: false, highOpen: true });

it.each<[string, Interval, string]>([
  ['digits are kept', plus(exactly('0.1'), exactly('0.2')), '[0.3,0.3]'],
  ['and lose nothing', minus(exactly('100000000000000000000.01'), exactly('0.01')), '[100000000000000000000,100000000000000000000]'],
  ['a quotient of exact numbers is exact', over(exactly('1.2'), exactly('12')), '[0.1,0.1]'],
  ['below 0.5 less 0.2', minus(below('0.5'), exactly('0.2')), '(,0.3)'],
  ['a divisor between 0 and 0.5', over(exactly('2'), from0To('0.5')), '(4,)'],
  ['a divisor of either sign', over(exactly('2'), below('0.5')), '(,)'],
  ['zero as divisor', over(exactly('2'), exactly('0')), '(,)'],
  ['zero times anything', times(exactly('0'), ANYTHING), '[0,0]'],
  ['zero that is not reached stays out', times(over(exactly('1'), from0To('2')), exactly('0')), '[0,0]'],
  ['the lowest of two that overlap', least([{ ...from0To('3') }, exactly('2')]), '[0,2]'],
  ['from the lowest to the highest', hull([exactly('3'), exactly('-1'), exactly('2')]), '[-1,3]'],
  ['not below zero', notBelow(below('0.5'), '0'), '[0,0.5)'],
  ['nothing would be left', notBelow(exactly('-1'), '0'), '[-1,-1]'],
  ['turned', negative(from0To('2')), '(-2,0]'],
  ['half up', rounded(exactly('14.95'), 1), '[15.0,15.0]'],
  ['an open end that moves may be printed', rounded(below('14.96'), 1), '(,15.0]'],
  ['one that does not move stays open', rounded(below('14.9'), 1), '(,14.9)'],
  ['no value at an end', increasing({ low: '-1', high: '4', lowOpen: false, highOpen: false }, (x) => (x.isNegative() ? null : x.sqrt())), '(,2]'],
])('%s', (_case, interval, expected) => expect(shown(interval)).toBe(expected));

it('comparing agrees with arithmetic', () => {
  fc.assert(
    fc.property(small, small, (x, y) => {
      expect(Math.sign(compareDecimals(minus(exactly(String(x)), exactly(String(y))).low ?? '', '0'))).toBe(Math.sign(x - y));
    }),
  );
});
