import { exactly, type Interval, type MeasuredValue, type OwnLowerLimit } from '../../kernel/index.js';
import { type StoredMeasurement } from './stored-result.js';

/** A value as it is kept: nearly all are exact numbers, which need not say so four times. */
type PackedValue =
  | Exclude<MeasuredValue, { kind: 'number' | 'ordinal' }>
  | { kind: 'number'; exact?: string; interval?: Interval; unit: string }
  | { kind: 'ordinal'; exact?: string; interval?: Interval };

/** Nearly every lower limit is a number that belongs to the interval, in the unit of the value. */
type PackedLower = string | OwnLowerLimit;

type Packed = Partial<Omit<StoredMeasurement, 'value' | 'ownLower'>> & {
  value?: PackedValue;
  ownLower?: PackedLower;
};

/** The text of a measurement for its row: what the row says elsewhere, and what is empty, is left out. */
export function packMeasurement(measurement: StoredMeasurement, at: string): string {
  const { value, asSent, ownLimit, ownLower, doubts, beyond, freshFrom, isHistory, contextKeys, encounter } =
    measurement;
  const packed: Packed = { asSent };
  if (value) packed.value = packValue(value);
  if (ownLimit) packed.ownLimit = ownLimit;
  if (ownLower) packed.ownLower = packLower(ownLower, value);
  if (doubts.length > 0) packed.doubts = doubts;
  if (beyond) packed.beyond = beyond;
  if (freshFrom !== at) packed.freshFrom = freshFrom;
  if (isHistory) packed.isHistory = isHistory;
  if (contextKeys) packed.contextKeys = contextKeys;
  if (encounter) packed.encounter = encounter;
  return JSON.stringify(packed);
}

/** The measurement of a row; the inverse of `packMeasurement`. */
export function unpackMeasurement(
  text: string,
  row: { analyte: string | null; component: number; at: string },
): StoredMeasurement {
  const packed = JSON.parse(text) as Packed;
  const measurement: StoredMeasurement = {
    component: row.component,
    analyte: row.analyte,
    value: packed.value ? unpackValue(packed.value) : null,
    asSent: packed.asSent ?? '',
    ownLimit: packed.ownLimit ?? null,
    doubts: packed.doubts ?? [],
    freshFrom: packed.freshFrom ?? row.at,
  };
  if (packed.ownLower) measurement.ownLower = unpackLower(packed.ownLower, measurement.value);
  if (packed.beyond) measurement.beyond = packed.beyond;
  if (packed.isHistory) measurement.isHistory = packed.isHistory;
  if (packed.contextKeys) measurement.contextKeys = packed.contextKeys;
  if (packed.encounter) measurement.encounter = packed.encounter;
  return measurement;
}

function packLower(lower: OwnLowerLimit, value: MeasuredValue | null): PackedLower {
  const isPlain = lower.from === 'range' && lower.lowInclusive;
  return isPlain && value?.kind === 'number' && value.unit === lower.unit ? lower.low : lower;
}

function unpackLower(packed: PackedLower, value: MeasuredValue | null): OwnLowerLimit {
  if (typeof packed !== 'string') return packed;
  return { from: 'range', low: packed, lowInclusive: true, unit: value?.kind === 'number' ? value.unit : '' };
}

function packValue(value: MeasuredValue): PackedValue {
  if (value.kind !== 'number' && value.kind !== 'ordinal') return value;
  const { interval, ...rest } = value;
  const isExact =
    interval.low !== null && interval.low === interval.high && !interval.lowOpen && !interval.highOpen;
  return (isExact ? { ...rest, exact: interval.low } : value) as PackedValue;
}

function unpackValue(packed: PackedValue): MeasuredValue {
  if (packed.kind !== 'number' && packed.kind !== 'ordinal') return packed;
  const interval = packed.exact === undefined ? packed.interval! : exactly(packed.exact);
  return packed.kind === 'number'
    ? { kind: 'number', interval, unit: packed.unit }
    : { kind: 'ordinal', interval };
}
