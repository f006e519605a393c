import { exactly, type Interval, type MeasuredValue } from '../../../kernel/index.js';
import { type Analyte, type Meaning } from '../analyte.js';
import { type Quantity, type Range, type Ratio } from '../fhir-input.js';
import { convertInterval } from '../units/conversion.js';
import { decimalText, Exact } from '../units/decimal-text.js';
import { type Vocabulary } from '../vocabulary.js';
import { readGrade } from './read-grade.js';
import { compared, type Comparator } from './read-number.js';
import { isGraded, isPlausible, number, ordinal, UNREADABLE, type ValueRead, wording } from './value-read.js';

export const UCUM_SYSTEM = 'http://unitsofmeasure.org';

/**
 * The unit that counts: the UCUM code wins over the printed unit; the printed one is read when there is no code, when
 * the code is of another system, or when it is no unit.
 */
export function unitOf(quantity: Quantity, isUnit: (spelling: string) => boolean): string | null {
  const { code, system, unit } = quantity;
  const isUcumCode = code && (system === undefined || system === UCUM_SYSTEM);
  if (isUcumCode && (!unit || unit === code || isUnit(code))) return code;
  return unit?.trim() || code || null;
}

/** Digits of a number, or null: JSON.parse makes Infinity of 1e999. */
function digitsOf(value: number | undefined): string | null {
  return value !== undefined && Number.isFinite(value) ? decimalText(value) : null;
}

export function readQuantity(quantity: Quantity, meaning: Meaning, vocabulary: Vocabulary): ValueRead {
  const digits = digitsOf(quantity.value);
  if (digits === null) return UNREADABLE;
  const interval = quantity.comparator
    ? compared(quantity.comparator as Comparator, digits)
    : exactly(digits);
  return readNumeric(interval, unitOf(quantity, vocabulary.isUnit), meaning, vocabulary);
}

/** A range, perhaps open on one side; its ends have one unit. */
export function readRange(range: Range, meaning: Meaning, vocabulary: Vocabulary): ValueRead {
  const { low, high } = range;
  const [least, most] = [digitsOf(low?.value), digitsOf(high?.value)];
  if ((low?.value !== undefined && least === null) || (high?.value !== undefined && most === null))
    return UNREADABLE;
  if (least === null && most === null) return UNREADABLE;
  if (least !== null && most !== null && Number(least) > Number(most)) return UNREADABLE;
  const units = [low, high].flatMap((end) => (end && unitOf(end, vocabulary.isUnit)) ?? []);
  if (new Set(units).size > 1) return UNREADABLE;
  const interval: Interval = { low: least, high: most, lowOpen: least === null, highOpen: most === null };
  return readNumeric(interval, units[0] ?? null, meaning, vocabulary);
}

/** The quotient of two quantities, in the quotient of their units. */
export function readRatio(ratio: Ratio, meaning: Meaning, vocabulary: Vocabulary): ValueRead {
  const { numerator, denominator } = ratio;
  const [top, bottom] = [digitsOf(numerator?.value), digitsOf(denominator?.value)];
  if (top === null || bottom === null || Number(bottom) <= 0 || denominator!.comparator) return UNREADABLE;
  const units = [numerator!, denominator!].map((part) => unitOf(part, vocabulary.isUnit));
  if (!units[0] || !units[1]) return UNREADABLE;
  const quotient = new Exact(top).div(bottom).toSignificantDigits(15).toFixed();
  const interval = compared(numerator!.comparator as Comparator | undefined, quotient);
  return readNumeric(interval, units.join('/'), meaning, vocabulary);
}

/** Numbers in a unit as sent, as the analyte understands them. */
export function readNumeric(
  interval: Interval,
  unit: string | null,
  meaning: Meaning,
  vocabulary: Vocabulary,
): ValueRead {
  const { analyte } = meaning;
  if (analyte.nature === 'text')
    return analyte.prefix && interval.low ? wording(interval.low, [], analyte) : UNREADABLE;
  if (isGraded(analyte)) return readGradedNumber(interval, unit);
  if (analyte.nature === 'category') return UNREADABLE;
  if (analyte.unitless && unit === null) return number(interval, { kind: 'same' }, analyte, unit);
  const conversion = unit === null ? null : vocabulary.conversion(analyte, unit, meaning.coded);
  return conversion
    ? number(interval, conversion, analyte, unit)
    : withoutUnit(interval, unit, analyte, vocabulary);
}

/** `2` with the unit `+` is a grade; a bare number is not (1 may be + or "positive"). */
function readGradedNumber(interval: Interval, unit: string | null): ValueRead {
  if (unit === null || !/^[+＋]$/.test(unit) || interval.low !== interval.high || interval.low === null)
    return UNREADABLE;
  const grade = readGrade(`${interval.low}+`);
  return grade ? ordinal(grade) : UNREADABLE;
}

/** One reading for each unit that the analyte is plausibly reported in; impossible readings only when there is no other. */
function withoutUnit(
  interval: Interval,
  unit: string | null,
  analyte: Analyte,
  vocabulary: Vocabulary,
): ValueRead {
  const readings = analyte.reportedIn.map((reported) => {
    const conversion = vocabulary.conversion(analyte, reported);
    return conversion ? convertInterval(interval, conversion) : interval;
  });
  const likely = readings.filter((reading) => isPlausible(reading, analyte));
  const value: MeasuredValue = {
    kind: 'unit-unknown',
    readings: likely.length > 0 ? likely : readings,
    unit: analyte.unit,
  };
  return { doubt: 'unknown-unit', value, unit };
}
