import { type Facts, type MeasuredFact, NOTHING_EARLIER, type PersonFacts, UNKNOWN_PERSON } from '../kernel/index.js';
import { loadVocabulary } from '../terminology/index.js';
import { listRules } from './check-rules.js';
import { readRules } from './domain/files/read-rules.js';
import { judge } from './domain/judge.js';
import { type Outcome } from './domain/rule.js';
import { buildRuleSet, otherAnalytes, type RuleSet } from './domain/rule-set.js';
import { sentence } from './domain/sentence.js';
import { catalogueOf } from './domain/vocabulary-catalogue.js';

const catalogue = catalogueOf(loadVocabulary('vocabulary'));
let shipped: RuleSet;
beforeAll(async () => {
  const rules = await listRules('rules', catalogue);
  shipped = buildRuleSet('v', rules.filter(({ pack }) => pack === 'important-results'));
});

const ADULT: PersonFacts = { ...UNKNOWN_PERSON, sex: 'male', ageYears: 45, ageDays: 16_500, pregnant: false };

function fact(analyte: string, written: string, asSent = written): MeasuredFact {
  const value = catalogue.read(analyte, written);
  const source = { observationId: `obs-${analyte}`, component: 0, at: '2026-01-01T00:00:00.000Z', status: 'final' };
  return { measurement: { component: 0, analyte, value, asSent, ownLimit: null, doubts: [] }, source };
}

function facts(anchor: MeasuredFact, person = ADULT, others: MeasuredFact[] = []): Facts {
  const byAnalyte = new Map(others.map((other) => [other.measurement.analyte, other]));
  return { person, anchor, others: byAnalyte, earlier: NOTHING_EARLIER, zone: 'UTC' };
}

/** A rule set of one rule; its examples are left to other tests. */
async function ruleSet(conditions: string, rest = 'population: any', ruleClass = 'B'): Promise<RuleSet> {
  const text = `{ kind: critical, title: t, source: s, owner: o, review-by: 2027-01-01, ${rest}, rules: [{ id: one, title: { zh: 甲, en: a },
    conditions: ${conditions}, event: { type: notify, params: { class: ${ruleClass}, advice: { zh: 复查 } } }, examples: [] }] }`;
  const { rules, faults } = await readRules([{ path: 'pack/one.yaml', text }], catalogue);
  expect(faults.filter(({ message }) => !message.includes('example'))).toEqual([]);
  return buildRuleSet('v', rules);
}

const brief = (outcomes: readonly Outcome[]) =>
  outcomes.map(({ truth, couldFire, reason, missing }) => ({ truth, couldFire, reason, missing }));

