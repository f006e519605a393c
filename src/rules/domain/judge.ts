import { type Facts } from '../../kernel/index.js';
import { evidenceOf } from './evidence.js';
import { ADULT_FROM_YEARS, type LeafEvidence, type Outcome, type Rule } from './rule.js';
import { strongestOf } from './rivals.js';
import { type ReadyRule, type RuleSet } from './rule-set.js';
import { isWithin, spanOf } from './silent-band.js';
import { COULD, FIRES, SILENT, truthOf, type Verdict } from './verdict.js';

/**
 * What the rules say of the anchor. Only rules that look at its analyte are asked; silent ones are left out.
 * The screen decides, json-rules-engine confirms it. That the two differ would be a fault of this program, which tests
 * rule out; should it happen all the same, the result is not lost: the doctor decides.
 * @returns at once where no rule can fire, as of nearly every result
 */
export function judge(ruleSet: RuleSet, facts: Facts): readonly Outcome[] | Promise<readonly Outcome[]> {
  const { analyte, value } = facts.anchor.measurement;
  const touched = ruleSet.byAnalyte.get(analyte);
  if (!touched) return NOTHING;
  const span = spanOf(value);
  let outcomes: Promise<Outcome>[] | null = null;
  for (const ready of touched) {
    if (isWithin(span, ready.silent)) continue;
    const said = facts.rivals
      ? strongestOf({ ...ready, analytes: lookedAtOnce(ready.rule) }, facts)
      : { verdict: ready.screen(facts), facts };
    if (said.verdict === SILENT) continue;
    (outcomes ??= []).push(outcomeOf(ready, said.verdict, said.facts));
  }
  return outcomes ? Promise.all(outcomes).then((all) => all.filter(isWorthTelling)) : NOTHING;
}

const NOTHING: readonly Outcome[] = [];

/** A condition over time holds its analyte's results against each other, those that are equally late among them. */
function lookedAtOnce({ leaves }: Rule): Set<string> {
  const overTime = new Set(leaves.flatMap(({ over, analytes }) => (over && over.kind !== 'latest' ? [...analytes] : [])));
  return new Set(leaves.flatMap(({ analytes }) => [...analytes]).filter((analyte) => !overTime.has(analyte)));
}

/** One rule on the facts, silent or not: for examples and explanations. */
export async function judgeRule(ready: ReadyRule, facts: Facts): Promise<Outcome> {
  return outcomeOf(ready, ready.screen(facts), facts);
}

async function outcomeOf({ rule, engine }: ReadyRule, verdict: Verdict, facts: Facts): Promise<Outcome> {
  const { fires } = await engine.run(facts);
  const settled = fires === (verdict === FIRES) ? verdict : COULD;
  const evidence = rule.leaves.map((leaf) => evidenceOf(leaf, rule.kind, facts));
  return {
    rule,
    ...standing(rule, settled, facts.person.ageYears),
    evidence,
    missing: [...new Set(evidence.filter(isMissing).map(nameOfMissing))],
  };
}

/** What is only first seen now (`ever-before`) is not missing: nothing on record is an answer. */
function isMissing({ converted, truth }: LeafEvidence): boolean {
  return converted === null && truth === 'unknown';
}

/** `hb`, or of a condition over time `hb (previous)`: the value is there, what it is held against is not. */
function nameOfMissing({ fact, over }: LeafEvidence): string {
  return over ? `${fact} (${over.kind})` : fact;
}

type Standing = Pick<Outcome, 'truth' | 'couldFire' | 'reason'>;

/**
 * Adult packs are silent below 18 (reason `age`), but what would be class A in an adult goes to review.
 * A person without a birth date counts as an adult: a rule for children then says unknown, and asks nobody.
 */
function standing(rule: Rule, verdict: Verdict, ageYears: number | null): Standing {
  const { truth, couldFire, reason } = plain(rule, verdict);
  const isForThisAge = matchesAge(rule, ageYears);
  if (isForThisAge === true || truth === 'silent') return { truth, couldFire, reason };
  if (isForThisAge === 'unknown') return { truth: 'unknown', couldFire: false, reason: null };
  const wouldRing = truth === 'fires' || couldFire;
  const isGrave = rule.population === 'adult' && rule.event.class === 'A';
  if (wouldRing && isGrave) return { truth: 'unknown', couldFire: true, reason: 'age' };
  return { truth: 'silent', couldFire: false, reason: wouldRing ? 'age' : null };
}

/** What is only counted is never worth a doctor's time, nor is a level that is still open. */
function plain(rule: Rule, verdict: Verdict): Standing {
  const couldFire = verdict === COULD && rule.event.type !== 'count' && rule.event.type !== 'level';
  return { truth: truthOf(verdict), couldFire, reason: rule.event.reason };
}

function matchesAge(rule: Rule, ageYears: number | null): boolean | 'unknown' {
  if (rule.population === 'any') return true;
  if (ageYears === null) return rule.population === 'adult' || 'unknown';
  return (rule.population === 'adult') === ageYears >= ADULT_FROM_YEARS;
}

function isWorthTelling(outcome: Outcome): boolean {
  return outcome.truth !== 'silent' || outcome.reason === 'age';
}
