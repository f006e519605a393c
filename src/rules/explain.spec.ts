import fc from 'fast-check';
import { Decimal } from 'decimal.js';
import '../../test/support/property-seed.js';
import { file } from '../../test/support/one-rule.js';
import { exactly, type Facts, type MeasuredFact, type MeasuredValue, NOTHING_EARLIER, UNKNOWN_PERSON } from '../kernel/index.js';
import { loadVocabulary } from '../terminology/index.js';
import { explain } from './domain/explain/explain.js';
import { type Change, type Explanation } from './domain/explain/explanation.js';
import { exampleFacts } from './domain/files/check-examples.js';
import { readRules } from './domain/files/read-rules.js';
import { judgeRule } from './domain/judge.js';
import { type Outcome, type Rule } from './domain/rule.js';
import { analytesOf, makeReady } from './domain/rule-set.js';
import { catalogueOf } from './domain/vocabulary-catalogue.js';
import { readFiles } from './read-files.js';

const catalogue = catalogueOf(loadVocabulary('vocabulary'));
const zone = 'Asia/Shanghai';
const AT = '2026-03-02T00:15:00.000Z';

async function ruleWith(conditions: string, kind = 'critical'): Promise<Rule> {
  const text = file({ kind, conditions, examples: ['{ facts: {}, expect: unknown }'], population: 'any' });
  const { placed, faults } = await readRules([{ path: 'pack/a.yaml', text }], catalogue);
  if (!placed[0]) throw new Error(JSON.stringify(faults));
  return placed[0].rule;
}

/** A result as a laboratory sends it, e.g. `126 mg/dL`; days before the anchor. */
function result(analyte: string, asSent: string, days = 0): MeasuredFact {
  const measurement = { component: 0, analyte, value: catalogue.read(analyte, asSent), asSent, ownLimit: null, doubts: [] };
  const at = new Date(Date.parse(AT) - days * 86_400_000).toISOString();
  return { measurement, source: { observationId: `${analyte}-${days}`, component: 0, at, status: 'final' } };
}

function factsOf([anchor, ...rest]: MeasuredFact[], person = UNKNOWN_PERSON): Facts {
  const now = rest.filter(({ source }) => source.at === AT);
  const before = rest.filter(({ source }) => source.at !== AT);
  const earlier = new Map<string, MeasuredFact[]>();
  for (const one of before) earlier.set(one.measurement.analyte, [...(earlier.get(one.measurement.analyte) ?? []), one]);
  const others = new Map(now.map((one) => [one.measurement.analyte, one]));
  return { person, anchor: anchor!, others, earlier: before.length > 0 ? earlier : NOTHING_EARLIER, zone };
}

async function explained(rule: Rule, facts: Facts): Promise<{ outcome: Outcome; explanation: Explanation }> {
  const outcome = await judgeRule(makeReady(rule), facts);
  // As it comes back from the database.
  const evidence = JSON.parse(JSON.stringify(outcome.evidence)) as Outcome['evidence'];
  return { outcome, explanation: explain(rule, evidence, { catalogue, zone })! };
}

const stands = ({ truth, couldFire }: Outcome) => truth === 'fires' || couldFire;

/** The value that a change says, as the laboratory would have sent it when it says so. */
function valueOf({ to, asSent }: Change, analyte: string, as: 'compared' | 'sent'): MeasuredValue | null {
  if (to === null) return { kind: 'text', text: '', codings: [] };
  const known = catalogue.get(analyte);
  if (known?.kind === 'category') return { kind: 'category', category: to };
  return catalogue.read(analyte, as === 'sent' && asSent !== null ? asSent : to);
}

