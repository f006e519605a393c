import { type Interval } from '../../../kernel/index.js';
import { type Analyte, type Formula } from '../analyte.js';
import { Exact, timesPowerOfTen } from './decimal-text.js';
import { annotationOf, isUcum, unitRatio, withoutAnnotations } from './ucum.js';
import { unitCandidates } from './unit-spelling.js';

/** How values in one unit become canonical values of one analyte. */
export type Conversion =
  | { kind: 'same' }
  /** Exact: the decimal point moves. */
  | { kind: 'power-of-ten'; exponent: number }
  /** By a ratio, molar mass or formula; rounded half up to the analyte's reporting decimals, as it would be printed. */
  | ({ kind: 'formula'; decimals: number } & Omit<Formula, 'unit'>);

const SAME: Conversion = { kind: 'same' };

/**
 * The conversion from a unit as sent to the analyte's canonical unit, or null: not understood, or not convertible.
 * `coded` says that a code identified the analyte, so that an annotation (FEU, DDU) need not be repeated by the unit.
 */
export function conversionFrom(analyte: Analyte, spelling: string, coded: boolean): Conversion | null {
  for (const candidate of unitCandidates(spelling)) {
    if (!isUcum(candidate)) continue;
    const conversion = fromUcum(analyte, candidate, coded);
    if (conversion) return conversion;
  }
  return null;
}

/** True when the spelling is a unit at all, whatever it measures. */
export function isUnitUnderstood(spelling: string): boolean {
  return unitCandidates(spelling).some(isUcum);
}

/** `105/L` is UCUM for one hundred and five per litre; on a report it is 10⁵/L with its superscript lost, or an error. */
const NUMBER_AS_FACTOR = /(^|[/.])\d{2,}(?=[/.{a-zA-Z[]|$)/;

function fromUcum(analyte: Analyte, unit: string, coded: boolean): Conversion | null {
  if (NUMBER_AS_FACTOR.test(withoutAnnotations(unit))) return null;
  if (analyte.annotation) {
    const annotation = annotationOf(unit);
    const counted = annotation === 'FEU' || annotation === 'DDU' ? annotation : null;
    if (counted ? counted !== analyte.annotation : !coded) return null;
  }
  if (analyte.unitless) return unitlessFrom(analyte, unit);
  const bare = withoutAnnotations(unit);
  const formula = analyte.formulas.find((known) => withoutAnnotations(known.unit) === bare);
  if (formula) return simplest({ ...formula, decimals: analyte.decimals });
  const ratio = unitRatio(unit, analyte.unit, analyte.molarMass);
  return ratio && simplest({ minus: '0', ...ratio, plus: '0', decimals: analyte.decimals });
}

/** Ratios, indices and scores take `1`, an annotation, or their own unit; never a percentage or a field count. */
function unitlessFrom(analyte: Analyte, unit: string): Conversion | null {
  return withoutAnnotations(unit) === '1' || unit === analyte.unit ? SAME : null;
}

function simplest(formula: Omit<Formula, 'unit'> & { decimals: number }): Conversion {
  const { minus, times, over, plus, decimals } = formula;
  if (Number(minus) === 0 && Number(plus) === 0) {
    if (times === over) return SAME;
    const exponent = Math.round(Math.log10(Number(times) / Number(over)));
    if (new Exact(10).pow(exponent).times(over).equals(times)) return { kind: 'power-of-ten', exponent };
  }
  return { kind: 'formula', minus, times, over, plus, decimals };
}

/** A decimal text in the canonical unit. */
export function convert(value: string, by: Conversion): string {
  if (by.kind === 'same') return value;
  if (by.kind === 'power-of-ten') return timesPowerOfTen(value, by.exponent);
  return roundedByFloat(value, by) ?? exactly(value, by).toFixed(by.decimals);
}

/**
 * An interval in the canonical unit. Where ends are rounded an open end becomes closed, because values short of it
 * may be printed as the end itself.
 */
export function convertInterval(interval: Interval, by: Conversion): Interval {
  if (by.kind === 'same') return interval;
  const { low, high, lowOpen, highOpen } = interval;
  const newLow = low === null ? null : convert(low, by);
  const newHigh = high === low ? newLow : high === null ? null : convert(high, by);
  return {
    low: newLow,
    high: newHigh,
    lowOpen: lowOpen && (low === null || isExact(low, by)),
    highOpen: highOpen && (high === null || isExact(high, by)),
  };
}

function isExact(value: string, by: Conversion): boolean {
  return by.kind !== 'formula' || exactly(value, by).equals(convert(value, by));
}

type ByFormula = Extract<Conversion, { kind: 'formula' }>;

function exactly(value: string, by: ByFormula): InstanceType<typeof Exact> {
  return new Exact(value).minus(by.minus).times(by.times).div(by.over).plus(by.plus);
}

/**
 * The same rounding in floats, twenty times as fast, where it can't differ: null when the result lies so near to the
 * middle between two roundings (or is so large) that a float's error could tip it.
 */
function roundedByFloat(value: string, by: ByFormula): string | null {
  const scale = 10 ** by.decimals;
  const scaled =
    (((Number(value) - Number(by.minus)) * Number(by.times)) / Number(by.over) + Number(by.plus)) * scale;
  if (!(scaled >= 0 && scaled < 2 ** 30)) return null;
  const floor = Math.floor(scaled);
  if (Math.abs(scaled - floor - 0.5) < 1e-5) return null;
  return ((scaled - floor < 0.5 ? floor : floor + 1) / scale).toFixed(by.decimals);
}
