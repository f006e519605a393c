import {
  CARE_SETTINGS,
  type DoubtReason,
  type FactSource,
  type ModelUse,
  type Measurement,
  type Truth,
} from '../../kernel/index.js';
import { type Bilingual } from './catalogue.js';
import { type RepeatedDiagnosis } from './repeated-diagnosis.js';
import { type Over, type OverEvidence } from './over.js';
import { type Threshold } from './threshold.js';

export const RULE_KINDS = ['critical', 'stratification', 'vitals', 'follow-up'] as const;
export type RuleKind = (typeof RULE_KINDS)[number];
export const CLASSES = ['A', 'B', 'C'] as const;
export type RuleClass = (typeof CLASSES)[number];
export const POPULATIONS = ['adult', 'child', 'any'] as const;
export type Population = (typeof POPULATIONS)[number];
/** Facts of the person that a condition may name beside analytes and `history.…`, `family.…`, `medication.…`. */
export const PERSON_FACTS = ['age', 'sex', 'pregnant', 'care-setting'] as const;
export type PersonFact = (typeof PERSON_FACTS)[number];
/** Where only one of the two is known: in examples, and where limits in years and in days meet. */
export const DAYS_A_YEAR = 365.25;
/** The values of those facts of the person that are words. */
export const PERSON_WORDS = {
  sex: ['male', 'female'],
  pregnant: ['true', 'false'],
  'care-setting': CARE_SETTINGS,
} as const;
/**
 * The standing of a rule's numbers in their source: seen in the source itself; only in a copy of it; remembered; proposed
 * by this project. All but the first wait for a doctor.
 */
export const STATUSES = ['found', 'found-2nd', 'recalled', 'proposal'] as const;
export type Status = (typeof STATUSES)[number];
/** Adults are 18 and older (product: "adult packs are silent below 18"). */
export const ADULT_FROM_YEARS = 18;

/** `notify` calls the person, `review` asks the doctor, `count` is only shown in data quality, `level` gives a risk level. */
export const EVENT_TYPES = ['notify', 'review', 'count', 'level'] as const;
export type EventType = (typeof EVENT_TYPES)[number];

/** Risk levels that a rule can give, the gravest first; level 5 is what is left when none holds. */
export const LEVELS = [1, 2, 3, 4] as const;
export type Level = (typeof LEVELS)[number];
/** In place of a level: what was found cannot be judged (BI-RADS 0), so that its domain is not evaluable. */
export const NOT_EVALUABLE = 'not-evaluable';

/** Which event types a file of a kind may have: levels never ring, what rings gives no level of its own. */
export function eventTypesOf(kind: RuleKind): readonly EventType[] {
  return kind === 'stratification' ? ['level'] : ['notify', 'review', 'count'];
}

export interface LevelEvent {
  type: 'level';
  class: null;
  reason: null;
  advice: Partial<Bilingual> & { zh: string };
  level: Level | typeof NOT_EVALUABLE;
  /** Id of a domain of the level plan. */
  domain: string;
  /** Newly found, once: to be confirmed by a repeat. */
  suspected: boolean;
  /** Of the level plan: what a value of this size, seen on several days, confirms. */
  repeats?: RepeatedDiagnosis;
}

export type RuleEvent =
  | LevelEvent
  | {
      type: 'notify' | 'review';
      class: RuleClass;
      advice: Partial<Bilingual> & { zh: string };
      reason: DoubtReason | null;
    }
  | { type: 'count'; class: null; advice: null; reason: DoubtReason };

/** One condition of a rule, as the doctor wrote it, with its compiled threshold. */
export interface Leaf {
  /** Place among the leaves of the rule, in the order of the file. */
  index: number;
  /** Analyte id, analyte group, or fact of the person. */
  fact: string;
  /** Analytes that the fact stands for; empty for a fact of the person. */
  analytes: ReadonlySet<string>;
  operator: string;
  /** The value as written in the file. */
  value: unknown;
  unit: string | null;
  /** The value in words, e.g. `3.0`, `++`, `HSIL, ASC-H`. */
  written: string;
  threshold: Threshold;
  /** How a condition over time looks back; null for one that looks at the present value alone. */
  over: Over | null;
  /** Under an odd number of `not`. */
  negated: boolean;
}

