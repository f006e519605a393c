import { aged, positive, SEX } from './inputs.js';
import { defineModel, type Digits, type Sex } from './model.js';

export interface CkdEpiInput {
  sex: Sex;
  /** Completed years. */
  age: number;
  /** Serum creatinine, µmol/L. */
  creatinine: Digits;
}

export interface CkdEpiCystatinInput extends CkdEpiInput {
  /** Cystatin C, mg/L. */
  cystatinC: Digits;
}

const UMOL_PER_MG_DL = 88.4;
const SOURCE =
  'CKD-EPI 2021, race-free (Inker, N Engl J Med 2021; domain notes 06 §3, found R6); stages KDIGO 2024 (03 §5, found G17)';
const ADULT = aged(18);
const STAGES = {
  G1: { zh: 'G1 正常或升高', en: 'G1 normal or high' },
  G2: { zh: 'G2 轻度下降', en: 'G2 mildly decreased' },
  G3a: { zh: 'G3a 轻至中度下降', en: 'G3a mildly to moderately decreased' },
  G3b: { zh: 'G3b 中至重度下降', en: 'G3b moderately to severely decreased' },
  G4: { zh: 'G4 重度下降', en: 'G4 severely decreased' },
  G5: { zh: 'G5 肾衰竭', en: 'G5 kidney failure' },
};
const UNIT = 'mL/min/{1.73_m2}';

/**
 * Glomerular filtration rate by creatinine, mL/min/1.73 m²: 142 · min(Scr/κ, 1)^α · max(Scr/κ, 1)^−1.200 · 0.9938^age,
 * × 1.012 for women; Scr in mg/dL. From 18 years on. An estimate: one value makes no chronic kidney disease.
 */
export const CKD_EPI_2021_CR = defineModel<CkdEpiInput>({
  id: 'ckd-epi-2021-cr',
  title: { zh: '估算肾小球滤过率(CKD-EPI 2021 肌酐)', en: 'eGFR (CKD-EPI 2021, creatinine)' },
  version: '1',
  source: SOURCE,
  unit: UNIT,
  decimals: 0,
  inputs: { sex: SEX, age: ADULT, creatinine: positive('umol/L') },
  classes: STAGES,
  uncertainty: {
    zh: '估算值；单次结果不能诊断慢性肾脏病，需持续3个月以上',
    en: 'an estimate; chronic kidney disease needs more than three months, not one value',
  },
  compute: ({ sex, age, creatinine }) => {
    const isFemale = sex === 'female';
    const [kappa, alpha] = isFemale ? [0.7, -0.241] : [0.9, -0.302];
    const ratio = Number(creatinine) / UMOL_PER_MG_DL / kappa;
    return 142 * around(ratio, alpha, -1.2) * 0.9938 ** age * (isFemale ? 1.012 : 1);
  },
  classOf: stage,
});

/**
 * The same by creatinine and cystatin C: 135 · min(Scr/κ, 1)^α · max(Scr/κ, 1)^−0.544 · min(Cys/0.8, 1)^−0.323 ·
 * max(Cys/0.8, 1)^−0.778 · 0.9961^age, × 0.963 for women.
 */
export const CKD_EPI_2021_CR_CYS = defineModel<CkdEpiCystatinInput>({
  id: 'ckd-epi-2021-cr-cys',
  title: {
    zh: '估算肾小球滤过率(CKD-EPI 2021 肌酐-胱抑素C)',
    en: 'eGFR (CKD-EPI 2021, creatinine and cystatin C)',
  },
  version: '1',
  source: SOURCE,
  unit: UNIT,
  decimals: 0,
  inputs: { sex: SEX, age: ADULT, creatinine: positive('umol/L'), cystatinC: positive('mg/L') },
  classes: STAGES,
  uncertainty: CKD_EPI_2021_CR.uncertainty,
  compute: ({ sex, age, creatinine, cystatinC }) => {
    const isFemale = sex === 'female';
    const [kappa, alpha] = isFemale ? [0.7, -0.219] : [0.9, -0.144];
    const byCreatinine = around(Number(creatinine) / UMOL_PER_MG_DL / kappa, alpha, -0.544);
    const byCystatin = around(Number(cystatinC) / 0.8, -0.323, -0.778);
    return 135 * byCreatinine * byCystatin * 0.9961 ** age * (isFemale ? 0.963 : 1);
  },
  classOf: stage,
});

/** One power below one, another above it. */
function around(ratio: number, below: number, above: number): number {
  return Math.min(ratio, 1) ** below * Math.max(ratio, 1) ** above;
}

/** @param egfr a whole number: rounding comes before staging, 59.5 is G2 */
export function stage(egfr: number): keyof typeof STAGES {
  if (egfr >= 90) return 'G1';
  if (egfr >= 60) return 'G2';
  if (egfr >= 45) return 'G3a';
  if (egfr >= 30) return 'G3b';
  return egfr >= 15 ? 'G4' : 'G5';
}
