import { type Interval } from './interval.js';

/** Why a result, or a part of it, cannot be judged. The words of `GET /api/data-quality`. */
export const DOUBT_REASONS = [
  'unknown-code',
  'unknown-unit',
  'implausible',
  'unreadable',
  'no-person',
  'no-time',
  'fasting-unknown',
  'no-limit',
] as const;
export type DoubtReason = (typeof DOUBT_REASONS)[number];

/** One doubt about one measurement. `detail` names the code, unit or spelling, never a person. */
export interface Doubt {
  reason: DoubtReason;
  detail: string;
}

export interface Coding {
  system?: string;
  code?: string;
  display?: string;
}

/** What a measurement says, in the analyte's canonical unit, ready to be compared. */
export type MeasuredValue =
  | { kind: 'number'; interval: Interval; unit: string }
  /** Grades of an ordinal scale: 0 negative, 0.5 trace (±), 1..4 for + to ++++; a bare "positive" is [1, 4]. */
  | { kind: 'ordinal'; interval: Interval }
  /** One of the analyte's named categories, e.g. a Bethesda class. */
  | { kind: 'category'; category: string }
  /** A conclusion to be read by a rule, with the codes beside it. */
  | { kind: 'text'; text: string; codings: Coding[] }
  /**
   * A number whose unit is missing or not understood: one reading for each unit the analyte is plausibly reported in.
   * Without any reading, a result in words or signs that are not understood. Never fires; goes to review when one of the
   * readings would, without any when anything could.
   */
  | { kind: 'unit-unknown'; readings: Interval[]; unit: string }
  /** A number outside the plausible range: never fires; goes to review when it would. */
  | { kind: 'implausible'; interval: Interval; unit: string };

/** The limit that the report itself carries (order of sources in product.md: high, text, interpretation). */
export type OwnLimit =
  | { from: 'range'; high: string; highInclusive: boolean; unit: string }
  | { from: 'interpretation'; flag: 'above' | 'within' };

/** The lower end of the same, read likewise. */
export type OwnLowerLimit =
  | { from: 'range'; low: string; lowInclusive: boolean; unit: string }
  | { from: 'interpretation'; flag: 'below' | 'within' };

/** On which side of the reference interval of its own report a value lies, and the end that it passed. */
export interface BeyondOwnRange {
  side: 'above' | 'below';
  /** In the canonical unit; null where the laboratory says so without printing it. */
  limit: string | null;
}

/** One analyte value of one observation: the observation's own (component 0) or that of a component (1, 2, …). */
export interface Measurement {
  component: number;
  /** Id in the vocabulary; null when the code is unknown. */
  analyte: string | null;
  /** null when there is nothing to compare (no value, or unreadable). */
  value: MeasuredValue | null;
  /** Digits, comparator and unit as the laboratory sent them, for people to read. */
  asSent: string;
  ownLimit: OwnLimit | null;
  /** Only of a number whose report has one. */
  ownLower?: OwnLowerLimit;
  doubts: Doubt[];
  /** Only of a number that lies outside the reference interval of its own report, whoever of those it may speak of. */
  beyond?: BeyondOwnRange;
}
