import { vocabulary } from '../../../test/support/measure.js';
import { toCanonical } from './to-canonical.js';

describe('values as a doctor writes them', () => {
  const point = (value: string, unit: string): object => ({
    kind: 'number',
    interval: { low: value, high: value, lowOpen: false, highOpen: false },
    unit,
  });
  it.each<[string, string, string | undefined, object | null]>([
    ['wbc', '3.0', '10*9/L', point('3.0', '10*9/L')],
    ['wbc', '3000', '/uL', point('3', '10*9/L')],
    ['glucose-fasting', '126 mg/dL', 'mmol/L', point('7.0', 'mmol/L')],
    ['glucose-fasting', '126', undefined, null],
    [
      'urine-protein',
      '+',
      undefined,
      { kind: 'ordinal', interval: { low: '1', high: '1', lowOpen: false, highOpen: false } },
    ],
    [
      'urine-rbc',
      '15-30',
      undefined,
      {
        kind: 'number',
        interval: { low: '15', high: '30', lowOpen: false, highOpen: false },
        unit: '/[HPF]',
      },
    ],
    ['cytology', 'HSIL', undefined, { kind: 'category', category: 'HSIL' }],
    ['nothing', '1', undefined, null],
    ['wbc', 'many', '10*9/L', null],
  ])('%s %s %s', (analyte, value, unit, expected) => {
    expect(toCanonical(vocabulary, analyte, value, unit)).toEqual(expected);
  });
});
