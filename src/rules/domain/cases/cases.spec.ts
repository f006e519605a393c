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
      { path, text: `kind: case\ntitle: a\ncases:\n${cases}` },
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
  const { cases, faults } = await read(SOUND);
  expect(faults).toEqual([]);
  expect(cases).toMatchObject([
    {
      path: 'pack/cases/a.yaml:4:5',
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
          path: 'pack/cases/a.yaml:10:9',
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

describe('what is mistyped in a case is told with its place', () => {
  it.each([
    ['rule: wbc-low', 'rule: wbc-lo', '10:17', 'rule "wbc-lo" is unknown; did you mean "wbc-low"?'],
    ['wbc: 2.9', 'wcb: 2.9', '8:79', 'unknown analyte "wcb"; did you mean "wbc"?'],
    ['wbc: 2.9', 'wbc: low', '8:84', '"low" is no value of "wbc"'],
    ['at: 2026-03-01 08:30', 'at: yesterday', '8:15', 'a time is written 2026-03-02 or 2026-03-02 08:30, found "yesterday"'],
    ['at: 2026-03-01 08:30', 'at: 2026-02-30', '8:15', 'found "2026-02-30"'],
    ['at: 2026-03-01 08:30, ', '', '8:9', 'results need the time'],
    ['status: preliminary', 'status: prelim', '8:41', 'status "prelim" is unknown; expected registered, preliminary, final'],
    ['history.ckd', 'history.cdk', '5:37', 'did you mean "history.ckd"?'],
    ['history.ckd: true', 'history.ckd: yes', '5:50', '"history.ckd" is true or false'],
    ['sex: female', 'sex: woman', '5:20', 'sex "woman" is unknown; expected male, female'],
    ['age: 45', 'age: 45.5', '5:33', 'an age is a whole number of years'],
    ['    expect:\n      - { rule: wbc-low, at: 2026-03-01, class: B }\n', '', '4:5', 'a case needs what to expect; expect: []'],
    ['class: B', 'truth: silent', '10:49', 'truth "silent" is unknown; expected fires, review'],
    ['  - name: low\n', '  - nam: low\n', '4:5', 'unknown key "nam" in a case'],
  ])('%s → %s', async (from, to, at, message) => {
    expect(SOUND).toContain(from);
    const { faults } = await read(SOUND.replace(from, to));
    const told = faults.map((fault) => `${fault.path}: ${fault.message}`);
    expect(told).toContainEqual(expect.stringContaining(`pack/cases/a.yaml:${at}: `));
    expect(told.join('\n')).toContain(message);
  });

  it('outside the folder of a pack the packs must be named', async () => {
    const { faults } = await read(SOUND, 'cases/a.yaml');
    expect(faults.map(({ message }) => message).join()).toContain('name the packs that they are about');
    const named = await read(`${SOUND}packs: [pack]\n`, 'cases/a.yaml');
    expect(named.faults).toEqual([]);
    expect(named.cases[0]?.packs).toEqual(['pack']);
  });
});

describe('expected and found findings', () => {
  const found = (rule: string, day: number, truth: FoundFinding['truth'] = 'fires'): FoundFinding => {
    return { rule, truth, at: new Date(Date.UTC(2026, 2, day, 4)), written: '', class: 'B', sentence: '' };
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
        path: 'pack/a.yaml:9:11',
        condition: 'wbc lessThanInclusive 3.0 10*9/L',
        decided: { holding: 1, failing: 1 },
      },
      { path: 'pack/a.yaml:10:18', condition: 'not sex equal male', decided: { holding: 1, failing: 1 } },
    ],
  });
});
