import { Decimal } from 'decimal.js';
import { type Interval, type Measurement, compareDecimals } from '../../kernel/index.js';
import { type Threshold } from './threshold.js';
import { CAN_MEET, CAN_MISS, type Reach, reach } from './compare.js';

const EITHER = CAN_MEET | CAN_MISS;

type OwnLimitAsked = Pick<Threshold & { kind: 'own-limit' }, 'end' | 'times' | 'inclusive'>;
export type Limited = Pick<Measurement, 'value' | 'ownLimit' | 'ownLower'>;

/** What the report states of one end of its interval; null where it says nothing. */
interface Stated {
  /** Null where it only says that the value is beyond it or not. */
  limit: string | null;
  unit: string;
  isBeyond: boolean;
  /** Whether the limit itself is within. */
  inclusive: boolean;
}

/**
 * A value against a limit that its own report carries, times `times`: beyond it (above the upper, below the lower), or,
 * `inclusive`, at least at it. Null: nothing to compare. Without any limit a value can be either (product: "none: review"),
 * except a plain negative.
 */
export function reachOfOwnLimit(measurement: Limited, { end, times, inclusive }: OwnLimitAsked): Reach | null {
  const { value } = measurement;
  const stated = statedOf(measurement, end);
  if (stated && stated.limit === null) {
    // The laboratory says beyond or within its limit; how far beyond it does not say.
    const isMultiple = end === 'high' ? compareDecimals(times, '1') > 0 : compareDecimals(times, '1') < 0;
    if (!stated.isBeyond) return inclusive && !isMultiple ? EITHER : CAN_MISS;
    return isMultiple ? EITHER : CAN_MEET;
  }
  if (value === null) return null;
  if (value.kind === 'ordinal') return end === 'high' && isNegative(value.interval) ? CAN_MISS : EITHER;
  if (stated?.limit == null || value.kind === 'category' || value.kind === 'text') return EITHER;
  const limit = times === '1' ? stated.limit : new Decimal(stated.limit).times(times).toFixed();
  // "<5" makes 5 itself too high.
  const comparison = COMPARISONS[end][inclusive || !stated.inclusive ? 'reached' : 'passed'];
  const against = (interval: Interval) => reach(comparison, interval, limit);
  if (value.kind !== 'unit-unknown') return stated.unit === value.unit ? against(value.interval) : EITHER;
  return value.readings.length ? value.readings.reduce((r, reading) => r | against(reading), 0) : EITHER;
}

function isNegative(grade: Interval): boolean {
  return reach('greaterThan', grade, '0') === CAN_MISS;
}

const COMPARISONS = {
  high: { passed: 'greaterThan', reached: 'greaterThanInclusive' },
  low: { passed: 'lessThan', reached: 'lessThanInclusive' },
} as const;

function statedOf({ ownLimit, ownLower }: Limited, end: 'low' | 'high'): Stated | null {
  const own = end === 'high' ? ownLimit : ownLower;
  if (!own) return null;
  if (own.from === 'interpretation') return { limit: null, unit: '', isBeyond: own.flag !== 'within', inclusive: true };
  return 'high' in own
    ? { limit: own.high, unit: own.unit, isBeyond: false, inclusive: own.highInclusive }
    : { limit: own.low, unit: own.unit, isBeyond: false, inclusive: own.lowInclusive };
}

/** The limit as it is printed, with its unit; null where the report prints none. */
export function printedLimit(measurement: Omit<Limited, 'value'>, end: 'low' | 'high'): { limit: string; unit: string } | null {
  const stated = statedOf({ value: null, ...measurement }, end);
  return stated && stated.limit !== null ? { limit: stated.limit, unit: stated.unit } : null;
}
