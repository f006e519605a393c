import { type MeasuredFact } from '../../kernel/index.js';
import { type StoredMeasurement, type StoredResult } from '../../people/index.js';
import { type Formula } from '../../rules/domain/formula/formula.js';
import { type RuleSet } from '../../rules/domain/rule-set.js';
import { type Timeline, toFact } from './timeline.js';

/** What is judged with one result: a value, and the measurement that it stands for. */
export interface Anchor {
  fact: MeasuredFact;
  measurement: StoredMeasurement;
}

/** Of a result: what it measured and rules look at, then what is derived from others and it completes. */
export function anchorsIn(result: StoredResult, rules: RuleSet, timeline: Timeline): Anchor[] {
  const anchors: Anchor[] = [];
  for (const measurement of result.measurements) {
    const { analyte } = measurement;
    if (!analyte || !measurement.value || !rules.byAnalyte.has(analyte)) continue;
    anchors.push({ fact: toFact(result, measurement, analyte), measurement });
  }
  for (const formula of derivedIn(result, rules)) {
    for (const fact of timeline.derivedWith(formula, result)) {
      const measurement = result.measurements.find(({ component }) => component === fact.source.component);
      if (measurement) anchors.push({ fact, measurement });
    }
  }
  return anchors;
}

const NO_FORMULAS: ReadonlySet<Formula> = new Set();

/** Formulas that are computed from what the result measured. */
export function derivedIn({ measurements }: StoredResult, { derivedFrom }: RuleSet): ReadonlySet<Formula> {
  if (derivedFrom.size === 0) return NO_FORMULAS;
  return new Set(measurements.flatMap(({ analyte }) => (analyte && derivedFrom.get(analyte)) || []));
}

/** What one rule says of one measurement. */
interface Said {
  ruleId: string;
  component: number;
  kind: 'finding' | 'review';
}

/**
 * A rule that looks at a derived value and at what it is computed from speaks of one result once, as surely as it can.
 * @param said in the order of the anchors
 */
export function onceARule<T extends Said>(said: readonly T[]): T[] {
  const kept = new Map<string, T>();
  for (const one of said) {
    const key = `${one.component} ${one.ruleId}`;
    if (kept.get(key)?.kind !== 'finding') kept.set(key, one);
  }
  return [...kept.values()];
}
