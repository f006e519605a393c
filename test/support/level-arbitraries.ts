import fc from 'fast-check';
import { type PersonFacts } from '../../src/kernel/index.js';
import { MAN } from './level-people.js';

/** Values that people have, ordinary ones more often than not. */
export const between = (low: number, high: number, decimals = 0): fc.Arbitrary<string> =>
  fc
    .integer({ min: Math.round(low * 10 ** decimals), max: Math.round(high * 10 ** decimals) })
    .map((n) => (n / 10 ** decimals).toFixed(decimals));
const mostly = (ordinary: string, any: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.oneof({ weight: 12, arbitrary: fc.constant(ordinary) }, { weight: 1, arbitrary: any });
const grade = mostly('-', fc.constantFrom('±', '+', '++'));

/** A whole basic set. */
export const basic = fc.record({
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
/** What may be measured beside it. */
export const further = fc.record(
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
/** Adults with what records say of them. */
export const person: fc.Arbitrary<PersonFacts> = fc
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