/** The facts with every change applied, found by the rule's own conditions. */
function applied(facts: Facts, rule: Rule, { changes }: { changes: readonly Change[] }, as: 'compared' | 'sent' = 'compared'): Facts {
  const change = (fact: MeasuredFact): MeasuredFact => {
    const found = changes.find(
      ({ observationId, conditions }) =>
        observationId === fact.source.observationId &&
        conditions.some((index) => rule.leaves[index]!.analytes.has(fact.measurement.analyte)),
    );
    if (!found) return fact;
    const flagged = found.to === 'N' ? { ownLimit: { from: 'interpretation', flag: 'within' } as const } : null;
    const { measurement } = fact;
    return { ...fact, measurement: { ...measurement, ...(flagged ?? { value: valueOf(found, measurement.analyte, as) }) } };
  };
  const person = { ...facts.person };
  for (const { observationId, conditions, to } of changes) {
    if (observationId !== null) continue;
    const { fact, threshold } = rule.leaves[conditions[0]!]!;
    if (fact === 'sex') person.sex = to as 'male';
    else if (fact === 'pregnant') person.pregnant = to === 'true';
    else if (fact === 'care-setting') person.careSetting = to as 'home';
    else if (fact !== 'age') person.answers = new Map(person.answers).set(fact, to === 'true');
    else if (threshold.kind === 'person-number' && threshold.unit === 'd') person.ageDays = Number(to);
    else person.ageYears = Number(to);
  }
  return {
    ...facts,
    person,
    anchor: change(facts.anchor),
    others: new Map([...facts.others].map(([analyte, fact]) => [analyte, change(fact)])),
    earlier: new Map([...facts.earlier].map(([analyte, all]) => [analyte, all.map(change)])),
  };
}

const below = (fact: string, limit: string, unit: string) => `{ fact: ${fact}, operator: lessThan, value: ${limit}, unit: ${unit} }`;

it.each([
  ['below a limit', `{ all: [${below('hb', '60', 'g/L')}] }`, [result('hb', '58 g/L')], '血红蛋白 58 g/L → ≥ 60 g/L'],
  ['in the unit as sent', `{ all: [${below('hb', '60', 'g/L')}] }`, [result('hb', '5.8 g/dL')], '血红蛋白 58 g/L → ≥ 60 g/L（报告单位 ≥ 6.0 g/dL）'],
  [
    'of a mass unit',
    '{ all: [{ fact: glucose-fasting, operator: greaterThanInclusive, value: 7.0, unit: mmol/L }] }',
    [result('glucose-fasting', '126 mg/dl')],
    '空腹血糖 7.0 mmol/L → ≤ 6.9 mmol/L（报告单位 ≤ 125 mg/dl）',
  ],
  [
    'to the digit of the sender',
    '{ all: [{ fact: wbc, operator: lessThanInclusive, value: 3.0, unit: 10*9/L }] }',
    [result('wbc', '2900 /uL')],
    '白细胞计数 2.9 ×10⁹/L → ≥ 3.1 ×10⁹/L（报告单位 ≥ 3001 /uL）',
  ],
  [
    'of a span across the limit',
    '{ all: [{ fact: wbc, operator: lessThanInclusive, value: 3.0, unit: 10*9/L }] }',
    [result('wbc', '<5 10*9/L')],
    '白细胞计数 <5 ×10⁹/L → ≥ 3.1 ×10⁹/L（报告单位 ≥ 4 10*9/L）',
  ],
  [
    'of a grade',
    "{ all: [{ fact: urine-protein, operator: greaterThanInclusive, value: '++' }] }",
    [result('urine-protein', '+++')],
    '尿蛋白 +++ → ≤ +',
  ],
  [
    'of what happened since the last time',
    '{ all: [{ fact: hb, operator: greaterThanInclusive, value: 20, unit: g/L, params: { over: fall, within: 90 d } }] }',
    [result('hb', '80 g/L'), result('hb', '120 g/L', 30)],
    '血红蛋白 80 g/L → ≥ 101 g/L',
  ],
])('the smallest change %s', async (_what, conditions, results, says) => {
  const rule = await ruleWith(conditions, 'stratification');
  const { explanation } = await explained(rule, factsOf(results));
  expect(explanation.smallestChange).toMatchObject({ then: 'silent', changes: [{ says: { zh: says } }] });
});

