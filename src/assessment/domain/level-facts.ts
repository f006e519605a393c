import {
  type Facts,
  type FactSource,
  type MeasuredFact,
  NOTHING_EARLIER,
  type PersonFacts,
} from '../../kernel/index.js';
import { derive, type ModelFormula } from '../../rules/domain/formula/formula.js';
import { rounded } from '../../rules/domain/interval-arithmetic.js';
import { alternatives, distinctReadings, NO_RIVALS, type Rivals } from '../../rules/domain/rivals.js';
import { type LevelPlan, type LevelRules } from '../../rules/index.js';
import { type LevelInput } from './level-assessment.js';

/** The analyte that all conclusions of imaging and ECGs are. */
export const CONCLUSION = 'imaging-conclusion';

/** What is still open about a person, and the facts that levels are judged on. */
export interface LevelFacts {
  facts: Facts;
  /** The latest values, with what risk models make of them; of several that are equally late one. */
  known: ReadonlyMap<string, MeasuredFact>;
  /** The same as they would be once everything ordered came in; null when that changes nothing. */
  onceOrdered: Facts | null;
  conclusions: readonly MeasuredFact[];
  /** Analytes that may still have any value: missing from the basic set, or ordered. */
  open: ReadonlySet<string>;
  /** Ids of the items of the basic set without a usable value. */
  missingBasic: readonly string[];
}

const NOW = { observationId: '', component: 0, at: '', status: 'final' };
/** No result is being judged here: every value is one of the others. */
const NOBODY: MeasuredFact = {
  measurement: { component: 0, analyte: '', value: null, asSent: '', ownLimit: null, doubts: [] },
  source: NOW,
};

/**
 * The latest values, with "any value at all" in the place of each that the basic set lacks or that was ordered: a rule
 * that such a value could make fire is then undecided, all others are what they are.
 */
export function levelFactsOf(input: LevelInput): LevelFacts {
  const { levels, person, latest, conclusions, ordered, zone } = input;
  const { plan } = levels;
  const { missing, open } = missingOf(plan, latest);
  for (const analyte of ordered) if (!latest.has(analyte)) open.add(analyte);
  const { known, rivals } = withModels(input);
  const others = new Map(known);
  if (plan) roundReported(others, plan);
  openUp(others, open, levels);
  const facts: Facts = {
    person,
    anchor: NOBODY,
    others,
    ...rivalsOf(rivals, plan),
    earlier: NOTHING_EARLIER,
    zone,
  };
  const again = [...ordered].filter((analyte) => latest.has(analyte));
  const own = latest.get(CONCLUSION);
  return {
    facts,
    known,
    onceOrdered: again.length > 0 ? onceIn(facts, again, levels) : null,
    conclusions: conclusions ?? (own ? [own] : []),
    open: new Set([...open, ...again]),
    missingBasic: missing,
  };
}

/** What risk models say of the latest values: what no record tells of the person counts as no. */
function withModels({ latest, rivals = NO_RIVALS, levels: { models }, person }: LevelInput): {
  known: ReadonlyMap<string, MeasuredFact>;
  rivals: Rivals;
} {
  let known: Map<string, MeasuredFact> | null = null;
  let all: Map<string, readonly MeasuredFact[]> | null = null;
  for (const model of models) {
    // Most people lack one: where they live, say.
    if (model.inputs.some(({ analyte, isOptional }) => !isOptional && !latest.has(analyte))) continue;
    const analytes = model.inputs.map(({ analyte }) => analyte);
    const [derived, ...others] = distinctReadings(
      alternatives(latest, analytes, rivals).flatMap((way) => modelledOf(model, way, person) ?? []),
    );
    if (derived) (known ??= new Map(latest)).set(model.id, derived);
    if (others.length > 0) (all ??= new Map(rivals)).set(model.id, others);
  }
  return { known: known ?? latest, rivals: all ?? rivals };
}

function modelledOf(
  model: ModelFormula,
  latest: ReadonlyMap<string, MeasuredFact>,
  person: PersonFacts,
): MeasuredFact | null {
  const given = model.inputs.flatMap(({ analyte }) => latest.get(analyte)?.source ?? []);
  const last = given.reduce<FactSource | null>((a, b) => (a && a.at >= b.at ? a : b), null);
  return last && derive(model, latest, last, withoutUnknowns(model, person));
}

