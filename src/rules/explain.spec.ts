import { applied, AT, catalogue, explained, factsOf, result, ruleWith, stands } from '../../test/support/explaining.js';
import { exactly, type Facts, type MeasuredFact, type MeasuredValue, UNKNOWN_PERSON } from '../kernel/index.js';
import { exampleFacts } from './domain/files/check-examples.js';
import { readRules } from './domain/files/read-rules.js';
import { judgeRule } from './domain/judge.js';
import { analytesOf, makeReady } from './domain/rule-set.js';
import { readFiles } from './read-files.js';

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
    '白细胞计数 2.9 ×10⁹/L → ≥ 3.001 ×10⁹/L（报告单位 ≥ 3001 /uL）',
  ],
  [
    'of a span across the limit',
    '{ all: [{ fact: wbc, operator: lessThanInclusive, value: 3.0, unit: 10*9/L }] }',
    [result('wbc', '<5 10*9/L')],
    '白细胞计数 <5 ×10⁹/L → ≥ 3.1 ×10⁹/L（报告单位 ≥ 4 10*9/L）',
  ],
  [
    'of more than, on the limit and not nearer to what was silent already',
    '{ all: [{ fact: ck, operator: greaterThan, value: 2000, unit: U/L }] }',
    [result('ck', '>1000 U/L')],
    '肌酸激酶 >1000 U/L → ≤ 2000 U/L',
  ],
  [
    'of a span under the microscope',
    "{ all: [{ fact: urine-rbc, operator: microscopyAbove, value: 15, unit: '/[HPF]', params: { grade: '++' } }] }",
    [result('urine-rbc', '10-30 /[HPF]')],
    '尿红细胞(镜检) 10–30 /HP → ≤ 15 /HP',
  ],
  [
    'of a range, both ends in a unit of their own',
    `{ all: [${below('hb', '60', 'g/L')}] }`,
    [{ ...result('hb', '4-5 g/dL'), measurement: { ...result('hb', '4-5 g/dL').measurement, asSent: '4 g/dL-5 g/dL' } }],
    '血红蛋白 40–50 g/L → ≥ 60 g/L（报告单位 ≥ 6 g/dL）',
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
  const rule = await ruleWith(conditions, 'vitals');
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
      if (!stands(outcome)) continue;
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
