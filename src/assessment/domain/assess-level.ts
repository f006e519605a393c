import { type Facts, type MeasuredFact } from '../../kernel/index.js';
import { evidenceOf } from '../../rules/domain/evidence.js';
import { NO_RIVALS, type Said, strongestOf } from '../../rules/domain/rivals.js';
import { ADULT_FROM_YEARS, NOT_EVALUABLE } from '../../rules/domain/rule.js';
import { isWithin, spanOf } from '../../rules/domain/silent-band.js';
import { COULD, FIRES, SILENT } from '../../rules/domain/verdict.js';
import { type LevelPlan, type LevelRules, type ReadyLevel } from '../../rules/index.js';
import { provenAtLeast } from './at-least.js';
import { DomainTally } from './domain-tally.js';
import {
  type LevelAssessment,
  type LevelInput,
  type LevelReason,
  type ProvenLevel,
  type RiskLevel,
  type StandingFinding,
} from './level-assessment.js';
import { Repeats } from './repeated.js';
import { CONCLUSION, type LevelFacts, levelFactsOf } from './level-facts.js';

/**
 * The level of a person from their latest values and the findings that stand on them: the gravest that is proven, with
 * a range where missing values of the basic set, or tests still to come, could make it graver (product: *Level*).
 * Missing is not normal: with a part of the basic set missing nobody is level 5.
 */
export function assessLevel(input: LevelInput): LevelAssessment {
  const { levels, person } = input;
  const { plan } = levels;
  if (plan === null) return withoutLevel('no-plan');
  if (person.ageYears !== null && person.ageYears < ADULT_FROM_YEARS) return withoutLevel('age');
  const seen = levelFactsOf(input);
  const tally = new DomainTally(plan, levels, { ...input, latest: seen.known }, seen);
  const reasons: LevelReason[] = input.findings.flatMap((finding) => reasonOfFinding(plan, finding));
  for (const ready of rulesToAsk(levels, seen, input.ordered)) {
    const { verdict, facts } = verdictOf(ready, seen.facts, seen);
    tally.add(ready, verdict, facts);
    const { level, domain, suspected } = ready.event;
    if (verdict === FIRES) {
      if (level === NOT_EVALUABLE) continue;
      const { rule } = ready;
      const evidence = rule.leaves.map((leaf) => evidenceOf(leaf, rule.kind, facts));
      reasons.push({ level, ruleId: rule.id, from: 'rule', domain, suspected, rule, evidence });
    } else if (seen.onceOrdered && verdict !== COULD && touches(ready, input.ordered)) {
      const then = verdictOf(ready, seen.onceOrdered, seen);
      if (then.verdict === COULD) tally.add(ready, COULD, then.facts);
    }
  }
  for (const { ready, level, rule, evidence } of provenAtLeast(levels.rules, seen.facts)) {
    if (reasons.some(({ ruleId }) => ruleId === rule.id)) continue;
    tally.add(ready, FIRES, seen.facts);
    const { domain, suspected } = ready.event;
    reasons.push({ level, ruleId: rule.id, from: 'rule', domain, suspected, rule, evidence });
  }
  reasons.push(...outsideOwnRange(input, seen));
  const repeats = new Repeats(input, seen.facts);
  const domains = [...plan.domains.keys()];
  reasons.sort((a, b) => a.level - b.level || placeOf(a, domains) - placeOf(b, domains));
  const proven = reasons[0]?.level ?? null;
  const { code, text } = leveled(proven, tally, seen);
  return {
    code,
    text,
    reasons: reasons.map((reason) => repeats.seenAgain(reason)),
    domains: tally.domains(),
    undecided: tally.undecided(),
    missingBasic: seen.missingBasic,
    unknownBecause: null,
  };
}

/** Findings first, then domain by domain as the plan has them. */
function placeOf({ domain }: LevelReason, domains: readonly string[]): number {
  return domain === null ? -1 : domains.indexOf(domain);
}

function withoutLevel(unknownBecause: 'age' | 'no-plan'): LevelAssessment {
  return {
    code: 'unknown',
    text: 'unknown',
    reasons: [],
    domains: [],
    undecided: [],
    missingBasic: [],
    unknownBecause,
  };
}

