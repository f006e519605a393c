import { CHINA_PAR, type ChinaParInput } from './china-par.js';
import { CHINESE_DIABETES_SCORE } from './chinese-diabetes-score.js';
import { CKD_EPI_2021_CR, CKD_EPI_2021_CR_CYS } from './ckd-epi-2021.js';
import { ESTIMATED_AVERAGE_GLUCOSE } from './estimated-average-glucose.js';
import { FIB_4 } from './fib-4.js';
import { FINDRISC } from './findrisc.js';
import { HOMA_IR } from './homa-ir.js';
import { LDL_FRIEDEWALD } from './ldl-friedewald.js';
import { isValue, type ModelResult, type ModelValue, type RiskModel, type Sex } from './model.js';
import {
  PREVENT_ASCVD,
  PREVENT_CVD,
  PREVENT_HF,
  type PreventHeartFailureInput,
  type PreventInput,
} from './prevent.js';

function valueOf(result: ModelResult): ModelValue {
  if (!isValue(result)) throw new Error(JSON.stringify(result));
  return result;
}

/** China-PAR takes 0.0259, PREVENT 0.02586. */
const mmol = (mgDl: number, factor = 0.0259) => mgDl * factor;

const CLIENT: ChinaParInput = {
  sex: 'male',
  age: 60,
  priorAscvd: false,
  systolicBp: 130,
  isTreated: false,
  cholesterolTotal: mmol(210),
  hdlC: mmol(55),
  waist: 80,
  isSmoker: false,
  hasDiabetes: true,
  livesInNorth: true,
  livesInCity: true,
  familyHistory: false,
};

describe('China-PAR', () => {
  it.each<[string, Partial<ChinaParInput>, number, number]>([
    ['V1 man of 60', {}, 11.0, 11.044],
    ['V2 man of 40', { age: 40 }, 2.2, 2.221],
    ['V2 man of 50', { age: 50 }, 5.4, 5.418],
    ['V2 man of 70', { age: 70 }, 19.6, 19.685],
    ['V3 woman of 60', { sex: 'female' }, 10.1, 10.131],
    ['V4 woman of 40', { sex: 'female', age: 40 }, 2.4, 2.405],
    ['V4 woman of 50', { sex: 'female', age: 50 }, 5.4, 5.345],
    ['V4 woman of 70', { sex: 'female', age: 70 }, 17.1, 17.091],
  ])('%s is as published, to 2 %%', (_name, more, published, computed) => {
    const { unrounded } = valueOf(CHINA_PAR.of({ ...CLIENT, ...more }));
    expect(Math.abs(unrounded - published)).toBeLessThanOrEqual(0.02 * published);
    expect(Math.abs(unrounded - computed)).toBeLessThanOrEqual(0.001);
  });

  it('V5, the man of the guideline, to 0.2 points', () => {
    const risk = valueOf(
      CHINA_PAR.of({
        ...CLIENT,
        age: 40,
        systolicBp: 145,
        cholesterolTotal: '5.2',
        hdlC: '1.3',
        hasDiabetes: false,
        familyHistory: true,
      }),
    );
    expect(Math.abs(risk.unrounded - 4.7)).toBeLessThanOrEqual(0.2);
    expect(Math.abs(risk.unrounded - 4.868)).toBeLessThanOrEqual(0.001);
    expect(risk).toMatchObject({ value: '4.9', unit: '%', class: 'low' });
  });

  it.each<[string, Partial<ChinaParInput>, number, string]>([
    ['V6', { age: 55, waist: 92, isSmoker: true, hasDiabetes: false, hdlC: 1.1 }, 16.671, 'high'],
    ['V7', { sex: 'female', age: 65, waist: 88, hdlC: 1.3, livesInNorth: false }, 13.077, 'high'],
  ])('%s comes out as before', (_name, more, computed, inClass) => {
    const risk = valueOf(
      CHINA_PAR.of({ ...CLIENT, systolicBp: 150, isTreated: true, cholesterolTotal: 5.6, ...more }),
    );
    expect(Math.abs(risk.unrounded - computed)).toBeLessThanOrEqual(0.001);
    expect(risk.class).toBe(inClass);
  });
});

type PreventClient = PreventInput & PreventHeartFailureInput;

const P1: PreventClient = {
  sex: 'female',
  age: 50,
  priorCvd: false,
  cholesterolTotal: mmol(200, 0.02586),
  hdlC: mmol(45, 0.02586),
  systolicBp: 160,
  isTreated: true,
  hasDiabetes: true,
  isSmoker: false,
  takesStatin: false,
  egfr: 90,
  bmi: 35,
};
const P3: PreventClient = {
  ...P1,
  age: 65,
  cholesterolTotal: mmol(220, 0.02586),
  hdlC: mmol(50, 0.02586),
  systolicBp: 105,
  isTreated: false,
  hasDiabetes: false,
  isSmoker: true,
  takesStatin: true,
  egfr: 45,
  bmi: 27,
};

