import { Decimal } from 'decimal.js';
import { compareDecimals, exactly, type Interval } from '../../kernel/index.js';

/** Sixty digits: no sum or product of laboratory values is ever cut, and a quotient errs far below any limit's digits. */
const Exact = Decimal.clone({ precision: 60, rounding: Decimal.ROUND_HALF_UP });

/** One end of an interval: a number that belongs to it or (open) only bounds it; null is unbounded. */
interface End {
  at: Decimal | null;
  open: boolean;
}

/** Any number at all. */
export const ANYTHING: Interval = { low: null, high: null, lowOpen: true, highOpen: true };

/**
 * Arithmetic on what values may be: the interval of every number that the operation can give when each operand is any
 * number of its own interval. Exact numbers stay exact. A quantity that occurs twice is taken for two, which can only
 * widen the result: more is unknown, nothing is claimed that need not be.
 */
export function plus(a: Interval, b: Interval): Interval {
  if (isPoint(a) && isPoint(b)) return point(new Exact(a.low).plus(b.low));
  return interval(sum(lowOf(a), lowOf(b)), sum(highOf(a), highOf(b)));
}

export function negative({ low, high, lowOpen, highOpen }: Interval): Interval {
  return { low: flipped(high), high: flipped(low), lowOpen: highOpen, highOpen: lowOpen };
}

export function minus(a: Interval, b: Interval): Interval {
  return plus(a, negative(b));
}

export function times(a: Interval, b: Interval): Interval {
  if (isPoint(a) && isPoint(b)) return point(new Exact(a.low).times(b.low));
  const corners: [End, Sign][] = [];
  for (const [one, side] of endsOf(a)) {
    for (const [other, otherSide] of endsOf(b)) corners.push(product(one, side, other, otherSide));
  }
  return interval(extreme(corners, -1), extreme(corners, 1));
}

/**
 * Division. A divisor that cannot but be zero, or may be on either side of it, tells nothing; zero at the edge of the
 * divisor is no divisor and left out.
 */
export function over(a: Interval, b: Interval): Interval {
  const inverse = reciprocal(b);
  return inverse ? times(a, inverse) : ANYTHING;
}

/** The smallest of the values: any number that it can be. */
export function least(intervals: readonly Interval[]): Interval {
  return intervals.reduce((a, b) => interval(lower(lowOf(a), lowOf(b), -1), lower(highOf(a), highOf(b), 1)));
}

/** The largest of the values. */
export function greatest(intervals: readonly Interval[]): Interval {
  return negative(least(intervals.map(negative)));
}

/** The interval from the lowest end of several to the highest. */
export function hull(intervals: readonly Interval[]): Interval {
  return intervals.reduce((a, b) =>
    interval(lower(lowOf(a), lowOf(b), -1), turned(lower(turned(highOf(a)), turned(highOf(b)), -1))),
  );
}

/** What of the interval is not below `floor`; all of it when nothing would be left. */
export function notBelow(whole: Interval, floor: string | null): Interval {
  if (floor === null || (whole.low !== null && compareDecimals(whole.low, floor) >= 0)) return whole;
  if (whole.high !== null && compareDecimals(whole.high, floor) < 0) return whole;
  return { ...whole, low: floor, lowOpen: false };
}

/**
 * An increasing function of each end; null where it has no value there (the end is unbounded then).
 * @param of the function on an exact decimal
 */
export function increasing(a: Interval, of: (value: Decimal) => Decimal | null): Interval {
  const end = ({ at, open }: End): End => {
    const value = at && of(at);
    return value?.isFinite() ? { at: value, open } : { at: null, open: true };
  };
  const low = end(lowOf(a));
  return interval(low, isPoint(a) ? low : end(highOf(a)));
}

/** Ends rounded half up to decimals, as they would be printed; an open end that moves may be printed as the end itself. */
export function rounded({ low, high, lowOpen, highOpen }: Interval, decimals: number): Interval {
  const first = roundedEnd(low, lowOpen, decimals);
  const last = high === low && highOpen === lowOpen ? first : roundedEnd(high, highOpen, decimals);
  return { low: first.at, high: last.at, lowOpen: first.open, highOpen: last.open };
}

function roundedEnd(end: string | null, open: boolean, decimals: number): { at: string | null; open: boolean } {
  if (end === null) return { at: null, open };
  const exact = new Exact(end);
  const at = exact.toFixed(decimals, Decimal.ROUND_HALF_UP);
  return { at, open: open && exact.equals(at) };
}

