import { Decimal } from 'decimal.js';
import { LevelPeople, MAN, WELL } from '../../../test/support/level-people.js';
import { type PersonFacts } from '../../kernel/index.js';

/**
 * The proposed mapping, row by row, in its own notation: `level:interval` in ascending order, each row covering its
 * whole range once; U is the report's upper limit. Read here by itself, without the rule files.
 */
const ROWS: readonly (readonly [
  analyte: string,
  who: Partial<PersonFacts> | readonly string[],
  intervals: string,
])[] = [
  ['systolic-bp', [], '2:(20,80) 4:[80,90) 5:[90,130) 4:[130,140) 3:[140,160) 2:[160,180) 1:[180,inf)'],
  [
    'systolic-bp',
    ['history.hypertension'],
    '2:(20,80) 4:[80,90) 5:[90,130) 4:[130,140) 3:[140,160) 2:[160,180) 1:[180,inf)',
  ],
  [
    'systolic-bp',
    ['medication.antihypertensive'],
    '5:[90,130) 4:[130,140) 3:[140,160) 2:[160,180) 1:[180,inf)',
  ],
  ['diastolic-bp', [], '4:(0,50) 5:[50,85) 4:[85,90) 3:[90,100) 2:[100,110) 1:[110,inf)'],
  [
    'diastolic-bp',
    ['history.hypertension'],
    '4:(0,50) 5:[50,85) 4:[85,90) 3:[90,100) 2:[100,110) 1:[110,inf)',
  ],
  ['heart-rate', [], '1:(0,45] 4:(45,50) 5:[50,100] 4:(100,120) 3:[120,150) 1:[150,inf)'],
  [
    'glucose-fasting',
    [],
    '1:(0,2.8] 4:(2.8,3.9) 5:[3.9,6.1) 4:[6.1,7.0) 3:[7.0,11.1) 2:[11.1,16.7) 1:[16.7,inf)',
  ],
  [
    'glucose-fasting',
    ['history.diabetes'],
    '1:(0,3.9] 4:(3.9,4.4) 5:[4.4,7.0) 3:[7.0,10.0) 2:[10.0,16.7) 1:[16.7,inf)',
  ],
  [
    'glucose-fasting',
    ['medication.glucose-lowering'],
    '1:(0,3.9] 4:(3.9,4.4) 5:[4.4,7.0) 3:[7.0,10.0) 2:[10.0,16.7) 1:[16.7,inf)',
  ],
  ['glucose-2h', [], '1:(0,2.8] 4:(2.8,3.9) 5:[3.9,7.8) 4:[7.8,11.1) 3:[11.1,16.7) 1:[16.7,inf)'],
  [
    'glucose-2h',
    ['history.diabetes'],
    '1:(0,3.9] 4:(3.9,4.4) 5:[4.4,10.0) 3:[10.0,13.9) 2:[13.9,16.7) 1:[16.7,inf)',
  ],
  ['hba1c', [], '5:(2,5.7) 4:[5.7,6.5) 3:[6.5,9.0) 2:[9.0,inf)'],
  ['hba1c', ['history.diabetes'], '5:(2,7.0) 3:[7.0,9.0) 2:[9.0,inf)'],
  ['cholesterol-total', [], '5:(0,5.2) 4:[5.2,6.2) 3:[6.2,7.2) 2:[7.2,inf)'],
  ['ldl-c', [], '5:(0,3.4) 4:[3.4,4.1) 3:[4.1,4.9) 2:[4.9,inf)'],
  ['ldl-c', ['history.diabetes'], '5:(0,2.6) 4:[2.6,3.4) 3:[3.4,4.9) 2:[4.9,inf)'],
  // Known cardiovascular disease is level 2 by itself.
  ['ldl-c', ['history.stroke'], '2:(0,1.8) 2:[1.8,inf)'],
  ['triglycerides', [], '5:(0,1.7) 4:[1.7,2.3) 3:[2.3,5.6) 2:[5.6,11.3) 1:[11.3,inf)'],
  ['hdl-c', [], '4:(0,1.0) 5:[1.0,inf)'],
  ['bmi', [], '3:(10,16) 4:[16,18.5) 5:[18.5,24) 4:[24,32.5) 3:[32.5,37.5) 2:[37.5,inf)'],
  [
    'bmi',
    ['history.hypertension'],
    '3:(10,16) 4:[16,18.5) 5:[18.5,24) 4:[24,28.0) 3:[28.0,37.5) 2:[37.5,inf)',
  ],
  ['urate', [], '5:(0,420] 4:(420,480) 3:[480,540) 2:[540,inf)'],
  ['urate', ['history.gout'], '5:(0,360) 3:[360,480) 2:[480,inf)'],
  ['creatinine', [], '5:(1,U] 4:(U,133] 2:(133,445) 1:[445,inf)'],
  ['creatinine', ['history.ckd'], '5:(1,U] 4:(U,133] 2:(133,707) 1:[707,inf)'],
  ['egfr', [], '1:[0,30) 2:[30,45) 3:[45,60) 5:[60,inf)'],
  ['acr', [], '5:[0,30) 3:[30,300] 2:(300,inf)'],
  ['acr-molar', [], '5:[0,3) 3:[3,30] 2:(30,inf)'],
  ['alt', [], '5:(0,U] 4:(U,2U] 3:(2U,200] 2:(200,600) 1:[600,inf)'],
  ['ast', [], '5:(0,U] 4:(U,2U] 3:(2U,200] 2:(200,600) 1:[600,inf)'],
  ['bilirubin-total', [], '5:(0,U] 4:(U,50] 2:(50,257) 1:[257,inf)'],
  [
    'hb',
    { sex: 'male' },
    '1:(5,60] 2:(60,90) 3:[90,120) 4:[120,130) 5:[130,175] 4:(175,185] 3:(185,200) 1:[200,inf)',
  ],
  [
    'hb',
    { sex: 'female', pregnant: false },
    '1:(5,60] 2:(60,90) 3:[90,110) 4:[110,115) 5:[115,150] 4:(150,165] 3:(165,200) 1:[200,inf)',
  ],
  [
    'hb',
    { sex: 'female', ageYears: 56 },
    '1:(5,60] 2:(60,90) 3:[90,110) 4:[110,115) 5:[115,150] 4:(150,165] 3:(165,200) 1:[200,inf)',
  ],
  [
    'hb',
    { sex: 'female', pregnant: true },
    '1:(5,60] 2:(60,90) 3:[90,100) 4:[100,110) 5:[110,150] 4:(150,165] 3:(165,200) 1:[200,inf)',
  ],
  [
    'wbc',
    [],
    '1:(0,1.0] 2:(1.0,2.0] 3:(2.0,3.0] 4:(3.0,3.5) 5:[3.5,9.5] 4:(9.5,15.0) 3:[15.0,30.0) 2:[30.0,inf)',
  ],
  [
    'plt',
    [],
    '1:(0,30] 2:(30,50] 3:(50,90) 4:[90,125) 5:[125,350] 4:(350,400) 3:[400,600) 2:[600,1000) 1:[1000,inf)',
  ],
  ['psa-total', [], '5:[0,4.0] 2:(4.0,20) 1:[20,inf)'],
];

