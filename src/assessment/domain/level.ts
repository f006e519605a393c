import { type Bilingual } from '../../rules/index.js';
import { type SeenOn } from './seen-on.js';
import { type Prediction } from './predict.js';

/** 风险等级 as it is kept and served: what it is, why, and what could not be judged. */
export interface Level {
  /** `1` … `5`, or `unknown`. */
  code: string;
  /** The level, or the range that it may be in: `3`, `1–3`, `unknown`. */
  text: string;
  /** What proves it, the gravest first. */
  reasons: readonly LevelCause[];
  /** What could not be judged, and what would settle it. */
  notes: readonly Bilingual[];
  /** Ids of the items of the basic set that are missing. */
  missingBasic: readonly string[];
  /** What risk models say, China-PAR first. */
  predictions: readonly Prediction[];
}

/** One thing that proves a level. */
export interface LevelCause {
  level: number;
  /** `pack/rule` */
  ruleId: string;
  /** By a rule for levels, or by a finding that rings as well. */
  from: 'rule' | 'finding';
  /** Null for findings. */
  domain: Bilingual | null;
  /** Newly found, once: to be confirmed by a repeat. */
  isSuspected: boolean;
  /** The days on which values of diagnostic size were seen, where there are several: of what is not suspected, those that confirm it. */
  seenOn?: SeenOn;
  /** Rests on a result of a sensitive compartment: the sentence names no value, and the rule isn't shown to everyone. */
  isConfidential: boolean;
  title: Bilingual;
  /** Value and limit, with what to do. */
  sentence: Bilingual;
  /** The guideline. */
  source: string;
  /** A limit that no doctor has confirmed yet. */
  review: 'pending' | null;
  /** The results that it rests on. */
  basis: readonly { type: string; id: string }[];
}
