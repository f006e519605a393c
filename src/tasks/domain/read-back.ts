import { isDeepStrictEqual } from 'node:util';
import { Decimal } from 'decimal.js';
import { type FindingEvidence } from '../../assessment/domain/finding.js';
import { type Interval, type MeasuredValue } from '../../kernel/index.js';

/** What the listener repeated, as the nurse typed it. */
export interface Typed {
  value: string;
  unit?: string;
}

/** How a value in words is understood: `toCanonical` of the vocabulary. Null when it is not. */
export type Understand = (analyte: string, text: string, unit?: string) => MeasuredValue | null;

/** The value of a finding that is read back: its analyte, and digits and unit as the laboratory sent them. */
export interface Spoken {
  analyte: string;
  asSent: string;
}

/** Rounding as people do it: to the last digit said, by no more than this part of the value. */
const MOST_ROUNDED = 0.02;

/** The value that a finding is told with; null for a conclusion in words, or one that rests on no value. */
export function spokenValue(
  { leaves }: Pick<FindingEvidence, 'leaves'>,
  observationId: string,
): Spoken | null {
  const said = leaves.filter(
    ({ truth, asSent, analyte, negated }) =>
      truth === 'fires' && asSent !== null && analyte !== null && !negated,
  );
  const leaf = said.find(({ source }) => source?.observationId === observationId) ?? said[0];
  return leaf?.analyte && leaf.asSent !== null ? { analyte: leaf.analyte, asSent: leaf.asSent } : null;
}

/**
 * Whether the value that was repeated is the stored one: the same, rounded as people round, or in the other usual unit.
 * A conclusion in words is not compared: that something was repeated is all that can be asked.
 */
export function isReadBack(typed: Typed, spoken: Spoken | null, understand: Understand): boolean {
  const value = typed.value.normalize('NFKC').trim();
  if (value === '') return false;
  if (spoken === null) return true;
  const stored = understand(spoken.analyte, spoken.asSent);
  if (stored === null || stored.kind === 'text') return true;
  if (stored.kind === 'unit-unknown' || stored.kind === 'implausible')
    return plain(value) === plain(spoken.asSent);
  const unit = typed.unit?.trim();
  // A number that goes with a unit is repeated with one.
  if (stored.kind === 'number' && stored.unit !== '1' && !unit) return false;
  const repeated = understand(spoken.analyte, value, unit);
  if (repeated === null || repeated.kind !== stored.kind) return false;
  if (isDeepStrictEqual(repeated, stored)) return true;
  if (stored.kind !== 'number' || repeated.kind !== 'number') return false;
  const exact = pointOf(stored.interval);
  if (exact === null || pointOf(repeated.interval) === null) return false;
  if (exact.equals(pointOf(repeated.interval)!)) return true;
  return isRoundedTo(exact, value, (text) => understand(spoken.analyte, text, unit));
}

/** Whether the value lies within half of the last digit that was said, and that half is a small part of it. */
function isRoundedTo(
  exact: Decimal,
  said: string,
  understood: (text: string) => MeasuredValue | null,
): boolean {
  if (!/^\d+(\.\d+)?$/.test(said)) return false;
  const number = new Decimal(said);
  const half = new Decimal(10).pow(-number.decimalPlaces()).div(2);
  if (number.isZero() || half.div(number).greaterThan(MOST_ROUNDED)) return false;
  const [low, high] = [number.minus(half), number.plus(half)].map((end) => {
    const value = understood(end.toFixed());
    return value?.kind === 'number' ? pointOf(value.interval) : null;
  });
  return low != null && high != null && exact.greaterThanOrEqualTo(low) && exact.lessThanOrEqualTo(high);
}

function pointOf({ low, high }: Interval): Decimal | null {
  return low !== null && low === high ? new Decimal(low) : null;
}

function plain(text: string): string {
  return text.normalize('NFKC').replace(/\s/g, '').toLowerCase();
}
