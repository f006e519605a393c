import { type Coding, type Interval, type MeasuredValue } from '../../../kernel/index.js';
import { type Analyte } from '../analyte.js';
import { type Conversion, convertInterval } from '../units/conversion.js';

/** A value as one analyte understands it, or that it doesn't. */
export type ValueRead =
  | { value: MeasuredValue; unit: string | null }
  | { doubt: 'unreadable' }
  | { doubt: 'unknown-unit'; value: MeasuredValue; unit: string | null };

export const UNREADABLE: ValueRead = { doubt: 'unreadable' };

/** A conclusion in words, with the name of its class system before it where the analyte has one. */
export function wording(text: string, codings: Coding[], { prefix }: Analyte): ValueRead {
  const words = text.trim();
  if (words === '' && codings.length === 0) return UNREADABLE;
  const named = prefix && !words.toUpperCase().includes('RADS') ? `${prefix} ${words}` : words;
  return { value: { kind: 'text', text: named, codings }, unit: null };
}

export function ordinal(interval: Interval): ValueRead {
  return { value: { kind: 'ordinal', interval }, unit: null };
}

/** Its values are grades: negative, trace, one to four. */
export function isGraded(analyte: Analyte): boolean {
  return analyte.nature === 'ordinal' || analyte.nature === 'nominal';
}

/** Besides graded tests: cells per field (`++`), and tumour markers that are sometimes only negative or positive. */
export function takesGrades(analyte: Analyte): boolean {
  return isGraded(analyte) || analyte.nature === 'microscopy' || analyte.groups.includes('tumour-marker');
}

/** Numbers in the canonical unit; impossible ones are told apart. */
export function number(
  interval: Interval,
  conversion: Conversion,
  analyte: Analyte,
  unit: string | null,
): ValueRead {
  const converted = convertInterval(interval, conversion);
  const kind = isPlausible(converted, analyte) ? 'number' : 'implausible';
  return { value: { kind, interval: converted, unit: analyte.unit }, unit };
}

/** Some of what the interval allows is possible. The bounds are wide and whole: doubles are exact enough. */
export function isPlausible({ low, high }: Interval, { plausible }: Pick<Analyte, 'plausible'>): boolean {
  if (!plausible) return true;
  if (low !== null && Number(low) > Number(plausible.high)) return false;
  return high === null || Number(high) >= Number(plausible.low);
}
