import { aged, MUST_NOT, SEX, YES_NO } from './inputs.js';
import { defineModel, type Digits, type InputRules, type RiskModel, type Sex } from './model.js';
import { PREVENT, type PreventOutcome } from './prevent-coefficients.js';
import { type PreventTerms } from './prevent-terms.js';
import { PREVENT_UACR } from './prevent-uacr-coefficients.js';

export interface PreventInput {
  sex: Sex;
  /** Completed years. */
  age: number;
  /** Any cardiovascular disease before. */
  priorCvd: boolean;
  /** mmHg. */
  systolicBp: Digits;
  /** Takes antihypertensives. */
  isTreated: boolean;
  isSmoker: boolean;
  hasDiabetes: boolean;
  /** mL/min/1.73 m². */
  egfr: Digits;
  /** Total cholesterol, mmol/L. */
  cholesterolTotal: Digits;
  /** HDL cholesterol, mmol/L. */
  hdlC: Digits;
  takesStatin: boolean;
}

/** Heart failure is of the body mass index, not of lipids. */
export interface PreventHeartFailureInput extends Omit<
  PreventInput,
  'cholesterolTotal' | 'hdlC' | 'takesStatin'
> {
  /** kg/m². */
  bmi: Digits;
}

const COMMON = {
  sex: SEX,
  age: aged(30, 79),
  priorCvd: MUST_NOT,
  systolicBp: { kind: 'number', unit: 'mm[Hg]', from: 90, to: 180 },
  isTreated: YES_NO,
  isSmoker: YES_NO,
  hasDiabetes: YES_NO,
  egfr: { kind: 'number', unit: 'mL/min/{1.73_m2}', from: 15, to: 140 },
} as const satisfies InputRules;

/** The limits of the source, 130–320 and 20–100 mg/dL, × 0.02586. */
const LIPIDS = {
  cholesterolTotal: { kind: 'number', unit: 'mmol/L', from: 3.3618, to: 8.2752 },
  hdlC: { kind: 'number', unit: 'mmol/L', from: 0.5172, to: 2.586 },
  takesStatin: YES_NO,
} as const satisfies InputRules;

const TOLD = {
  version: '1',
  source:
    'AHA PREVENT 2023, base model (Khan, Circulation 2024;149:430; domain notes 06 §2: coefficients found R3, checks and the narrower ranges R4)',
  unit: '%',
  decimals: 1,
  uncertainty: {
    zh: '未按中国人群校准，先看China-PAR',
    en: 'not calibrated for China: see China-PAR first',
  },
};

/** Ten-year risk of any cardiovascular disease, in percent; 30 to 79 years, without one before. */
export const PREVENT_CVD = ofLipids('prevent-cvd', 'cvd', {
  zh: '10年心血管病风险(PREVENT)',
  en: '10-year risk of cardiovascular disease (PREVENT)',
});

/** Ten-year risk of atherosclerotic cardiovascular disease, in percent. */
export const PREVENT_ASCVD = ofLipids('prevent-ascvd', 'ascvd', {
  zh: '10年ASCVD风险(PREVENT)',
  en: '10-year ASCVD risk (PREVENT)',
});

/** What the domain notes do not have: the coefficients, and the checks that the source itself prints. */
const NOT_IN_NOTES = {
  ...TOLD,
  source:
    'AHA PREVENT 2023 (Khan, Circulation 2024;149:430, supplement; coefficients found-2nd bcjaeger/PooledCohort, checks its table S12 and preventr), review pending',
};

/** Ten-year risk of coronary heart disease, in percent. */
export const PREVENT_CHD = ofLipids(
  'prevent-chd',
  'chd',
  { zh: '10年冠心病风险(PREVENT)', en: '10-year risk of coronary heart disease (PREVENT)' },
  NOT_IN_NOTES,
);

/** Ten-year risk of stroke, in percent. */
export const PREVENT_STROKE = ofLipids(
  'prevent-stroke',
  'stroke',
  { zh: '10年脑卒中风险(PREVENT)', en: '10-year risk of stroke (PREVENT)' },
  NOT_IN_NOTES,
);

