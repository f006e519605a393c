import { CKD_EPI_2021_CR, type CkdEpiInput, stage } from './ckd-epi-2021.js';
import { aged, positive, SEX } from './inputs.js';
import { defineModel } from './model.js';

/**
 * Glomerular filtration rate by creatinine, mL/min/1.73 m²: e^(X − 0.0158 · age + 0.438 · ln age). X for women 2.50 +
 * 0.0121 · (150 − pCr) below 150 µmol/L, 2.50 − 0.926 · ln(pCr / 150) from there on; for men 2.56 + 0.00968 · (180 − pCr)
 * below 180, 2.56 − 0.926 · ln(pCr / 180) from there on.
 */
export const LUND_MALMO_REVISED = defineModel<CkdEpiInput>({
  id: 'lund-malmo-revised',
  title: { zh: '估算肾小球滤过率(Lund-Malmö 修订)', en: 'eGFR (Lund-Malmö revised, creatinine)' },
  version: '1',
  source:
    'Lund-Malmö revised (Björk, Scand J Clin Lab Invest 2011;71:232; equation found-2nd egfr.app/equations/lund-malmo and BMC Geriatr 2021, s12877-021-02428-y table 1; checks gdl-lang/common-clinical-models), review pending; stages KDIGO 2024 (03 §5)',
  unit: CKD_EPI_2021_CR.unit,
  decimals: 0,
  inputs: { sex: SEX, age: aged(18), creatinine: positive('umol/L') },
  classes: CKD_EPI_2021_CR.classes,
  uncertainty: {
    zh: '由瑞典人群得出，未按中国人群校准；单次结果不能诊断慢性肾脏病',
    en: 'derived in Sweden, not calibrated for China; one value makes no chronic kidney disease',
  },
  compute: ({ sex, age, creatinine }) => {
    const [from, x, slope] = sex === 'female' ? [150, 2.5, 0.0121] : [180, 2.56, 0.00968];
    const value = Number(creatinine);
    const term = value < from ? slope * (from - value) : -0.926 * Math.log(value / from);
    return Math.exp(x + term - 0.0158 * age + 0.438 * Math.log(age));
  },
  classOf: stage,
});
