import { LevelPeople, MAN } from '../../../test/support/level-people.js';
import { type LevelAssessment, type LevelInput } from './level-assessment.js';

let people: LevelPeople;
beforeAll(async () => {
  people = await LevelPeople.shipped();
});

function assess(values: Record<string, string | null>, others: Partial<LevelInput> = {}): LevelAssessment {
  return people.assess(values, others);
}

const answers = (...yes: string[]) => ({
  person: { ...MAN, answers: new Map(yes.map((fact) => [fact, true])) },
});
const finding = (pack: string, ruleClass: 'A' | 'B' | 'C' | null) => {
  return { findings: [{ ruleId: `${pack}/rule`, pack, class: ruleClass }] };
};

describe('the level is the gravest that is proven', () => {
  it('with the basic set complete and nothing found it is 5', () => {
    expect(assess({})).toMatchObject({ code: 5, text: '5', reasons: [], undecided: [], missingBasic: [] });
  });

  it('each reason names its domain, rule and evidence, the gravest first', () => {
    const { code, text, reasons } = assess({ 'systolic-bp': '134', 'glucose-fasting': '7.4' });
    expect([code, text]).toEqual([3, '3']);
    expect(reasons).toMatchObject([
      {
        level: 3,
        domain: 'glucose',
        ruleId: 'stratification/fpg-diabetic-new',
        suspected: true,
        evidence: [{ asSent: '7.4', threshold: '7.0' }, {}, {}, {}],
      },
      { level: 4, domain: 'blood-pressure', ruleId: 'stratification/sbp-high-normal', suspected: false },
    ]);
  });

  it('a known disease on target is 5, the same value above it is not suspected any more', () => {
    expect(assess({ 'glucose-fasting': '6.4' }, answers('history.diabetes')).code).toBe(5);
    expect(assess({ 'glucose-fasting': '6.4' }).code).toBe(4);
    expect(
      assess({ 'glucose-fasting': '8.0' }, answers('medication.glucose-lowering')).reasons,
    ).toMatchObject([{ level: 3, ruleId: 'stratification/fpg-above-target', suspected: false }]);
  });

  it.each([
    ['consensus-ab', 'A', 1],
    ['lab-critical', 'A', 1],
    ['consensus-ab', 'B', 2],
    ['important-results', 'A', 3],
    ['important-results', 'B', 3],
    ['vitals', 'A', 5],
  ] as const)('a finding of %s, class %s, proves level %s', (pack, ruleClass, level) => {
    expect(assess({}, finding(pack, ruleClass)).code).toBe(level);
  });

  it('a rule for levels may be graver than a finding', () => {
    const { code, reasons } = assess({ 'systolic-bp': '184' }, finding('consensus-ab', 'B'));
    expect(code).toBe(1);
    expect(reasons.map(({ level, from }) => [level, from])).toEqual([
      [1, 'rule'],
      [2, 'finding'],
    ]);
  });
});

describe('missing is not normal', () => {
  it('with a part of the basic set missing nobody is 5', () => {
    const { code, text, missingBasic, undecided } = assess({ 'systolic-bp': null });
    expect([code, text, missingBasic]).toEqual(['unknown', '1–5', ['blood-pressure']]);
    expect(undecided).toEqual([
      {
        domain: 'blood-pressure',
        could: 1,
        widens: true,
        missing: [{ fact: 'systolic-bp', why: 'not-measured' }],
      },
    ]);
  });

  it('a weight or a waist is enough', () => {
    expect(assess({ bmi: null, waist: '80' }).missingBasic).toEqual([]);
    expect(assess({ bmi: null }).missingBasic).toEqual(['weight']);
  });

  it('what is proven stays, and the text says how much graver it could be', () => {
    expect(assess({ 'systolic-bp': null, 'glucose-fasting': '7.4' })).toMatchObject({ code: 3, text: '1–3' });
    expect(assess({ 'glucose-fasting': '17', 'systolic-bp': null })).toMatchObject({ code: 1, text: '1' });
  });

  it('other tests that were not done widen nothing', () => {
    expect(assess({})).toMatchObject({ code: 5, text: '5' });
    expect(assess({ 'glucose-fasting': '14.2' })).toMatchObject({ code: 2, text: '2' });
  });

  it('a test ordered and not yet in widens the range, measured before or not', () => {
    expect(assess({}, { ordered: new Set(['hba1c']) })).toMatchObject({ code: 5, text: '2–5' });
    const { text, undecided } = assess({ hba1c: '5.0' }, { ordered: new Set(['hba1c']) });
    expect(text).toBe('2–5');
    expect(undecided).toMatchObject([{ domain: 'glucose', missing: [{ fact: 'hba1c', why: 'ordered' }] }]);
    expect(assess({ hba1c: '6.0' }, { ordered: new Set(['hba1c']) })).toMatchObject({ code: 4, text: '2–4' });
  });

  it('a value that says too little leaves the code and widens the text', () => {
    expect(assess({ 'glucose-fasting': '<6.2' })).toMatchObject({ code: 5, text: '1–5' });
    expect(assess({ 'glucose-fasting': '5.0-6.2' })).toMatchObject({ code: 5, text: '4–5' });
    expect(assess({ 'glucose-fasting': '7.2-8.0' })).toMatchObject({ code: 3, text: '3' });
    expect(assess({ hba1c: '5.0-6.0' })).toMatchObject({ code: 5, text: '5' });
  });

  it('below 18 there is no level, and the reason is age', () => {
    const child = assess({ 'systolic-bp': '184' }, { person: { ...MAN, ageYears: 17 } });
    expect(child).toMatchObject({ code: 'unknown', text: 'unknown', unknownBecause: 'age', reasons: [] });
    expect(assess({}, { person: { ...MAN, ageYears: null } }).code).toBe(5);
  });

  it('what cannot be judged is not 5, and the rule that says so says what would settle it', () => {
    const { code, text, domains } = assess({ 'imaging-conclusion': '乳腺致密，BI-RADS 0类' });
    expect([code, text]).toEqual(['unknown', '1–5']);
    const breast = domains.find(({ domain }) => domain === 'breast');
    expect(breast).toMatchObject({ level: null, cannotBeJudged: [{ id: 'stratification/bi-rads-0' }] });
  });

  it('a known malignancy is no level by itself, and nobody is 5 with it', () => {
    expect(assess({}, answers('history.malignancy'))).toMatchObject({ code: 'unknown', text: '1–5' });
    const { code, text } = assess({ 'systolic-bp': '150' }, answers('history.malignancy'));
    expect([code, text]).toEqual([3, '3']);
  });

  it('what records alone tell is looked at in everybody: not on record is no', () => {
    const malignancy = assess({}).domains.find(({ domain }) => domain === 'malignancy');
    expect(malignancy).toEqual({ domain: 'malignancy', level: 5, cannotBeJudged: [] });
  });

  it('a domain without any value is not evaluable', () => {
    const levels = new Map(
      assess({ 'glucose-fasting': '6.4' }).domains.map(({ domain, level }) => [domain, level]),
    );
    expect([levels.get('blood-pressure'), levels.get('glucose'), levels.get('bone')]).toEqual([5, 4, null]);
  });
});

