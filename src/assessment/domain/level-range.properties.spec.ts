import fc from 'fast-check';
import '../../../test/support/property-seed.js';
import { LevelPeople, MAN, WELL } from '../../../test/support/level-people.js';
import { type PersonFacts } from '../../kernel/index.js';
import { type LevelAssessment } from './level-assessment.js';

/** `npm run levels:range-proof` asks 5,000 people. */
const RUNS = Number(process.env.FIRSTCALL_LEVEL_RUNS ?? 400);

let people: LevelPeople;
beforeAll(async () => {
  people = await LevelPeople.shipped();
});

/** Values that people have, ordinary ones more often than not. */
const between = (low: number, high: number, decimals = 0): fc.Arbitrary<string> =>
  fc
    .integer({ min: Math.round(low * 10 ** decimals), max: Math.round(high * 10 ** decimals) })
    .map((n) => (n / 10 ** decimals).toFixed(decimals));
const mostly = (ordinary: string, any: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.oneof({ weight: 12, arbitrary: fc.constant(ordinary) }, { weight: 1, arbitrary: any });
const grade = mostly('-', fc.constantFrom('±', '+', '++'));

const basic = fc.record({
  'systolic-bp': mostly('118', between(70, 200)),
  'diastolic-bp': mostly('76', between(40, 120)),
  bmi: mostly('22.4', between(15, 40, 1)),
  'glucose-fasting': mostly('5.1', between(2.5, 18, 1)),
  'cholesterol-total': mostly('4.6', between(3, 9, 1)),
  triglycerides: mostly('1.1', between(0.5, 13, 1)),
  'ldl-c': mostly('2.4', between(1, 6, 1)),
  'hdl-c': mostly('1.4', between(0.6, 2, 1)),
  creatinine: mostly('76', between(40, 800)),
  hb: mostly('142', between(50, 210)),
  wbc: mostly('5.6', between(0.8, 35, 1)),
  plt: mostly('230', between(20, 1100)),
  'urine-protein': grade,
  'urine-glucose': grade,
  'urine-blood': grade,
});
const further = fc.record(
  {
    hba1c: between(4.5, 11, 1),
    alt: between(10, 700),
    urate: between(200, 600),
    egfr: between(10, 120),
    tsh: between(0.05, 12, 2),
    'psa-total': between(0, 30, 1),
    cytology: fc.constantFrom('NILM', 'ASC-US', 'LSIL', 'HSIL', 'unsatisfactory'),
    cea: between(1, 20, 1),
    waist: between(65, 110),
    ast: between(10, 120),
    'smoking-status': fc.constantFrom('current', 'former', 'never'),
    'residence-region': fc.constantFrom('north', 'south'),
    'residence-area': fc.constantFrom('urban', 'rural'),
    'imaging-conclusion': fc.constantFrom(
      '轻度脂肪肝',
      '右肺结节，约6mm',
      'BI-RADS 4A类',
      'BI-RADS 0类',
      '双肺未见异常',
    ),
  },
  { requiredKeys: [] },
);
const person: fc.Arbitrary<PersonFacts> = fc
  .record({
    sex: fc.constantFrom('male' as const, 'female' as const),
    ageYears: fc.integer({ min: 18, max: 90 }),
    pregnant: fc.constant(false),
    yes: fc.oneof(
      fc.constant<string[]>([]),
      fc.subarray([
        'history.diabetes',
        'history.hypertension',
        'history.ckd',
        'history.gout',
        'history.stroke',
        'family.stroke',
        'medication.antihypertensive',
      ]),
    ),
  })
  .map(({ sex, ageYears, pregnant, yes }) => ({
    ...MAN,
    sex,
    ageYears,
    pregnant,
    answers: new Map(yes.map((fact) => [fact, true])),
  }));

function rangeOf({ text }: LevelAssessment): { from: number; to: number } {
  const [from, to = from] = text.split('–').map(Number);
  return { from: from!, to: to! };
}

it(`with all values there is one level; with some of the basic set hidden it lies in the range shown (${RUNS} people)`, () => {
  const hidden = fc.subarray(Object.keys(WELL), { maxLength: 8 });
  const met = { ranges: 0, unknown: 0, graver: 0 };
  fc.assert(
    fc.property(basic, fc.oneof(fc.constant({}), further), person, hidden, (values, others, who, without) => {
      const all: Record<string, string> = { ...values, ...others };
      const whole = people.assessAlone(all, { person: who });
      fc.pre(
        !whole.domains.some(({ cannotBeJudged }) => cannotBeJudged.length > 0) || whole.code !== 'unknown',
      );
      expect(whole.missingBasic).toEqual([]);
      expect(whole.text).toBe(String(whole.code));
      const { basic: ofBasicSet } = people.ruleSet.levels;
      const seen = Object.fromEntries(
        Object.entries(all).filter(([analyte]) => !ofBasicSet.has(analyte) || !without.includes(analyte)),
      );
      const part = people.assessAlone(seen, { person: who });
      const { from, to } = rangeOf(part);
      expect(from).toBeLessThanOrEqual(Number(whole.code));
      expect(to).toBeGreaterThanOrEqual(Number(whole.code));
      if (part.code === 'unknown') met.unknown++;
      else expect(part.code).toBe(to);
      if (part.missingBasic.length > 0) expect(part.code).not.toBe(5);
      if (from < to) met.ranges++;
      if (part.code !== 'unknown' && part.code > Number(whole.code)) met.graver++;
    }),
    { numRuns: RUNS },
  );
  // All of it has been met, or the test would prove little.
  expect(Math.min(...Object.values(met))).toBeGreaterThan(RUNS / 100);
});

it('a value less known is never another level: the range of an interval holds those of its ends', () => {
  fc.assert(
    fc.property(
      person,
      fc.integer({ min: 28, max: 170 }),
      fc.integer({ min: 0, max: 40 }),
      (who, low, width) => {
        const [a, b] = [low, low + width].map((tenths) => (tenths / 10).toFixed(1)) as [string, string];
        const { from, to } = rangeOf(
          people.assess({ 'glucose-fasting': width === 0 ? a : `${a}-${b}` }, { person: who }),
        );
        for (const end of [a, b]) {
          const { code } = people.assess({ 'glucose-fasting': end }, { person: who });
          expect(Number(code)).toBeGreaterThanOrEqual(from);
          expect(Number(code)).toBeLessThanOrEqual(to);
        }
      },
    ),
    { numRuns: RUNS },
  );
});
