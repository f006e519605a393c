import { changes, strengthOf } from '../../../../test/support/one-rule.js';

const WBC = '{ fact: wbc, operator: lessThanInclusive, value: 3.0, unit: 10*9/L }';

it.each<[string, string, string[], string]>([
  [
    'a fall within a time',
    '{ all: [{ fact: hb, operator: greaterThanInclusive, value: 30, unit: g/L, params: { over: fall, within: 90 d } }] }',
    [
      '界值 30 → 29',
      '界值 30 → 31',
      '运算符 greaterThanInclusive → greaterThan',
      '运算符 greaterThanInclusive → lessThanInclusive',
      '去掉 over: fall',
      'over fall → rise',
      '时间窗 90 d → 89 d',
      '时间窗 90 d → 91 d',
      ...['s', 'min', 'h', 'wk', 'mo', 'a'].map((unit) => `时间窗 90 d → 90 ${unit}`),
    ],
    // A change of 30 %, not of 30 g/L.
    '单位 g/L → %',
  ],
  [
    'a rate, by any other time',
    '{ all: [{ fact: hb, operator: lessThanInclusive, value: -0.2, unit: g/L/d, params: { over: rate, within: 1 mo } }] }',
    [
      '界值 -0.2 → -0.3',
      '界值 -0.2 → -0.1',
      '运算符 lessThanInclusive → lessThan',
      '运算符 lessThanInclusive → greaterThanInclusive',
      '时间窗 1 mo → 2 mo',
      ...['s', 'min', 'h', 'd', 'wk', 'a'].map((unit) => `时间窗 1 mo → 1 ${unit}`),
    ],
    '单位 g/L/d → g/L/wk',
  ],
  [
    'how often in so many visits',
    '{ all: [{ fact: hb, operator: greaterThanInclusive, value: 2, params: { over: count, visits: 3, when: { operator: lessThan, value: 90, unit: g/L } } }] }',
    [
      '界值 2 → 1',
      '界值 2 → 3',
      '运算符 greaterThanInclusive → greaterThan',
      '运算符 greaterThanInclusive → lessThanInclusive',
      '次数 3 → 2',
      '次数 3 → 4',
      '界值 90 → 89',
      '界值 90 → 91',
      '运算符 lessThan → lessThanInclusive',
      '运算符 lessThan → greaterThan',
    ],
    '单位 g/L → g/dL',
  ],
  [
    'a change in percent of a value in percent',
    "{ all: [{ fact: hba1c, operator: greaterThan, value: 5, unit: '%', params: { over: change, as: points } }] }",
    [
      '界值 5 → 4',
      '界值 5 → 6',
      '运算符 greaterThan → greaterThanInclusive',
      '运算符 greaterThan → lessThan',
      '去掉 over: change',
    ],
    'as points → percent',
  ],
])('changes made to %s', async (_, conditions, expected, unit) => {
  const made = await changes(conditions);
  expect(made.filter((what) => !/^(单位|as)/.test(what))).toEqual(expected);
  expect(made).toContain(unit);
});

const HB_LOW = 'fact: hb, operator: lessThan, value: 90, unit: g/L';
const hb = (operator: string, value: string, unit: string, params: string): string =>
  `{ all: [{ fact: hb, operator: ${operator}, value: ${value}, unit: '${unit}', params: { ${params} } }] }`;

it.each([
  hb('greaterThanInclusive', '30', 'g/L', 'over: fall, within: 90 d'),
  hb('greaterThan', '20', 'g/L', 'over: rise, within: 48 h'),
  hb('lessThanInclusive', '-20', 'g/L', 'over: change'),
  hb('lessThanInclusive', '-25', '%', 'over: change, within: 30 d'),
  hb('lessThanInclusive', '-2', 'g/L/d', 'over: rate, within: 30 d'),
  `{ all: [{ ${HB_LOW}, params: { over: confirmed, within: 3 mo } }] }`,
  `{ all: [{ ${HB_LOW} }, { not: { ${HB_LOW}, params: { over: ever-before } } }] }`,
  `{ all: [{ ${HB_LOW}, params: { over: previous, within: 1 a } }] }`,
  `{ all: [{ fact: hb, operator: greaterThanInclusive, value: 2, params: { over: count, visits: 3, when: { operator: lessThan, value: 90, unit: g/L } } }] }`,
  `{ all: [{ ${HB_LOW}, params: { over: latest, within: 1 d } }, ${WBC}] }`,
])('an example that would notice is proposed for each, %s', async (conditions) => {
  const written = { kind: 'vitals', conditions, examples: ['{ facts: {}, expect: unknown }'] };
  const { survivors, mutants } = await strengthOf(written);
  expect(survivors.filter(({ example }) => example === null)).toEqual([]);
  const examples = [...written.examples, ...new Set(survivors.map(({ example }) => example!))];
  const held = await strengthOf({ ...written, examples });
  expect(held).toEqual({ mutants, noticed: mutants, survivors: [], equal: [], unmeasured: [] });
});
