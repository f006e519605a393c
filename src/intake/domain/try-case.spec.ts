import { readTests } from '../../rules/read-tests.js';
import { buildRuleSet } from '../../rules/domain/rule-set.js';
import { catalogueOf } from '../../rules/index.js';
import { loadVocabulary } from '../../terminology/index.js';
import { tryCase } from './try-case.js';

const ZONE = 'Asia/Shanghai';
const catalogue = catalogueOf(loadVocabulary('vocabulary'));
const hb = (operator: string, value: string, params: string): string =>
  `{ fact: hb, operator: ${operator}, value: ${value}, unit: g/L${params && `, params: { ${params} }`} }`;

const FORMULAS = {
  path: 'formulas/ratios.yaml',
  text: `{ kind: formula, title: t, source: s, owner: o, review-by: 2027-11-26, formulas: [{ id: share, title: { zh: 比, en: share },
    unit: '%', decimals: 1, from: { f: psa-free, t: psa-total }, formula: f / t, examples: [{ facts: {}, expect: unknown }] }] }`,
};

/** What rules of these conditions say of a case: `id day truth`, in the order of the results. */
async function findings(rules: Record<string, string>, about: string): Promise<string[]> {
  const text = Object.entries(rules).map(
    ([id, condition]) => `
  - id: ${id}
    title: { zh: 规则, en: a rule }
    conditions: { all: [${condition}] }
    event: { type: notify, params: { class: B, advice: { zh: 复查 } } }
    examples: [{ facts: {}, expect: unknown }]`,
  );
  const files = [
    {
      path: 'p/a.yaml',
      text: `kind: vitals\ntitle: a\nsource: s\nowner: o\nreview-by: 2027-11-26\npopulation: any\nrules:${text.join('')}\n`,
    },
    {
      path: 'p/cases/a.yaml',
      text: `kind: case\nowner: o\nreview-by: 2027-11-26\ncases:\n  - { name: one, expect: [], ${about} }\n`,
    },
  ];
  const { read, suites, faults } = await readTests([...files, FORMULAS], catalogue, ZONE);
  // The examples of these rules are left to other tests.
  const serious = faults.filter(({ kind }) => kind !== 'untested-side');
  if (serious.length > 0 || !suites[0]?.cases[0])
    throw new Error(serious.map(({ path, message }) => `${path} ${message}`).join());
  const ruleSet = buildRuleSet('v', read.rules, read.formulas);
  const tried = await tryCase(suites[0].cases[0], ruleSet, ZONE, () => '');
  return tried.findings.map(
    ({ rule, at, truth }) => `${rule.slice(2)} ${at.toISOString().slice(5, 10)} ${truth}`,
  );
}

it('earlier results are seen from each result, later ones not', async () => {
  const rules = {
    fell: hb('greaterThanInclusive', '30', 'over: fall, within: 90 d'),
    low: hb('lessThan', '90', ''),
  };
  const results =
    'results: [{ at: 2026-01-01 12:00, hb: 130 }, { at: 2026-03-01 12:00, hb: 99 }, { at: 2026-07-01 12:00, hb: 85 }]';
  expect(await findings(rules, results)).toEqual(['fell 03-01 fires', 'low 07-01 fires']);
  expect(await findings(rules, `now: 2026-03-31, ${results}`)).toEqual(['fell 03-01 fires']);
});

it('of two results of one instant the one written later sees the other', async () => {
  const both = `${hb('lessThan', '90', '')}, { fact: wbc, operator: lessThan, value: 3, unit: 10*9/L }`;
  expect(await findings({ both }, 'results: [{ at: 2026-03-01 12:00, hb: 80, wbc: 2 }]')).toEqual([
    'both 03-01 fires',
  ]);
});

