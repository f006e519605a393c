import { CHINA_PAR } from './china-par.js';
import { CHINESE_DIABETES_SCORE } from './chinese-diabetes-score.js';
import { FINDRISC } from './findrisc.js';
import { type RiskModel } from './model.js';
import { NEWS2 } from './news2.js';
import { PREVENT_CVD, PREVENT_HF } from './prevent.js';
import { type LdlTarget, whatIf } from './what-if.js';

type Input = Record<string, unknown>;

const CLIENT: Input = {
  sex: 'male',
  age: 55,
  priorAscvd: false,
  priorCvd: false,
  systolicBp: 150,
  isTreated: true,
  cholesterolTotal: '5.6',
  hdlC: '1.1',
  waist: 92,
  bmi: '27',
  egfr: 90,
  isSmoker: true,
  hasDiabetes: false,
  takesStatin: false,
  livesInNorth: true,
  livesInCity: true,
  familyHistory: false,
  isActive: true,
  eatsVegetables: true,
  hadHighGlucose: false,
  relatives: 'none',
};
const LDL: LdlTarget = { now: '3.6', target: '2.6' };

function told(model: RiskModel, more: Input = {}, ldl: LdlTarget | null = LDL): string[] {
  return whatIf([{ model, input: { ...CLIENT, ...more } }], ldl).map(
    ({ change, before, after, difference }) => `${change} ${before.value} → ${after.value} (${difference})`,
  );
}

it.each<[string, RiskModel, Input, LdlTarget | null, string[]]>([
  [
    'China-PAR of the man of V6',
    CHINA_PAR,
    {},
    LDL,
    [
      'stop-smoking 16.7 → 14.0 (-2.7)',
      'systolic-130 16.7 → 10.8 (-5.9)',
      'ldl-at-target 16.7 → 14.9 (-1.8)',
    ],
  ],
  ['a non-smoker cannot stop', CHINA_PAR, { isSmoker: false }, null, ['systolic-130 14.0 → 9.0 (-5.0)']],
  ['130 is 130 already', CHINA_PAR, { systolicBp: 130, isSmoker: false }, null, []],
  [
    'LDL at target already',
    CHINA_PAR,
    { systolicBp: 130, isSmoker: false },
    { now: '2.6', target: '2.6' },
    [],
  ],
  [
    'a man of 70: the model has smoking the wrong way round',
    CHINA_PAR,
    { age: 70, systolicBp: 120 },
    null,
    [],
  ],
  ['a person beyond the range', CHINA_PAR, { age: 75 }, LDL, []],
  ['an input missing', CHINA_PAR, { hdlC: undefined }, LDL, []],
  [
    'no less weight for a waist: China-PAR has no other',
    CHINA_PAR,
    { isSmoker: false, systolicBp: 120, waist: 130 },
    null,
    [],
  ],
  [
    'PREVENT',
    PREVENT_CVD,
    {},
    LDL,
    ['stop-smoking 13.3 → 9.0 (-4.3)', 'systolic-130 13.3 → 10.3 (-3.0)', 'ldl-at-target 13.3 → 12.4 (-0.9)'],
  ],
  [
    'PREVENT, cholesterol of a woman of 75: less would be more',
    PREVENT_CVD,
    { sex: 'female', age: 75, systolicBp: 120, isSmoker: false },
    LDL,
    [],
  ],
  [
    'PREVENT, cholesterol that would leave the range',
    PREVENT_CVD,
    { cholesterolTotal: '4.0', systolicBp: 120, isSmoker: false },
    LDL,
    [],
  ],
  [
    'heart failure, weight above 30',
    PREVENT_HF,
    { bmi: '35', systolicBp: 120, isSmoker: false },
    null,
    ['weight-5-percent-less 3.0 → 2.6 (-0.4)'],
  ],
  ['FINDRISC, from above 30 to below', FINDRISC, { bmi: '31' }, LDL, ['weight-5-percent-less 8 → 6 (-2)']],
  ['FINDRISC, within a band nothing changes', FINDRISC, { bmi: '28' }, null, []],
  ['a normal weight need not fall', CHINESE_DIABETES_SCORE, { bmi: '22.5', systolicBp: 120 }, null, []],
  [
    'Chinese diabetes score',
    CHINESE_DIABETES_SCORE,
    { bmi: '24.5' },
    null,
    ['systolic-130 36 → 34 (-2)', 'weight-5-percent-less 36 → 34 (-2)'],
  ],
  [
    'an early warning is no risk to come',
    NEWS2,
    {
      isPregnant: false,
      respiratoryRate: 16,
      spo2: 97,
      spo2Scale: '1',
      onOxygen: false,
      systolicBp: 230,
      pulse: 70,
      consciousness: 'alert',
      temperature: 36.6,
    },
    null,
    [],
  ],
])('%s', (_name, model, more, ldl, expected) => {
  expect(told(model, more, ldl)).toEqual(expected);
});

it('each change in each model that it touches', () => {
  const asked = [CHINA_PAR, PREVENT_CVD].map((model) => ({ model: model, input: CLIENT }));
  expect(whatIf(asked).map(({ change, model }) => `${change} ${model}`)).toEqual([
    'stop-smoking china-par',
    'stop-smoking prevent-cvd',
    'systolic-130 china-par',
    'systolic-130 prevent-cvd',
  ]);
});