/** Ten-year risk of heart failure, in percent. */
export const PREVENT_HF = defineModel<PreventHeartFailureInput>({
  ...TOLD,
  id: 'prevent-hf',
  title: { zh: '10年心力衰竭风险(PREVENT)', en: '10-year risk of heart failure (PREVENT)' },
  inputs: { ...COMMON, bmi: { kind: 'number', unit: 'kg/m2', from: 18.5, to: 39.9 } },
  compute: (input) => percent(ofWeight(input, PREVENT.hf[input.sex])),
});

/** The same with the albumin-to-creatinine ratio of the urine (mg/g), for each outcome. */
export const PREVENT_WITH_UACR: readonly RiskModel[] = [
  withUacr('cvd', PREVENT_CVD),
  withUacr('ascvd', PREVENT_ASCVD),
  withUacr('hf', PREVENT_HF),
  withUacr('chd', PREVENT_CHD),
  withUacr('stroke', PREVENT_STROKE),
];

function ofLipids(
  id: string,
  outcome: PreventOutcome,
  title: RiskModel['title'],
  told = TOLD,
): RiskModel<PreventInput> {
  return defineModel<PreventInput>({
    ...told,
    id,
    title,
    inputs: { ...COMMON, ...LIPIDS },
    compute: (input) => percent(lipids(input, PREVENT[outcome][input.sex])),
  });
}

type EveryInput = PreventInput & PreventHeartFailureInput & { uacr: Digits };

function withUacr(
  outcome: PreventOutcome,
  { id, title, inputs }: Pick<RiskModel, 'id' | 'title' | 'inputs'>,
): RiskModel {
  const logit = outcome === 'hf' ? ofWeight : lipids;
  return defineModel<EveryInput>({
    ...NOT_IN_NOTES,
    id: `${id}-uacr`,
    title: { zh: `${title.zh}，计入尿白蛋白`, en: `${title.en}, with urine albumin` },
    inputs: {
      ...(inputs as Record<keyof EveryInput, InputRules[string]>),
      uacr: { kind: 'number', unit: 'mg/g{creat}', from: 0.1, to: 2500 },
    },
    compute: (input) => {
      const is = PREVENT_UACR[outcome][input.sex];
      return percent(logit(input, is) + is.lnUacr * Math.log(Number(input.uacr)));
    },
  });
}

/** The logit of an outcome that lipids go into. */
function lipids(input: PreventInput, is: PreventTerms): number {
  const a = decades(input.age);
  const n = Number(input.cholesterolTotal) - Number(input.hdlC) - 3.5;
  const h = (Number(input.hdlC) - 1.3) / 0.3;
  const statin = input.takesStatin ? is.statin + is.statinN * n : 0;
  return common(input, is) + (is.n + is.an * a) * n + (is.h + is.ah * a) * h + statin;
}

/** The logit of heart failure, which the body mass index goes into. */
function ofWeight(input: PreventHeartFailureInput, is: PreventTerms): number {
  const a = decades(input.age);
  const [b1, b2] = [(Math.min(Number(input.bmi), 30) - 25) / 5, (Math.max(Number(input.bmi), 30) - 30) / 5];
  return common(input, is) + is.b1 * b1 + is.b2 * b2 + is.ab2 * a * b2;
}

/** Years from 55, in tens. */
function decades(age: number): number {
  return (age - 55) / 10;
}

/** What all outcomes have: age, blood pressure, diabetes, smoking and eGFR. */
function common(input: Omit<PreventHeartFailureInput, 'bmi'>, is: PreventTerms): number {
  const a = decades(input.age);
  const systolic = Number(input.systolicBp);
  const egfr = Number(input.egfr);
  const s1 = (Math.min(systolic, 110) - 110) / 20;
  const s2 = (Math.max(systolic, 110) - 130) / 20;
  const g1 = (Math.min(egfr, 60) - 60) / -15;
  const g2 = (Math.max(egfr, 60) - 90) / -15;
  return (
    is.constant +
    is.a * a +
    is.s1 * s1 +
    (is.s2 + is.as2 * a) * s2 +
    (input.hasDiabetes ? is.diabetes + is.aDiabetes * a : 0) +
    (input.isSmoker ? is.smoker + is.aSmoker * a : 0) +
    (is.g1 + is.ag1 * a) * g1 +
    is.g2 * g2 +
    (input.isTreated ? is.treated + is.treatedS2 * s2 : 0)
  );
}

function percent(logit: number): number {
  return 100 / (1 + Math.exp(-logit));
}
