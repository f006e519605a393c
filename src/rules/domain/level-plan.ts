import { type Bilingual } from './catalogue.js';
import { type RepeatedDiagnosis } from './repeated-diagnosis.js';
import { type Level, type RuleClass } from './rule.js';

/** What levels are put together from: a file of its own (`kind: levels`), so that a centre can have it otherwise. */
export interface LevelPlan {
  /** Path of the file. */
  file: string;
  /** By id, in the order in which they are shown. */
  domains: ReadonlyMap<string, Bilingual>;
  /** By domain: the sex that it speaks of; of most both. */
  sexes: ReadonlyMap<string, 'female' | 'male'>;
  /** By domain: words of which a conclusion has at least one when it speaks of that part of the body at all. */
  words: ReadonlyMap<string, readonly string[]>;
  /** What must have been measured before anybody is level 5, and what may still widen a range. */
  basicSet: readonly BasicItem[];
  /** Decimals to which a reported value of these analytes is rounded, half up, before it is compared. */
  rounded: ReadonlyMap<string, number>;
  /** The level that a finding proves, by its pack and class. */
  findings: readonly FindingLevel[];
  /** What a value outside its own report's interval proves, where no rule for levels looks at its analyte; null: nothing. */
  ownRange: OwnRangeLevel | null;
  /** By id: diseases that one value of diagnostic size only makes suspected, and what confirms them. */
  repeats: ReadonlyMap<string, RepeatedDiagnosis>;
  /** Where guidelines differ: which of the rules that name a switch are in force. */
  switches: ReadonlyMap<string, Switch>;
}

/** Whether a domain speaks of the other sex alone: that it was not looked at need not be told. */
export function isOfOtherSex({ sexes }: LevelPlan, domain: string, sex: 'female' | 'male' | null): boolean {
  const only = sexes.get(domain);
  return sex !== null && only !== undefined && only !== sex;
}

/** One item of the basic set: all of these analytes, or any of them. */
export interface BasicItem {
  id: string;
  title: Bilingual;
  takes: 'all' | 'any';
  analytes: readonly string[];
}

/** The level of what has no row of its own. */
export interface OwnRangeLevel {
  level: Level;
  /** What to do about it. */
  advice: Bilingual;
  /** Analytes of which being outside says nothing. */
  except: ReadonlySet<string>;
  source: string;
  review: 'pending' | null;
  owner: string;
  reviewBy: string;
  file: string;
  line: number;
}

export interface FindingLevel {
  pack: string;
  /** Null: whatever its class. */
  class: RuleClass | null;
  level: Level;
}

export interface Switch {
  title: Bilingual;
  isOn: boolean;
}
