import { Decimal } from 'decimal.js';
import { type Bilingual } from '../../kernel/index.js';
import { CHINA_PAR } from './china-par.js';
import { CHINESE_DIABETES_SCORE } from './chinese-diabetes-score.js';
import { FINDRISC } from './findrisc.js';
import { type Digits, isValue, type ModelValue, type RiskModel } from './model.js';
import { PREVENT_ASCVD, PREVENT_CVD, PREVENT_HF } from './prevent.js';

/** Models of a risk to come, which one can do something about; the others say how things are. */
const OF_THE_FUTURE: ReadonlySet<string> = new Set(
  [CHINA_PAR, PREVENT_CVD, PREVENT_ASCVD, PREVENT_HF, FINDRISC, CHINESE_DIABETES_SCORE].map(({ id }) => id),
);

export const CHANGES = ['stop-smoking', 'systolic-130', 'weight-5-percent-less', 'ldl-at-target'] as const;
export type Change = (typeof CHANGES)[number];

export const CHANGE_NAMES: Readonly<Record<Change, Bilingual>> = {
  'stop-smoking': { zh: '戒烟', en: 'stop smoking' },
  'systolic-130': { zh: '收缩压降到130 mmHg', en: 'systolic pressure of 130 mmHg' },
  'weight-5-percent-less': { zh: '体重减轻5 %', en: '5 % less weight' },
  'ldl-at-target': { zh: 'LDL-C达标', en: 'LDL cholesterol at target' },
};

/** LDL cholesterol as it is and as it should be, mmol/L. */
export interface LdlTarget {
  now: Digits;
  target: Digits;
}

/** A model with what it is told of a person. */
export interface Asked {
  model: RiskModel;
  input: Readonly<Record<string, unknown>>;
}

/** What one change would make of one model's value. */
export interface WhatIf {
  change: Change;
  /** Id of the model. */
  model: string;
  before: ModelValue;
  after: ModelValue;
  /** After less before, as rounded: below zero. */
  difference: string;
}

/**
 * What a person could win: each change by itself, in each model that it touches. Only what applies (a non-smoker cannot
 * stop) and what lowers the value: where the printed coefficients have the sign turned, as for smoking in men from about
 * 68 years on, nothing is said. A model takes a change as if it had always been so; in life the risk follows it slowly.
 * @param ldl without it nothing is said of LDL; the target is the doctor's to give
 */
export function whatIf(asked: readonly Asked[], ldl: LdlTarget | null = null): WhatIf[] {
  return CHANGES.flatMap((change) =>
    asked.flatMap(({ model, input }): WhatIf[] => {
      const changed = OF_THE_FUTURE.has(model.id) ? changedBy(change, input, ldl) : null;
      if (!changed) return [];
      const [before, after] = [model.of(input), model.of(changed)];
      if (!isValue(before) || !isValue(after) || after.unrounded >= before.unrounded) return [];
      const difference = new Decimal(after.value).minus(before.value).toFixed(model.decimals);
      return [{ change, model: model.id, before, after, difference }];
    }),
  );
}

const SYSTOLIC = 130;
/** Overweight by WS/T 428-2013 (domain notes 03 §4, found G16), kg/m². */
const OVERWEIGHT = 24;
/** The lower end of what is advised to the overweight within half a year (domain notes 08, found-2nd F19). */
const WEIGHT_LEFT = '0.95';

/** The input after a change; null where it does not apply. */
function changedBy(change: Change, input: Asked['input'], ldl: LdlTarget | null): Asked['input'] | null {
  switch (change) {
    case 'stop-smoking':
      return input.isSmoker === true ? { ...input, isSmoker: false } : null;
    case 'systolic-130':
      return Number(input.systolicBp) > SYSTOLIC ? { ...input, systolicBp: SYSTOLIC } : null;
    case 'weight-5-percent-less':
      // The waist stays: no source says how far it follows, and in men China-PAR counts it the wrong way.
      return Number(input.bmi) >= OVERWEIGHT
        ? { ...input, bmi: times(input.bmi as Digits, WEIGHT_LEFT) }
        : null;
    case 'ldl-at-target':
      return ldl && Number(ldl.now) > Number(ldl.target) ? withLessLdl(input, ldl) : null;
  }
}

/** The models know LDL as a part of total cholesterol: what the one loses the other does. */
function withLessLdl(input: Asked['input'], { now, target }: LdlTarget): Asked['input'] | null {
  if (input.cholesterolTotal === undefined) return null;
  const cholesterolTotal = new Decimal(input.cholesterolTotal as Digits).minus(now).plus(target);
  return { ...input, cholesterolTotal: cholesterolTotal.toFixed() };
}

function times(value: Digits, factor: string): string {
  return new Decimal(value).times(factor).toFixed();
}
