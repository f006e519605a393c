import fc from 'fast-check';
import { exactly, UNKNOWN_PERSON, type Facts, type MeasuredFact, type MeasuredValue } from '../../../kernel/index.js';
import { type AnalyteCatalogue, type CatalogueAnalyte } from '../catalogue.js';
import { COMPARISONS } from '../compare.js';
import { factsOf } from '../files/read-example.js';
import { CLASSES, type Condition, DAYS_A_YEAR, EVENT_TYPES, type Population, POPULATIONS, type Rule } from '../rule.js';
import { type Threshold } from '../threshold.js';
import { compileScreen } from '../screen.js';
import { FIRES, SILENT, type Verdict } from '../verdict.js';
import { emptyHoldings } from './holding.js';
import { meetingRules } from './meeting-rules.js';
import { leavesUnder } from './space.js';

/** Every value that makes a difference is sampled, and some between: limits are whole numbers, samples have halves. */
const halves = (from: number, to: number) =>
  Array.from({ length: (to - from) * 2 + 1 }, (_, i) => String(from + i / 2));
const ANALYTES = {
  bounded: { kind: 'number', plausible: { low: '0', high: '3' }, samples: halves(0, 3) },
  open: { kind: 'number', plausible: null, samples: halves(-1, 4) },
  graded: { kind: 'ordinal', plausible: null, samples: ['0', '0.5', '1', '2', '3', '4'] },
  named: { kind: 'category', plausible: null, samples: ['x', 'y', 'z'] },
} as const;
type Analyte = keyof typeof ANALYTES;
/** Birthdays, and days around the limits in days, each with the years it completes. */
const DAYS = [
  ...[0, 10, 15, 16, 17, 18, 19, 20, 21, 40].map((years) => Math.ceil(years * DAYS_A_YEAR)),
  ...[16, 17, 18, 19, 20].flatMap((years) => [-1, 0, 1].map((day) => years * 365 + day)),
];
const EVERY_AGE = DAYS.map((days) => ({ ageYears: Math.floor(days / DAYS_A_YEAR), ageDays: days }));
const AGES = {
  adult: EVERY_AGE.filter(({ ageYears }) => ageYears >= 18),
  child: EVERY_AGE.filter(({ ageYears }) => ageYears < 18),
  any: EVERY_AGE,
};
const NO_AGE = { ageYears: null, ageDays: null };
const FACTS = [...(Object.keys(ANALYTES) as Analyte[]), 'age', 'sex'] as const;
type FactName = (typeof FACTS)[number];

const catalogue = {
  get: (id: string) => {
    const known = (ANALYTES as Partial<Record<string, (typeof ANALYTES)[Analyte]>>)[id];
    return known && ({ ...known, id, unit: '1', categories: ['x', 'y', 'z'] } as unknown as CatalogueAnalyte);
  },
} as AnalyteCatalogue;

function thresholdOf(fact: FactName, seed: number): Threshold {
  const comparison = COMPARISONS[seed % COMPARISONS.length] ?? 'equal';
  const words = (all: readonly string[]) => new Set(all.filter((_, at) => (seed >> at) % 2 === 1));
  const inside = seed % 16 < 8;
  if (fact === 'age') {
    const unit = seed % 3 === 0 ? 'd' : 'a';
    return { kind: 'person-number', comparison, limit: String((16 + (seed % 5)) * (unit === 'd' ? 365 : 1)), unit };
  }
  if (fact === 'sex') return { kind: 'person-word', words: words(['male', 'female']), inside };
  if (fact === 'named') return { kind: 'category', categories: words(['x', 'y', 'z']), inside };
  if (fact === 'graded')
    return { kind: 'ordinal', comparison, limit: ANALYTES.graded.samples[seed % 6] ?? '0' };
  if (fact === 'open' && seed % 3 === 0) {
    return { kind: 'microscopy', limit: String(seed % 4), grade: String(1 + (seed % 4)) };
  }
  return { kind: 'number', comparison, limit: String(seed % 4) };
}

