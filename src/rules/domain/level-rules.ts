import { type Formula, type ModelFormula } from './formula/formula.js';
import { compileLeaf, type LeafScreen } from './leaf.js';
import { type LevelPlan } from './level-plan.js';
import { type Condition, type Leaf, type Level, type LevelEvent, NOT_EVALUABLE, type Rule } from './rule.js';
import { OwnRangeRules } from './own-range-rule.js';
import { compileScreen, type Screen } from './screen.js';
import { type SilentBand, silentBands } from './silent-band.js';

/** A rule that gives a level, made ready. It never rings: intake does not know it. */
export interface ReadyLevel {
  rule: Rule;
  event: LevelEvent;
  screen: Screen;
  /** Each condition by itself: asked only to say what a rule that is undecided waits for. */
  leaves: readonly { leaf: Leaf; screen: LeafScreen }[];
  analytes: ReadonlySet<string>;
}

/** A rule beside an analyte without whose value it has nothing to say. */
export interface AwaitedLevel {
  /** Place among all rules. */
  index: number;
  /** Values of the analyte for which it has nothing to say, whatever else is known. */
  silent: readonly SilentBand[];
}

export interface LevelDomain {
  /** What must have been measured for some rule of it to have anything to say: of each set one, each rule's once. */
  needs: readonly (readonly ReadonlySet<string>[])[];
  /** Null where its rules only say that nobody can judge. */
  gravest: Level | null;
}

/** What levels are judged by, apart from what is judged of each result. */
export interface LevelRules {
  /** Null where no file says how levels are put together: then there are none. */
  plan: LevelPlan | null;
  rules: readonly ReadyLevel[];
  /** By analyte: the rules that fire, or are in doubt, only with a value of it (or of another analyte that they also stand beside). */
  awaiting: ReadonlyMap<string, readonly AwaitedLevel[]>;
  /** Places of the rules that need no value: they are always asked. */
  always: readonly number[];
  /** What each domain looks at, and the gravest level that its rules give. */
  domains: ReadonlyMap<string, LevelDomain>;
  /** Analytes of which the latest value must be known, the basic set and the inputs of formulas among them. */
  analytes: ReadonlySet<string>;
  /** The analytes of the basic set, and what is derived from them: what may widen a range. */
  basic: ReadonlySet<string>;
  /** Facts of the person that only records tell. */
  asked: ReadonlySet<string>;
  /** Derived values among those analytes, of one day's results. */
  formulas: readonly Formula[];
  /** Risk models that ask records as well: of the latest values, and what no record tells counts as no. */
  models: readonly ModelFormula[];
  /** What is outside its own report's interval, of analytes that no rule here looks at; null where that proves nothing. */
  ownRange: OwnRangeRules | null;
  /** By id of what repeats confirm: the rules whose values count for it. */
  repeated: ReadonlyMap<string, readonly ReadyLevel[]>;
  /** Analytes of which all results count, not the latest alone: those of these rules. */
  lookedBackOn: ReadonlySet<string>;
}

const FROM_THE_PERSON: readonly string[] = ['age', 'sex'];

export function isLevelRule(rule: Rule): rule is Rule & { event: LevelEvent } {
  return rule.event.type === 'level';
}

export function gatherLevels(rules: readonly Rule[], plan: LevelPlan | null, all: readonly Formula[]): LevelRules {
  // By id: where a rule stands in its file must not decide what is told of a person.
  const ready = rules.filter(isLevelRule).sort((a, b) => (a.id < b.id ? -1 : 1)).map(makeReadyLevel);
  const basicSet = new Set(plan?.basicSet.flatMap((item) => item.analytes));
  const analytes = new Set([...ready.flatMap((one) => [...one.analytes]), ...basicSet]);
  const ownRange = OwnRangeRules.of(plan, new Set(analytes));
  const models = all.filter(asksRecords).filter(({ id }) => analytes.has(id));
  for (const { inputs } of models) inputs.forEach(({ analyte }) => analytes.add(analyte));
  const formulas = all.filter((one) => analytes.has(one.id) && !asksRecords(one));
  const derived = [...formulas, ...models].filter(({ inputs }) =>
    inputs.some(({ analyte }) => basicSet.has(analyte)),
  );
  const basic = new Set([...basicSet, ...derived.map(({ id }) => id)]);
  for (const { inputs } of formulas) inputs.forEach(({ analyte }) => analytes.add(analyte));
  const leaves = ready.flatMap(({ rule }) => rule.leaves);
  const facts = leaves.filter(({ analytes }) => analytes.size === 0).map(({ fact }) => fact);
  for (const { call } of models) facts.push(...Object.values(call.person).flat());
  for (const { known } of plan?.repeats.values() ?? []) facts.push(...known);
  const asked = new Set(facts.filter((fact) => !FROM_THE_PERSON.includes(fact)));
  const repeated = repeatedOf(ready);
  const lookedBackOn = new Set([...repeated.values()].flatMap((of) => of.flatMap((one) => [...one.analytes])));
  return { repeated, lookedBackOn, plan, rules: ready, ...indexed(ready), domains: domainsOf(ready), analytes, basic, asked, formulas, models, ownRange };
}

