import { aged, positive } from './inputs.js';
import { defineModel, type Digits } from './model.js';
import { pointsOf } from './points.js';

export const AVPU = ['alert', 'voice-or-new-confusion', 'pain', 'unresponsive'] as const;

export interface MewsInput {
  /** Completed years. */
  age: number;
  /** Breaths a minute. */
  respiratoryRate: Digits;
  /** Beats a minute. */
  pulse: Digits;
  /** mmHg. */
  systolicBp: Digits;
  /** °C. */
  temperature: Digits;
  consciousness: (typeof AVPU)[number];
  /** mL in 24 hours. */
  urineOutput: Digits;
}

/** Modified Early Warning Score with urine output, 0 to 17, as one hospital publishes it; NEWS2 is the score of the packs. */
export const MEWS = defineModel<MewsInput>({
  id: 'mews',
  title: { zh: '改良早期预警评分(MEWS)', en: 'Modified Early Warning Score (MEWS)' },
  version: '1',
  source:
    'MEWS, Capio S:t Görans Sjukhus 4.0, 2011 (bands and checks found-2nd gdl-lang/common-clinical-models MEWS.v1.2), review pending; adults only, as all packs for adults',
  unit: '{score}',
  decimals: 0,
  inputs: {
    age: aged(18),
    respiratoryRate: positive('/min'),
    pulse: positive('/min'),
    systolicBp: positive('mm[Hg]'),
    temperature: positive('Cel'),
    consciousness: { kind: 'word', words: AVPU },
    urineOutput: { kind: 'number', unit: 'mL/d', from: 0 },
  },
  uncertainty: {
    zh: '反映当下的急性病情；各院版本的分值不同，国内多用无尿量的版本',
    en: 'of acute illness at this moment; hospitals use other versions, many without urine output',
  },
  compute: (is) =>
    pointsOf(Number(is.respiratoryRate), [
      [0, 2],
      [9, 0],
      [15, 1],
      [21, 2],
      [30, 3],
    ]) +
    heart(Number(is.pulse)) +
    pressure(Number(is.systolicBp)) +
    pointsOf(Number(is.temperature), [
      [0, 2],
      [35, 0],
      [38.5, 2],
    ]) +
    AVPU.indexOf(is.consciousness) +
    urine(Number(is.urineOutput)),
});

function heart(rate: number): number {
  if (rate <= 40) return 2;
  return pointsOf(rate, [
    [0, 1],
    [51, 0],
    [101, 1],
    [111, 2],
    [130, 3],
  ]);
}

function pressure(systolic: number): number {
  if (systolic <= 70) return 3;
  return pointsOf(systolic, [
    [0, 2],
    [81, 1],
    [101, 0],
    [200, 2],
  ]);
}

function urine(millilitres: number): number {
  if (millilitres < 250) return 3;
  if (millilitres <= 750) return 2;
  return millilitres <= 1250 || millilitres > 2500 ? 1 : 0;
}