it('of conditions that must all hold the nearest is enough; of those of which one is, all that hold must go', async () => {
  const [hb, wbc] = [below('hb', '60', 'g/L'), below('wbc', '3.0', '10*9/L')];
  const facts = factsOf([result('hb', '50 g/L'), result('wbc', '2.9 10*9/L')]);
  const both = await explained(await ruleWith(`{ all: [${hb}, ${wbc}] }`), facts);
  expect(both.explanation.smallestChange!.changes.map(({ says }) => says.en)).toEqual([
    expect.stringContaining('2.9 ×10⁹/L → ≥ 3.0 ×10⁹/L') as string,
  ]);
  const either = await explained(await ruleWith(`{ any: [${hb}, ${wbc}] }`), facts);
  expect(either.explanation.smallestChange!.changes).toHaveLength(2);
  const missing = await explained(await ruleWith(`{ any: [${hb}, ${wbc}] }`), factsOf([result('hb', '50 g/L')]));
  expect(missing.explanation.smallestChange).toMatchObject({ then: 'unknown', changes: [{ to: '60' }] });
});

it('one value that two conditions see is changed once, far enough for both', async () => {
  const rule = await ruleWith(`{ any: [${below('hb', '60', 'g/L')}, { all: [${below('hb', '90', 'g/L')}, { fact: sex, operator: equal, value: female }] }] }`);
  const facts = factsOf([result('hb', '58 g/L')], { ...UNKNOWN_PERSON, sex: 'female' });
  const { explanation } = await explained(rule, facts);
  expect(explanation.smallestChange!.changes).toEqual([expect.objectContaining({ to: '90', conditions: [0, 1] })]);
});

it('the tree tells each part as it is written, with value, unit and time', async () => {
  const rule = await ruleWith(`{ all: [${below('hb', '60', 'g/L')}, { not: { fact: sex, operator: equal, value: male } }] }`);
  const { explanation } = await explained(rule, factsOf([result('hb', '5.8 g/dL')]));
  expect(explanation.condition).toMatchObject({
    kind: 'all',
    truth: 'fires',
    parts: [
      {
        says: { zh: '血红蛋白 低于 60 g/L' },
        truth: 'fires',
        value: { asSent: '5.8 g/dL', converted: '58', unit: 'g/L', at: AT, localTime: '2026-03-02 08:15' },
      },
      { kind: 'not', truth: 'fires', parts: [{ says: { zh: '性别：男性' }, truth: 'unknown', value: null }] },
    ],
  });
  expect(explanation.unknown).toEqual([
    expect.objectContaining({ condition: 1, why: { zh: '档案中没有记录，按较严的一侧处理', en: expect.any(String) as string } }),
  ]);
});

it('of a text the words that decided are quoted where they stand', async () => {
  const rules = await readRules(await readFiles('rules'), catalogue);
  const { rule } = rules.placed.find((one) => one.rule.id === 'important-results/imaging-malignancy')!;
  const [analyte = ''] = rule.leaves[0]!.analytes;
  const text = '双肺纹理清晰。右肺上叶结节，考虑恶性可能，建议增强CT。';
  const { explanation, outcome } = await explained(rule, factsOf([result(analyte, text)], { ...UNKNOWN_PERSON, ageYears: 50 }));
  expect(outcome.truth).toBe('fires');
  const [leaf] = 'parts' in explanation.condition ? explanation.condition.parts : [];
  const quotes = leaf?.kind === 'condition' ? leaf.quotes : [];
  const { phrase, start } = quotes.find(({ reading }) => reading === 'suspected')!;
  expect(phrase).toContain('恶性');
  expect(text.slice(start!, start! + phrase.length)).toBe(phrase);
});

describe('what was unknown, and why', () => {
  it.each([
    ['no unit', `{ all: [${below('hb', '60', 'g/L')}] }`, { kind: 'unit-unknown', readings: [exactly('50')], unit: 'g/L' }, '单位缺失或不明'],
    ['an impossible number', `{ all: [${below('hb', '60', 'g/L')}] }`, { kind: 'implausible', interval: exactly('1'), unit: 'g/L' }, '数值超出人体可能的范围'],
    ['a span', `{ all: [${below('hb', '60', 'g/L')}] }`, { kind: 'number', interval: { low: '50', high: '70', lowOpen: false, highOpen: false }, unit: 'g/L' }, '结果可能在界值的任一侧'],
    ['nothing readable', `{ all: [${below('hb', '60', 'g/L')}] }`, null, '结果读不懂'],
  ] as const)('%s', async (_what, conditions, value, why) => {
    const hb = result('hb', '50');
    const { explanation } = await explained(await ruleWith(conditions), factsOf([{ ...hb, measurement: { ...hb.measurement, value: value as MeasuredValue | null } }]));
    expect(explanation.unknown).toMatchObject([{ why: { zh: why } }]);
  });
});

