import { type JudgedResult, type StandingHere, tryCase } from '../intake/domain/try-case.js';
import { tryLevel } from '../intake/domain/try-level.js';
import { AppError, type Facts, type Fault } from '../kernel/index.js';
import { type AnalyteCatalogue } from '../rules/domain/catalogue.js';
import { type Case, type ExpectedFinding, type ExpectedLevel } from '../rules/domain/cases/case.js';
import { compareFindings, type FoundFinding } from '../rules/domain/cases/compare-findings.js';
import { type OtherAnswer, otherAnswers } from '../rules/domain/cases/policy-case.js';
import { type RuleCoverage, RuleWatch } from '../rules/domain/cases/coverage.js';
import { exampleFacts, expectationMet } from '../rules/domain/files/check-examples.js';
import { type Expectation } from '../rules/domain/files/read-example.js';
import { judgeRule } from '../rules/domain/judge.js';
import { type LeafEvidence, type Rule, type RuleClass } from '../rules/domain/rule.js';
import { withFormulas } from '../rules/domain/formula/with-formulas.js';
import { buildRuleSet, makeReady, type ReadyRule, type RuleSet } from '../rules/domain/rule-set.js';
import { sentence } from '../rules/domain/sentence.js';
import { callOf } from '../policy/index.js';
import { policyAmong } from '../rules/rules-version.js';
import { filesOf, type RulesPlace } from '../rules/check-rules.js';
import { type CaseSuite, readTests, type RuleTests } from '../rules/read-tests.js';

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

export interface FailedCase {
  /** `file:line:column` */
  path: string;
  name: string;
  missing: readonly MissingFinding[];
  unexpected: readonly FoundFinding[];
  /** The level that did not come, and what came instead. */
  level?: { expected: ExpectedLevel; found: FoundLevel };
  /** Of the notification policy: what it makes of a finding otherwise. */
  answers?: readonly OtherAnswer[];
}

export interface FoundLevel {
  code: string;
  text: string;
  /** Full names of the rules that prove a level. */
  reasons: readonly string[];
}

/** A finding that did not come, and why: what its rule said of each result that it could have come of. */
export interface MissingFinding extends ExpectedFinding {
  answers: readonly RuleAnswer[];
}

/** What a rule said of one result. */
export interface RuleAnswer {
  /** Time of the result as the file has it. */
  written: string;
  said: Expectation;
  class: RuleClass | null;
  evidence: readonly LeafEvidence[];
}

/** Runs the examples of all rules and phrases, and all cases. Never throws for what is in the files. */
export async function testRules(
  dir: RulesPlace,
  catalogue: AnalyteCatalogue,
  zone: string,
): Promise<RulesTested> {
  const files = await filesOf(dir).catch(onlyFaults);
  if (files instanceof AppError) return { ...NOTHING_TESTED, faults: [...files.faults] };
  const tests = await readTests(files, catalogue, zone);
  const { read, suites, faults } = tests;
  const examples = { passed: read.examples - read.failedExamples, failed: read.failedExamples, faults };
  if (read.faults.length > 0) {
    return { ...examples, cases: { passed: 0, failed: 0 }, failures: [], coverage: [] };
  }
  const run = new TestRun(tests, catalogue, zone);
  await run.watchExamples();
  const policy = tryPolicies(tests, zone);
  const failures: FailedCase[] = [...policy.failures];
  let { tried } = policy;
  for (const suite of suites) {
    tried += suite.cases.length;
    for (const one of suite.cases) {
      const { missing, unexpected, level } = await run.try(one, suite);
      if (missing.length + unexpected.length > 0 || level)
        failures.push({ path: one.path, name: one.name, missing, unexpected, ...(level && { level }) });
    }
  }
  const counts = { passed: tried - failures.length, failed: failures.length };
  return {
    ...examples,
    faults: [...faults, ...policy.faults],
    cases: counts,
    failures,
    coverage: run.coverage,
  };
}

/** Cases of the policy, with the clock where each has it. */
function tryPolicies({ policySuites }: RuleTests, zone: string) {
  const failures: FailedCase[] = [];
  const faults: Fault[] = [];
  let tried = 0;
  for (const { files, cases } of policySuites.filter((suite) => suite.cases.length > 0)) {
    const { policy, faults: refused } = policyAmong(files, []);
    faults.push(...refused);
    if (!policy) continue;
    tried += cases.length;
    for (const { path, name, expect, ...given } of cases) {
      const answers = otherAnswers(expect, callOf(policy, given, zone), zone);
      if (answers.length > 0) failures.push({ path, name, missing: [], unexpected: [], answers });
    }
  }
  return { tried, failures, faults };
}

