import { aged, MUST_NOT, positive, SEX, YES_NO } from './inputs.js';
import { defineModel, type Digits, type Sex } from './model.js';
import { type Bands, pointsOf } from './points.js';

export interface ChineseDiabetesScoreInput {
  sex: Sex;
  /** Completed years. */
  age: number;
  hasDiabetes: boolean;
  /** mmHg. */
  systolicBp: Digits;
  /** kg/m². */
  bmi: Digits;
  /** cm. */
  waist: Digits;
  /** Diabetes of parents, siblings or children. */
  familyHistory: boolean;
}

const AGE: Bands = [
  [25, 4],
  [35, 8],
  [40, 11],
  [45, 12],
  [50, 13],
  [55, 15],
  [60, 16],
  [65, 18],
];
const SYSTOLIC: Bands = [
  [110, 1],
  [120, 3],
  [130, 6],
  [140, 7],
  [150, 8],
  [160, 10],
];
const BMI: Bands = [
  [22, 1],
  [24, 3],
  [30, 5],
];
const MENS_WAIST: Bands = [
  [75, 3],
  [80, 5],
  [85, 7],
  [90, 8],
  [95, 10],
];
const WOMENS_WAIST: Bands = MENS_WAIST.map(([from, points]) => [from - 5, points]);

/**
 * 中国糖尿病风险评分: 0 to 51 points, for adults of 20 to 74 without known diabetes; from 25 on an oral glucose tolerance
 * test is due. Not the "CDRS" of Qingdao, which is another score.
 */
export const CHINESE_DIABETES_SCORE = defineModel<ChineseDiabetesScoreInput>({
  id: 'chinese-diabetes-score',
  title: { zh: '中国糖尿病风险评分', en: 'Chinese diabetes risk score' },
  version: '1',
  source: '中国2型糖尿病防治指南 2013/2017/2020 (domain notes 06 §5, found-2nd R9)',
  unit: '{score}',
  decimals: 0,
  inputs: {
    sex: SEX,
    age: aged(20, 74),
    hasDiabetes: MUST_NOT,
    systolicBp: positive('mm[Hg]'),
    bmi: positive('kg/m2'),
    waist: positive('cm'),
    familyHistory: YES_NO,
  },
  classes: {
    low: { zh: '低于25分', en: 'below 25' },
    high: { zh: '25分及以上：做OGTT', en: '25 or more: oral glucose tolerance test' },
  },
  uncertainty: {
    zh: '筛查用分值，不是发病概率；分值来自二手来源，待医生核对',
    en: 'points for screening, no probability; seen in a copy only, a doctor has yet to confirm them',
  },
  compute: ({ sex, age, systolicBp, bmi, waist, familyHistory }) =>
    pointsOf(age, AGE) +
    pointsOf(Number(systolicBp), SYSTOLIC) +
    pointsOf(Number(bmi), BMI) +
    pointsOf(Number(waist), sex === 'male' ? MENS_WAIST : WOMENS_WAIST) +
    (familyHistory ? 6 : 0) +
    (sex === 'male' ? 2 : 0),
  classOf: (points) => (points >= 25 ? 'high' : 'low'),
});
