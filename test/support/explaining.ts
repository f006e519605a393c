import {
  type Facts,
  type MeasuredFact,
  type MeasuredValue,
  NOTHING_EARLIER,
  UNKNOWN_PERSON,
} from '../../src/kernel/index.js';
import { explain } from '../../src/rules/domain/explain/explain.js';
import { type Change, type Explanation } from '../../src/rules/domain/explain/explanation.js';
import { readRules } from '../../src/rules/domain/files/read-rules.js';
import { modelFacts } from '../../src/rules/domain/formula/model-facts.js';
import { withFormulas } from '../../src/rules/domain/formula/with-formulas.js';
import { judgeRule } from '../../src/rules/domain/judge.js';
import { type Outcome, type Rule } from '../../src/rules/domain/rule.js';
import { makeReady } from '../../src/rules/domain/rule-set.js';
import { catalogueOf } from '../../src/rules/domain/vocabulary-catalogue.js';
import { loadVocabulary } from '../../src/terminology/index.js';
import { file } from './one-rule.js';

export const catalogue = catalogueOf(loadVocabulary('vocabulary'));
/** The same with what risk models give, as a version of the rules knows it. */
const withModels = withFormulas(catalogue, modelFacts(catalogue));
export const zone = 'Asia/Shanghai';
export const AT = '2026-03-02T00:15:00.000Z';

export async function ruleWith(conditions: string, kind = 'critical'): Promise<Rule> {
  const text = file({ kind, conditions, examples: ['{ facts: {}, expect: unknown }'], population: 'any' });
  const { placed, faults } = await readRules([{ path: 'pack/a.yaml', text }], catalogue);
  if (!placed[0]) throw new Error(JSON.stringify(faults));
  return placed[0].rule;
}

/** A result as a laboratory sends it, e.g. `126 mg/dL`; days before the anchor. */
export function result(analyte: string, asSent: string, days = 0): MeasuredFact {
  const measurement = {
    component: 0,
    analyte,
    value: catalogue.read(analyte, asSent),
    asSent,
    ownLimit: null,
    doubts: [],
  };
  const at = new Date(Date.parse(AT) - days * 86_400_000).toISOString();
  return { measurement, source: { observationId: `${analyte}-${days}`, component: 0, at, status: 'final' } };
}

export function factsOf([anchor, ...rest]: MeasuredFact[], person = UNKNOWN_PERSON): Facts {
  const now = rest.filter(({ source }) => source.at === AT);
  const before = rest.filter(({ source }) => source.at !== AT);
  const earlier = new Map<string, MeasuredFact[]>();
  for (const one of before)
    earlier.set(one.measurement.analyte, [...(earlier.get(one.measurement.analyte) ?? []), one]);
  const others = new Map(now.map((one) => [one.measurement.analyte, one]));
  return { person, anchor: anchor!, others, earlier: before.length > 0 ? earlier : NOTHING_EARLIER, zone };
}

export async function explained(
  rule: Rule,
  facts: Facts,
): Promise<{ outcome: Outcome; explanation: Explanation }> {
  const outcome = await judgeRule(makeReady(rule), facts);
  // As it comes back from the database.
  const evidence = JSON.parse(JSON.stringify(outcome.evidence)) as Outcome['evidence'];
  return { outcome, explanation: explain(rule, evidence, { catalogue: withModels, zone })! };
}

export const stands = ({ truth, couldFire }: Outcome) => truth === 'fires' || couldFire;

/** The value that a change says, as the laboratory would have sent it when it says so. */
export function valueOf(
  { to, asSent }: Change,
  analyte: string,
  as: 'compared' | 'sent',
): MeasuredValue | null {
  if (to === null) return { kind: 'text', text: '', codings: [] };
  const known = withModels.get(analyte);
  if (known?.kind === 'category') return { kind: 'category', category: to };
  return withModels.read(analyte, as === 'sent' && asSent !== null ? asSent : to);
}

/** The facts with every change applied, found by the rule's own conditions. */
export function applied(
  facts: Facts,
  rule: Rule,
  { changes }: { changes: readonly Change[] },
  as: 'compared' | 'sent' = 'compared',
): Facts {
  const change = (fact: MeasuredFact): MeasuredFact => {
    const found = changes.find(
      ({ observationId, conditions }) =>
        observationId === fact.source.observationId &&
        conditions.some((index) => rule.leaves[index]!.analytes.has(fact.measurement.analyte)),
    );
    if (!found) return fact;
    const flagged = flaggedAs(found, rule);
    const { measurement } = fact;
    return {
      ...fact,
      measurement: { ...measurement, ...(flagged ?? { value: valueOf(found, measurement.analyte, as) }) },
    };
  };
  const person = { ...facts.person };
  for (const { observationId, conditions, to, unit } of changes) {
    if (observationId !== null) continue;
    const { fact } = rule.leaves[conditions[0]!]!;
    if (fact === 'sex') person.sex = to as 'male';
    else if (fact === 'pregnant') person.pregnant = to === 'true';
    else if (fact === 'care-setting') person.careSetting = to as 'home';
    else if (fact !== 'age') person.answers = new Map(person.answers).set(fact, to === 'true');
    else if (unit === 'd') {
      person.ageDays = Number(to);
      person.ageYears = Math.floor(Number(to) / 365.25);
    } else {
      person.ageYears = Number(to);
      person.ageDays = Math.ceil(Number(to) * 365.25);
    }
  }
  return {
    ...facts,
    person,
    anchor: change(facts.anchor),
    others: new Map([...facts.others].map(([analyte, fact]) => [analyte, change(fact)])),
    earlier: new Map([...facts.earlier].map(([analyte, all]) => [analyte, all.map(change)])),
  };
}

/** What the report says of the end of its interval that the condition is about; null where the change is no flag. */
function flaggedAs({ to, conditions }: Change, rule: Rule): Partial<MeasuredFact['measurement']> | null {
  if (to !== 'N' && to !== 'H' && to !== 'L') return null;
  const { threshold } = rule.leaves[conditions[0]!]!;
  if (threshold.kind === 'own-limit' && threshold.end === 'low') {
    return { ownLower: { from: 'interpretation', flag: to === 'N' ? 'within' : 'below' } };
  }
  return { ownLimit: { from: 'interpretation', flag: to === 'N' ? 'within' : 'above' } };
}