it('every example of the shipped packs that calls or asks a doctor is explained, and its smallest change silences it', async () => {
  const { placed } = await readRules(await readFiles('rules'), catalogue);
  let proved = 0;
  const unexplained: string[] = [];
  for (const { rule, examples } of placed) {
    const ready = makeReady(rule);
    for (const example of examples) {
      const facts = apart(exampleFacts(example, analytesOf(rule)));
      const { outcome, explanation } = await explained(rule, facts);
      if (!stands(outcome) || rule.leaves.some(({ analytes }) => analytes.size > 1 && !analytes.has(facts.anchor.measurement.analyte))) continue;
      const { smallestChange } = explanation;
      const after = smallestChange && (await judgeRule(ready, applied(facts, rule, smallestChange)));
      if (after && !stands(after) && after.truth === smallestChange.then) proved++;
      else unexplained.push(`${rule.id} ${JSON.stringify(example.measured.values().next().value?.measurement)} ${JSON.stringify(smallestChange)}`);
    }
  }
  expect(unexplained).toEqual([]);
  expect(proved).toBeGreaterThan(300);
});

/** Results of an example are told apart by their time. */
function apart(facts: Facts): Facts {
  const own = (fact: MeasuredFact): MeasuredFact => ({ ...fact, source: { ...fact.source, observationId: `${fact.measurement.analyte} ${fact.source.at}` } });
  return {
    ...facts,
    anchor: own(facts.anchor),
    others: new Map([...facts.others].map(([analyte, fact]) => [analyte, own(fact)])),
    earlier: new Map([...facts.earlier].map(([analyte, all]) => [analyte, all.map(own)])),
  };
}

