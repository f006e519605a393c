import { Decimal } from 'decimal.js';
import { ConditionReader } from '../files/read-condition.js';
import { type Surroundings } from '../files/surroundings.js';
import { type PlacedRule } from '../files/read-rule-file.js';
import { FaultList } from '../files/source-node.js';
import { type Rule } from '../rule.js';
import { conditionEdits } from './condition-edits.js';
import { type Edit, type EditSurroundings } from './edit.js';

/** A rule as it would be after a slip of the pen. */
export interface Mutant extends Edit {
  rule: Rule;
}

/**
 * The rule with each change made to it that can be read as a rule. A change that is refused when it is read needs no
 * example to notice it; one that means the same (ng/mL for µg/L) changes nothing; two that mean the same are one.
 */
export function* mutantsOf({ rule, at }: PlacedRule, around: Surroundings & EditSurroundings): Generator<Mutant> {
  const conditions = at.members.get('conditions')?.value;
  if (!conditions) return;
  const met = new Set([meaningOf(rule)]);
  for (const edit of conditionEdits(conditions, around)) {
    const faults = new FaultList(rule.file);
    const reader = new ConditionReader(faults, around);
    const condition = reader.read(edit.apply(conditions));
    if (!condition || faults.faults.length > 0) continue;
    const mutant: Rule = { ...rule, condition, leaves: reader.leaves.map(({ leaf }) => leaf) };
    const meaning = meaningOf(mutant);
    if (met.has(meaning)) continue;
    met.add(meaning);
    yield { ...edit, rule: mutant };
  }
}

/** 3.0 and 3.00 are one limit. */
const DECIMAL = /^-?\d+\.\d+$/;
/** How a comparison or a length of time is written, beside what it means. */
const SPELLING: readonly (readonly [has: string, without: readonly string[]])[] = [
  ['threshold', ['index', 'operator', 'value', 'unit', 'written']],
  ['ms', ['written']],
];

/** What the conditions compare with what, however it is written: equal texts, equal meaning. */
export function meaningOf({ condition }: Rule): string {
  return JSON.stringify(condition, function (this: object, key: string, value: unknown) {
    if (SPELLING.some(([has, without]) => has in this && without.includes(key))) return undefined;
    if (value instanceof Set) return [...(value as Set<string>)].sort();
    if (key === 'lexicon') return (value as { id: string }).id;
    return typeof value === 'string' && DECIMAL.test(value) ? new Decimal(value).toFixed() : value;
  });
}