function repeatedOf(rules: readonly ReadyLevel[]): Map<string, ReadyLevel[]> {
  const repeated = new Map<string, ReadyLevel[]>();
  for (const ready of rules) {
    const { repeats } = ready.event;
    if (repeats) repeated.set(repeats.id, [...(repeated.get(repeats.id) ?? []), ready]);
  }
  return repeated;
}

/** A model that is told more of the person than age and sex. */
function asksRecords(formula: Formula): formula is ModelFormula {
  if (!('call' in formula)) return false;
  return Object.values(formula.call.person).flat().some((fact) => !FROM_THE_PERSON.includes(fact));
}

/** Each rule beside the analytes of that one of its needs which fewest can meet. */
function indexed(rules: readonly ReadyLevel[]): Pick<LevelRules, 'awaiting' | 'always'> {
  const awaiting = new Map<string, AwaitedLevel[]>();
  const always: number[] = [];
  rules.forEach(({ rule }, index) => {
    const [fewest] = needsOf(rule.condition).sort(bySize);
    if (!fewest) always.push(index);
    for (const analyte of fewest ?? []) {
      const silent = silentBands(rule.condition, analyte);
      awaiting.set(analyte, [...(awaiting.get(analyte) ?? []), { index, silent }]);
    }
  });
  return { awaiting, always };
}

/**
 * Of what must hold together each part needs a value of its own, of alternatives one of theirs; without it nothing fires,
 * and nothing is in doubt.
 */
function needsOf(condition: Condition): ReadonlySet<string>[] {
  if ('leaf' in condition) return condition.leaf.analytes.size > 0 ? [condition.leaf.analytes] : [];
  if ('all' in condition) return condition.all.flatMap(needsOf);
  if (!('any' in condition)) return [];
  const each = condition.any.map((part) => needsOf(part).sort(bySize)[0]);
  return each.includes(undefined) ? [] : [new Set(each.flatMap((need) => [...(need ?? [])]))];
}

function bySize(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  return a.size - b.size;
}

function domainsOf(rules: readonly ReadyLevel[]): Map<string, LevelDomain> {
  const domains = new Map<string, { needs: Map<string, ReadonlySet<string>[]>; gravest: Level | null }>();
  for (const { event, rule } of rules) {
    const domain = domains.get(event.domain) ?? { needs: new Map<string, ReadonlySet<string>[]>(), gravest: null };
    domains.set(event.domain, domain);
    const needs = withoutWider(needsOf(rule.condition));
    const key = needs.map((need) => [...need].sort().join(' ')).sort().join(',');
    if (needs.length > 0) domain.needs.set(key, needs);
    const { level } = event;
    if (level !== NOT_EVALUABLE && (domain.gravest === null || level < domain.gravest)) domain.gravest = level;
  }
  return new Map(Array.from(domains, ([id, { needs, gravest }]) => [id, { needs: fewest([...needs.values()]), gravest }]));
}

/** Without the needs that are met whenever another of them is: no two lists that differ are met by the same values. */
function withoutWider(needs: readonly ReadonlySet<string>[]): ReadonlySet<string>[] {
  return needs.filter((need, at) => !needs.some((other, i) => isWithin(other, need) && (other.size < need.size || i < at)));
}

/** Without those that are met only when another is; lists without wider needs, each once. */
function fewest(all: readonly (readonly ReadonlySet<string>[])[]): (readonly ReadonlySet<string>[])[] {
  const isMetBy = (need: ReadonlySet<string>, needs: readonly ReadonlySet<string>[]): boolean => needs.some((one) => isWithin(one, need));
  return all.filter((needs) => !all.some((other) => other !== needs && other.every((need) => isMetBy(need, needs))));
}

function isWithin(some: ReadonlySet<string>, all: ReadonlySet<string>): boolean {
  return some.size <= all.size && [...some].every((analyte) => all.has(analyte));
}

function makeReadyLevel(rule: Rule & { event: LevelEvent }): ReadyLevel {
  const analytes = new Set(rule.leaves.flatMap((leaf) => [...leaf.analytes]));
  return {
    rule,
    event: rule.event,
    screen: compileScreen(rule.condition, rule.kind),
    leaves: rule.leaves.map((leaf) => ({ leaf, screen: compileLeaf(leaf, rule.kind) })),
    analytes,
  };
}