it('the person, where they are, and what records tell of them', async () => {
  const rules = {
    inpatient: `${hb('lessThan', '90', '')}, { fact: care-setting, operator: equal, value: inpatient }`,
    known: `${hb('lessThan', '90', '')}, { fact: history.anaemia, operator: equal, value: true }`,
    woman: `${hb('lessThan', '90', '')}, { fact: sex, operator: equal, value: female }`,
    old: `${hb('lessThan', '90', '')}, { fact: age, operator: greaterThanInclusive, value: 65, unit: a }`,
    pregnant: `${hb('lessThan', '90', '')}, { fact: pregnant, operator: equal, value: true }`,
  };
  const ward = 'results: [{ at: 2026-03-01 12:00, care-setting: inpatient, hb: 80 }]';
  const home = 'results: [{ at: 2026-03-01 12:00, hb: 80 }]';
  expect(await findings(rules, ward)).toEqual(['inpatient 03-01 fires']);
  expect(await findings(rules, home)).toEqual([]);
  expect(await findings(rules, `person: { history.anaemia: true, sex: female }, ${home}`)).toEqual([
    'known 03-01 fires',
    'woman 03-01 fires',
  ]);
  expect(await findings(rules, `person: { birth-date: 1961-03-01 }, ${home}`)).toEqual(['old 03-01 fires']);
  expect(await findings(rules, `person: { birth-date: 1961-03-02 }, ${home}`)).toEqual([]);
  const withStatus =
    'results: [{ at: 2026-03-01 08:00, pregnancy-status: pregnant }, { at: 2026-03-01 12:00, hb: 80 }, { at: 2026-04-01 12:00, hb: 80 }]';
  expect(await findings(rules, withStatus)).toEqual(['pregnant 03-01 fires']);
});

it('only what counts as evidence is judged; of unknown status, the doctor decides', async () => {
  const low = hb('lessThan', '90', '');
  const result = (status: string): string => `results: [{ at: 2026-03-01 12:00, status: ${status}, hb: 80 }]`;
  expect(await findings({ low }, result('final'))).toEqual(['low 03-01 fires']);
  expect(await findings({ low }, result('preliminary'))).toEqual(['low 03-01 fires']);
  expect(await findings({ low }, result('unknown'))).toEqual(['low 03-01 review']);
  for (const status of ['registered', 'cancelled', 'entered-in-error']) {
    expect(await findings({ low }, result(status))).toEqual([]);
  }
});

it('of a corrected result the version issued last counts, by the clock of the case', async () => {
  const low = hb('lessThan', '90', '');
  const fell = hb('greaterThanInclusive', '30', 'over: fall, within: 90 d');
  const results = `results: [
    { at: 2026-03-01 12:00, id: first, issued: 2026-03-04, status: corrected, hb: 130 },
    { at: 2026-03-01 12:00, id: first, issued: 2026-03-02, hb: 80 },
    { at: 2026-03-20 12:00, hb: 85 } ]`;
  expect(await findings({ low, fell }, `now: 2026-03-03, ${results}`)).toEqual(['low 03-01 fires']);
  expect(await findings({ low, fell }, `now: 2026-03-05, ${results}`)).toEqual([]);
  expect(await findings({ low, fell }, results)).toEqual(['low 03-20 fires', 'fell 03-20 fires']);
});

it('a withdrawn version takes its result away, and that of the same instant ranks by its status', async () => {
  const low = hb('lessThan', '90', '');
  const wbc = '{ fact: wbc, operator: lessThan, value: 3, unit: 10*9/L }';
  const first = '{ at: 2026-03-01 12:00, id: one, hb: 80, wbc: 2 }';
  const withdrawn = '{ at: 2026-03-01 12:00, id: one, status: entered-in-error, hb: 80 }';
  // Each analyte is a result of its own: the other one stands.
  for (const results of [
    [first, withdrawn],
    [withdrawn, first],
  ]) {
    expect(await findings({ low, wbc }, `results: [${results.join(', ')}]`)).toEqual(['wbc 03-01 fires']);
  }
});

it('a derived value is judged with the result that completes it, and what a rule sees twice is found once', async () => {
  const share = "{ fact: share, operator: lessThan, value: 15, unit: '%' }";
  const both = `${share}, { fact: psa-total, operator: greaterThan, value: 4, unit: ng/mL }`;
  const results = (first: string, second: string) => `results: [
    { at: ${first}, psa-free: 1 }, { at: ${second}, psa-total: 10 } ]`;
  const [morning, noon, nextDay] = ['2026-03-01 08:00', '2026-03-01 12:00', '2026-03-02 08:00'];
  expect(await findings({ share, both }, results(morning, noon))).toEqual([
    'both 03-01 fires',
    'share 03-01 fires',
  ]);
  expect(await findings({ share }, results(noon, morning))).toEqual(['share 03-01 fires']);
  expect(await findings({ share }, results(morning, nextDay))).toEqual([]);
});
