import { aged, MUST_NOT, positive, YES_NO } from './inputs.js';
import { defineModel, type Digits } from './model.js';

export const CONSCIOUSNESS = ['alert', 'cvpu'] as const;
export const SPO2_SCALES = ['1', '2'] as const;

export interface News2Input {
  /** Completed years. */
  age: number;
  /** False for men. */
  isPregnant: boolean;
  /** Breaths a minute. */
  respiratoryRate: Digits;
  /** Oxygen saturation, %. */
  spo2: Digits;
  /** `2` only where a target of 88–92 % is on record. */
  spo2Scale: (typeof SPO2_SCALES)[number];
  onOxygen: boolean;
  /** mmHg. */
  systolicBp: Digits;
  /** Beats a minute. */
  pulse: Digits;
  /** Alert, or new confusion, voice, pain, unresponsive. */
  consciousness: (typeof CONSCIOUSNESS)[number];
  /** °C. */
  temperature: Digits;
}

/** National Early Warning Score 2, 0 to 20; from 16 years on, not in pregnancy. */
export const NEWS2 = defineModel<News2Input>({
  id: 'news2',
  title: { zh: '国家早期预警评分(NEWS2)', en: 'National Early Warning Score 2 (NEWS2)' },
  version: '1',
  source: 'NEWS2, Royal College of Physicians 2017 (domain notes 06 §7, found R12)',
  unit: '{score}',
  decimals: 0,
  inputs: {
    age: aged(16),
    isPregnant: MUST_NOT,
    respiratoryRate: positive('/min'),
    spo2: { kind: 'number', unit: '%', above: 0, to: 100 },
    spo2Scale: { kind: 'word', words: SPO2_SCALES },
    onOxygen: YES_NO,
    systolicBp: positive('mm[Hg]'),
    pulse: positive('/min'),
    consciousness: { kind: 'word', words: CONSCIOUSNESS },
    temperature: positive('Cel'),
  },
  classes: {
    routine: { zh: '常规监测', en: 'routine' },
    low: { zh: '低', en: 'low' },
    'single-3': { zh: '单项3分：紧急病房评估', en: 'a single 3: urgent ward review' },
    medium: { zh: '中(1小时内)', en: 'medium (within an hour)' },
    high: { zh: '高(急救，30分钟内)', en: 'high (emergency, within 30 minutes)' },
  },
  uncertainty: {
    zh: '反映当下的急性病情，不是长期风险',
    en: 'of acute illness at this moment, no long-term risk',
  },
  compute: (input) => partsOf(input).reduce((sum, points) => sum + points, 0),
  classOf: (score, input) => {
    if (score >= 7) return 'high';
    if (score >= 5) return 'medium';
    if (partsOf(input).includes(3)) return 'single-3';
    return score > 0 ? 'low' : 'routine';
  },
});

/** Points of each parameter. */
function partsOf(input: News2Input): number[] {
  return [
    upTo(
      Number(input.respiratoryRate),
      [
        [8, 3],
        [11, 1],
        [20, 0],
        [24, 2],
      ],
      3,
    ),
    saturation(Number(input.spo2), input),
    input.onOxygen ? 2 : 0,
    upTo(
      Number(input.systolicBp),
      [
        [90, 3],
        [100, 2],
        [110, 1],
      ],
      Number(input.systolicBp) < 220 ? 0 : 3,
    ),
    upTo(
      Number(input.pulse),
      [
        [40, 3],
        [50, 1],
        [90, 0],
        [110, 1],
        [130, 2],
      ],
      3,
    ),
    input.consciousness === 'alert' ? 0 : 3,
    upTo(
      Number(input.temperature),
      [
        [35, 3],
        [36, 1],
        [38, 0],
        [39, 1],
      ],
      2,
    ),
  ];
}

function saturation(spo2: number, { spo2Scale, onOxygen }: News2Input): number {
  if (spo2Scale === '1')
    return upTo(
      spo2,
      [
        [91, 3],
        [93, 2],
        [95, 1],
      ],
      0,
    );
  return upTo(
    spo2,
    [[83, 3], [85, 2], [87, 1], [92, 0], ...(onOxygen ? HIGH_ON_OXYGEN : [])],
    onOxygen ? 3 : 0,
  );
}

/** More than the target of scale 2 counts only while oxygen is given. */
const HIGH_ON_OXYGEN = [
  [94, 1],
  [96, 2],
] as const;

/** Points of the first band whose upper limit (included) the value does not pass. */
function upTo(
  value: number,
  bands: readonly (readonly [to: number, points: number])[],
  beyond: number,
): number {
  return bands.find(([to]) => value <= to)?.[1] ?? beyond;
}
