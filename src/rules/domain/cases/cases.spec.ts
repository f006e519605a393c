import { loadVocabulary } from '../../../terminology/index.js';
import { catalogueOf } from '../vocabulary-catalogue.js';
import { readTests, type RuleTests } from '../../read-tests.js';
import { compareFindings, type FoundFinding } from './compare-findings.js';
import { RuleWatch } from './coverage.js';
import { exampleFacts, expectationMet } from '../files/check-examples.js';
import { judgeRule } from '../judge.js';
import { analytesOf, makeReady } from '../rule-set.js';

const catalogue = catalogueOf(loadVocabulary('vocabulary'));
const RULES = `kind: critical
title: a
source: s
owner: o
review-by: 2027-11-26
rules:
  - id: wbc-low
    title: { zh: 白细胞减少, en: Low white cells }
    conditions:
      all:
        - { fact: wbc, operator: lessThanInclusive, value: 3.0, unit: 10*9/L }
        - { not: { fact: sex, operator: equal, value: male } }
    event: { type: notify, params: { class: B, advice: { zh: 复查 } } }
    examples:
      - { facts: { wbc: 3.0, sex: female }, expect: fires }
      - { facts: { wbc: 3.1, sex: female }, expect: silent }
      - { facts: { wbc: 3.0, sex: male }, expect: silent }
`;

async function read(cases: string, path = 'pack/cases/a.yaml'): Promise<RuleTests> {
  return readTests(
    [
      { path: 'pack/a.yaml', text: RULES },
      { path, text: `kind: case\nowner: o\nreview-by: 2027-11-26\ncases:\n${cases}` },
    ],
    catalogue,
    'Asia/Shanghai',
  );
}

const SOUND = `  - name: low
    person: { sex: female, age: 45, history.ckd: true }
    now: 2026-03-02
    results:
      - { at: 2026-03-01 08:30, status: preliminary, care-setting: inpatient, wbc: 2.9, hb: 9.5 g/dL }
    expect:
      - { rule: wbc-low, at: 2026-03-01, class: B }
`;

it('a case is read with its clock, its person and its results', async () => {
  const { suites, faults } = await read(SOUND);
  expect(faults).toEqual([]);
  expect(suites[0]?.cases).toMatchObject([
    {
      path: 'pack/cases/a.yaml:5:5',
      name: 'low',
      packs: ['pack'],
      // The last moment of the centre's day.
      now: new Date('2026-03-02T15:59:59.999Z'),
      person: { sex: 'female', birthDate: '1981-03-02', answers: new Map([['history.ckd', true]]) },
      results: [
        { at: new Date('2026-03-01T00:30:00Z'), status: 'preliminary', careSetting: 'inpatient', measurement: { analyte: 'wbc' } },
        { measurement: { analyte: 'hb', value: { interval: { low: '95' } } } },
      ],
      expect: [
        {
          path: 'pack/cases/a.yaml:11:9',
          rule: 'pack/wbc-low',
          truth: 'fires',
          class: 'B',
          at: { from: new Date('2026-02-28T16:00:00Z'), to: new Date('2026-03-01T15:59:59.999Z') },
        },
      ],
    },
  ]);
});

it('cases are no part of the rules: another case, the same version', async () => {
  const { read: one } = await read(SOUND);
  const { read: other } = await read(SOUND.replace('2.9', '2.8'));
  expect(other.content).toBe(one.content);
});

it('outside the folder of a pack the packs must be named', async () => {
  const { faults } = await read(SOUND, 'cases/a.yaml');
  expect(faults).toMatchObject([{ kind: 'case-no-pack', path: 'cases/a.yaml:1:1' }]);
  const named = await read(`${SOUND}packs: [pack]\n`, 'cases/a.yaml');
  expect(named.faults).toEqual([]);
  expect(named.suites[0]?.cases[0]?.packs).toEqual(['pack']);
});

it('without a clock it stands at what was issued last', async () => {
  const results = `[{ at: 2026-03-01, id: a, wbc: 2.9 }, { at: 2026-03-01, id: a, issued: 2026-03-09, wbc: 3.9 }, { at: 2026-03-02, wbc: 4 }]`;
  const { suites, faults } = await read(`  - { name: one, results: ${results}, expect: [] }\n`);
  expect(faults).toEqual([]);
  expect(suites[0]?.cases[0]?.now).toEqual(new Date('2026-03-08T16:00:00Z'));
});

describe('expected and found findings', () => {
  const found = (rule: string, day: number, truth: FoundFinding['truth'] = 'fires'): FoundFinding => {
    return { rule, truth, at: new Date(Date.UTC(2026, 2, day, 4)), written: '', class: 'B', sentence: '', evidence: [] };
  };
  const day = (number: number) => {
    const [from, to] = [number, number + 1].map((one) => new Date(Date.UTC(2026, 2, one)));
    return { from: from!, to: to!, written: String(number) };
  };
  const wanted = (rule: string, at: number | null = null, truth: FoundFinding['truth'] = 'fires', ruleClass: 'A' | null = null) => {
    return { path: 'p', rule, truth, at: at === null ? null : day(at), class: ruleClass };
  };

  it.each([
    ['the same, in any order', [wanted('a'), wanted('b')], [found('b', 1), found('a', 1)], 0, 0],
    ['one too few', [wanted('a'), wanted('a')], [found('a', 1)], 1, 0],
    ['one too many', [], [found('a', 1)], 0, 1],
    ['each time once', [wanted('a'), wanted('a', 2)], [found('a', 2), found('a', 1)], 0, 0],
    ['on another day', [wanted('a', 3)], [found('a', 2)], 1, 1],
    ['a review is no call', [wanted('a')], [found('a', 1, 'review')], 1, 1],
    ['of another class', [wanted('a', null, 'fires', 'A')], [found('a', 1)], 1, 1],
  ])('%s', (_, expected, findings, missing, unexpected) => {
    const compared = compareFindings(expected, findings);
    expect([compared.missing.length, compared.unexpected.length]).toEqual([missing, unexpected]);
  });
});

it('coverage counts what came of a rule, and which condition decided it', async () => {
  const { read: rules } = await read(SOUND);
  const placed = rules.placed[0]!;
  const watch = new RuleWatch(placed);
  const ready = makeReady(placed.rule);
  for (const example of placed.examples) {
    const facts = exampleFacts(example, analytesOf(placed.rule));
    watch.saw(facts, expectationMet(await judgeRule(ready, facts)));
  }
  expect(watch.coverage).toEqual({
    rule: 'pack/wbc-low',
    outcomes: { fires: 1, silent: 2, unknown: 0, review: 0 },
    conditions: [
      {
        path: 'pack/a.yaml:11:11',
        condition: 'wbc lessThanInclusive 3.0 10*9/L',
        decided: { holding: 1, failing: 1 },
      },
      { path: 'pack/a.yaml:12:18', condition: 'not sex equal male', decided: { holding: 1, failing: 1 } },
    ],
  });
});