function withoutUnknowns({ call }: ModelFormula, person: PersonFacts): PersonFacts {
  const answers = new Map(person.answers);
  for (const fact of Object.values(call.person).flat()) if (!answers.has(fact)) answers.set(fact, false);
  return { ...person, answers };
}

function missingOf(
  plan: LevelPlan | null,
  latest: LevelInput['latest'],
): { missing: string[]; open: Set<string> } {
  const missing: string[] = [];
  const open = new Set<string>();
  for (const { id, takes, analytes } of plan?.basicSet ?? []) {
    const absent = analytes.filter((analyte) => !isUsable(latest.get(analyte)));
    if (takes === 'any' ? absent.length < analytes.length : absent.length === 0) continue;
    missing.push(id);
    // A value that cannot be trusted stays what it is: it says at least what it could be.
    for (const analyte of absent) if (!latest.get(analyte)?.measurement.value) open.add(analyte);
  }
  return { missing, open };
}

/** A value whose unit is known and that is possible. */
export function isUsable(fact: MeasuredFact | undefined): boolean {
  const kind = fact?.measurement.value?.kind;
  return kind !== undefined && kind !== 'unit-unknown' && kind !== 'implausible';
}

/** Values printed with more decimals than their analyte has are compared as rounded. */
export function roundReported(others: Map<string, MeasuredFact>, { rounded: decimalsOf }: LevelPlan): void {
  for (const [analyte, decimals] of decimalsOf) {
    const fact = others.get(analyte);
    if (fact) others.set(analyte, printed(fact, decimals));
  }
}

function printed(fact: MeasuredFact, decimals: number): MeasuredFact {
  const { value } = fact.measurement;
  if (value?.kind !== 'number') return fact;
  const asPrinted = { ...value, interval: rounded(value.interval, decimals) };
  return { ...fact, measurement: { ...fact.measurement, value: asPrinted } };
}

/** What is equally late, as it would be printed. */
function rivalsOf(rivals: Rivals, plan: LevelPlan | null): Pick<Facts, 'rivals'> {
  if (rivals.size === 0) return {};
  const asPrinted = [...rivals].map(([analyte, facts]) => {
    const decimals = plan?.rounded.get(analyte);
    return [analyte, decimals === undefined ? facts : facts.map((fact) => printed(fact, decimals))] as const;
  });
  return { rivals: new Map(asPrinted) };
}

/** Puts "any value" where something is open, and where it could be derived from what is open. */
function openUp(
  others: Map<string, MeasuredFact>,
  open: Set<string>,
  { formulas, models }: LevelRules,
): void {
  for (const analyte of open) others.set(analyte, anyValueOf(analyte));
  for (const { id, inputs } of [...formulas, ...models]) {
    if (others.get(id)?.measurement.value) continue;
    const absent = inputs.filter(({ analyte }) => open.has(analyte) || !others.has(analyte));
    if (absent.length === 0 || !absent.every(({ analyte }) => open.has(analyte))) continue;
    open.add(id);
    others.set(id, anyValueOf(id));
  }
}

/** What was measured before and is ordered again may come to anything. */
function onceIn(facts: Facts, again: readonly string[], { formulas, models }: LevelRules): Facts {
  const others = new Map(facts.others);
  const rivals = new Map(facts.rivals);
  const open = (id: string): void => {
    others.set(id, anyValueOf(id));
    rivals.delete(id);
  };
  again.forEach(open);
  for (const { id, inputs } of [...formulas, ...models])
    if (inputs.some(({ analyte }) => again.includes(analyte))) open(id);
  return { ...facts, others, ...(facts.rivals && { rivals }) };
}

/** A value of which nothing is known meets and misses every condition. */
function anyValueOf(analyte: string): MeasuredFact {
  const value = { kind: 'unit-unknown', readings: [], unit: '' } as const;
  return { measurement: { ...NOBODY.measurement, analyte, value: { ...value, readings: [] } }, source: NOW };
}
