import { tryCase } from '../intake/domain/try-case.js';
import { type Facts, type Fault } from '../kernel/index.js';
import { type AnalyteCatalogue } from '../rules/domain/catalogue.js';
import { type Case } from '../rules/domain/cases/case.js';
import { compareFindings, type Disagreement } from '../rules/domain/cases/compare-findings.js';
import { type RuleCoverage, RuleWatch } from '../rules/domain/cases/coverage.js';
import { exampleFacts, expectationMet } from '../rules/domain/files/check-examples.js';
import { judgeRule } from '../rules/domain/judge.js';
import { buildRuleSet, type ReadyRule, type RuleSet } from '../rules/domain/rule-set.js';
import { sentence } from '../rules/domain/sentence.js';
import { readFiles } from '../rules/read-files.js';
import { readTests, type RuleTests } from '../rules/read-tests.js';

/** What `firstcall rules test` prints. */
export interface RulesTested {
  /** Examples of rules and of phrases. */
  passed: number;
  failed: number;
  cases: { passed: number; failed: number };
  failures: FailedCase[];
  /** Of each rule, by examples and cases together; empty while there are faults. */
  coverage: RuleCoverage[];
  /** Failed examples too. */
  faults: Fault[];
}

export interface FailedCase extends Disagreement {
  /** `file:line:column` */
  path: string;
  name: string;
}

/** Runs the examples of all rules and phrases, and all cases. Never throws for what is in the files. */
export async function testRules(
  dir: string,
  catalogue: AnalyteCatalogue,
  zone: string,
): Promise<RulesTested> {
  const tests = await readTests(await readFiles(dir), catalogue, zone);
  const { read, cases, faults } = tests;
  const examples = { passed: read.examples - read.failedExamples, failed: read.failedExamples, faults };
  if (read.faults.length > 0) {
    return { ...examples, cases: { passed: 0, failed: 0 }, failures: [], coverage: [] };
  }
  const run = new TestRun(tests, catalogue, zone);
  await run.watchExamples();
  const failures: FailedCase[] = [];
  for (const one of cases) {
    const { missing, unexpected } = await run.try(one);
    if (missing.length + unexpected.length > 0)
      failures.push({ path: one.path, name: one.name, missing, unexpected });
  }
  const counts = { passed: cases.length - failures.length, failed: failures.length };
  return { ...examples, cases: counts, failures, coverage: run.coverage };
}

class TestRun {
  readonly #watches: ReadonlyMap<string, RuleWatch>;
  readonly #ruleSets = new Map<string, RuleSet>();

  constructor(
    private readonly tests: RuleTests,
    private readonly catalogue: AnalyteCatalogue,
    private readonly zone: string,
  ) {
    this.#watches = new Map(tests.read.placed.map((placed) => [placed.rule.id, new RuleWatch(placed)]));
  }

  get coverage(): RuleCoverage[] {
    return [...this.#watches.values()].map(({ coverage }) => coverage);
  }

  async watchExamples(): Promise<void> {
    const { byAnalyte } = this.#ruleSet(null);
    const all = new Map([...byAnalyte.values()].flat().map((ready) => [ready.rule.id, ready]));
    for (const { rule, examples } of this.tests.read.placed) {
      const ready = all.get(rule.id);
      const touched = new Set(rule.leaves.flatMap((leaf) => [...leaf.analytes]));
      if (ready) for (const example of examples) await this.#watch(ready, exampleFacts(example, touched));
    }
  }

  async try(one: Case): Promise<Disagreement> {
    const ruleSet = this.#ruleSet(one.packs);
    const say = (outcome: Parameters<typeof sentence>[0]): string => sentence(outcome, this.catalogue, 'zh');
    const { findings, judged } = await tryCase(one, ruleSet, this.zone, say);
    for (const facts of judged) {
      const touched = ruleSet.byAnalyte.get(facts.anchor.measurement.analyte) ?? [];
      for (const ready of touched) await this.#watch(ready, facts);
    }
    return compareFindings(one.expect, findings);
  }

  async #watch(ready: ReadyRule, facts: Facts): Promise<void> {
    this.#watches.get(ready.rule.id)?.saw(facts, expectationMet(await judgeRule(ready, facts)));
  }

  /** The rules of these packs; of all when there are none to name. */
  #ruleSet(packs: readonly string[] | null): RuleSet {
    const key = packs?.join(' ') ?? '*';
    let known = this.#ruleSets.get(key);
    if (!known) {
      const rules = this.tests.read.rules.filter(({ pack }) => packs === null || packs.includes(pack));
      this.#ruleSets.set(key, (known = buildRuleSet(key, rules)));
    }
    return known;
  }
}
