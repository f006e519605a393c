import { type MeasuredFact, type PersonFacts } from '../../kernel/index.js';
import { type Rivals } from '../../rules/domain/rivals.js';
import { type LastOfDay, type SeenOn } from './seen-on.js';
import { type LeafEvidence, type LevelRules, type Rule, type RuleClass } from '../../rules/index.js';

/** Risk levels, the gravest first; 5 is what is left when nothing holds and the basic set was looked at. */
export type RiskLevel = 1 | 2 | 3 | 4 | 5;
/** Those that something proves. */
export type ProvenLevel = Exclude<RiskLevel, 5>;

/** A finding that stands on a person's latest values. */
export interface StandingFinding {
  /** `pack/rule` */
  ruleId: string;
  pack: string;
  class: RuleClass | null;
  /** The measurement that it was made from, where it was: one rule may find several. */
  place?: { observationId: string; component: number };
}

/** All that a level depends on. */
export interface LevelInput {
  levels: LevelRules;
  person: PersonFacts;
  /** The latest valid value of each analyte, derived values among them. */
  latest: ReadonlyMap<string, MeasuredFact>;
  /** Values that are equally late as those, and say something else: the gravest decides. */
  rivals?: Rivals;
  /** Reports of imaging and ECGs that count, one of each kind of examination: they are all one analyte. */
  conclusions?: readonly MeasuredFact[];
  findings: readonly StandingFinding[];
  /** The values of an analyte, day by day; asked of few. */
  daysOf?: (analyte: string) => readonly LastOfDay[];
  /** Analytes ordered in this checkup and not yet in. */
  ordered: ReadonlySet<string>;
  /** IANA zone of the centre. */
  zone: string;
}

/** What a person's level is, and why. */
export interface LevelAssessment {
  /** The gravest level proven; 5 with the basic set complete and nothing found; else unknown. */
  code: RiskLevel | 'unknown';
  /** The same, with a range where it could be graver: `3`, `1–3`, `unknown`. */
  text: string;
  /** Everything that proves a level, the gravest first. */
  reasons: readonly LevelReason[];
  /** Of every domain of the plan, in its order. */
  domains: readonly DomainLevel[];
  /** Where a domain could be graver than what is proven in it, the gravest first. */
  undecided: readonly Undecided[];
  /** Ids of the items of the basic set that were not measured, or cannot be read. */
  missingBasic: readonly string[];
  /** Why there is no level although results may be there: `age` below 18, `no-plan` without a level plan. */
  unknownBecause: 'age' | 'no-plan' | null;
}

export type LevelReason = {
  level: ProvenLevel;
  ruleId: string;
} & (
  | {
      from: 'rule';
      domain: string;
      /** Newly found, once: to be confirmed by a repeat. */
      suspected: boolean;
      /** The days on which values of diagnostic size were seen, where there are several: of what is not suspected, those that confirm it. */
      seenOn?: SeenOn;
      rule: Rule;
      evidence: readonly LeafEvidence[];
    }
  | { from: 'finding'; domain: null; suspected: false; finding: StandingFinding }
);

export interface DomainLevel {
  domain: string;
  /** Null: not evaluable. */
  level: RiskLevel | null;
  /** The rules that say that what was found cannot be judged, e.g. BI-RADS 0; they say what would settle it. */
  cannotBeJudged: readonly Rule[];
}

export interface Undecided {
  domain: string;
  could: ProvenLevel;
  /** Whether it widens the range of the whole: only the basic set and what was ordered do. */
  widens: boolean;
  /** What would settle it. */
  missing: readonly Unsettled[];
}

export interface Unsettled {
  /** Analyte, or fact of the person. */
  fact: string;
  /** Not measured; ordered and not yet in; a value that says too little; without its reference limit; not on record. */
  why: 'not-measured' | 'ordered' | 'uncertain' | 'no-limit' | 'not-known';
}
