import { type ConditionCoverage, type RuleCoverage } from '../rules/domain/cases/coverage.js';
import { EXPECTATIONS } from '../rules/domain/files/read-example.js';
import { type FailedCase, type RulesTested } from './rules-test.js';

/** What a case expected in vain, and what came of it unexpectedly, a line each. */
export function failureInWords({ path, name, missing, unexpected }: FailedCase): string[] {
  return [
    ...missing.map((one) => {
      const wanted = [one.rule, one.truth, one.class, one.at?.written].filter(Boolean).join(' ');
      return `${one.path}: 病例 case “${name}”: 应有 expected ${wanted}，没有 not found`;
    }),
    ...unexpected.map((one) => {
      const found = [one.rule, one.truth, one.class, one.written].filter(Boolean).join(' ');
      return `${path}: 病例 case “${name}”: 不应有 unexpected ${found}: ${one.sentence}`;
    }),
  ];
}

/** The figures: examples, cases, and how much of the rules they show. */
export function summary({ passed, failed, cases, coverage }: RulesTested): string {
  const lines = [
    `例子 examples: ${passed} 通过 passed, ${failed} 未通过 failed`,
    `病例 cases: ${cases.passed} 通过 passed, ${cases.failed} 未通过 failed`,
  ];
  if (coverage.length > 0) {
    const outcomes = EXPECTATIONS.map((one) => {
      const shown = coverage.filter(({ outcomes }) => outcomes[one] > 0).length;
      return `${one} ${shown}`;
    });
    const conditions = coverage.flatMap((rule) => rule.conditions);
    const decided = conditions.filter(isDecided).length;
    lines.push(
      `覆盖 coverage: ${coverage.length} 条规则 rules: ${outcomes.join(', ')}; 条件起过决定作用 conditions that decided: ${decided}/${conditions.length}`,
    );
  }
  return lines.join('\n');
}

/** Once holding, once failing, with the rule depending on it. */
function isDecided({ decided }: ConditionCoverage): boolean {
  return decided.holding > 0 && decided.failing > 0;
}

/** What no example and no case shows: outcomes that a rule never came to, conditions that never decided. */
export function notShown(coverage: readonly RuleCoverage[]): string[] {
  return coverage.flatMap(({ rule, outcomes, conditions }) => {
    const never = EXPECTATIONS.filter((one) => outcomes[one] === 0);
    const silent = conditions
      .filter((condition) => !isDecided(condition))
      .map(
        ({ path, condition }) => `${path}: ${rule}: 条件从未起决定作用 never decided both ways: ${condition}`,
      );
    return [...(never.length > 0 ? [`${rule}: 没有出现 never ${never.join(', ')}`] : []), ...silent];
  });
}
