import { type Facts } from '../../../kernel/index.js';
import { EXPECTATIONS, type Expectation } from '../files/read-example.js';
import { type PlacedRule } from '../files/read-rule-file.js';
import { compileLeaf, type LeafScreen } from '../leaf.js';
import { type Condition } from '../rule.js';
import { FIRES, SILENT, type Verdict } from '../verdict.js';

/** What examples and cases showed of a rule. */
export interface RuleCoverage {
  rule: string;
  /** How often each came of it. */
  outcomes: Record<Expectation, number>;
  conditions: ConditionCoverage[];
}

/** One condition of a rule. */
export interface ConditionCoverage {
  /** `file:line:column` */
  path: string;
  /** In the words of the file. */
  condition: string;
  /** Held, and the rule would have come out otherwise had it not; failed, and likewise. */
  decided: { holding: number; failing: number };
}

/** Gathers what examples and cases show of one rule. */
export class RuleWatch {
  readonly coverage: RuleCoverage;
  readonly #screens: readonly LeafScreen[];

  constructor(private readonly placed: PlacedRule) {
    const { rule, leaves } = placed;
    this.#screens = rule.leaves.map((leaf) => compileLeaf(leaf, rule.kind));
    this.coverage = {
      rule: rule.id,
      outcomes: Object.fromEntries(EXPECTATIONS.map((one) => [one, 0])) as Record<Expectation, number>,
      conditions: leaves.map(({ leaf, at }) => ({
        path: `${rule.file}:${at.line}:${at.column}`,
        condition: `${leaf.negated ? 'not ' : ''}${leaf.fact} ${leaf.operator} ${leaf.written}${leaf.unit ? ` ${leaf.unit}` : ''}`,
        decided: { holding: 0, failing: 0 },
      })),
    };
  }

  saw(facts: Facts, outcome: Expectation): void {
    this.coverage.outcomes[outcome]++;
    const { condition } = this.placed.rule;
    const verdicts = this.#screens.map((screen) => screen(facts));
    this.coverage.conditions.forEach(({ decided }, index) => {
      const verdict = verdicts[index];
      if (verdict !== FIRES && verdict !== SILENT) return;
      const other = verdicts.with(index, verdict === FIRES ? SILENT : FIRES);
      if (whole(condition, verdicts) !== whole(condition, other)) decided[verdict === FIRES ? 'holding' : 'failing']++;
    });
  }
}

/** The verdict of a condition from those of its leaves, which have their `not` in them already. */
function whole(condition: Condition, verdicts: readonly Verdict[], negated = false): Verdict {
  if ('leaf' in condition) return verdicts[condition.leaf.index] ?? SILENT;
  if ('not' in condition) return whole(condition.not, verdicts, !negated);
  const isAll = 'all' in condition;
  const parts = (isAll ? condition.all : condition.any).map((part) => whole(part, verdicts, negated));
  return (isAll !== negated ? Math.min(...parts) : Math.max(...parts)) as Verdict;
}