export function number(text: string | number): Interval {
  return exactly(new Exact(text).toFixed());
}

/** One number, as nearly every value is: its two ends need not be worked out apart. */
function isPoint(a: Interval): a is Interval & { low: string } {
  return a.low !== null && a.low === a.high && !a.lowOpen && !a.highOpen;
}

function point(value: Decimal): Interval {
  return exactly(text(value));
}

type Sign = -1 | 0 | 1;

function lowOf({ low, lowOpen }: Interval): End {
  return low === null ? { at: null, open: true } : { at: new Exact(low), open: lowOpen };
}

function highOf({ high, highOpen }: Interval): End {
  return high === null ? { at: null, open: true } : { at: new Exact(high), open: highOpen };
}

function interval(low: End, high: End): Interval {
  const lowest = low.at && text(low.at);
  return {
    low: lowest,
    high: high === low ? lowest : high.at && text(high.at),
    lowOpen: low.open,
    highOpen: high.open,
  };
}

function text(value: Decimal): string {
  return value.isZero() ? '0' : value.toFixed();
}

function flipped(end: string | null): string | null {
  return end && text(new Exact(end).negated());
}

function turned({ at, open }: End): End {
  return { at: at && at.negated(), open };
}

function sum(a: End, b: End): End {
  return { at: a.at && b.at && new Exact(a.at).plus(b.at), open: a.open || b.open };
}

/** Of two ends of one kind the lower; where they meet, `side` -1 (lower ends) keeps the closed one, 1 the open one. */
function lower(a: End, b: End, side: -1 | 1): End {
  // An unbounded lower end is the lowest there is, an unbounded upper end the highest.
  if (!a.at || !b.at) return side === -1 ? (a.at ? b : a) : a.at ? a : b;
  const order = a.at.comparedTo(b.at);
  if (order !== 0) return order < 0 ? a : b;
  return { at: a.at, open: side === -1 ? a.open && b.open : a.open || b.open };
}

function endsOf(a: Interval): [End, -1 | 1][] {
  return [
    [lowOf(a), -1],
    [highOf(a), 1],
  ];
}

/** The product of two ends, and towards which infinity it goes (0: it is a number). */
function product(a: End, sideOfA: -1 | 1, b: End, sideOfB: -1 | 1): [End, Sign] {
  // Zero that belongs to an operand makes zero of whatever the other is.
  if (isZero(a) || isZero(b)) {
    const open = (isZero(a) ? a.open : true) && (isZero(b) ? b.open : true);
    return [{ at: new Exact(0), open }, 0];
  }
  if (a.at && b.at) return [{ at: new Exact(a.at).times(b.at), open: a.open || b.open }, 0];
  const sign = signOf(a, sideOfA) * signOf(b, sideOfB);
  return [{ at: null, open: true }, sign as Sign];
}

function isZero({ at }: End): boolean {
  return at?.isZero() ?? false;
}

function signOf({ at }: End, side: -1 | 1): -1 | 1 {
  return at ? (at.isNegative() ? -1 : 1) : side;
}

/** The lowest (-1) or highest (1) of the corner products; where several meet, one that belongs to the result wins. */
function extreme(corners: readonly [End, Sign][], towards: -1 | 1): End {
  if (corners.some(([, sign]) => sign === towards)) return { at: null, open: true };
  const ends = corners.flatMap(([end, sign]) => (sign === 0 ? [towards === -1 ? end : turned(end)] : []));
  const found = ends.reduce((a, b) => lower(a, b, -1));
  return towards === -1 ? found : turned(found);
}

function reciprocal(a: Interval): Interval | null {
  const [low, high] = [lowOf(a), highOf(a)];
  const isPositive = low.at !== null && !low.at.isNegative();
  const isNegative = high.at !== null && (high.at.isNegative() || high.at.isZero());
  if (low.at?.isZero() && high.at?.isZero()) return null;
  if (!isPositive && !isNegative) return null;
  const of = ({ at, open }: End): End => {
    if (!at) return { at: new Exact(0), open: true };
    return at.isZero() ? { at: null, open: true } : { at: new Exact(1).div(at), open };
  };
  const lowest = of(high);
  return interval(lowest, isPoint(a) ? lowest : of(low));
}
