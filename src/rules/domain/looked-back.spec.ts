import { type EarlierFacts, type Facts, type MeasuredFact, UNKNOWN_PERSON } from '../../kernel/index.js';
import { loadVocabulary } from '../../terminology/index.js';
import { catalogueOf } from './vocabulary-catalogue.js';
import { readRules } from './files/read-rules.js';
import { judge } from './judge.js';
import { type Outcome } from './rule.js';
import { buildRuleSet } from './rule-set.js';
import { sentence } from './sentence.js';

const catalogue = catalogueOf(loadVocabulary('vocabulary'));
const NOW = Date.UTC(2026, 2, 2, 2);

/** A value so many days before the judged result. */
function fact(analyte: string, written: string, days = 0): MeasuredFact {
  const value = catalogue.read(analyte, written);
  const at = new Date(NOW - days * 86_400_000).toISOString();
  return {
    measurement: { component: 0, analyte, value, asSent: written, ownLimit: null, doubts: [] },
    source: { observationId: `${analyte}-${days}`, component: 0, at, status: 'final' },
  };
}

async function outcomeOf(conditions: string, anchor: MeasuredFact, earlier: MeasuredFact[], more: Partial<Facts> = {}): Promise<Outcome> {
  const text = `{ kind: critical, title: t, source: s, owner: o, review-by: 2027-01-01, population: any, rules: [{ id: one, title: { zh: 甲, en: a },
    conditions: ${conditions}, event: { type: notify, params: { class: B, advice: { zh: 复查, en: repeat } } }, examples: [] }] }`;
  const { rules, faults } = await readRules([{ path: 'pack/one.yaml', text }], catalogue);
  expect(faults.filter(({ message }) => !message.includes('example'))).toEqual([]);
  const byAnalyte: EarlierFacts = new Map([[anchor.measurement.analyte, earlier]]);
  const facts: Facts = { person: UNKNOWN_PERSON, anchor, others: new Map(), earlier: byAnalyte, zone: 'Asia/Shanghai', ...more };
  const [outcome] = await judge(buildRuleSet('v', rules), facts);
  return outcome as Outcome;
}

const hb = (operator: string, value: string, params: string, unit = 'g/L') =>
  `{ all: [{ fact: hb, operator: ${operator}, value: ${value}, unit: '${unit}', params: { ${params} } }] }`;
const COUNT = '{ all: [{ fact: hb, operator: greaterThanInclusive, value: 2, params: { over: count, visits: 3, when: { operator: lessThan, value: 90, unit: g/L } } }] }';

/** One of each kind. */
const OVER_TIME: [string, string][] = [
  ['latest', hb('lessThan', '90', 'over: latest, within: 1 d')],
  ['previous', hb('lessThan', '70', 'over: previous')],
  ['change', hb('lessThan', '-90', 'over: change')],
  ['rise', hb('greaterThan', '90', 'over: rise, within: 90 d')],
  ['rate', hb('lessThan', '-90', 'over: rate, within: 90 d', 'g/L/d')],
  ['count', COUNT],
  ['confirmed', hb('lessThan', '90', 'over: confirmed, within: 90 d')],
  ['ever before', hb('lessThan', '70', 'over: ever-before')],
];