/** The code, and the text that says how much graver it could be. */
function leveled(
  proven: ProvenLevel | null,
  tally: DomainTally,
  { missingBasic }: LevelFacts,
): Pick<LevelAssessment, 'code' | 'text'> {
  if (proven !== null) return { code: proven, text: range(tally.could, proven) };
  const isOpen = missingBasic.length > 0 || tally.cannotBeJudged;
  // What nobody can judge may be as grave as its domain knows.
  const could = tally.could ?? (isOpen ? tally.gravest : null);
  return { code: isOpen ? 'unknown' : 5, text: range(could, 5) };
}

/** `3`, or `1–3` with an en dash. */
function range(could: RiskLevel | null, level: RiskLevel): string {
  return could !== null && could < level ? `${could}–${level}` : String(level);
}

/** What the rule says; of several conclusions, or values that are equally late, the one of which it says most. */
function verdictOf(ready: ReadyLevel, facts: Facts, { conclusions }: LevelFacts): Said {
  if (conclusions.length === 0 || !ready.analytes.has(CONCLUSION)) return strongestOf(ready, facts);
  let best: Said | null = null;
  for (const conclusion of conclusions) {
    const others = new Map(facts.others).set(CONCLUSION, conclusion);
    const said = strongestOf(ready, { ...facts, others });
    if (best === null || said.verdict > best.verdict) best = said;
  }
  return best ?? { verdict: SILENT, facts };
}

/** Two comparisons of doubles spare nearly every rule from being asked. In their order. */
function rulesToAsk(
  { rules, awaiting, always }: LevelRules,
  { facts, onceOrdered }: LevelFacts,
  ordered: ReadonlySet<string>,
): ReadyLevel[] {
  const asked = new Set(always);
  const add = (analyte: string, { measurement }: MeasuredFact): void => {
    const beside = awaiting.get(analyte);
    if (!beside) return;
    // What is ordered again may come to anything.
    const span = onceOrdered && ordered.size > 0 ? null : spanOf(measurement.value);
    for (const { index, silent } of beside) if (!isWithin(span, silent)) asked.add(index);
  };
  for (const [analyte, fact] of facts.others) add(analyte, fact);
  for (const [analyte, each] of facts.rivals ?? NO_RIVALS) each.forEach((fact) => add(analyte, fact));
  return [...asked].sort((a, b) => a - b).map((index) => rules[index]!);
}

function touches({ analytes }: ReadyLevel, some: ReadonlySet<string>): boolean {
  for (const analyte of analytes) if (some.has(analyte)) return true;
  return false;
}

/**
 * What is outside the interval of its own report, where no rule looks at it. In pregnancy ordinary intervals do not hold.
 */
function outsideOwnRange(
  { levels: { ownRange }, person, rivals = NO_RIVALS }: LevelInput,
  { known }: LevelFacts,
): LevelReason[] {
  if (!ownRange || person.pregnant === true) return [];
  // In an order of their own: that in which results come must not decide what is told.
  const outside = [...known].filter(
    ([analyte, { measurement }]) => measurement.beyond || rivals.has(analyte),
  );
  const inOrder = outside.sort(([a], [b]) => (a < b ? -1 : 1));
  return inOrder.flatMap(([analyte, fact]): LevelReason[] =>
    [fact, ...(rivals.get(analyte) ?? [])].flatMap((each) => {
      const about = ownRange.about(each);
      if (!about) return [];
      const told = { from: 'rule' as const, domain: 'other', suspected: true, ...about };
      return [{ level: ownRange.level, ruleId: about.rule.id, ...told }];
    }),
  );
}

/** A finding counts by its pack and class; one that the plan does not speak of proves nothing. */
function reasonOfFinding(plan: LevelPlan, finding: StandingFinding): LevelReason[] {
  const { ruleId, pack, class: ruleClass } = finding;
  const levels = plan.findings
    .filter((one) => one.pack === pack && (one.class === null || one.class === ruleClass))
    .map(({ level }) => level);
  const [level] = levels.sort();
  return level ? [{ level, ruleId, from: 'finding', domain: null, suspected: false, finding }] : [];
}