type Shape = { all: Shape[] } | { any: Shape[] } | { not: Shape } | { fact: FactName; seed: number };
const shapeOf = (facts: readonly FactName[]) =>
  fc.letrec<{ shape: Shape }>((tie) => ({
    shape: fc.oneof(
      { maxDepth: 2 },
      fc.record({ fact: fc.constantFrom(...facts), seed: fc.nat(2000) }),
      fc.record({ all: fc.array(tie('shape'), { minLength: 1, maxLength: 3 }) }),
      fc.record({ any: fc.array(tie('shape'), { minLength: 1, maxLength: 3 }) }),
      fc.record({ not: tie('shape') }),
    ),
  })).shape;

function conditionOf(shape: Shape, negated: boolean): Condition {
  if ('all' in shape) return { all: shape.all.map((part) => conditionOf(part, negated)) };
  if ('any' in shape) return { any: shape.any.map((part) => conditionOf(part, negated)) };
  if ('not' in shape) return { not: conditionOf(shape.not, !negated) };
  const { fact, seed } = shape;
  const analytes = new Set(fact in ANALYTES ? [fact] : []);
  const threshold = thresholdOf(fact, seed);
  const written = { operator: threshold.kind, value: seed, unit: null, written: String(seed) };
  return { leaf: { index: 0, fact, analytes, ...written, threshold, over: null, negated } };
}

/** Rules over a few facts, so that two of them often meet. */
const ruleFrom = (facts: readonly FactName[]) =>
  fc
    .record({
      shape: shapeOf(facts),
      kind: fc.constantFrom<Rule['kind']>('critical', 'stratification', 'vitals'),
      population: fc.constantFrom(...POPULATIONS),
      ruleClass: fc.constantFrom(...CLASSES),
      type: fc.constantFrom(...EVENT_TYPES),
    })
    .map(({ shape, kind, population, ruleClass, type }): Rule => {
      const condition = conditionOf(shape, false);
      const event = { type, class: type === 'count' ? null : ruleClass };
      return {
        id: 'p/r',
        pack: 'p',
        kind,
        population,
        condition,
        leaves: leavesUnder(condition),
        event,
      } as unknown as Rule;
    });
const someFacts = fc.tuple(
  fc.constantFrom(...(Object.keys(ANALYTES) as Analyte[])),
  fc.constantFrom(...FACTS),
);

const source = { observationId: 'o', component: 0, at: '2000-01-01T00:00:00.000Z', status: 'final' };
function valueOf(analyte: Analyte, sample: string): MeasuredValue {
  if (analyte === 'named') return { kind: 'category', category: sample };
  if (analyte === 'graded') return { kind: 'ordinal', interval: exactly(sample) };
  return { kind: 'number', interval: exactly(sample), unit: '1' };
}

type Missing = 'all known' | 'some missing';

/** Everybody who can be, as far as the facts of a condition go: every sample of each, and none where one may be missing. */
function everybody(condition: Condition, population: Population, missing: Missing): Facts[] {
  const leaves = leavesUnder(condition);
  const used = new Set(leaves.map(({ fact }) => fact));
  // Grades come among counts only where a condition on counts has a grade too.
  const hasGrades = leaves.some(({ threshold }) => threshold.kind === 'microscopy');
  const nobody = missing === 'some missing' ? ([null] as const) : [];
  let people = [
    {
      measured: new Map<string, MeasuredFact>(),
      age: NO_AGE as (typeof EVERY_AGE)[number] | typeof NO_AGE,
      sex: null as 'male' | 'female' | null,
    },
  ];
  for (const analyte of Object.keys(ANALYTES).filter((name) => used.has(name)) as Analyte[]) {
    const grades =
      analyte === 'open' && hasGrades ? ANALYTES.graded.samples.map((grade) => valueOf('graded', grade)) : [];
    const values = [
      ...ANALYTES[analyte].samples.map((sample) => valueOf(analyte, sample)),
      ...grades,
      ...nobody,
    ];
    people = people.flatMap((one) =>
      values.map((value) => {
        if (value === null) return one;
        const measurement = { component: 0, analyte, value, asSent: '', ownLimit: null, doubts: [] };
        return { ...one, measured: new Map(one.measured).set(analyte, { measurement, source }) };
      }),
    );
  }
  if (used.has('age'))
    people = people.flatMap((one) =>
      [...AGES[population], ...nobody.map(() => NO_AGE)].map((age) => ({ ...one, age })),
    );
  if (used.has('sex')) {
    people = people.flatMap((one) =>
      (['male', 'female', ...nobody] as const).map((sex) => ({ ...one, sex })),
    );
  }
  return people.map(({ measured, age, sex }) =>
    factsOf({ measured, person: { ...UNKNOWN_PERSON, sex, ...age } }, null),
  );
}

