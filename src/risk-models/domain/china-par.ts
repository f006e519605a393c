import { aged, MUST_NOT, positive, SEX, YES_NO } from './inputs.js';
import { defineModel, type Digits, type Sex } from './model.js';

export interface ChinaParInput {
  sex: Sex;
  /** Completed years. */
  age: number;
  /** Any atherosclerotic cardiovascular disease before: the model is of the first one. */
  priorAscvd: boolean;
  /** mmHg. */
  systolicBp: Digits;
  /** Took antihypertensives in the last two weeks. */
  isTreated: boolean;
  /** Total cholesterol, mmol/L. */
  cholesterolTotal: Digits;
  /** HDL cholesterol, mmol/L. */
  hdlC: Digits;
  /** cm. */
  waist: Digits;
  isSmoker: boolean;
  hasDiabetes: boolean;
  /** North of the Yangtze. */
  livesInNorth: boolean;
  /** In a city; counts for men alone. */
  livesInCity: boolean;
  /** Atherosclerotic cardiovascular disease of a first-degree relative; counts for men alone. */
  familyHistory: boolean;
}

const MMOL_PER_MG_DL = 0.0259;

interface Coefficients {
  age: number;
  treated: number;
  untreated: number;
  cholesterol: number;
  hdl: number;
  waist: number;
  smoker: number;
  diabetes: number;
  north: number;
  city: number;
  family: number;
  ageTreated: number;
  ageUntreated: number;
  ageSmoker: number;
  ageFamily: number;
  mean: number;
  /** Survival without an event over ten years at the mean. */
  survival: number;
}

/**
 * Five digits where they could be derived from the paper's examples: the two printed ones miss its own result (11.6 %
 * for 11.0 %). Treated blood pressure, smoking and family history are only known as printed.
 */
const MEN: Coefficients = {
  age: 31.96604,
  treated: 27.39,
  untreated: 26.14876,
  cholesterol: 0.6209,
  hdl: -0.69373,
  waist: -0.712,
  smoker: 3.96,
  diabetes: 0.36,
  north: 0.48,
  city: -0.16,
  family: 6.22,
  ageTreated: -6.02,
  ageUntreated: -5.73074,
  ageSmoker: -0.94,
  ageFamily: -1.53,
  mean: 140.68,
  survival: 0.9707,
};

/** The survival is 0.9851, printed as 0.99, with which the paper's own examples come out a third too low. */
const WOMEN: Coefficients = {
  age: 24.87,
  treated: 20.71,
  untreated: 19.98,
  cholesterol: 0.06,
  hdl: -0.22,
  waist: 1.48,
  smoker: 0.49,
  diabetes: 0.57,
  north: 0.54,
  city: 0,
  family: 0,
  ageTreated: -4.53,
  ageUntreated: -4.36,
  ageSmoker: 0,
  ageFamily: 0,
  mean: 117.26,
  survival: 0.9851,
};

/**
 * Ten-year risk of a first atherosclerotic cardiovascular event in Chinese adults of 35 to 74, in percent:
 * 100 · (1 − S10^exp(Σ − mean)). Below 5 low, from 10 high. The coefficient of men's waist is negative: a larger waist
 * lowers the figure, so it is nothing to advise on. For the same reason men from about 68 years on lose by not smoking.
 */
export const CHINA_PAR = defineModel<ChinaParInput>({
  id: 'china-par',
  title: { zh: '10年ASCVD风险(China-PAR)', en: '10-year ASCVD risk (China-PAR)' },
  version: '1',
  source:
    'China-PAR (Yang X, Circulation 2016;134:1430); 中国心血管病风险评估和管理指南 2019 (domain notes 06 §1, found R1)',
  unit: '%',
  decimals: 1,
  inputs: {
    sex: SEX,
    age: aged(35, 74),
    priorAscvd: MUST_NOT,
    systolicBp: positive('mm[Hg]'),
    isTreated: YES_NO,
    cholesterolTotal: positive('mmol/L'),
    hdlC: positive('mmol/L'),
    waist: positive('cm'),
    isSmoker: YES_NO,
    hasDiabetes: YES_NO,
    livesInNorth: YES_NO,
    livesInCity: { ...YES_NO, onlyFor: 'male' },
    familyHistory: { ...YES_NO, onlyFor: 'male' },
  },
  classes: {
    low: { zh: '低危', en: 'low' },
    middle: { zh: '中危', en: 'middle' },
    high: { zh: '高危', en: 'high' },
  },
  uncertainty: {
    zh: '降压治疗、吸烟、家族史三项只有两位小数的系数，用到它们时相对误差约±10 %',
    en: 'about ±10 % of the value where treatment, smoking or family history count: their coefficients are printed to two decimals only',
  },
  compute: (input) => {
    const is = input.sex === 'male' ? MEN : WOMEN;
    return 100 * (1 - is.survival ** Math.exp(sumOf(input, is) - is.mean));
  },
  classOf: (percent) => (percent < 5 ? 'low' : percent < 10 ? 'middle' : 'high'),
});

function sumOf(input: ChinaParInput, is: Coefficients): number {
  const lnAge = Math.log(input.age);
  const lnSystolic = Math.log(Number(input.systolicBp));
  const [pressure, agePressure] = input.isTreated
    ? [is.treated, is.ageTreated]
    : [is.untreated, is.ageUntreated];
  return (
    is.age * lnAge +
    (pressure + agePressure * lnAge) * lnSystolic +
    is.cholesterol * Math.log(Number(input.cholesterolTotal) / MMOL_PER_MG_DL) +
    is.hdl * Math.log(Number(input.hdlC) / MMOL_PER_MG_DL) +
    is.waist * Math.log(Number(input.waist)) +
    (input.isSmoker ? is.smoker + is.ageSmoker * lnAge : 0) +
    (input.hasDiabetes ? is.diabetes : 0) +
    (input.livesInNorth ? is.north : 0) +
    (input.livesInCity ? is.city : 0) +
    (input.familyHistory ? is.family + is.ageFamily * lnAge : 0)
  );
}
