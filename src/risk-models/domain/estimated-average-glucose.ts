import { Decimal } from 'decimal.js';
import { defineModel, type Digits } from './model.js';

export interface EstimatedAverageGlucoseInput {
  /** HbA1c, NGSP %. */
  hba1c: Digits;
}

/** The average glucose that an HbA1c stands for, mmol/L: (28.7 × HbA1c − 46.7) / 18.018. */
export const ESTIMATED_AVERAGE_GLUCOSE = defineModel<EstimatedAverageGlucoseInput>({
  id: 'estimated-average-glucose',
  title: { zh: '估算平均血糖(eAG)', en: 'Estimated average glucose (eAG)' },
  version: '1',
  source: 'eAG (28.7·HbA1c % − 46.7)/18.018 (domain notes 06 §8, found R14)',
  unit: 'mmol/L',
  decimals: 1,
  // Below, it would be no glucose at all.
  inputs: { hba1c: { kind: 'number', unit: '%', from: 2 } },
  uncertainty: {
    zh: '贫血、血红蛋白变异时不可用；不能代替血糖',
    en: 'not in anaemia or with variant haemoglobin; it replaces no glucose',
  },
  compute: ({ hba1c }) => new Decimal(hba1c).times('28.7').minus('46.7').div('18.018'),
});
