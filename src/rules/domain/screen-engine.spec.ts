import fc from 'fast-check';
import {
  CARE_SETTINGS,
  type EarlierFacts,
  type Facts,
  type Interval,
  type MeasuredFact,
  type MeasuredValue,
  type PersonFacts,
} from '../../kernel/index.js';
import { COMPARISONS } from './compare.js';
import { judgeRule } from './judge.js';
import { type Over } from './over.js';
import { type Condition, type Leaf, type Rule } from './rule.js';
import { type Threshold } from './threshold.js';
import { buildRuleSet, makeReady } from './rule-set.js';
import { isWithin, spanOf } from './silent-band.js';
import { FIRES, SILENT, type Verdict } from './verdict.js';

/** How many pairs of rule and facts; `npm run test:agree` takes a million. */
const RUNS = Number(process.env.FIRSTCALL_AGREE_RUNS ?? 10_000);

/** Analytes a–d are numbers, o is ordinal, c a category; g is the group of a and b. */
const ANALYTES = ['a', 'b', 'c', 'd', 'o'] as const;
const PERSON = ['age', 'sex', 'pregnant', 'care-setting', 'history.h'] as const;
const FACTS = ['a', 'b', 'd', 'o', 'c', 'g', ...PERSON] as const;
const HOUR_MS = 3_600_000;
const NOW = Date.UTC(2026, 0, 10, 12);

const digit = fc.integer({ min: 0, max: 6 });
const interval = fc
  .tuple(fc.option(digit), fc.option(digit), fc.boolean(), fc.boolean())
  .map(([x, y, lowOpen, highOpen]): Interval => {
    const [low, high] = x !== null && y !== null && x > y ? [y, x] : [x, y];
    const isOpenable = low === null || low !== high;
    return {
      low: low === null ? null : String(low),
      high: high === null ? null : String(high),
      lowOpen: lowOpen && isOpenable,
      highOpen: highOpen && isOpenable,
    };
  });
const point = digit.map((low): Interval => ({ low: String(low), high: String(low), lowOpen: false, highOpen: false }));
const value: fc.Arbitrary<MeasuredValue | null> = fc.oneof(
  fc.constant(null),
  point.map((one): MeasuredValue => ({ kind: 'number', interval: one, unit: 'u' })),
  interval.map((one): MeasuredValue => ({ kind: 'number', interval: one, unit: 'u' })),
  interval.map((one): MeasuredValue => ({ kind: 'ordinal', interval: one })),
  interval.map((one): MeasuredValue => ({ kind: 'implausible', interval: one, unit: 'u' })),
  fc.array(point, { maxLength: 2 }).map((readings): MeasuredValue => ({ kind: 'unit-unknown', readings, unit: '?' })),
  fc.constantFrom('x', 'y', 'z').map((category): MeasuredValue => ({ kind: 'category', category })),
);
/** @param hours how long before the anchor */
const measured = (analyte: string, hours = 0): fc.Arbitrary<MeasuredFact> =>
  fc.record({
    measurement: fc.record({
      component: fc.constant(0),
      analyte: fc.constant(analyte),
      value,
      asSent: fc.constant('as sent'),
      ownLimit: fc.option(
        fc.oneof(
          fc.record({
            from: fc.constant('range' as const),
            high: digit.map(String),
            highInclusive: fc.boolean(),
            unit: fc.constantFrom('u', 'v'),
          }),
          fc.record({ from: fc.constant('interpretation' as const), flag: fc.constantFrom('above', 'within') }),
        ),
      ),
      ownLower: fc.option(
        fc.oneof(
          fc.record({ from: fc.constant('range' as const), low: digit.map(String), lowInclusive: fc.boolean(), unit: fc.constantFrom('u', 'v') }),
          fc.record({ from: fc.constant('interpretation' as const), flag: fc.constantFrom('below' as const, 'within' as const) }),
        ),
        { nil: undefined },
      ),
      doubts: fc.constant([]),
    }),
    source: fc.constant({
      observationId: `${analyte}-${hours}`,
      component: 0,
      at: new Date(NOW - hours * HOUR_MS).toISOString(),
      status: 'final',
    }),
  });
/** Up to four earlier results of an analyte, hours to days apart, newest first; two may be of one instant. */
const series = (analyte: string): fc.Arbitrary<MeasuredFact[]> =>
  fc
    .array(fc.constantFrom(0, 2, 12, 24, 30, 48, 72), { maxLength: 4 })
    .chain((hours) => fc.tuple(...[...hours].sort((a, b) => a - b).map((before) => measured(analyte, before))));
const earlier: fc.Arbitrary<EarlierFacts> = fc
  .tuple(...ANALYTES.map(series))
  .map((all) => new Map(all.map((list, i) => [ANALYTES[i] as string, list])));