const UPPER: Readonly<Record<string, number>> = { creatinine: 97, alt: 40, ast: 40, 'bilirubin-total': 21 };

interface Interval {
  level: number;
  low: Decimal;
  high: Decimal;
  hasLow: boolean;
  hasHigh: boolean;
}

function intervalsOf(analyte: string, row: string): Interval[] {
  const limit = (text: string): Decimal => {
    const upper = /^(\d*)U$/.exec(text);
    if (upper) return new Decimal(UPPER[analyte]!).times(upper[1] || 1);
    return text === 'inf' ? new Decimal(Infinity) : new Decimal(text);
  };
  return row.split(' ').map((one) => {
    const [, level, from, low, high, to] = /^(\d):([[(])([^,]+),([^\])]+)([\])])$/.exec(one)!;
    return {
      level: Number(level),
      low: limit(low!),
      high: limit(high!),
      hasLow: from === '[',
      hasHigh: to === ']',
    };
  });
}

/** On every limit, and one unit of its last digit on either side. */
function valuesAround(intervals: readonly Interval[], decimals: number): Decimal[] {
  const step = new Decimal(10).pow(-decimals);
  return intervals.flatMap(({ low }, at) => (at === 0 ? [] : [low.minus(step), low, low.plus(step)]));
}

let people: LevelPeople;
beforeAll(async () => {
  people = await LevelPeople.shipped();
});

