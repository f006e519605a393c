import { type CareSetting, type Measurement, type PersonFacts } from '../../../kernel/index.js';
import { type AnalyteCatalogue } from '../catalogue.js';
import { type RuleClass } from '../rule.js';

/** A person's results over time, a clock, and what must come of them. */
export interface Case {
  /** `file:line:column` */
  path: string;
  name: string;
  /** The packs whose rules are looked at. */
  packs: readonly string[];
  person: CasePerson;
  /** What is issued later has not come yet. */
  now: Date;
  results: readonly CaseResult[];
  /** All findings, in any order; none is expected where this is empty. */
  expect: readonly ExpectedFinding[];
  /** The level that the case must come to, in place of findings; null where it is about findings. */
  level: ExpectedLevel | null;
}

export interface CasePerson {
  sex: PersonFacts['sex'];
  /** `YYYY-MM-DD` */
  birthDate: string | null;
  /** What records answer to `history.…`, `family.…`, `medication.…`. */
  answers: ReadonlyMap<string, boolean>;
}

/** One version of one measurement of the case. */
export interface CaseResult {
  /** What versions of one result share; null where there is only one. */
  id: string | null;
  at: Date;
  /** When this version was issued; `at` where the file does not say. */
  issued: Date;
  /** The same as the file has it. */
  written: string;
  /** FHIR status. */
  status: string;
  careSetting: CareSetting | null;
  measurement: Measurement & { analyte: string };
}

/** Which findings a case may have: a rule that calls, or that asks the doctor. */
export const FINDING_TRUTHS = ['fires', 'review'] as const;
export type FindingTruth = (typeof FINDING_TRUTHS)[number];

export interface ExpectedFinding {
  /** `file:line:column` */
  path: string;
  /** Full name. */
  rule: string;
  truth: FindingTruth;
  /** The finding belongs to a result of this time (an instant, or any of a day); null: to whichever. */
  at: { from: Date; to: Date; written: string } | null;
  class: RuleClass | null;
}

export interface ExpectedLevel {
  /** `file:line:column` */
  path: string;
  code: '1' | '2' | '3' | '4' | '5' | 'unknown';
  /** The range shown; null: not looked at. */
  text: string | null;
  /** Full names of all rules that prove a level; null: not looked at. */
  reasons: readonly string[] | null;
}

/** What cases look things up in. */
export interface CaseSurroundings {
  catalogue: AnalyteCatalogue;
  /** Full names of all rules. */
  rules: readonly string[];
  /** The centre's zone: what a date without a time is a day of. */
  zone: string;
}
