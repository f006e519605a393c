import { isValue, type ModelResult, type ModelValue } from './model.js';
import { NEWS2, type News2Input } from './news2.js';

function valueOf(result: ModelResult): ModelValue {
  if (!isValue(result)) throw new Error(JSON.stringify(result));
  return result;
}

describe('NEWS2', () => {
  const WELL: News2Input = {
    age: 50,
    isPregnant: false,
    respiratoryRate: 16,
    spo2: 97,
    spo2Scale: '1',
    onOxygen: false,
    systolicBp: 120,
    pulse: 70,
    consciousness: 'alert',
    temperature: 36.6,
  };
  it.each<[string, Partial<News2Input>, string, string]>([
    ['ill', { respiratoryRate: 22, spo2: 95, systolicBp: 105, pulse: 115, temperature: 38.5 }, '7', 'high'],
    [
      'one parameter extreme',
      { respiratoryRate: 18, spo2: 98, systolicBp: 225, pulse: 80, temperature: 36.8 },
      '3',
      'single-3',
    ],
    ['well', {}, '0', 'routine'],
    ['scale 2, at the target', { spo2Scale: '2', spo2: 90 }, '0', 'routine'],
    ['scale 2, above the target in air', { spo2Scale: '2', spo2: 97 }, '0', 'routine'],
    ['scale 2, above the target on oxygen', { spo2Scale: '2', spo2: 97, onOxygen: true }, '5', 'medium'],
    ['scale 2, 94 on oxygen', { spo2Scale: '2', spo2: 94, onOxygen: true }, '3', 'low'],
    ['scale 2, below', { spo2Scale: '2', spo2: 84 }, '2', 'low'],
    ['confused', { consciousness: 'cvpu' }, '3', 'single-3'],
    ['cold', { temperature: 35.0 }, '3', 'single-3'],
    [
      'every parameter at its worst',
      {
        respiratoryRate: 25,
        spo2: 91,
        onOxygen: true,
        systolicBp: 90,
        pulse: 131,
        consciousness: 'cvpu',
        temperature: 35,
      },
      '20',
      'high',
    ],
  ])('%s', (_name, more, value, inClass) => {
    expect(NEWS2.of({ ...WELL, ...more })).toMatchObject({ value, class: inClass });
  });

  const upTo = {
    respiratoryRate: [8, 9, 11, 12, 20, 21, 24, 25],
    spo2: [91, 92, 93, 94, 95, 96],
    systolicBp: [90, 91, 100, 101, 110, 111, 219, 220],
    pulse: [40, 41, 50, 51, 90, 91, 110, 111, 130, 131],
    temperature: [35, 35.1, 36, 36.1, 38, 38.1, 39, 39.1],
  };
  const points = {
    respiratoryRate: [3, 1, 1, 0, 0, 2, 2, 3],
    spo2: [3, 2, 2, 1, 1, 0],
    systolicBp: [3, 2, 2, 1, 1, 0, 0, 3],
    pulse: [3, 1, 1, 0, 0, 1, 1, 2, 2, 3],
    temperature: [3, 1, 1, 0, 0, 1, 1, 2],
  };
  it.each(Object.keys(upTo) as (keyof typeof upTo)[])('the chart of %s', (name) => {
    const found = upTo[name].map((value) => Number(valueOf(NEWS2.of({ ...WELL, [name]: value })).value));
    expect(found).toEqual(points[name]);
  });
});
