import { type Facts } from '../../../kernel/index.js';
import { compileLeaf } from '../leaf.js';
import { judgeRule } from '../judge.js';
import { inShort, type Outcome } from '../rule.js';
import { analytesOf, makeReady } from '../rule-set.js';
import { FIRES, SILENT } from '../verdict.js';
import { type Example, type Expectation, factsOf } from './read-example.js';
import { type PlacedRule } from './read-rule-file.js';
import { type FaultList } from './source-node.js';

/** Runs the examples of a rule and gives the number of failed ones; a failed one, or a limit with no example on one of its sides, is a fault. */
export async function checkExamples(
  { rule, leaves, examples }: PlacedRule,
  faults: FaultList,
): Promise<number> {
  // That there are none, or none that can be read, was told when they were read.
  if (examples.length === 0) return 0;
  let failed = 0;
  const ready = makeReady(rule);
  const touched = analytesOf(rule);
  for (const example of examples) {
    const outcome = await judgeRule(ready, exampleFacts(example, touched));
    const found = expectationMet(outcome);
    if (found !== example.expect) {
      failed++;
      faults.add(example.at, 'example-fails', { rule: rule.id, found, expected: example.expect });
    }
  }
  for (const { leaf, at: place } of leaves) {
    const screen = compileLeaf(leaf, rule.kind);
    const verdicts = examples.map((example) => screen(exampleFacts(example, touched)));
    const sides = [leaf.negated ? SILENT : FIRES, leaf.negated ? FIRES : SILENT];
    const [meets, misses] = sides.map((side) => verdicts.includes(side as (typeof verdicts)[number]));
    const side = !meets && !misses ? SIDES.either : !meets ? SIDES.meets : SIDES.misses;
    if (!meets || !misses) faults.add(place, 'untested-side', { rule: rule.id, condition: inShort(leaf), side });
  }
  return failed;
}

const SIDES = {
  either: { zh: '任何一侧', en: 'either side' },
  meets: { zh: '成立的一侧', en: 'the side that meets' },
  misses: { zh: '不成立的一侧', en: 'the side that misses' },
};

/** The facts of an example as one result, the first that the rule looks at, with the others beside it. */
export function exampleFacts(example: Example, touched: ReadonlySet<string>): Facts {
  const anchor = [...example.measured.keys()].find((analyte) => touched.has(analyte)) ?? null;
  return factsOf(example, anchor);
}

/** What an example would have to expect. */
export function expectationMet(outcome: Outcome): Expectation {
  return outcome.truth === 'unknown' && outcome.couldFire ? 'review' : outcome.truth;
}
