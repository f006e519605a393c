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
  /** Of a derived value: the results that it was computed from; its source is the last of them. */
  from?: readonly MeasuredFact[];
  /** Of a value that a risk model gave: which, and what else it was computed from. */
  by?: ModelUse;
}

/** A risk model that was asked, and the facts of the person that it was told. */
export interface ModelUse {
  /** Id of the model, e.g. `china-par`. */
  model: string;
  version: string;
  /** As rules name them, with their values: `age` `55`, `history.diabetes` `true`. */
  person: readonly { fact: string; value: string }[];
}

/** The care settings of an encounter, by its class, and a checkup by its type. */
export const CARE_SETTINGS = ['inpatient', 'outpatient', 'checkup', 'emergency', 'home'] as const;
export type CareSetting = (typeof CARE_SETTINGS)[number];

/** What is known of the person at the instant of the result. Null is unknown, never normal. */
export interface PersonFacts {
  sex: 'male' | 'female' | null;
  /** Completed years at the instant of the result. */
  ageYears: number | null;
  /** Completed days at the instant of the result: what limits for the newborn are written in. */
  ageDays: number | null;
  pregnant: boolean | null;
  /** Of the encounter that the result belongs to. */
  careSetting: CareSetting | null;
  /** What records answer to `history.…`, `family.…` and `medication.…`, by that name. What is not in it is unknown. */
  answers: ReadonlyMap<string, boolean>;
}

const NO_ANSWERS: ReadonlyMap<string, boolean> = new Map();

/** Somebody of whom nothing is known. */
export const UNKNOWN_PERSON: PersonFacts = {
  sex: null,
  ageYears: null,
  ageDays: null,
  pregnant: null,
  careSetting: null,
  answers: NO_ANSWERS,
};

/** Results before the one that counts, by analyte, newest first. */
export type EarlierFacts = ReadonlyMap<string, readonly MeasuredFact[]>;
export const NOTHING_EARLIER: EarlierFacts = new Map();

/**
 * What one evaluation looks at: the result being judged (the anchor), and for every other analyte the latest valid
 * result up to the anchor's instant, so that the outcome does not depend on the order of arrival.
 */
export interface Facts {
  person: PersonFacts;
  anchor: MeasuredFact;
  others: ReadonlyMap<string, MeasuredFact>;
  /**
   * Of these analytes, values that are equally late as the one in `others` and say something else: which of them is the
   * latest nobody can tell, so a rule is asked about each. Absent where there are none, as nearly always.
   */
  rivals?: ReadonlyMap<string, readonly MeasuredFact[]>;
  /**
   * Valid results before the one that counts (the anchor, or the one in `others`), newest first; only of analytes that
   * a condition over time looks at.
   */
  earlier: EarlierFacts;
  /** How many of the newest in `earlier` are equally late, where that is more than one: which is the last nobody can tell. */
  earlierTied?: ReadonlyMap<string, number>;
  /** IANA zone of the centre: which results are of one day. */
  zone: string;
}
