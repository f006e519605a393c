import { CHADS2 } from './chads2.js';
import { CHINESE_DIABETES_SCORE } from './chinese-diabetes-score.js';
import { CKD_EPI_2021_CR } from './ckd-epi-2021.js';
import { FIB_4 } from './fib-4.js';
import { FINDRISC } from './findrisc.js';
import { MEWS } from './mews.js';
import { isValue, limitsOf, type RiskModel } from './model.js';
import { RISK_MODELS } from './registry.js';

/** The ranges of the sources, written here a second time. */
it.each<[string, Record<string, string>]>([
  ['china-par', { age: '35–74 a', priorAscvd: 'false' }],
  [
    'prevent-cvd',
    {
      age: '30–79 a',
      systolicBp: '90–180 mm[Hg]',
      egfr: '15–140 mL/min/{1.73_m2}',
      cholesterolTotal: '3.3618–8.2752 mmol/L',
      hdlC: '0.5172–2.586 mmol/L',
      priorCvd: 'false',
    },
  ],
  ['prevent-hf', { age: '30–79 a', bmi: '18.5–39.9 kg/m2' }],
  ['prevent-chd', { age: '30–79 a', systolicBp: '90–180 mm[Hg]', priorCvd: 'false' }],
  ['prevent-hf-uacr', { bmi: '18.5–39.9 kg/m2', uacr: '0.1–2500 mg/g{creat}', priorCvd: 'false' }],
  ['lund-malmo-revised', { age: '≥18 a' }],
  ['chads2', { age: '≥18 a', hasAtrialFibrillation: 'true' }],
  ['mews', { age: '≥18 a', urineOutput: '≥0 mL/d' }],
  ['ckd-epi-2021-cr', { age: '≥18 a' }],
  ['ckd-epi-2021-cr-cys', { age: '≥18 a' }],
  ['chinese-diabetes-score', { age: '20–74 a', hasDiabetes: 'false' }],
  ['fib-4', { age: '≥35 a' }],
  ['news2', { age: '≥16 a', isPregnant: 'false' }],
  ['ldl-friedewald', { triglycerides: '>0 <4.5 mmol/L' }],
])('%s holds within its range', (id, ranges) => {
  const { inputs } = RISK_MODELS.find((model) => model.id === id)!;
  const found = Object.fromEntries(Object.keys(ranges).map((name) => [name, limitsOf(inputs[name]!)]));
  expect(found).toEqual(ranges);
});

/** Points that a value of one input adds to those of the lowest. */
function pointsOf(model: RiskModel, base: object, name: string, values: readonly number[]): number[] {
  const of = (value: number): number => {
    const result = model.of({ ...base, [name]: value });
    if (!isValue(result)) throw new Error(JSON.stringify(result));
    return Number(result.value);
  };
  return values.map((value) => of(value) - of(values[0]!));
}

describe.each(['male', 'female'] as const)('points of a %s', (sex) => {
  const findrisc = {
    sex,
    age: 30,
    bmi: 20,
    waist: 60,
    isActive: true,
    eatsVegetables: true,
    isTreated: false,
    hadHighGlucose: false,
    relatives: 'none',
  };
  const chinese = {
    sex,
    age: 20,
    hasDiabetes: false,
    systolicBp: 100,
    bmi: 20,
    waist: 60,
    familyHistory: false,
  };
  const less = sex === 'male' ? 0 : 5;
  it.each<[string, RiskModel, object, string, number[], number[]]>([
    ['FINDRISC', FINDRISC, findrisc, 'age', [44, 45, 54, 55, 64, 65], [0, 2, 2, 3, 3, 4]],
    ['FINDRISC', FINDRISC, findrisc, 'bmi', [24.9, 25, 30, 30.1], [0, 1, 1, 3]],
    [
      'FINDRISC',
      FINDRISC,
      findrisc,
      'waist',
      sex === 'male' ? [93.9, 94, 102, 102.1] : [79.9, 80, 88, 88.1],
      [0, 3, 3, 4],
    ],
    [
      'Chinese',
      CHINESE_DIABETES_SCORE,
      chinese,
      'age',
      [24, 25, 34, 35, 39, 40, 44, 45, 49, 50, 54, 55, 59, 60, 64, 65, 74],
      [0, 4, 4, 8, 8, 11, 11, 12, 12, 13, 13, 15, 15, 16, 16, 18, 18],
    ],
    [
      'Chinese',
      CHINESE_DIABETES_SCORE,
      chinese,
      'systolicBp',
      [109, 110, 119, 120, 129, 130, 139, 140, 149, 150, 159, 160],
      [0, 1, 1, 3, 3, 6, 6, 7, 7, 8, 8, 10],
    ],
    ['Chinese', CHINESE_DIABETES_SCORE, chinese, 'bmi', [21.9, 22, 23.9, 24, 29.9, 30], [0, 1, 1, 3, 3, 5]],
    [
      'Chinese',
      CHINESE_DIABETES_SCORE,
      chinese,
      'waist',
      [74.9, 75, 79.9, 80, 84.9, 85, 89.9, 90, 94.9, 95].map((cm) => cm - less),
      [0, 3, 3, 5, 5, 7, 7, 8, 8, 10],
    ],
  ])('%s %#', (_name, model, base, name, values, points) => {
    expect(pointsOf(model, base, name, values)).toEqual(points);
  });

  it('the most that the Chinese score gives is 51, of a man', () => {
    const worst = {
      sex,
      age: 74,
      hasDiabetes: false,
      systolicBp: 200,
      bmi: 40,
      waist: 120,
      familyHistory: true,
    };
    expect(CHINESE_DIABETES_SCORE.of(worst)).toMatchObject({
      value: sex === 'male' ? '51' : '49',
      class: 'high',
    });
  });
});