describe('people', () => {
  const wbc = fact('wbc', '2.9');
  it.each([
    [17, []],
    [18, ['fires']],
    [45, ['fires']],
    [null, ['fires']],
  ])('an adult rule at age %s', async (ageYears, truths) => {
    const outcomes = await judge(shipped, facts(wbc, { ...ADULT, ageYears }));
    expect(outcomes.filter(({ truth }) => truth !== 'silent').map(({ truth }) => truth)).toEqual(truths);
  });

  it('what an adult rule keeps silent for age is told, with the reason', async () => {
    const outcomes = await judge(shipped, facts(wbc, { ...ADULT, ageYears: 10 }));
    expect(brief(outcomes)).toEqual([{ truth: 'silent', couldFire: false, reason: 'age', missing: [] }]);
  });

  const LOW = '{ all: [{ fact: wbc, operator: lessThanInclusive, value: 3.0, unit: 10*9/L }] }';
  it('what would be class A in an adult goes to review for a minor', async () => {
    const graveRules = await ruleSet(LOW, 'population: adult', 'A');
    const outcomes = await judge(graveRules, facts(wbc, { ...ADULT, ageYears: 10 }));
    expect(brief(outcomes)).toEqual([{ truth: 'unknown', couldFire: true, reason: 'age', missing: [] }]);
    expect(await judge(graveRules, facts(fact('wbc', '6'), { ...ADULT, ageYears: 10 }))).toEqual([]);
  });

  it.each([
    [10, 'fires'],
    [17, 'fires'],
    [18, 'silent'],
    [null, 'unknown'],
  ])('a rule for children at age %s', async (ageYears, truth) => {
    const childRules = await ruleSet(LOW, 'population: child');
    const [outcome] = await judge(childRules, facts(wbc, { ...ADULT, ageYears }));
    expect(outcome?.truth).toBe(truth);
    // Without a birth date a person counts as an adult.
    expect(outcome?.couldFire).toBe(false);
  });

  const NEWBORN = `{ all: [{ fact: age, operator: lessThan, value: 30, unit: d },
    { fact: potassium, operator: greaterThan, value: 6.0, unit: mmol/L }] }`;
  it.each<[Partial<PersonFacts>, string | undefined]>([
    [{ ageYears: 0, ageDays: 0 }, 'fires'],
    [{ ageYears: 0, ageDays: 29 }, 'fires'],
    [{ ageYears: 0, ageDays: 30 }, undefined],
    [{ ageYears: 1, ageDays: 400 }, undefined],
  ])('a limit for the newborn at %j', async (age, truth) => {
    const newborn = await ruleSet(NEWBORN, 'population: child');
    const outcomes = await judge(newborn, facts(fact('potassium', '6.5'), { ...ADULT, ...age }));
    expect(outcomes.map((outcome) => outcome.truth)).toEqual(truth ? [truth] : []);
    if (!truth) return;
    const said = sentence(outcomes[0]!, catalogue, 'zh');
    expect(said).toContain(`年龄 ${age.ageDays} 天，低于 30；钾 6.5 mmol/L，高于 6.0`);
  });

  const BY_SEX = `{ any: [
    { all: [{ fact: sex, operator: equal, value: male }, { fact: hb, operator: lessThan, value: 120, unit: g/L }] },
    { all: [{ fact: sex, operator: equal, value: female }, { fact: hb, operator: lessThan, value: 110, unit: g/L }] }] }`;
  it.each<[PersonFacts['sex'], string, string | undefined]>([
    ['male', '115', 'fires'],
    ['female', '115', undefined],
    ['female', '109', 'fires'],
    [null, '115', 'fires'],
    [null, '121', undefined],
  ])('limits by sex, sex %s, Hb %s: %s (unknown sex takes the stricter limit)', async (sex, hb, truth) => {
    const [outcome] = await judge(await ruleSet(BY_SEX), facts(fact('hb', hb), { ...ADULT, sex }));
    expect(outcome?.truth).toBe(truth);
    if (sex === null && outcome) expect(outcome.missing).toEqual(['sex']);
  });
});

describe('several results in one rule', () => {
  const BOTH = `{ all: [{ fact: glucose-fasting, operator: greaterThanInclusive, value: 13.9, unit: mmol/L },
    { fact: urine-ketones, operator: greaterThanInclusive, value: + }] }`;
  it('the other result is looked up, whichever comes last', async () => {
    const rules = await ruleSet(BOTH);
    expect([...otherAnalytes(rules, 'glucose-fasting')]).toEqual(['urine-ketones']);
    expect([...otherAnalytes(shipped, 'wbc')]).toEqual([]);
    const [glucose, ketones] = [fact('glucose-fasting', '15'), fact('urine-ketones', '++')];
    for (const each of [facts(glucose, ADULT, [ketones]), facts(ketones, ADULT, [glucose])]) {
      expect((await judge(rules, each)).map(({ truth }) => truth)).toEqual(['fires']);
    }
  });

  it('a test that was not done is missing, and no review', async () => {
    const outcomes = await judge(await ruleSet(BOTH), facts(fact('glucose-fasting', '15')));
    expect(brief(outcomes)).toEqual([
      { truth: 'unknown', couldFire: false, reason: null, missing: ['urine-ketones'] },
    ]);
  });

  it('a value that was not readable is missing too', async () => {
    const unreadable = { ...fact('wbc', '2.9'), measurement: { ...fact('wbc', '2.9').measurement, value: null } };
    expect(brief(await judge(shipped, facts(unreadable)))).toEqual([
      { truth: 'unknown', couldFire: false, reason: null, missing: ['wbc'] },
    ]);
  });
});