const person: fc.Arbitrary<PersonFacts> = fc.record({
  sex: fc.option(fc.constantFrom('male', 'female')),
  ageYears: fc.option(digit),
  ageDays: fc.option(digit),
  pregnant: fc.option(fc.boolean()),
  careSetting: fc.option(fc.constantFrom(...CARE_SETTINGS)),
  answers: fc.option(fc.boolean()).map((answer) => new Map(answer === null ? [] : [['history.h', answer]])),
});
const facts: fc.Arbitrary<Facts> = fc
  .tuple(person, fc.tuple(...ANALYTES.map((analyte) => fc.option(measured(analyte)))), measured('a'), earlier)
  .map(([who, others, anchor, before]) => ({
    person: who,
    anchor,
    earlier: before,
    zone: 'Asia/Shanghai',
    others: new Map(others.flatMap((fact) => (fact && fact.measurement.analyte !== 'a' ? [[fact.measurement.analyte, fact] as const] : []))),
  }));

const window = fc.constantFrom(12, 24, 48).map((hours) => ({ written: `${hours} h`, ms: hours * HOUR_MS }));
const perhaps = fc.option(window);
const looking = { window, relative: fc.boolean(), floor: fc.constantFrom(null, '0') };
const over: fc.Arbitrary<Over> = fc.oneof(
  fc.record({ kind: fc.constant('previous' as const), window: perhaps }),
  fc.record({ ...looking, kind: fc.constant('change' as const), window: perhaps }),
  fc.record({ ...looking, kind: fc.constantFrom('rise' as const, 'fall' as const) }),
  fc.record({
    kind: fc.constant('rate' as const),
    window,
    per: fc.constant({ written: 'd', ms: 24 * HOUR_MS }),
    floor: fc.constant(null),
  }),
  fc.record({
    kind: fc.constant('count' as const),
    visits: fc.integer({ min: 1, max: 4 }),
    when: digit.map((limit) => ({
      operator: 'greaterThan',
      written: String(limit),
      unit: null,
      threshold: { kind: 'number' as const, comparison: 'greaterThan' as const, limit: String(limit) },
    })),
  }),
  fc.record({ kind: fc.constant('latest' as const), window }),
  fc.record({ kind: fc.constant('confirmed' as const), window }),
  fc.record({ kind: fc.constant('ever-before' as const), window: perhaps }),
);