it.each([
  ['1.29', 'low', 129],
  ['1.30', 'indeterminate', 130],
  ['2.67', 'indeterminate', 267],
  ['2.68', 'high', 268],
])('FIB-4 of %s at 50 years is %s', (value, inClass, ast) => {
  expect(FIB_4.of({ age: 50, ast, alt: 1, plt: 5000 })).toMatchObject({ value, class: inClass });
});

it.each([
  [64, '1.30', 'indeterminate', 130],
  [65, '1.99', 'low', 199],
  [65, '2.00', 'indeterminate', 200],
])('FIB-4 at %d years of %s is %s', (age, value, inClass, hundredths) => {
  expect(FIB_4.of({ age, ast: hundredths, alt: 1, plt: 100 * age })).toMatchObject({ value, class: inClass });
});

it('the stage of an eGFR is that of the whole number: 59.5 is G2', () => {
  const result = [...Array(2000).keys()]
    .map((tenths) => CKD_EPI_2021_CR.of({ sex: 'male', age: 60, creatinine: 80 + tenths / 50 }))
    .find((one) => isValue(one) && one.unrounded < 60 && one.unrounded >= 59.5);
  expect(result).toMatchObject({ value: '60', class: 'G2' });
});

it('points of MEWS and CHADS2 on both sides of every band', () => {
  const mews = {
    age: 60,
    respiratoryRate: 12,
    pulse: 70,
    systolicBp: 120,
    temperature: 37,
    consciousness: 'alert',
    urineOutput: 2000,
  };
  const total = (name: string, value: number): number => {
    const result = (MEWS as RiskModel).of({ ...mews, [name]: value });
    if (!isValue(result)) throw new Error(JSON.stringify(result));
    return Number(result.value);
  };
  const points = (name: string, values: readonly number[]) => values.map((value) => total(name, value));
  expect(points('respiratoryRate', [8, 9, 14, 15, 20, 21, 29, 30])).toEqual([2, 0, 0, 1, 1, 2, 2, 3]);
  expect(points('pulse', [40, 41, 50, 51, 100, 101, 110, 111, 129, 130])).toEqual([
    2, 1, 1, 0, 0, 1, 1, 2, 2, 3,
  ]);
  expect(points('systolicBp', [70, 71, 80, 81, 100, 101, 199, 200])).toEqual([3, 2, 2, 1, 1, 0, 0, 2]);
  expect(points('temperature', [34.9, 35, 38.4, 38.5])).toEqual([2, 0, 0, 2]);
  expect(points('urineOutput', [249, 250, 750, 751, 1250, 1251, 2500, 2501])).toEqual([
    3, 2, 2, 1, 1, 0, 0, 1,
  ]);
  const chads2 = {
    hasAtrialFibrillation: true,
    age: 74,
    hasHeartFailure: false,
    hasHypertension: false,
    hasDiabetes: false,
    hadStroke: false,
  };
  expect(pointsOf(CHADS2 as RiskModel, chads2, 'age', [74, 75])).toEqual([0, 1]);
  expect((CHADS2 as RiskModel).of({ ...chads2, hadStroke: true })).toMatchObject({
    value: '2',
    class: 'intermediate',
  });
  expect((CHADS2 as RiskModel).of({ ...chads2, hadStroke: true, hasDiabetes: true })).toMatchObject({
    class: 'high',
  });
});