function partsOf(condition: Condition): Condition[] {
  if ('leaf' in condition) return [];
  return 'not' in condition ? [condition.not] : 'all' in condition ? condition.all : condition.any;
}

it('what is said of one rule is so for everybody, and nothing that is so for everybody goes unsaid', () => {
  const told = { never: 0, always: 0, fine: 0 };
  fc.assert(
    fc.property(someFacts.chain(ruleFrom), (rule) => {
      const holdings = new Map(emptyHoldings(rule, catalogue).map((one) => [one.condition, one]));
      const visit = (condition: Condition, negated: boolean): boolean => {
        const isBelow = partsOf(condition)
          .map((part) => visit(part, negated !== 'not' in condition))
          .includes(true);
        const screen = compileScreen(condition, rule.kind, negated);
        const isAlways = (verdict: Verdict, population: Population) =>
          everybody(condition, population, 'all known').every((facts) => screen(facts) === verdict);
        const never = isAlways(negated ? FIRES : SILENT, rule.population);
        const always = isAlways(negated ? SILENT : FIRES, 'any');
        const holding = holdings.get(condition);
        if (holding) expect(holding.holds === 'never' ? never : always).toBe(true);
        else if (!isBelow) expect(never || always).toBe(false);
        told[holding?.holds ?? 'fine']++;
        return isBelow || holding !== undefined;
      };
      visit(rule.condition, false);
    }),
    { numRuns: 400 },
  );
  expect(Math.min(told.never, told.always, told.fine)).toBeGreaterThan(20);
});

it('what is said of two rules is so for everybody, and a laxer limit of a graver class never goes unsaid', () => {
  const told: Record<string, number> = {};
  const pairs = someFacts.chain((facts) => fc.tuple(ruleFrom(facts), ruleFrom(facts)));
  const analytes = (rule: Rule) =>
    [...new Set(rule.leaves.flatMap((leaf) => [...leaf.analytes]))].sort().join();
  fc.assert(
    fc.property(pairs, ([one, two]) => {
      const other = { ...two, kind: one.kind };
      const [meeting] = meetingRules([one, other], catalogue);
      told[meeting?.kind ?? 'nothing'] = (told[meeting?.kind ?? 'nothing'] ?? 0) + 1;
      const population = one.population === 'any' ? other.population : one.population;
      if (other.population !== 'any' && population !== other.population)
        return void expect(meeting).toBeUndefined();

      const both = { all: [one.condition, other.condition] };
      const fires = (rule: Rule, facts: Facts) => compileScreen(rule.condition, rule.kind)(facts) === FIRES;
      const isMet = everybody(both, population, 'all known').some(
        (facts) => fires(one, facts) && fires(other, facts),
      );
      const people = everybody(both, population, 'some missing');
      const isInside = (inner: Rule, outer: Rule) =>
        people.every((facts) => !fires(inner, facts) || fires(outer, facts));

      if (meeting) {
        expect(isMet).toBe(true);
        if (meeting.kind !== 'called-and-counted') expect(isInside(meeting.rule, meeting.other)).toBe(true);
        if (meeting.kind === 'same-conditions') expect(isInside(meeting.other, meeting.rule)).toBe(true);
        return;
      }
      if (!isMet || analytes(one) === '' || analytes(one) !== analytes(other)) return;
      for (const [inner, outer] of [
        [one, other],
        [other, one],
      ] as const) {
        const isLaxer =
          inner.event.class !== null && outer.event.class !== null && outer.event.class < inner.event.class;
        const isCall = outer.event.type === 'notify' && inner.population === outer.population;
        if (isLaxer && isCall) expect(isInside(inner, outer)).toBe(false);
      }
      expect([one, other].filter(({ event }) => event.type === 'count')).not.toHaveLength(1);
    }),
    { numRuns: 1000 },
  );
  expect(Object.keys(told)).toEqual(
    expect.arrayContaining(['called-and-counted', 'graver-is-laxer', 'nothing', 'same-conditions']),
  );
});