describe('the sentence says how it was before', () => {
  const before = [fact('hb', '85', 10), fact('hb', '120', 30)];
  it.each<[string, string, string, string]>([
    ['latest', hb('lessThan', '90', 'over: latest, within: 1 d'), '血红蛋白 80 g/L，低于 90：复查', 'Haemoglobin 80 g/L, below 90: repeat'],
    ['previous', hb('lessThan', '90', 'over: previous'), '血红蛋白上次为85 g/L（10天前），低于 90：复查', 'Haemoglobin last time 85 g/L (10 days ago), below 90: repeat'],
    ['change', hb('lessThanInclusive', '-5', 'over: change'), '血红蛋白 80 g/L，10天前为85 g/L，下降 5，低于或等于 -5：复查', 'Haemoglobin 80 g/L, 85 g/L 10 days ago, down 5, at or below -5: repeat'],
    ['percent', hb('lessThan', '-5', 'over: change', '%'), '血红蛋白 80 g/L，10天前为85 g/L，下降 5.882%，低于 -5%：复查', 'Haemoglobin 80 g/L, 85 g/L 10 days ago, down 5.882%, below -5%: repeat'],
    ['fall', hb('greaterThanInclusive', '40', 'over: fall, within: 3 mo'), '血红蛋白 80 g/L，3个月内最高为120 g/L（30天前），下降 40，达到或超过 40：复查', 'Haemoglobin 80 g/L, highest within 3 months 120 g/L (30 days ago), down 40, at or above 40: repeat'],
    ['rate', hb('lessThan', '-0.3', 'over: rate, within: 90 d', 'g/L/d'), '血红蛋白 80 g/L，10天前为85 g/L，平均每天下降 0.5，低于 -0.3 g/L/d：复查', 'Haemoglobin 80 g/L, 85 g/L 10 days ago, down 0.5 per day, below -0.3 g/L/d: repeat'],
    ['count', COUNT, '血红蛋白最近3次中有2次低于 90，达到或超过 2次：复查', 'Haemoglobin below 90 on 2 of the last 3 visits, at or above 2: repeat'],
    ['confirmed', hb('lessThan', '90', 'over: confirmed, within: 90 d'), '血红蛋白 80 g/L，10天前为85 g/L，两次均低于 90：复查', 'Haemoglobin 80 g/L, 85 g/L 10 days ago, both below 90: repeat'],
    ['ever before', hb('lessThan', '90', 'over: ever-before'), '血红蛋白10天前曾为85 g/L，低于 90：复查', 'Haemoglobin was 85 g/L 10 days ago, below 90: repeat'],
    ['first ever', `{ not: ${hb('lessThan', '70', 'over: ever-before')} }`, '首次：此前无血红蛋白低于 70 的记录：复查', 'first time: no Haemoglobin below 70 on record before: repeat'],
  ])('%s', async (_name, conditions, zh, en) => {
    const outcome = await outcomeOf(conditions, fact('hb', '80'), before);
    expect(outcome.truth).toBe('fires');
    expect([sentence(outcome, catalogue, 'zh'), sentence(outcome, catalogue, 'en')]).toEqual([zh, en]);
  });

  it.each([
    ['9.714897726518195 g/dL', '血红蛋白 97 g/L (9.714897726518195 g/dL)，低于 100、达到或超过 90：复查'],
    ['97.148977 g/L', '血红蛋白 97 g/L (97.148977 g/L)，低于 100、达到或超过 90：复查'],
    ['99.9999 g/L', '血红蛋白 99.9999 g/L，低于 100、达到或超过 90：复查'],
    ['97.1', '血红蛋白 97.1 g/L，低于 100、达到或超过 90：复查'],
  ])('%s is read out without digits that nobody prints, on its side of both limits', async (written, zh) => {
    const band = `{ all: [{ fact: hb, operator: lessThan, value: 100, unit: g/L }, { fact: hb, operator: greaterThanInclusive, value: 90, unit: g/L }] }`;
    expect(sentence(await outcomeOf(band, fact('hb', written), []), catalogue, 'zh')).toBe(zh);
  });

  it('so is what stands beside one day, on its side of the limit', async () => {
    const latest = await outcomeOf(hb('lessThan', '90', 'over: latest, within: 1 d'), fact('hb', '89.99999'), []);
    expect(sentence(latest, catalogue, 'zh')).toBe('血红蛋白 89.99999 g/L，低于 90：复查');
  });

  it.each<[string, string, string]>([
    ['the last time', hb('lessThan', '90', 'over: previous'), 'fires'],
    ['not the last time', `{ not: ${hb('lessThan', '90', 'over: previous')} }`, 'fires'],
    ['a change', hb('lessThanInclusive', '-40', 'over: change'), 'fires'],
    ['a rate', hb('lessThan', '-3.9', 'over: rate, within: 90 d', 'g/L/d'), 'fires'],
    ['a change that neither has', hb('lessThanInclusive', '-41', 'over: change'), 'silent'],
  ])('of two values of one moment the one by which it is graver counts: %s', async (_name, conditions, truth) => {
    for (const order of [['85', '120'], ['120', '85']]) {
      const tied = order.map((value, i) => ({ ...fact('hb', value, 10), source: { ...fact('hb', value, 10).source, observationId: `hb ${i}` } }));
      const more = { earlierTied: new Map([['hb', 2]]) };
      const outcome = (await outcomeOf(conditions, fact('hb', '80'), [...tied, fact('hb', '100', 30)], more)) as Outcome | undefined;
      expect(outcome?.truth ?? 'silent').toBe(truth);
    }
  });

  it.each(OVER_TIME)('a value is looked at no more often for the others of its moment: %s', async (_name, conditions) => {
    const lookedAtMost = async (ties: number): Promise<number> => {
      const looks: number[] = [];
      const tied = Array.from({ length: ties }, (_, i) => {
        const one = fact('hb', String(100 + i), 10);
        const { value } = one.measurement;
        looks.push(0);
        return { ...one, measurement: { ...one.measurement, get value() { return looks[i]!++, value; } } }; // prettier-ignore
      });
      await outcomeOf(conditions, fact('hb', '80'), tied, { earlierTied: new Map([['hb', ties]]) });
      return Math.max(...looks);
    };
    expect(await lookedAtMost(40)).toBe(await lookedAtMost(2));
  });

  it.each(OVER_TIME)('of those of one moment each may be the last: %s', async (_name, conditions) => {
    const gravity = ['silent', 'unknown', 'fires'];
    for (const days of [0, 10]) {
      for (const values of [['60', '85', '200'], ['120', '<90', '79'], ['81', '175', '173']]) {
        const tied = values.map((value) => fact('hb', value, days));
        const truthOf = async (earlier: MeasuredFact[], more?: Partial<Facts>) =>
          ((await outcomeOf(conditions, fact('hb', '80'), [...earlier, fact('hb', '170', 20)], more)) as Outcome | undefined)?.truth ?? 'silent';
        const each = await Promise.all(tied.map((one) => truthOf([one, ...tied.filter((other) => other !== one)])));
        const [gravest] = each.sort((a, b) => gravity.indexOf(b) - gravity.indexOf(a));
        expect(await truthOf(tied, { earlierTied: new Map([['hb', tied.length]]) })).toBe(gravest);
      }
    }
  });

  it('hours where it was the same day', async () => {
    const rise = '{ all: [{ fact: creatinine, operator: greaterThanInclusive, value: 26.5, unit: umol/L, params: { over: rise, within: 48 h } }] }';
    const outcome = await outcomeOf(rise, fact('creatinine', '120'), [fact('creatinine', '90', 0.25), fact('creatinine', '80', 1.5)]);
    expect(sentence(outcome, catalogue, 'zh')).toBe('肌酐 120 μmol/L，48小时内最低为80 μmol/L（36小时前），上升 40，达到或超过 26.5：复查');
  });

  it('a change that is not one number is said as it is', async () => {
    const outcome = await outcomeOf(hb('lessThan', '-20', 'over: change'), fact('hb', '<80'), [fact('hb', '120', 30)]);
    expect(sentence(outcome, catalogue, 'zh')).toContain('变化 -115 ~ -40，低于 -20');
  });

  it.each([
    ['history.diabetes', 'true', { answers: new Map([['history.diabetes', true]]) }, '有糖尿病史', 'history of diabetes'],
    ['history.ckd', 'false', { answers: new Map([['history.ckd', false]]) }, '无慢性肾脏病史', 'no history of chronic kidney disease'],
    ['family.crc', 'true', { answers: new Map([['family.crc', true]]) }, '有结直肠癌家族史', 'family history of colorectal cancer'],
    ['medication.anticoagulant', 'false', { answers: new Map([['medication.anticoagulant', false]]) }, '未使用抗凝药', 'takes no anticoagulant'],
    ['care-setting', 'inpatient', { careSetting: 'inpatient' as const }, '住院', 'inpatient'],
    ['sex', 'male', { sex: 'male' as const }, '男性', 'male'],
  ])('%s %s', async (name, value, person, zh, en) => {
    const conditions = `{ all: [{ fact: hb, operator: lessThan, value: 90, unit: g/L }, { fact: ${name}, operator: equal, value: ${value} }] }`;
    const outcome = await outcomeOf(conditions, fact('hb', '80'), [], { person: { ...UNKNOWN_PERSON, ...person } });
    expect(sentence(outcome, catalogue, 'zh')).toBe(`血红蛋白 80 g/L，低于 90；${zh}：复查`);
    expect(sentence(outcome, catalogue, 'en')).toBe(`Haemoglobin 80 g/L, below 90; ${en}: repeat`);
  });

  it('an earlier value in another unit stands beside what was compared', async () => {
    const outcome = await outcomeOf(hb('lessThan', '-20', 'over: change'), fact('hb', '80'), [fact('hb', '12 g/dL', 30)]);
    expect(sentence(outcome, catalogue, 'zh')).toContain('30天前为120 g/L (12 g/dL)，下降 40');
  });
});