describe('of random rules and results', () => {
  const number = (most: number, digits: number) => fc.integer({ min: 1, max: most * 10 ** digits }).map((n) => (n / 10 ** digits).toFixed(digits));
  const operator = fc.constantFrom('lessThan', 'lessThanInclusive', 'greaterThan', 'greaterThanInclusive');
  const LEAVES = fc.oneof(
    fc.tuple(operator, number(300, 0)).map(([op, limit]) => `{ fact: hb, operator: ${op}, value: ${limit}, unit: g/L }`),
    fc.tuple(operator, number(30, 1)).map(([op, limit]) => `{ fact: wbc, operator: ${op}, value: ${limit}, unit: 10*9/L }`),
    fc.tuple(operator, number(30, 1)).map(([op, limit]) => `{ fact: glucose-fasting, operator: ${op}, value: ${limit}, unit: mmol/L }`),
    fc.tuple(operator, fc.constantFrom('+', '++', '+++')).map(([op, grade]) => `{ fact: urine-protein, operator: ${op}, value: '${grade}' }`),
    fc.constantFrom('male', 'female').map((sex) => `{ fact: sex, operator: equal, value: ${sex} }`),
    fc.tuple(operator, number(90, 0)).map(([op, limit]) => `{ fact: age, operator: ${op}, value: ${limit} }`),
    fc.tuple(operator, number(60, 0)).map(([op, limit]) => `{ fact: hb, operator: ${op}, value: ${limit}, unit: g/L, params: { over: fall, within: 90 d } }`),
    fc.tuple(operator, number(200, 0)).map(([op, limit]) => `{ fact: hb, operator: ${op}, value: ${limit}, unit: g/L, params: { over: confirmed, within: 90 d } }`),
  );
  const { tree } = fc.letrec<{ tree: string }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 2 },
      LEAVES,
      fc.array(tie('tree'), { minLength: 1, maxLength: 3 }).map((parts) => `{ all: [${parts.join(', ')}] }`),
      fc.array(tie('tree'), { minLength: 1, maxLength: 3 }).map((parts) => `{ any: [${parts.join(', ')}] }`),
      tie('tree').map((part) => `{ not: ${part} }`),
    ),
  }));
  const rule = fc.tuple(LEAVES, tree, fc.constantFrom('all', 'any')).map(([leaf, part, kind]) => `{ ${kind}: [${leaf}, ${part}] }`);
  const facts = fc
    .record({
      hb: fc.oneof(number(299, 0).map((n) => `${n} g/L`), number(29, 1).map((n) => `${n} g/dL`), fc.constantFrom('<90 g/L', '50-70 g/L')),
      before: fc.option(number(299, 0).map((n) => `${n} g/L`)),
      wbc: fc.option(fc.oneof(number(30, 1).map((n) => `${n} 10*9/L`), number(30000, 0).map((n) => `${n} /uL`))),
      glucose: fc.option(fc.oneof(number(30, 1).map((n) => `${n} mmol/L`), number(500, 0).map((n) => `${n} mg/dL`))),
      protein: fc.option(fc.constantFrom('-', '±', '+', '++', '+++', '++++')),
      sex: fc.option(fc.constantFrom('male' as const, 'female' as const)),
      age: fc.option(fc.integer({ min: 1, max: 99 })),
    })
    .map(({ hb, before, wbc, glucose, protein, sex, age }) =>
      factsOf(
        [
          result('hb', hb),
          ...(before === null ? [] : [result('hb', before, 30)]),
          ...(wbc === null ? [] : [result('wbc', wbc)]),
          ...(glucose === null ? [] : [result('glucose-fasting', glucose)]),
          ...(protein === null ? [] : [result('urine-protein', protein)]),
        ],
        { ...UNKNOWN_PERSON, sex, ageYears: age, ageDays: age === null ? null : age * 365 },
      ),
    );

  it('the smallest change silences, as compared and as sent; and of one number nothing a last digit nearer does', async () => {
    const met = { changed: 0, minimal: 0, none: 0 };
    await fc.assert(
      fc.asyncProperty(rule, facts, fc.constantFrom('critical', 'stratification'), async (conditions, around, kind) => {
        const text = file({ kind, conditions, examples: ['{ facts: {}, expect: unknown }'], population: 'any' });
        const { placed } = await readRules([{ path: 'pack/a.yaml', text }], catalogue);
        fc.pre(placed.length === 1);
        const one = placed[0]!.rule;
        const { outcome, explanation } = await explained(one, around);
        const { smallestChange } = explanation;
        if (!stands(outcome)) return expect(smallestChange).toBeNull();
        if (!smallestChange) return void met.none++;
        met.changed++;
        for (const as of ['compared', 'sent'] as const) {
          const after = await judgeRule(makeReady(one), applied(around, one, smallestChange, as));
          expect(stands(after)).toBe(false);
          if (as === 'compared') expect(after.truth).toBe(smallestChange.then);
        }
        const [change, ...more] = smallestChange.changes;
        if (more.length > 0 || change!.reaches === 'only' || !/^\d/.test(change!.to ?? '')) return;
        met.minimal++;
        for (const nearer of nearerThan(change!)) {
          const after = await judgeRule(makeReady(one), applied(around, one, { changes: [nearer] }, nearer.asSent ? 'sent' : 'compared'));
          expect(stands(after)).toBe(true);
        }
      }),
      { numRuns: 800 },
    );
    expect(met.changed).toBeGreaterThan(200);
    expect(met.minimal).toBeGreaterThan(100);
    // Values that would have to be impossible, and earlier results that nobody believed.
    expect(met.none).toBeLessThan(met.changed / 6);
  }, 120_000);

  /** One unit of the last digit nearer to what was seen: compared, and as sent. */
  function nearerThan(change: Change): Change[] {
    const back = change.reaches === 'up' ? -1 : 1;
    const step = (digits: string) => new Decimal(10).pow(-(digits.split('.')[1]?.length ?? 0)).times(back);
    const moved = (digits: string) => new Decimal(digits).plus(step(digits)).toFixed(digits.split('.')[1]?.length ?? 0);
    const [sent, ...unit] = change.asSent?.split(' ') ?? [];
    return [
      { ...change, to: moved(change.to!), asSent: null },
      ...(sent === undefined ? [] : [{ ...change, asSent: [moved(sent), ...unit].join(' ') }]),
    ];
  }
});