it('rules that give levels are asked by no result', () => {
  const asked = [...people.ruleSet.byAnalyte.values()].flat();
  expect(asked.filter(({ rule }) => rule.event.type === 'level')).toEqual([]);
  expect(people.ruleSet.levels.rules.length).toBeGreaterThan(40);
});

describe('risk models that ask records', () => {
  const CLIENT = {
    'systolic-bp': '150',
    'cholesterol-total': '5.6',
    'hdl-c': '1.1',
    waist: '92',
    'smoking-status': 'current',
    'residence-region': 'north',
    'residence-area': 'urban',
  };
  const ascvd = (values: Record<string, string | null>, answers: [string, boolean][] = []) => {
    const person = { ...MAN, ageYears: 55, answers: new Map(answers) };
    return people.assess({ ...CLIENT, ...values }, { person });
  };
  const rules = ({ reasons }: LevelAssessment): string[] => reasons.map(({ ruleId }) => ruleId);

  it('are computed of the latest values; what no record tells counts as no', () => {
    const treated: [string, boolean] = ['medication.antihypertensive', true];
    expect(rules(ascvd({}, [treated]))).toContain('stratification/china-par-high');
    expect(rules(ascvd({}, [treated, ['history.stroke', true]]))).not.toContain(
      'stratification/china-par-high',
    );
    expect(ascvd({}).domains.find(({ domain }) => domain === 'ascvd')?.level).not.toBeNull();
  });

  it('an input that is missing leaves the domain open, and the range as it is', () => {
    const without = ascvd({ 'residence-region': null });
    expect(without.domains.find(({ domain }) => domain === 'ascvd')?.level).toBeNull();
    expect(without.text).toBe(String(without.code));
  });

  it('an input of the basic set that is missing widens the range by what the model could say', () => {
    const { undecided } = ascvd({ 'systolic-bp': null });
    expect(undecided.find(({ domain }) => domain === 'ascvd')).toMatchObject({ could: 2, widens: true });
  });
});

it.each([
  ['urate', 'urate', '300'],
  ['thyroid', 'tsh', '2.1'],
  ['tumour-marker', 'cea', '1.2'],
])(
  '%s is evaluated once %s is measured, wherever its rules stand in their file',
  (domain, analyte, value) => {
    const levelOf = ({ domains }: LevelAssessment) => domains.find((one) => one.domain === domain)?.level;
    expect(levelOf(people.assess({ [analyte]: value }))).toBe(5);
    expect(levelOf(people.assess({}))).toBeNull();
  },
);

it('a report counts only for the parts of the body that it speaks of', () => {
  const levelsOf = (conclusion: string): Record<string, number | null> => {
    const { domains } = people.assess({ 'imaging-conclusion': conclusion });
    return Object.fromEntries(domains.map(({ domain, level }) => [domain, level]));
  };
  expect(levelsOf('窦性心律，正常心电图')).toMatchObject({ heart: 5, breast: null, 'lung-nodule': null });
  expect(levelsOf('双乳腺体增生，BI-RADS 2类')).toMatchObject({ heart: null, breast: 5, carotid: null });
  expect(levelsOf('双肺未见异常')).toMatchObject({ 'lung-nodule': 5, 'tumour-marker': null, ascvd: null });
});