describe('values that cannot be trusted', () => {
  it('what is only counted when it is certain asks nobody when it is not', async () => {
    const outcomes = await judge(shipped, facts(fact('glucose', '>8')));
    expect(outcomes.map((outcome) => [outcome.rule.event.type, outcome.truth, outcome.couldFire])).toEqual([
      ['review', 'unknown', true],
      ['count', 'unknown', false],
    ]);
  });

  it.each<[string, MeasuredFact['measurement']['value'], boolean[]]>([
    ['a unit not known, one reading beyond the limit', { kind: 'unit-unknown', unit: '', readings: [point('900'), point('79560')] }, [true]],
    ['a unit not known, no reading beyond the limit', { kind: 'unit-unknown', unit: '', readings: [point('1'), point('88')] }, [false]],
    ['an implausible value beyond the limit', { kind: 'implausible', unit: 'umol/L', interval: point('99999') }, [true]],
    ['an implausible value on the other side', { kind: 'implausible', unit: 'umol/L', interval: point('-5') }, [false]],
  ])('%s never fires', async (_case, value, couldFire) => {
    const measured = fact('creatinine', '900');
    const outcomes = await judge(shipped, facts({ ...measured, measurement: { ...measured.measurement, value } }));
    expect(outcomes.map((outcome) => outcome.truth)).toEqual(['unknown']);
    expect(outcomes.map((outcome) => outcome.couldFire)).toEqual(couldFire);
  });
});

function point(number: string) {
  return { low: number, high: number, lowOpen: false, highOpen: false };
}

it('a finding explains itself: rule, value as sent and converted, limit, unit, source', async () => {
  const [outcome] = await judge(shipped, facts(fact('hb', '8.5 g/dL')));
  expect(outcome?.rule.id).toBe('important-results/hb-low');
  expect(outcome?.evidence).toEqual([
    {
      fact: 'hb',
      analyte: 'hb',
      operator: 'lessThan',
      threshold: '90',
      unit: 'g/L',
      negated: false,
      truth: 'fires',
      couldFire: false,
      source: { observationId: 'obs-hb', component: 0, at: '2026-01-01T00:00:00.000Z', status: 'final' },
      asSent: '8.5 g/dL',
      isUnitKnown: true,
      converted: '85',
    },
  ]);
});