it.each(ROWS)('%s of %j: every limit of the mapping, and beside it', (analyte, who, row) => {
  const intervals = intervalsOf(analyte, row);
  const decimals = Math.max(...[...row.matchAll(/\.(\d+)/g)].map((match) => match[1]!.length), 0);
  const person = Array.isArray(who)
    ? { ...MAN, answers: new Map((who as string[]).map((fact) => [fact, true])) }
    : { ...MAN, ...who };
  const values = valuesAround(intervals, decimals);
  const expected = values.map((value) => {
    const found = intervals.filter(
      ({ low, high, hasLow, hasHigh }) =>
        (value.gt(low) || (hasLow && value.eq(low))) && (value.lt(high) || (hasHigh && value.eq(high))),
    );
    expect(found).toHaveLength(1);
    return [value.toFixed(decimals), found[0]!.level];
  });
  const levels = values.map((value) => {
    const written = value.toFixed(decimals);
    return [written, people.assess({ [analyte]: written }, { person }).code];
  });
  expect(levels).toEqual(expected);
});

describe('what the mapping says beside its rows', () => {
  it('converted values are compared as printed: 126 mg/dL is 7.0 mmol/L', () => {
    expect(people.assess({ 'glucose-fasting': '126 mg/dL' }).code).toBe(3);
    expect(people.assess({ 'glucose-fasting': '125 mg/dL' }).code).toBe(4);
    expect(people.assess({ 'ldl-c': '3.39' }).code).toBe(5);
    expect(people.assess({ triglycerides: '5.59' }).code).toBe(3);
  });

  it('a body mass index and an eGFR printed with more decimals are rounded half up first', () => {
    expect(people.assess({ bmi: '23.94' }).code).toBe(5);
    expect(people.assess({ bmi: '23.95' }).code).toBe(4);
    expect(people.assess({ egfr: '59.4' }).code).toBe(3);
    expect(people.assess({ egfr: '59.5' }).code).toBe(5);
  });

  it.each([
    ['alt', '60', 5, '5'],
    ['alt', '201', 2, '2'],
    ['bilirubin-total', '51', 2, '2'],
    ['creatinine', '120', 5, '4–5'],
    ['creatinine', '134', 2, '2'],
  ])('without its limit on the report %s %s is %s', (analyte, written, code, text) => {
    const latest = new Map(
      Object.entries({ ...WELL, [analyte]: written }).map(([id, value]) => [
        id,
        people.measured(id, value, id === analyte ? {} : undefined),
      ]),
    );
    expect(people.assess({}, { latest })).toMatchObject({ code, text });
  });

  it.each([
    ['alt', 100, '150', 4],
    ['alt', 110, '201', 2],
    ['creatinine', 133, '134', 2],
    ['creatinine', 140, '135', 2],
    ['bilirubin-total', 55, '52', 2],
  ])('%s with a limit of %s: %s is level %s', (analyte, limit, written, code) => {
    const latest = new Map(
      Object.entries({ ...WELL, [analyte]: written }).map(([id, value]) => [
        id,
        people.measured(id, value, id === analyte ? { [id]: String(limit) } : undefined),
      ]),
    );
    expect(people.assess({}, { latest }).code).toBe(code);
  });

  it('sex unknown: the haemoglobin is not judged where it matters', () => {
    const person = { ...MAN, sex: null };
    expect(people.assess({ hb: '118' }, { person })).toMatchObject({ code: 5, text: '3–5' });
    expect(people.assess({ hb: '85' }, { person })).toMatchObject({ code: 2, text: '2' });
    expect(people.assess({ hb: '140' }, { person })).toMatchObject({ code: 5, text: '5' });
  });

  it('a value with a comparator proves what every value that it may be proves, and no more', () => {
    expect(people.assess({ hba1c: '>9.5' }).code).toBe(2);
    expect(people.assess({ hba1c: '>8' })).toMatchObject({ code: 3, text: '3' });
    expect(people.assess({ hba1c: '<6' })).toMatchObject({ code: 5, text: '5' });
    expect(people.assess({ triglycerides: '<1.7' })).toMatchObject({ code: 5, text: '5' });
    expect(people.assess({ triglycerides: '>10' })).toMatchObject({ code: 2, text: '1–2' });
  });
});
