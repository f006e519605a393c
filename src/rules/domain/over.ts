import { type Threshold } from './threshold.js';

export const OVERS = ['latest', 'previous', 'change', 'rise', 'fall', 'rate', 'count', 'confirmed', 'ever-before'] as const;
export type OverKind = (typeof OVERS)[number];

/**
 * How a condition looks back from the result being judged (the anchor), over valid results alone and never beyond its
 * instant. "Earlier" is what comes before the value that counts now: the anchor's own, or of another analyte the latest
 * up to the anchor; for `previous` and `ever-before` a value of another day than the anchor's is itself earlier.
 * A window ends at the anchor's instant; both its ends belong to it.
 */
export type Over =
  /** The condition on the value that counts now, when it is no older than the window: both of one visit. */
  | { kind: 'latest'; window: Window }
  /** The condition on the latest earlier value. */
  | { kind: 'previous'; window: Window | null }
  /** Now minus the latest earlier value; `relative`: in percent of it. */
  | { kind: 'change'; window: Window | null; relative: boolean; floor: string | null }
  /** Now minus the lowest, or the highest minus now, of the earlier values in the window. */
  | { kind: 'rise' | 'fall'; window: Window; relative: boolean; floor: string | null }
  /** Change per time from the latest value of an earlier instant. */
  | { kind: 'rate'; window: Window; per: Window; floor: string | null }
  /** In how many of the last visits (the centre's days with a value) the condition `when` held. */
  | { kind: 'count'; visits: number; when: When }
  /** The condition holds now, and held on another day of the window. */
  | { kind: 'confirmed'; window: Window }
  /** The condition held in some result before the anchor; what nobody has on record was not known. */
  | { kind: 'ever-before'; window: Window | null };

/** A length of time as written (`90 d`), and in milliseconds. */
export interface Window {
  written: string;
  ms: number;
}

/** What is counted in each visit. */
export interface When {
  operator: string;
  written: string;
  unit: string | null;
  threshold: Threshold;
}

/** How a condition looked back, as evidence keeps it. */
export interface OverEvidence {
  kind: OverKind;
  /** Instant that it looked back from, ISO 8601 in UTC: that of the result being judged. */
  from: string;
  within?: string;
  /** Of change, rise, fall: in percent of the earlier value. */
  relative?: true;
  /** Of a rate: the unit of time. */
  per?: string;
  visits?: number;
  when?: Pick<When, 'operator' | 'written' | 'unit'>;
}
