import { changes, file, strengthOf, type Written } from '../../../../test/support/one-rule.js';

/** What stands in the file where a change was made, to the next comma or bracket. */
function textAt(written: Written, path: string): string {
  const [, line = 0, column = 0] = path.split(':').map(Number);
  return file(written).split('\n')[line - 1]!.slice(column - 1).split(/[,}]/)[0]!.trim();
}

const WBC = '{ fact: wbc, operator: lessThanInclusive, value: 3.0, unit: 10*9/L }';

const MARKER = '{ fact: cea, operator: aboveOwnLimit, value: 1.5 }';

describe('changes made', () => {
  it.each<[string, string, string[]]>([
    [
      'limit, operator and unit of a number',
      `{ all: [${WBC}] }`,
      [
        '界值 3.0 → 2.9',
        '界值 3.0 → 3.1',
        '运算符 lessThanInclusive → lessThan',
        '运算符 lessThanInclusive → greaterThanInclusive',
        '单位 10*9/L → /uL',
        '单位 10*9/L → 10*12/L',
      ],
    ],
    [
      'grades',
      '{ all: [{ fact: urine-protein, operator: greaterThanInclusive, value: + }] }',
      [
        '分级 + → ±',
        '分级 + → ++',
        '运算符 greaterThanInclusive → greaterThan',
        '运算符 greaterThanInclusive → lessThanInclusive',
      ],
    ],
    [
      'limit and grade of microscopy',
      "{ all: [{ fact: urine-wbc, operator: microscopyAbove, value: 15, unit: '/[HPF]', params: { grade: ++ } }] }",
      ['界值 15 → 14', '界值 15 → 16', '分级 ++ → +', '分级 ++ → +++'],
    ],
    [
      "multiples of the report's own limit",
      `{ all: [${MARKER}] }`,
      ['界值 1.5 → 1.4', '界值 1.5 → 1.6', '运算符 aboveOwnLimit → reachesOwnLimit'],
    ],
    [
      'categories that fire',
      '{ all: [{ fact: cytology, operator: in, value: [HSIL, cancer] }] }',
      [
        '去掉类别 HSIL',
        '去掉类别 cancer',
        ...['NILM', 'ASC-US', 'ASC-H', 'LSIL', 'AGC', 'AIS', 'unsatisfactory'].map((one) => `加上类别 ${one}`),
        '运算符 in → notIn',
      ],
    ],
    [
      'age, sex and pregnancy, groups and negation',
      `{ all: [${MARKER}, { any: [{ fact: age, operator: greaterThan, value: 40, unit: a }, { fact: sex, operator: equal, value: female }] }, { not: { fact: pregnant, operator: equal, value: true } }] }`,
      [
        'all → any',
        '去掉条件 cea aboveOwnLimit 1.5',
        '去掉条件 any',
        '去掉条件 not',
        '界值 1.5 → 1.4',
        '界值 1.5 → 1.6',
        '运算符 aboveOwnLimit → reachesOwnLimit',
        'any → all',
        '去掉条件 age greaterThan 40 a',
        '去掉条件 sex equal female',
        '界值 40 → 39',
        '界值 40 → 41',
        '运算符 greaterThan → greaterThanInclusive',
        '运算符 greaterThan → lessThan',
        '单位 a → d',
        '取值 female → male',
        '运算符 equal → notEqual',
        '去掉 not',
        '取值 true → false',
        '运算符 equal → notEqual',
      ],
    ],
    [
      'what records tell of a person, and where they are',
      `{ all: [${WBC}, { fact: history.ckd, operator: equal, value: false }, { fact: care-setting, operator: in, value: [inpatient, emergency] }] }`,
      [
        'all → any',
        '去掉条件 wbc lessThanInclusive 3.0 10*9/L',
        '去掉条件 history.ckd equal false',
        '去掉条件 care-setting in [inpatient, emergency]',
        '界值 3.0 → 2.9',
        '界值 3.0 → 3.1',
        '运算符 lessThanInclusive → lessThan',
        '运算符 lessThanInclusive → greaterThanInclusive',
        '单位 10*9/L → /uL',
        '单位 10*9/L → 10*12/L',
        '取值 false → true',
        '运算符 equal → notEqual',
        '去掉类别 inpatient',
        '去掉类别 emergency',
        '加上类别 outpatient',
        '加上类别 checkup',
        '加上类别 home',
        '运算符 in → notIn',
      ],
    ],
    [
      'the age of the newborn, and what must be on record',
      `{ all: [${MARKER}, { fact: age, operator: lessThan, value: 30, unit: d }, { fact: history.ckd, operator: equal, value: true, params: { known: true } }] }`,
      [
        'all → any',
        '去掉条件 cea aboveOwnLimit 1.5',
        '去掉条件 age lessThan 30 d',
        '去掉条件 history.ckd equal true',
        '界值 1.5 → 1.4',
        '界值 1.5 → 1.6',
        '运算符 aboveOwnLimit → reachesOwnLimit',
        '界值 30 → 29',
        '界值 30 → 31',
        '运算符 lessThan → lessThanInclusive',
        '运算符 lessThan → greaterThan',
        '单位 d → a',
        '取值 true → false',
        '运算符 equal → notEqual',
        '去掉 known: true',
      ],
    ],
  ])('%s', async (_, conditions, expected) => {
    expect(await changes(conditions)).toEqual(expected);
  });

  it.each([
    `{ all: [${WBC}, { fact: age, operator: lessThan, value: 30, unit: d }] }`,
    `{ all: [${WBC}, { fact: age, operator: greaterThanInclusive, value: 2, unit: d }, { fact: age, operator: lessThan, value: 1, unit: a }] }`,
    `{ all: [${WBC}, { fact: history.ckd, operator: equal, value: true, params: { known: true } }] }`,
    '{ all: [{ fact: cea, operator: reachesOwnLimit, value: 2 }] }',
    '{ all: [{ fact: ft4, operator: belowOwnLimit, value: 0.5 }] }',
    '{ any: [{ fact: ft4, operator: dropsToOwnLimit, value: 1 }, { fact: ft4, operator: aboveOwnLimit, value: 1 }] }',
  ])('of children, of records and of own limits: an example that would notice is proposed for each, %s', async (conditions) => {
    const written = { population: 'any', conditions, examples: ['{ facts: {}, expect: unknown }'] };
    const { survivors, mutants } = await strengthOf(written);
    expect(survivors.filter(({ example }) => example === null)).toEqual([]);
    const examples = [...written.examples, ...new Set(survivors.map(({ example }) => example!))];
    expect(await strengthOf({ ...written, examples })).toMatchObject({ mutants, noticed: mutants, survivors: [] });
  });

  it('where they stand in the file, and what would notice them', async () => {
    const written = {
      conditions: `{ all: [${WBC}] }`,
      examples: ['{ facts: { wbc: 2.0 }, expect: fires }', '{ facts: { wbc: 4.0 }, expect: silent }'],
    };
    const { mutants, noticed, survivors } = await strengthOf(written);
    expect([mutants, noticed]).toEqual([6, 3]);
    expect(survivors[0]).toEqual({
      path: 'pack/a.yaml:8:74',
      subject: 'pack/a-rule',
      title: { zh: '规则', en: 'A rule' },
      what: { zh: '界值 3.0 → 2.9', en: 'limit 3.0 → 2.9' },
      example: '{ facts: { wbc: 3.0 }, expect: fires }',
    });
    expect(survivors.map(({ path, what, example }) => [textAt(written, path), what.en, example])).toEqual([
      ['3.0', 'limit 3.0 → 2.9', '{ facts: { wbc: 3.0 }, expect: fires }'],
      ['3.0', 'limit 3.0 → 3.1', '{ facts: { wbc: 3.1 }, expect: silent }'],
      [
        'lessThanInclusive',
        'operator lessThanInclusive → lessThan',
        '{ facts: { wbc: 3.0 }, expect: fires }',
      ],
    ]);
  });

  it('all of them noticed by an example on the limit and one beside it', async () => {
    const { mutants, noticed, survivors } = await strengthOf({
      conditions: `{ all: [${WBC}] }`,
      examples: ['{ facts: { wbc: 3.0 }, expect: fires }', '{ facts: { wbc: 3.1 }, expect: silent }'],
    });
    expect({ mutants, noticed, survivors }).toEqual({ mutants: 6, noticed: 6, survivors: [] });
  });
});

