import { aged, YES_NO } from './inputs.js';
import { defineModel } from './model.js';

export interface Chads2Input {
  /** The score speaks of people with atrial fibrillation alone. */
  hasAtrialFibrillation: boolean;
  /** Completed years. */
  age: number;
  hasHeartFailure: boolean;
  hasHypertension: boolean;
  hasDiabetes: boolean;
  /** Stroke, transient ischaemic attack or thromboembolism before. */
  hadStroke: boolean;
}

/** Strokes a year in percent by score, as published (adjusted rates). */
const YEARLY = ['1.9', '2.8', '4.0', '5.9', '8.5', '12.5', '18.2'] as const;

/** Risk of stroke in atrial fibrillation without anticoagulation, as points, 0 to 6. */
export const CHADS2 = defineModel<Chads2Input>({
  id: 'chads2',
  title: { zh: '房颤卒中风险(CHADS2)', en: 'Risk of stroke in atrial fibrillation (CHADS2)' },
  version: '1',
  source:
    'CHADS2 (Gage, JAMA 2001;285:2864; points and rates found-2nd gdl-lang/common-clinical-models CHADS2.v1, the rates of 0 and 3 points recalled), review pending',
  unit: '{score}',
  decimals: 0,
  inputs: {
    hasAtrialFibrillation: { kind: 'yes-no', mustBe: true },
    age: aged(18),
    hasHeartFailure: YES_NO,
    hasHypertension: YES_NO,
    hasDiabetes: YES_NO,
    hadStroke: YES_NO,
  },
  classes: {
    low: { zh: '低', en: 'low' },
    intermediate: { zh: '中', en: 'intermediate' },
    high: { zh: '高', en: 'high' },
  },
  uncertainty: {
    zh: `不抗凝时每年卒中约 ${YEARLY.join('、')} %(0至6分)；较新的指南多用 CHA2DS2-VASc`,
    en: `about ${YEARLY.join(', ')} % strokes a year without anticoagulation (0 to 6 points); newer guidelines mostly use CHA2DS2-VASc`,
  },
  compute: ({ age, hasHeartFailure, hasHypertension, hasDiabetes, hadStroke }) =>
    [hasHeartFailure, hasHypertension, age >= 75, hasDiabetes].filter(Boolean).length + (hadStroke ? 2 : 0),
  classOf: (score) => {
    if (score === 0) return 'low';
    return score <= 2 ? 'intermediate' : 'high';
  },
});
