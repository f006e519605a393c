import { findingKind } from '../../assessment/domain/draft-findings.js';
import { ageInDays, ageInYears } from '../../people/domain/fhir-time.js';
import { type StoredResult } from '../../people/index.js';
import { judge } from '../../rules/domain/judge.js';
import { type RuleSet } from '../../rules/domain/rule-set.js';
import { anchorsIn, derivedIn, onceARule } from './anchors.js';
import { factsOf } from './facts-of.js';
import { type FindingHere, levelInput, type LevelSituation } from './level-input.js';
import { personAt } from './person-at.js';
import { Timeline } from './timeline.js';

/** Everything that a person's level follows from, and what judges them. */
export interface JudgedPerson extends LevelSituation<FindingHere> {
  ruleSet: RuleSet;
  /** Of the centre. */
  zone: string;
}

/** The findings, those on results that the rules see with the changed value judged anew. */
export async function findingsThen(person: JudgedPerson, analyte: string): Promise<FindingHere[]> {
  const touched = new Set([analyte, ...derivedFrom(person.ruleSet, analyte)]);
  const affected = person.results.filter((result) => isTouched(result, touched, person.ruleSet));
  const again = new Set(affected.map(({ id }) => id));
  const others = person.findings.filter(({ observationId }) => !again.has(observationId));
  return [...others, ...(await findingsOn(person, affected))];
}

/** What the rules find on these of the person's results, those that hold latest values. */
export async function findingsOn(
  person: JudgedPerson,
  some: readonly StoredResult[],
): Promise<FindingHere[]> {
  if (some.length === 0) return [];
  const { ruleSet, results, records, zone } = person;
  const { values } = levelInput(ruleSet.levels, person, zone);
  const timeline = new Timeline(results, ruleSet.formulas, zone, personAt(person.person, records, zone));
  const findings: FindingHere[] = [];
  for (const result of some) {
    if (!result.measurements.some(({ component }) => values.isLatest(result.id, component))) continue;
    const { birthDate } = person.person;
    const ages = {
      ageYears: ageInYears(birthDate, result.at, zone),
      ageDays: ageInDays(birthDate, result.at, zone),
    };
    const sources = { result, person: person.person, ...ages, timeline, records, zone };
    const said = [];
    for (const { fact: anchor } of anchorsIn(result, ruleSet, timeline)) {
      const { component, analyte: judged } = anchor.measurement;
      const facts = factsOf(anchor, sources, ruleSet.lookups.of.get(judged));
      for (const outcome of await judge(ruleSet, facts)) {
        const kind = findingKind(outcome, { anchor, hasPerson: true });
        if (kind !== null) said.push({ ruleId: outcome.rule.id, component, kind, outcome });
      }
    }
    for (const { ruleId, component, kind, outcome } of onceARule(said)) {
      const evidence = { ruleClass: outcome.rule.event.class };
      findings.push({ ruleId, kind, status: 'final', observationId: result.id, component, evidence });
    }
  }
  return findings;
}

function isTouched(result: StoredResult, touched: ReadonlySet<string>, ruleSet: RuleSet): boolean {
  const own = result.measurements.flatMap(({ analyte }) => analyte ?? []);
  const judged = [...own, ...[...derivedIn(result, ruleSet)].map(({ id }) => id)];
  return judged.some((analyte) => {
    const lookup = ruleSet.lookups.of.get(analyte);
    return [analyte, ...(lookup?.others ?? []), ...(lookup?.earlier ?? [])].some((one) => touched.has(one));
  });
}

export function formulasOf({ formulas, levels }: RuleSet) {
  return [...formulas, ...levels.formulas, ...levels.models];
}

/** What is computed from an analyte. */
export function derivedFrom(ruleSet: RuleSet, analyte: string): string[] {
  return formulasOf(ruleSet).flatMap(({ id, inputs }) =>
    inputs.some((input) => input.analyte === analyte) ? [id] : [],
  );
}