describe('PREVENT', () => {
  it.each<[string, PreventClient, Sex, [number, number, number]]>([
    ['P1', P1, 'female', [14.684, 9.195, 8.056]],
    ['P2', P1, 'male', [16.317, 10.194, 10.591]],
    ['P3', P3, 'female', [13.968, 7.884, 8.119]],
    ['P4', P3, 'male', [16.84, 9.758, 9.91]],
  ])('%s', (_name, client, sex, [cvd, ascvd, hf]) => {
    const of = (model: RiskModel<never>) =>
      valueOf((model as RiskModel<PreventClient>).of({ ...client, sex })).unrounded;
    expect(Math.abs(of(PREVENT_CVD) - cvd)).toBeLessThanOrEqual(0.001);
    expect(Math.abs(of(PREVENT_ASCVD) - ascvd)).toBeLessThanOrEqual(0.001);
    expect(Math.abs(of(PREVENT_HF) - hf)).toBeLessThanOrEqual(0.001);
  });
});

describe('CKD-EPI 2021', () => {
  const mgDl = (value: number) => value * 88.4;
  it.each<[string, Sex, number, number, number, string]>([
    ['92', 'male', 50, mgDl(1), 91.69, 'G1'],
    ['109', 'female', 50, mgDl(0.6), 109.28, 'G1'],
    ['36', 'female', 75, mgDl(1.5), 36.12, 'G3b'],
    ['26', 'female', 75, mgDl(2), 25.57, 'G4'],
    ['95', 'male', 45, 88, 95.1, 'G1'],
    ['53', 'male', 60, 133, 52.78, 'G3a'],
    ['40', 'female', 60, 133, 39.5, 'G3b'],
  ])('%s: %s of %d, creatinine %d', (value, sex, age, creatinine, computed, inClass) => {
    const found = valueOf(CKD_EPI_2021_CR.of({ sex, age, creatinine }));
    expect(found).toMatchObject({ value, class: inClass });
    expect(Math.abs(found.unrounded - computed)).toBeLessThan(0.005);
  });

  it('88 with cystatin C', () => {
    const found = valueOf(
      CKD_EPI_2021_CR_CYS.of({ sex: 'male', age: 50, creatinine: mgDl(1), cystatinC: 1 }),
    );
    expect(found.value).toBe('88');
    expect(Math.abs(found.unrounded - 88.14)).toBeLessThan(0.005);
  });
});

it.each<[string, RiskModel, object, string, string | undefined]>([
  [
    'FINDRISC 17',
    FINDRISC,
    {
      sex: 'male',
      age: 58,
      bmi: 27,
      waist: 98,
      isActive: false,
      eatsVegetables: false,
      isTreated: true,
      hadHighGlucose: false,
      relatives: 'first-degree',
    },
    '17',
    'high',
  ],
  [
    'FINDRISC 0',
    FINDRISC,
    {
      sex: 'female',
      age: 40,
      bmi: 22,
      waist: 75,
      isActive: true,
      eatsVegetables: true,
      isTreated: false,
      hadHighGlucose: false,
      relatives: 'none',
    },
    '0',
    'low',
  ],
  [
    'Chinese diabetes score 38',
    CHINESE_DIABETES_SCORE,
    { sex: 'male', age: 52, hasDiabetes: false, systolicBp: 138, bmi: 26, waist: 92, familyHistory: true },
    '38',
    'high',
  ],
  [
    'Chinese diabetes score 5',
    CHINESE_DIABETES_SCORE,
    { sex: 'female', age: 30, hasDiabetes: false, systolicBp: 112, bmi: 21, waist: 68, familyHistory: false },
    '5',
    'low',
  ],
  ['FIB-4 1.27', FIB_4, { age: 45, ast: 40, alt: 62, plt: 180 }, '1.27', 'low'],
  ['FIB-4 5.66', FIB_4, { age: 60, ast: 80, alt: 50, plt: 120 }, '5.66', 'high'],
  ['FIB-4 2.03 of 70 years', FIB_4, { age: 70, ast: 35, alt: 30, plt: 220 }, '2.03', 'indeterminate'],
  [
    'Friedewald',
    LDL_FRIEDEWALD,
    { cholesterolTotal: '5.6', hdlC: '1.1', triglycerides: '2.1' },
    '3.5',
    undefined,
  ],
  ['eAG of 7 %', ESTIMATED_AVERAGE_GLUCOSE, { hba1c: '7.0' }, '8.6', undefined],
  ['HOMA-IR', HOMA_IR, { glucoseFasting: '5.8', insulinFasting: '12.5' }, '3.22', undefined],
])('%s', (_name, model, input, value, inClass) => {
  expect(valueOf(model.of(input))).toMatchObject({ value, ...(inClass && { class: inClass }) });
});

it('FIB-4 before rounding', () => {
  const of = (age: number, ast: number, alt: number, plt: number) =>
    valueOf(FIB_4.of({ age, ast, alt, plt })).unrounded;
  expect(
    [of(45, 40, 62, 180), of(60, 80, 50, 120), of(70, 35, 30, 220)].map((one) => one.toFixed(4)),
  ).toEqual(['1.2700', '5.6569', '2.0332']);
});

it('FIB-4 of 30 years, which the domain notes compute as 0.6000 and call unreliable, is no number', () => {
  expect(FIB_4.of({ age: 30, ast: 25, alt: 25, plt: 250 })).toMatchObject({ input: 'age' });
});

it('eAG before rounding: 7.0 % is 8.56 mmol/L', () => {
  expect(valueOf(ESTIMATED_AVERAGE_GLUCOSE.of({ hba1c: '7.0' })).unrounded.toFixed(2)).toBe('8.56');
});