const NOTHING_TESTED = {
  passed: 0,
  failed: 0,
  cases: { passed: 0, failed: 0 },
  failures: [],
  coverage: [],
};

function onlyFaults(error: unknown): AppError {
  if (error instanceof AppError) return error;
  throw error;
}

class TestRun {
  readonly #watches: ReadonlyMap<string, RuleWatch>;
  readonly #ruleSets = new Map<readonly Rule[], Map<string, RuleSet>>();

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
    for (const { rule, examples } of this.tests.read.placed) {
      const ready = makeReady(rule);
      const touched = new Set(rule.leaves.flatMap((leaf) => [...leaf.analytes]));
      for (const example of examples) await this.#watch(ready, exampleFacts(example, touched));
    }
  }

  async try(one: Case, suite: CaseSuite): Promise<Pick<FailedCase, 'missing' | 'unexpected' | 'level'>> {
    const ruleSet = this.#ruleSet(suite, one.packs);
    const catalogue = withFormulas(this.catalogue, suite.formulas);
    const say = (outcome: Parameters<typeof sentence>[0]): string => sentence(outcome, catalogue, 'zh');
    const { findings, judged, standing } = await tryCase(one, ruleSet, this.zone, say);
    // What a shipped rule does shows nothing of what a centre made of it.
    const shown = suite.rules === this.tests.read.rules ? judged : [];
    for (const { facts } of shown) {
      const touched = ruleSet.byAnalyte.get(facts.anchor.measurement.analyte) ?? [];
      for (const ready of touched) await this.#watch(ready, facts);
    }
    if (one.level) return this.#tryLevel(one, one.level, suite, ruleSet, standing);
    const { missing, unexpected } = compareFindings(one.expect, findings);
    const told: MissingFinding[] = [];
    for (const each of missing) told.push({ ...each, answers: await answersOf(each, judged, ruleSet) });
    return { missing: told, unexpected };
  }

  async #tryLevel(
    one: Case,
    expected: ExpectedLevel,
    suite: CaseSuite,
    ruleSet: RuleSet,
    standing: readonly StandingHere[],
  ): Promise<Pick<FailedCase, 'missing' | 'unexpected' | 'level'>> {
    const { assessed, facts } = tryLevel(one, ruleSet, standing, this.zone);
    if (suite.rules === this.tests.read.rules) {
      for (const { rule } of ruleSet.levels.rules) await this.#watch(makeReady(rule), facts);
    }
    const reasons = assessed.reasons.map(({ ruleId }) => ruleId);
    const found: FoundLevel = {
      code: String(assessed.code),
      text: assessed.text,
      reasons: [...new Set(reasons)],
    };
    return {
      missing: [],
      unexpected: [],
      ...(!isLevelMet(expected, found) && { level: { expected, found } }),
    };
  }

  async #watch(ready: ReadyRule, facts: Facts): Promise<void> {
    this.#watches.get(ready.rule.id)?.saw(facts, expectationMet(await judgeRule(ready, facts)));
  }

  /** The rules of these packs. */
  #ruleSet({ rules, formulas, levels }: Omit<CaseSuite, 'cases'>, packs: readonly string[]): RuleSet {
    const key = packs.join(' ');
    const ofRules = this.#ruleSets.get(rules) ?? new Map<string, RuleSet>();
    this.#ruleSets.set(rules, ofRules);
    let known = ofRules.get(key);
    if (!known) {
      const seen = rules.filter(({ pack }) => packs.includes(pack));
      ofRules.set(key, (known = buildRuleSet(key, seen, formulas, levels)));
    }
    return known;
  }
}

/** Code, range and reasons; what the case does not say is not looked at. */
function isLevelMet({ code, text, reasons }: ExpectedLevel, found: FoundLevel): boolean {
  const isSame = (one: readonly string[], other: readonly string[]) =>
    [...one].sort().join() === [...other].sort().join();
  return (
    code === found.code && (text ?? found.text) === found.text && (!reasons || isSame(reasons, found.reasons))
  );
}

/** What the rule of an expected finding said of the results of its time. */
async function answersOf(
  { rule, at }: ExpectedFinding,
  judged: readonly JudgedResult[],
  { byAnalyte }: RuleSet,
): Promise<RuleAnswer[]> {
  const answers: RuleAnswer[] = [];
  for (const { at: time, written, facts } of judged) {
    if (at !== null && (time < at.from || time > at.to)) continue;
    const ready = byAnalyte.get(facts.anchor.measurement.analyte)?.find((one) => one.rule.id === rule);
    if (!ready) continue;
    const outcome = await judgeRule(ready, facts);
    const { evidence } = outcome;
    answers.push({ written, said: expectationMet(outcome), class: ready.rule.event.class, evidence });
  }
  return answers;
}