describe('changes that change nothing', () => {
  it.each<[string, string, string]>([
    ['another name of the unit', '{ all: [{ fact: afp, operator: greaterThan, value: 20, unit: ng/mL }] }', 'ug/L'],
    ['a group of one', `{ any: [${WBC}] }`, '→ all'],
    ['the only condition', `{ all: [${WBC}] }`, '去掉条件'],
  ])('are not made: %s', async (_, conditions, what) => {
    expect((await changes(conditions)).filter((change) => change.includes(what))).toEqual([]);
  });

  it('do not count: a bound that its neighbour implies', async () => {
    const glucose = (value: string): string =>
      `{ fact: glucose, operator: greaterThanInclusive, value: ${value}, unit: mmol/L }`;
    const written = {
      conditions: `{ all: [${glucose('7.0')}, ${glucose('5.0')}] }`,
      examples: [
        '{ facts: { glucose: 7.0 }, expect: fires }',
        '{ facts: { glucose: 6.9 }, expect: silent }',
        '{ facts: { glucose: 8 }, expect: fires }',
        '{ facts: { glucose: 4 }, expect: silent }',
      ],
    };
    const { survivors, equal } = await strengthOf(written);
    expect(survivors).toEqual([]);
    expect(equal.map(({ path, what }) => [textAt(written, path), what.en])).toEqual([
      ['{ fact: glucose', 'condition glucose greaterThanInclusive 5.0 mmol/L dropped'],
      ['5.0', 'limit 5.0 → 4.9'],
      ['5.0', 'limit 5.0 → 5.1'],
      ['greaterThanInclusive', 'operator greaterThanInclusive → greaterThan'],
      // In a smaller unit the bound lies lower still.
      ...['umol/L', 'nmol/L', 'pmol/L'].map((unit) => ['mmol/L', `unit mmol/L → ${unit}`]),
    ]);
  });
});

it('as far as the most allows: a rule that was not tried to its end is named', async () => {
  const written = { conditions: `{ all: [${WBC}] }`, examples: ['{ facts: { wbc: 3.0 }, expect: fires }'] };
  const turns: number[] = [];
  const measured = await strengthOf(written, { most: 2, pause: () => Promise.resolve(void turns.push(1)) });
  expect([measured.mutants, measured.unmeasured, turns.length]).toEqual([2, ['pack/a-rule'], 2]);
  expect((await strengthOf(written)).unmeasured).toEqual([]);
});
