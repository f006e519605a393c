import { type Measurement } from './measurement.js';

/** Where a fact comes from. */
export interface FactSource {
  observationId: string;
  component: number;
  /** Instant the result speaks of (effective, else issued, else received), ISO 8601 in UTC. */
  at: string;
  /** FHIR status of the version. */
  status: string;
}

/** One judged measurement with its source. */
export interface MeasuredFact {
  measurement: Measurement & { analyte: string };
  source: FactSource;
}

/** What is known of the person at the instant of the result. Null is unknown, never normal. */
export interface PersonFacts {
  sex: 'male' | 'female' | null;
  /** Completed years at the instant of the result. */
  ageYears: number | null;
  /** Completed days at the instant of the result: what limits for the newborn are written in. */
  ageDays: number | null;
  pregnant: boolean | null;
}

/**
 * What one evaluation looks at: the result being judged (the anchor), and for every other analyte the latest valid
 * result up to the anchor's instant, so that the outcome does not depend on the order of arrival.
 */
export interface Facts {
  person: PersonFacts;
  anchor: MeasuredFact;
  others: ReadonlyMap<string, MeasuredFact>;
}
