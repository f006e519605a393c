import { Decimal } from 'decimal.js';
import { positive } from './inputs.js';
import { defineModel, type Digits } from './model.js';

export interface HomaIrInput {
  /** Fasting glucose, mmol/L. */
  glucoseFasting: Digits;
  /** Fasting insulin, mIU/L. */
  insulinFasting: Digits;
}

/** Insulin resistance: fasting glucose (mmol/L) × fasting insulin (mIU/L) / 22.5. */
export const HOMA_IR = defineModel<HomaIrInput>({
  id: 'homa-ir',
  title: { zh: '胰岛素抵抗指数(HOMA-IR)', en: 'HOMA-IR' },
  version: '1',
  source: 'HOMA-IR (domain notes 06 §8, found R2)',
  unit: '1',
  decimals: 2,
  inputs: { glucoseFasting: positive('mmol/L'), insulinFasting: positive('m[IU]/L') },
  uncertainty: {
    zh: '只用空腹结果；界值因胰岛素检测方法而异',
    en: 'of fasting results only; limits differ by insulin assay',
  },
  compute: ({ glucoseFasting, insulinFasting }) =>
    new Decimal(glucoseFasting).times(insulinFasting).div('22.5'),
});
