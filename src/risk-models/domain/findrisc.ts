import { aged, positive, SEX, YES_NO } from './inputs.js';
import { defineModel, type Digits, type Sex } from './model.js';
import { pointsOf } from './points.js';

export const RELATIVES = ['none', 'second-degree', 'first-degree'] as const;

export interface FindriscInput {
  sex: Sex;
  /** Completed years. */
  age: number;
  /** kg/m². */
  bmi: Digits;
  /** cm. */
  waist: Digits;
  /** At least 30 minutes of activity a day. */
  isActive: boolean;
  /** Vegetables, fruit or berries every day. */
  eatsVegetables: boolean;
  /** Ever took antihypertensives regularly. */
  isTreated: boolean;
  /** Ever had a high glucose. */
  hadHighGlucose: boolean;
  /** Who has diabetes: a parent, sibling or child (first-degree); a grandparent, aunt, uncle or cousin (second-degree). */
  relatives: (typeof RELATIVES)[number];
}

const RELATIVE_POINTS: Record<FindriscInput['relatives'], number> = {
  none: 0,
  'second-degree': 3,
  'first-degree': 5,
};

/** Ten-year risk of type 2 diabetes as points, 0 to 26, of adults without known diabetes. */
export const FINDRISC = defineModel<FindriscInput>({
  id: 'findrisc',
  title: { zh: '芬兰糖尿病风险评分(FINDRISC)', en: 'Finnish Diabetes Risk Score (FINDRISC)' },
  version: '1',
  source:
    'FINDRISC (Lindström & Tuomilehto 2003), official form (domain notes 06 §4, found R7); adults only, as all packs for adults',
  unit: '{score}',
  decimals: 0,
  inputs: {
    sex: SEX,
    age: aged(18),
    bmi: positive('kg/m2'),
    waist: positive('cm'),
    isActive: YES_NO,
    eatsVegetables: YES_NO,
    isTreated: YES_NO,
    hadHighGlucose: YES_NO,
    relatives: { kind: 'word', words: RELATIVES },
  },
  classes: {
    low: { zh: '低(约1 %)', en: 'low (about 1 %)' },
    slight: { zh: '略高(约4 %)', en: 'slightly elevated (about 4 %)' },
    moderate: { zh: '中(约17 %)', en: 'moderate (about 17 %)' },
    high: { zh: '高(约33 %)', en: 'high (about 33 %)' },
    'very-high': { zh: '很高(约50 %)', en: 'very high (about 50 %)' },
  },
  uncertainty: {
    zh: '百分数来自芬兰人群；网上有些版本分值不同，本评分按官方表格',
    en: 'the percentages are of Finns; some copies on the web have other points, these are those of the official form',
  },
  compute: ({ sex, age, bmi, waist, ...said }) =>
    pointsOf(age, [
      [45, 2],
      [55, 3],
      [65, 4],
    ]) +
    // 25 and 30 themselves, and both limits of the waist, belong to the middle band.
    middle(Number(bmi), 25, 30, 1, 3) +
    (sex === 'male' ? middle(Number(waist), 94, 102, 3, 4) : middle(Number(waist), 80, 88, 3, 4)) +
    (said.isActive ? 0 : 2) +
    (said.eatsVegetables ? 0 : 1) +
    (said.isTreated ? 2 : 0) +
    (said.hadHighGlucose ? 5 : 0) +
    RELATIVE_POINTS[said.relatives],
  classOf: (points) => {
    if (points < 7) return 'low';
    if (points < 12) return 'slight';
    if (points < 15) return 'moderate';
    return points <= 20 ? 'high' : 'very-high';
  },
});

function middle(value: number, from: number, to: number, within: number, above: number): number {
  if (value < from) return 0;
  return value <= to ? within : above;
}