describe('the evidence', () => {
  it('lists every result that was looked at, newest first, as sent and as compared', async () => {
    const before = [fact('hb', '85', 10), fact('hb', '12 g/dL', 30), fact('hb', '60', 100)];
    const outcome = await outcomeOf(hb('greaterThanInclusive', '30', 'over: fall, within: 90 d'), fact('hb', '80'), before);
    expect(outcome.evidence).toEqual([
      expect.objectContaining({
        fact: 'hb',
        analyte: 'hb',
        threshold: '30',
        truth: 'fires',
        asSent: '80',
        converted: '40',
        over: { kind: 'fall', from: '2026-03-02T02:00:00.000Z', within: '90 d' },
        looked: [
          expect.objectContaining({ asSent: '80', converted: '80', unit: 'g/L' }),
          expect.objectContaining({ asSent: '85', converted: '85', unit: 'g/L' }),
          {
            analyte: 'hb',
            source: { observationId: 'hb-30', component: 0, at: '2026-01-31T02:00:00.000Z', status: 'final' },
            asSent: '12 g/dL',
            isUnitKnown: true,
            converted: '120',
            unit: 'g/L',
          },
        ],
      }),
    ]);
    expect(outcome.missing).toEqual([]);
  });

  it('says of each visit whether the condition held', async () => {
    const outcome = await outcomeOf(COUNT, fact('hb', '80'), [fact('hb', '95', 10), fact('hb', '85', 30)]);
    expect(outcome.evidence[0]).toMatchObject({
      converted: '2',
      over: { kind: 'count', visits: 3, when: { operator: 'lessThan', written: '90', unit: 'g/L' } },
      looked: [{ truth: 'fires' }, { truth: 'silent' }, { truth: 'fires' }],
    });
  });

  it('says what is missing: the value is there, the repeat is not', async () => {
    const outcome = await outcomeOf(hb('lessThan', '90', 'over: confirmed, within: 90 d'), fact('hb', '80'), []);
    expect(outcome).toMatchObject({ truth: 'unknown', couldFire: false, missing: ['hb (confirmed)'] });
  });

  it('a plain condition says nothing of time', async () => {
    const outcome = await outcomeOf('{ all: [{ fact: hb, operator: lessThan, value: 90, unit: g/L }] }', fact('hb', '80'), []);
    expect(Object.keys(outcome.evidence[0] ?? {})).not.toContain('over');
    expect(Object.keys(outcome.evidence[0] ?? {})).not.toContain('looked');
  });
});