describe('the sentence a nurse can say', () => {
  const said = async (measured: MeasuredFact, language: 'zh' | 'en' = 'zh') => {
    const [outcome] = await judge(shipped, facts(measured));
    return outcome && sentence(outcome, catalogue, language);
  };
  it.each<[string, string, string, string]>([
    ['wbc', '2.9', '2.9 10^9/L', '白细胞计数 2.9 ×10⁹/L，低于或等于 3.0：建议一周内复查血常规'],
    ['wbc', '3.00', '3.00 10*9/L', '白细胞计数 3.00 ×10⁹/L，低于或等于 3.0：'],
    ['hb', '8.5 g/dL', '8.5 g/dL', '血红蛋白 85 g/L (8.5 g/dL)，低于 90：'],
    ['glucose-fasting', '126 mg/dL', '126 mg/dL', '空腹血糖 7.0 mmol/L (126 mg/dL)，达到或超过 7.0：'],
    ['urine-protein', '++', '++', '尿蛋白 ++，达到或超过 +：'],
    ['urine-wbc', '15-30', '15-30', '15-30 /HP，多于 15：'],
    ['wbc', '<3.5', '<3.5', '，低于或等于 3.0，尚不能确定，请医生判断：'],
    ['imaging-conclusion', '肝右叶占位，恶性不除外', '肝右叶占位，恶性不除外', '“肝右叶占位，恶性不除外”：建议尽快到相关专科就诊'],
  ])('%s %s', async (analyte, written, asSent, words) => {
    expect(await said(fact(analyte, written, asSent))).toContain(words);
  });

  it('shows no unit that nobody sent', async () => {
    const creatinine = fact('creatinine', '900', '900');
    const readings = [{ low: '900', high: '900', lowOpen: false, highOpen: false }];
    const value = { kind: 'unit-unknown' as const, unit: 'umol/L', readings };
    const words = await said({ ...creatinine, measurement: { ...creatinine.measurement, value } });
    expect(words).toContain('肌酐 900（单位不明），高于 133，尚不能确定，请医生判断');
    expect(words).not.toContain('mol/L');
  });

  it('in English', async () => {
    expect(await said(fact('wbc', '2.9'), 'en')).toMatch(/2\.9 ×10⁹\/L, at or below 3\.0: Repeat the blood count/);
  });

  it('a tumour marker names the limit of its report', async () => {
    const cea = fact('cea', '6.2');
    const ownLimit = { from: 'range', high: '5', highInclusive: true, unit: 'ng/mL' } as const;
    expect(await said({ ...cea, measurement: { ...cea.measurement, ownLimit } })).toContain('6.2 ng/mL，高于本报告上限 5：');
  });

  it('what was measured some hours before in the same visit is said to be so', async () => {
    const rules = await ruleSet(`{ all: [
      { fact: glucose-fasting, operator: greaterThanInclusive, value: 13.9, unit: mmol/L, params: { over: latest, within: 1 d } },
      { fact: urine-ketones, operator: greaterThanInclusive, value: +, params: { over: latest, within: 1 d } }] }`);
    const glucose = fact('glucose-fasting', '15.2');
    const before = { ...glucose, source: { ...glucose.source, at: '2025-12-31T21:00:00.000Z' } };
    const [outcome] = await judge(rules, facts(fact('urine-ketones', '++'), ADULT, [before]));
    expect(outcome && sentence(outcome, catalogue, 'zh')).toContain('空腹血糖 15.2 mmol/L（3小时前），达到或超过 13.9；尿酮体 ++，');
    const yesterday = { ...glucose, source: { ...glucose.source, at: '2025-12-30T23:00:00.000Z' } };
    const later = await judge(rules, facts(fact('urine-ketones', '++'), ADULT, [yesterday]));
    expect(brief(later)).toEqual([{ truth: 'unknown', couldFire: false, reason: null, missing: ['glucose-fasting (latest)'] }]);
  });

  it('of alternatives only those that hold are said: a man is not told the limit for women', async () => {
    const rules = await ruleSet(`{ any: [
      { all: [{ fact: sex, operator: equal, value: male }, { fact: waist, operator: greaterThanInclusive, value: 90, unit: cm }] },
      { all: [{ fact: sex, operator: equal, value: female }, { fact: waist, operator: greaterThanInclusive, value: 85, unit: cm }] }] }`);
    const of = async (sex: 'male' | 'female') => {
      const [outcome] = await judge(rules, facts(fact('waist', '104'), { ...ADULT, sex }));
      return outcome && sentence(outcome, catalogue, 'zh');
    };
    expect(await of('male')).toMatch(/^男性；腰围 104 cm，达到或超过 90(：|$)/);
    expect(await of('female')).toMatch(/^女性；腰围 104 cm，达到或超过 85(：|$)/);
  });

  it('a multiple of the own limit is named as one', async () => {
    const rules = await ruleSet('{ all: [{ fact: alt, operator: reachesOwnLimit, value: 15 }] }');
    const alt = fact('alt', '600', '600 U/L');
    const ownLimit = { from: 'range', high: '40', highInclusive: true, unit: 'U/L' } as const;
    const [outcome] = await judge(rules, facts({ ...alt, measurement: { ...alt.measurement, ownLimit } }));
    expect(outcome && sentence(outcome, catalogue, 'zh')).toContain('600 U/L，达到或超过本报告上限 15 × 40：');
  });

  it('the lower limit of the report is told as such, in both languages', async () => {
    const rules = await ruleSet('{ all: [{ fact: ft4, operator: belowOwnLimit, value: 1 }] }');
    const ft4 = fact('ft4', '11.9', '11.9 pmol/L');
    const ownLower = { from: 'range', low: '12', lowInclusive: true, unit: 'pmol/L' } as const;
    const [outcome] = await judge(rules, facts({ ...ft4, measurement: { ...ft4.measurement, ownLower } }));
    expect(outcome && sentence(outcome, catalogue, 'zh')).toContain('11.9 pmol/L，低于本报告下限 12：');
    expect(outcome && sentence(outcome, catalogue, 'en')).toContain("11.9 pmol/L, below the report's own limit 12:");
  });
});