type LeafShape = { fact: (typeof FACTS)[number]; seed: number; over: Over | null };
type Shape = { all: Shape[] } | { any: Shape[] } | { not: Shape } | LeafShape;
const leafShape: fc.Arbitrary<LeafShape> = fc.record({
  fact: fc.constantFrom(...FACTS),
  seed: fc.nat(1000),
  over: fc.option(over, { freq: 1 }),
});
const { shape } = fc.letrec<{ shape: Shape }>((tie) => ({
  shape: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    leafShape,
    fc.record({ all: fc.array(tie('shape'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('shape'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ not: tie('shape') }),
  ),
}));

function thresholdOf(fact: string, seed: number, how: Over | null): Threshold {
  const comparison = COMPARISONS[seed % COMPARISONS.length] ?? 'equal';
  const limit = String(seed % 7);
  if (how?.kind === 'count') return { kind: 'number', comparison, limit: String(seed % 5) };
  if (how && ['change', 'rise', 'fall', 'rate'].includes(how.kind)) {
    return { kind: 'number', comparison, limit: String((seed % 13) - 6) };
  }
  if (fact === 'care-setting') return { kind: 'person-word', words: new Set(['home']), inside: seed % 2 === 0 };
  if (fact === 'history.h') {
    const known = seed % 3 === 0 ? ({ known: true } as const) : null;
    return { kind: 'person-word', words: new Set(['true']), inside: seed % 2 === 0, ...known };
  }
  if (fact === 'age') return { kind: 'person-number', comparison, limit, unit: seed % 2 ? 'a' : 'd' };
  if (fact === 'sex') return { kind: 'person-word', words: new Set(['male']), inside: seed % 2 === 0 };
  if (fact === 'pregnant') return { kind: 'person-word', words: new Set(['true']), inside: seed % 2 === 0 };
  if (fact === 'c') return { kind: 'category', categories: new Set(['x']), inside: seed % 2 === 0 };
  if (fact === 'o') return { kind: 'ordinal', comparison, limit };
  if (seed % 5 === 0) {
    return { kind: 'own-limit', end: seed % 2 ? 'high' : 'low', times: String(1 + (seed % 2)), inclusive: seed % 3 === 0 };
  }
  if (seed % 7 === 0) return { kind: 'microscopy', limit, grade: '2' };
  return { kind: 'number', comparison, limit };
}

function ruleOf(root: Shape, kind: Rule['kind']): Rule {
  const leaves: Leaf[] = [];
  const build = (node: Shape, negated: boolean): Condition => {
    if ('all' in node) return { all: node.all.map((part) => build(part, negated)) };
    if ('any' in node) return { any: node.any.map((part) => build(part, negated)) };
    if ('not' in node) return { not: build(node.not, !negated) };
    const { fact, seed } = node;
    const isPerson = (PERSON as readonly string[]).includes(fact);
    const how = isPerson ? null : node.over;
    const threshold = thresholdOf(fact, seed, how);
    const leaf: Leaf = {
      index: leaves.length,
      fact,
      analytes: new Set(isPerson ? [] : fact === 'g' ? ['a', 'b'] : [fact]),
      operator: `${threshold.kind}${seed % 3}`,
      over: how,
      value: seed,
      unit: null,
      written: String(seed),
      threshold,
      negated,
    };
    leaves.push(leaf);
    return { leaf };
  };
  const condition = build(root, false);
  return {
    id: 'pack/random', pack: 'pack', kind, title: { zh: '甲', en: 'a' }, source: 's', population: 'any', condition, leaves,
    event: { type: 'notify', class: 'B', advice: { zh: '复查' }, reason: null }, review: null,
    status: null, owner: 'o', reviewBy: '2027-01-01', file: 'f', line: 1,
  };
}

const pair = fc.tuple(shape, fc.constantFrom<Rule['kind']>('critical', 'stratification', 'vitals'), facts);

it(`screen and engine agree on random rules and facts (${RUNS} pairs)`, async () => {
  const seen = new Set<Verdict>();
  await fc.assert(
    fc.asyncProperty(pair, async ([root, kind, around]) => {
      const ready = makeReady(ruleOf(root, kind));
      const verdict = ready.screen(around);
      seen.add(verdict);
      const { fires } = await ready.engine.run(around);
      expect(fires).toBe(verdict === FIRES);
      // judgeRule throws when the two differ, whatever the verdict.
      await judgeRule(ready, around);
    }),
    { numRuns: RUNS },
  );
  // Every verdict has been met, or the test would prove little.
  expect(seen.size).toBe(5);
}, RUNS * 10);

it('what lies in the silent band of a rule is silent, whatever else is known', () => {
  let spared = 0;
  fc.assert(
    fc.property(shape, fc.constantFrom<Rule['kind']>('critical', 'stratification', 'vitals'), facts, (root, kind, around) => {
      const ruleSet = buildRuleSet('v', [ruleOf(root, kind)]);
      const { analyte, value: measured } = around.anchor.measurement;
      for (const { screen, silent } of ruleSet.byAnalyte.get(analyte) ?? []) {
        if (!isWithin(spanOf(measured), silent)) continue;
        spared++;
        expect(screen(around)).toBe(SILENT);
      }
    }),
    { numRuns: RUNS },
  );
  expect(spared).toBeGreaterThan(RUNS / 200);
}, RUNS * 10);

it('many results at once do not disturb each other in the engine', async () => {
  const rule = ruleOf({ fact: 'a', seed: 1, over: null }, 'critical');
  const ready = makeReady(rule);
  const samples = fc.sample(facts, 50);
  const alone: boolean[] = [];
  for (const one of samples) alone.push((await ready.engine.run(one)).fires);
  const together = await Promise.all(samples.map((one) => ready.engine.run(one)));
  expect(together.map(({ fires }) => fires)).toEqual(alone);
});

/** A rule that fires must fire whatever an uncertain value really was: each interval is narrowed to one of its numbers. */
it('what fires on an interval fires on every number in it, and what is silent stays silent', () => {
  fc.assert(
    fc.property(shape, facts, fc.nat(100), (root, around, pick) => {
      const { screen, rule } = makeReady(ruleOf(root, 'stratification'));
      // A span of cells is judged as its source prints it, not number by number.
      fc.pre(!rule.leaves.some(({ threshold }) => threshold.kind === 'microscopy'));
      // A percentage of nothing is no number: a value narrowed to zero says less, not more, than the interval around it.
      fc.pre(!rule.leaves.some(({ over: how }) => how && 'relative' in how && how.relative));
      const verdict = screen(around);
      fc.pre(verdict === 0 || verdict === 4);
      const anchor = narrowed(around.anchor, pick);
      const others = new Map([...around.others].map(([id, fact]) => [id, narrowed(fact, pick)]));
      const before = new Map([...around.earlier].map(([id, facts]) => [id, facts.map((fact, i) => narrowed(fact, (pick * (i + 3)) % 101))]));
      expect(screen({ ...around, anchor, others, earlier: before })).toBe(verdict);
    }),
    { numRuns: 2000 },
  );
});

function narrowed(fact: MeasuredFact, pick: number): MeasuredFact {
  const { value: whole } = fact.measurement;
  if (whole?.kind !== 'number' && whole?.kind !== 'ordinal') return fact;
  const { low, high, lowOpen, highOpen } = whole.interval;
  const from = low === null ? -3 : Number(low) + (lowOpen ? 0.25 : 0);
  const to = high === null ? 9 : Number(high) - (highOpen ? 0.25 : 0);
  const number = String(from + Math.round((to - from) * 4 * (pick / 100)) / 4);
  const interval: Interval = { low: number, high: number, lowOpen: false, highOpen: false };
  return { ...fact, measurement: { ...fact.measurement, value: { ...whole, interval } } };
}
