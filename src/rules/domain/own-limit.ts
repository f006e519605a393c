import { Decimal } from 'decimal.js';
import { type Interval, type MeasuredValue, type OwnLimit, compareDecimals } from '../../kernel/index.js';
import { CAN_MEET, CAN_MISS, type Reach, reach } from './compare.js';

const EITHER = CAN_MEET | CAN_MISS;

/**
 * A value against the upper limit that its own report carries, times `times`: above it, or, `inclusive`, at least it.
 * Null: nothing to compare. Without any limit a value can be either (product: "none: review"), except a plain negative.
 */
export function reachOfOwnLimit(
  value: MeasuredValue | null,
  limit: OwnLimit | null,
  times: string,
  inclusive: boolean,
): Reach | null {
  if (limit?.from === 'interpretation') {
    // The laboratory says above or within its limit; how far above it does not say.
    const isBeyondOnce = compareDecimals(times, '1') > 0;
    if (limit.flag === 'within') return inclusive && !isBeyondOnce ? EITHER : CAN_MISS;
    return isBeyondOnce ? EITHER : CAN_MEET;
  }
  if (value === null) return null;
  if (value.kind === 'ordinal') return reach('greaterThan', value.interval, '0') === CAN_MISS ? CAN_MISS : EITHER;
  if (limit === null || value.kind === 'category' || value.kind === 'text') return EITHER;
  const high = times === '1' ? limit.high : new Decimal(limit.high).times(times).toFixed();
  // "<5" makes 5 itself too high.
  const comparison = inclusive || !limit.highInclusive ? 'greaterThanInclusive' : 'greaterThan';
  const against = (interval: Interval) => reach(comparison, interval, high);
  if (value.kind !== 'unit-unknown') return limit.unit === value.unit ? against(value.interval) : EITHER;
  return value.readings.length ? value.readings.reduce((r, reading) => r | against(reading), 0) : EITHER;
}
