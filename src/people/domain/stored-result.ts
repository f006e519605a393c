import { type Measurement } from '../../kernel/index.js';
import { isEvidence, type VersionRank } from './version-rank.js';

/** A reference from a result to what its meaning may depend on (specimen, encounter), by what its sender calls it. */
export type ContextKeys = string[];

/** One Observation or DiagnosticReport, read and normalised, ready to be stored. */
export interface StoredResult extends VersionRank {
  id: string;
  identityKey: string;
  /** Null while nobody has asked: it follows from the source. */
  contentHash: string | null;
  resourceType: 'Observation' | 'DiagnosticReport';
  version: number;
  personId: string | null;
  subjectKey: string | null;
  messageId: string;
  entry: number;
  codes: string;
  at: Date;
  receivedAt: Date;
  measurements: StoredMeasurement[];
}

/** A measurement as it is kept: with what is needed to judge it again later. */
export interface StoredMeasurement extends Measurement {
  /** From when its age counts (ISO 8601). */
  freshFrom: string;
  /** Sent as history: rings nobody. */
  isHistory?: true;
  contextKeys?: ContextKeys;
  /** With the first measurement of a result: the encounter that it belongs to (see `encounterName`). */
  encounter?: string;
}

/** What became of a result that was sent. */
export interface Stored {
  result: StoredResult;
  /**
   * `repeat`: known word for word; `late`: a version of lower rank than the one that counts; `live`: either of these,
   * but all that was known had been loaded as history, and now a live feed speaks of it.
   */
  outcome: 'new' | 'repeat' | 'version' | 'late' | 'live';
  /** The version that counted before, when this one took its place. */
  before: StoredResult | null;
}

/** Whether all that was sent of this result was loaded as history. */
export function isHistory({ measurements }: StoredResult): boolean {
  return measurements.some((measurement) => measurement.isHistory);
}

/** The same result, of which a live feed has spoken: from then on it is news, whatever is loaded later. */
export function asNews<T extends StoredResult>(result: T): T {
  const measurements = result.measurements.map(({ isHistory: _history, ...rest }) => rest);
  return { ...result, measurements };
}

/**
 * Whether a measurement is a valid value of its person: what nobody can read for certain, or the sender does not vouch
 * for, proves no level, and hides none that an earlier value proves.
 */
export function isValidValue({ status }: StoredResult, { value }: Pick<Measurement, 'value'>): boolean {
  if (!isEvidence(status) || status === 'unknown' || value === null) return false;
  return value.kind !== 'implausible' && value.kind !== 'unit-unknown';
}

/** Search tokens of a CodeableConcept, between spaces: ` system|code |code `. */
export function codeTokens(code: { coding?: { system?: string; code?: string }[] } | undefined): string {
  let tokens = ' ';
  for (const coding of code?.coding ?? []) {
    const token = coding.code ? `${coding.system ?? ''}|${coding.code} ` : '';
    if (tokens.length + token.length <= 512) tokens += token;
  }
  return tokens;
}
