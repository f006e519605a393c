import { Decimal } from 'decimal.js';
import { positive } from './inputs.js';
import { defineModel, type Digits } from './model.js';

/** All mmol/L. */
export interface FriedewaldInput {
  cholesterolTotal: Digits;
  hdlC: Digits;
  triglycerides: Digits;
}

/** LDL cholesterol, mmol/L: TC − HDL − TG / 2.2. With triglycerides of 4.5 and more it does not hold. */
export const LDL_FRIEDEWALD = defineModel<FriedewaldInput>({
  id: 'ldl-friedewald',
  title: { zh: '低密度脂蛋白胆固醇(Friedewald)', en: 'LDL cholesterol (Friedewald)' },
  version: '1',
  source: 'Friedewald (domain notes 06 §8, found-2nd R13: above 4.5 invalid; 4.5 itself rejected too)',
  unit: 'mmol/L',
  decimals: 1,
  inputs: {
    cholesterolTotal: positive('mmol/L'),
    hdlC: positive('mmol/L'),
    triglycerides: { kind: 'number', unit: 'mmol/L', above: 0, below: 4.5 },
  },
  uncertainty: {
    zh: '估算值，实测值优先；公式来自二手来源，待医生核对',
    en: 'an estimate, a measured value goes first; seen in a copy only, a doctor has yet to confirm it',
  },
  compute: ({ cholesterolTotal, hdlC, triglycerides }) =>
    new Decimal(cholesterolTotal).minus(hdlC).minus(new Decimal(triglycerides).div('2.2')),
});
