import { type Truth } from '../../../kernel/index.js';
import { type Bilingual } from '../catalogue.js';
import { type Quote } from '../text/quotes.js';

/** Why a rule said what it said of one result, from the rule as it stood and the evidence kept with the finding. */
export interface Explanation {
  /** The whole condition as the rule writes it, with the truth of each part. */
  condition: ConditionExplained;
  /** What would have had to be otherwise, at least, for nothing to stand; null where no change of what was seen does it. */
  smallestChange: SmallestChange | null;
  /** What was not known, why, and what would settle it. */
  unknown: readonly Unknown[];
}

export type ConditionExplained =
  | { kind: 'all' | 'any' | 'not'; truth: Truth; parts: readonly ConditionExplained[] }
  | LeafExplained;

/** One condition, asked in words, with what it saw. */
export interface LeafExplained {
  kind: 'condition';
  /** Place among the conditions of the rule, in the order of the file. */
  index: number;
  fact: string;
  name: Bilingual;
  operator: string;
  threshold: string;
  /** Unit of the threshold as the rule writes it. */
  unit: string | null;
  /** `血红蛋白 低于 60 g/L` */
  says: Bilingual;
  /** As written, without a `not` that stands before it. */
  truth: Truth;
  /** Not known, and taken on the stricter side: a rule that calls assumes that it holds. */
  isAssumed: boolean;
  value: ValueExplained | null;
  /** Of a condition over time, every result looked at; of a derived value, what it was computed from; of a group, its other results. */
  looked: readonly ValueExplained[];
  /** Of a text, the words that decided and where they stand. */
  quotes: readonly Quote[];
}

export interface ValueExplained {
  name: Bilingual;
  /** Value and unit as the laboratory sent them; null for a computed value. */
  asSent: string | null;
  /** As it was compared, in `unit`; null where it could not be. */
  converted: string | null;
  /** Printed canonical unit; null where there is none. */
  unit: string | null;
  /** Null for a fact of the person. */
  source: { observationId: string; component: number; status: string } | null;
  /** Instant that the result speaks of, ISO 8601 in UTC; and the same on the centre's clock, `2026-03-02 08:15`. */
  at: string | null;
  localTime: string | null;
  /** What the condition said of this result alone, where it is asked of each. */
  truth: Truth | null;
}

export interface Unknown {
  /** Index of the condition. */
  condition: number;
  name: Bilingual;
  why: Bilingual;
  /** What would settle it. */
  settledBy: Bilingual;
}

export interface SmallestChange {
  /** What the rule says after it: where other facts are missing it is unknown, and nothing stands all the same. */
  then: 'silent' | 'unknown';
  /** All of them together. */
  changes: readonly Change[];
}

/** Another value in the place of one that was seen. */
export interface Change {
  /** Indexes of the conditions that see it. */
  conditions: readonly number[];
  name: Bilingual;
  /** The result that would be another; null for a fact of the person. */
  observationId: string | null;
  /** As it was compared; null where it was not known. */
  from: string | null;
  /** The nearest that silences: a number in `unit`, a grade, a category, a word, a flag of the report (`N`, `H`); null: words that must not stand there. */
  to: string | null;
  /** Of a number; of an age `a` or `d`. */
  unit: string | null;
  /** Whether everything beyond `to` silences too, and on which side. */
  reaches: 'up' | 'down' | 'only';
  /** The same in the unit, and to the digit, that the laboratory sent; null where that cannot be said. */
  asSent: string | null;
  /** `血红蛋白 58 g/L → ≥ 60 g/L` */
  says: Bilingual;
  /**
   * Of a value that was computed: what each number that it was computed from would have to be instead, the others as they
   * are. Any one of them is enough. Empty for what was measured itself.
   */
  inputs: readonly InputChange[];
}

/** Another number in the place of one that a value was computed from. */
export interface InputChange {
  name: Bilingual;
  observationId: string;
  /** As the laboratory sent it. */
  from: string;
  /** The nearest that silences, in the unit and to the digit as sent; null where no value of it alone does. */
  to: string | null;
  /** On which side of what was sent it lies. */
  reaches: 'up' | 'down' | null;
  /** `体重 82.0 kg → ≤ 80.9 kg` */
  says: Bilingual;
}
