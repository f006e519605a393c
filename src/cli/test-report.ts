import { type ConditionCoverage, type RuleCoverage } from '../rules/domain/cases/coverage.js';
import { EXPECTATIONS } from '../rules/domain/files/read-example.js';
import { type LeafEvidence } from '../rules/domain/rule.js';
import { type FailedCase, type MissingFinding, type RulesTested } from './rules-test.js';

/** What a case expected in vain, and what came of it unexpectedly; below each, indented, why. */
export function failureInWords({
  path,
  name,
  missing,
  unexpected,
  level,
  answers = [],
}: FailedCase): string[] {
  return [
    ...answers.map(
      ({ path: at, answer, written, found }) =>
        `${at}: 病例 case “${name}”: ${answer} 应为 expected ${written}，得出 found ${found || '无 none'}`,
    ),
    ...(level ? levelInWords(name, level) : []),
    ...missing.flatMap((one) => {
      const wanted = [one.rule, one.truth, one.class, one.at?.written].filter(Boolean).join(' ');
      return [
        `${one.path}: 病例 case “${name}”: 应有 expected ${wanted}，没有 not found`,
        ...whyMissing(one),
      ];
    }),
    ...unexpected.flatMap((one) => {
      const found = [one.rule, one.truth, one.class, one.written].filter(Boolean).join(' ');
      const told = `${path}: 病例 case “${name}”: 不应有 unexpected ${found}: ${one.sentence}`;
      return [told, ...one.evidence.map((leaf) => `    ${conditionInWords(leaf)}`)];
    }),
  ];
}

function levelInWords(name: string, { expected, found }: NonNullable<FailedCase['level']>): string[] {
  const { path, code, text, reasons } = expected;
  const wanted = [`${code} 级`, text ?? '', reasons ? `[${reasons.join(', ')}]` : '']
    .filter(Boolean)
    .join(' ');
  const came = `${found.code} 级 ${found.text} [${found.reasons.join(', ')}]`;
  return [`${path}: 病例 case “${name}”: 应为 expected ${wanted}，得出 found ${came}`];
}

function whyMissing({ answers }: MissingFinding): string[] {
  if (answers.length === 0) {
    return ['    这条规则所看的项目，当时没有一项结果 no result of that time is one that this rule looks at'];
  }
  return answers.flatMap(({ written, said, class: ruleClass, evidence }) => [
    `    ${[written, said, ruleClass].filter(Boolean).join(' ')}:`,
    ...evidence.map((leaf) => `      ${conditionInWords(leaf)}`),
  ]);
}

/** `wbc lessThanInclusive 3.0 10*9/L: silent ← 3.1 (2026-03-02T00:10:00.000Z)`, and each result that was looked back at. */
function conditionInWords(leaf: LeafEvidence): string {
  const {
    fact,
    operator,
    threshold,
    unit,
    negated,
    over,
    truth,
    converted,
    asSent,
    source,
    looked = [],
  } = leaf;
  const asked = [negated ? 'not' : '', fact, over ? `(${over.kind})` : '', operator, threshold, unit ?? ''];
  const value = converted ?? asSent ?? '无 none';
  const saw = source ? `${value} (${source.at})` : value;
  const back = looked.map((one) => `${one.converted ?? one.asSent} (${one.source.at})`);
  const from = back.length > 0 ? ` [${back.join(', ')}]` : '';
  return `${asked.filter(Boolean).join(' ')}: ${truth} ← ${saw}${from}`;
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