/** A condition in the words of its file, for a message. */
export function inShort({ fact, over, operator, written, unit }: Leaf): string {
  return `${fact}${over ? ` ${over.kind}` : ''} ${operator} ${written}${unit === null ? '' : ` ${unit}`}`;
}

export type Condition = { all: Condition[] } | { any: Condition[] } | { not: Condition } | { leaf: Leaf };

export interface Rule {
  /** `pack/rule`, e.g. `important-results/wbc-low`; never reused. */
  id: string;
  pack: string;
  kind: RuleKind;
  title: Bilingual;
  source: string;
  population: Population;
  condition: Condition;
  leaves: readonly Leaf[];
  event: RuleEvent;
  /** `pending` until a doctor has confirmed a limit that its authors only remembered. */
  review: 'pending' | null;
  /** Null where the file does not say. */
  status: Status | null;
  /** Who answers for the rule, and the day by which it must be looked at again, `YYYY-MM-DD`. */
  owner: string;
  reviewBy: string;
  /** Path inside the rules folder, and line. */
  file: string;
  line: number;
}

/** What a rule does when it holds, e.g. `notify B`, `level 2`. */
export function doingOf({ event }: Pick<Rule, 'event'>): string {
  if (event.type === 'level') return `level ${event.level}`;
  return event.class === null ? event.type : `${event.type} ${event.class}`;
}

/** A result that a condition over time looked at, or that a derived value was computed from. */
export interface LookedAt extends OwnLimitSeen {
  analyte: string;
  source: FactSource;
  asSent: string;
  isUnitKnown: boolean;
  converted: string | null;
  /** Canonical unit of `converted`; null where there is none. */
  unit: string | null;
  /** Where the condition was asked of each result (count, confirmed, ever-before, a group): what it said of this one, without `not`. */
  truth?: Truth;
}

/** Of a condition on the report's own limit: what the report states of that end. */
export type OwnLimitSeen = Partial<Pick<Measurement, 'ownLower'> & { ownLimit: NonNullable<Measurement['ownLimit']> }>;

/** What one leaf saw. */
export interface LeafEvidence extends OwnLimitSeen {
  fact: string;
  /** Analyte that was compared; null for a fact of the person or when there was no value. */
  analyte: string | null;
  operator: string;
  threshold: string;
  unit: string | null;
  negated: boolean;
  truth: Truth;
  /** Whether an uncertain value could meet the condition. */
  couldFire: boolean;
  source: FactSource | null;
  /** The value as the laboratory sent it. */
  asSent: string | null;
  /** False when the laboratory's unit is missing or not understood: `converted` then holds every plausible reading. */
  isUnitKnown: boolean;
  /** The value as it was compared: canonical unit, grades as plus signs, category or text; of a condition over time, its change or count. */
  converted: string | null;
  /** Of a condition over time: how it looks back. */
  over?: OverEvidence;
  /** Of a condition over time or on a derived value: every result looked at, newest first. */
  looked?: readonly LookedAt[];
  /** Of a group: the results of its other analytes, which did not decide. */
  beside?: readonly LookedAt[];
  /** Of a value that a risk model gave: which, and what it was told of the person. */
  by?: ModelUse;
}

/** What a rule says of one result. Silent outcomes are left out, but for those silenced by age. */
export interface Outcome {
  rule: Rule;
  truth: Truth;
  /** Unknown, although a value is there and could fire: the doctor decides. */
  couldFire: boolean;
  /** Why a rule that would fire did not (`age`), or what its event counts. */
  reason: DoubtReason | 'age' | null;
  evidence: readonly LeafEvidence[];
  /** Facts without a value. */
  missing: readonly string[];
}
