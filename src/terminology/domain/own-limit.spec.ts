import { type OwnLimit, type OwnLowerLimit } from '../../kernel/index.js';
import { NO_CONTEXT, type ResultContext } from './context.js';
import { type CodeableConcept, type ReferenceRange } from './fhir-input.js';
import { ownLimit, ownLowerLimit } from './own-limit.js';

/** Understands ng/mL and its twin ug/L; a missing unit is the value's. */
const inNanograms = (value: string, unit: string | null): string | null =>
  unit === null || ['ng/mL', 'ug/L', 'μg/L'].includes(unit) ? value : null;

const limitOf = (
  ranges?: ReferenceRange[],
  interpretation?: CodeableConcept[],
  context: Partial<ResultContext> = {},
): OwnLimit | null => ownLimit(ranges, interpretation, { ...NO_CONTEXT, ...context }, 'ng/mL', inNanograms);

const range = (high: string, highInclusive = true): OwnLimit => ({
  from: 'range',
  high,
  highInclusive,
  unit: 'ng/mL',
});
const flag = (code: string): CodeableConcept[] => [{ coding: [{ code }] }];
const sex = (text: string): Pick<ReferenceRange, 'appliesTo'> => ({ appliesTo: [{ text }] });

describe('the limit that a report carries', () => {
  it('numeric high, in its unit or in the value’s', () => {
    expect(limitOf([{ high: { value: 5, unit: 'ug/L' } }])).toEqual(range('5'));
    expect(limitOf([{ high: { value: 5 } }])).toEqual(range('5'));
    expect(limitOf([{ high: { value: 5, unit: 'ng/mL', comparator: '<' } }])).toEqual(range('5', false));
  });

  it('a code of another system leaves the printed unit', () => {
    const high = { value: 5, unit: 'ug/L', system: 'http://snomed.info/sct', code: '258806002' };
    expect(limitOf([{ high }])).toEqual(range('5'));
  });

  it.each([
    ['0-7', '7', true],
    ['0～7', '7', true],
    ['0.00～7.00', '7.00', true],
    ['0--7', '7', true],
    ['＜35', '35', false],
    ['<35', '35', false],
    ['≤4.0', '4.0', true],
    ['<=4.0', '4.0', true],
    ['0-7 ng/mL', '7', true],
    ['参考值：0-7', '7', true],
    ['参考范围:<5.0ng/mL', '5.0', false],
    ['(0-7)', '7', true],
    ['0—5.0 μg/L', '5.0', true],
    ['小于5', '5', false],
    ['不超过5', '5', true],
  ])('text %s', (text, high, inclusive) => {
    expect(limitOf([{ text }])).toEqual(range(high, inclusive));
  });

  it.each([
    '阴性',
    '见报告',
    '>5',
    '≥10',
    '吸烟者<5 不吸烟者<3',
    '男0-4 女0-2',
    '7',
    '0-7 mmol/L',
    '',
    '<5(绝经前)',
  ])('text %j gives none', (text) => {
    expect(limitOf([{ text }])).toBeNull();
  });

  it('number before text before interpretation', () => {
    expect(limitOf([{ high: { value: 5 }, text: '0-7' }], flag('N'))).toEqual(range('5'));
    expect(limitOf([{ high: { value: 5, unit: 'mmol/L' }, text: '0-7' }], flag('H'))).toEqual(range('7'));
    expect(limitOf([{ high: { value: 5, unit: 'mmol/L' } }], flag('H'))).toEqual({
      from: 'interpretation',
      flag: 'above',
    });
  });

  it.each([
    ['H', 'above'],
    ['HH', 'above'],
    ['A', 'above'],
    ['N', 'within'],
    ['L', 'within'],
  ])('interpretation %s is %s', (code, expected) => {
    expect(limitOf(undefined, flag(code))).toEqual({ from: 'interpretation', flag: expected });
  });

  it('interpretations that say neither give none; above wins over within', () => {
    expect(limitOf(undefined, flag('S'))).toBeNull();
    expect(limitOf()).toBeNull();
    expect(limitOf(undefined, [...flag('N'), ...flag('H')])).toEqual({
      from: 'interpretation',
      flag: 'above',
    });
    expect(limitOf(undefined, [{ text: '↑' }])).toEqual({ from: 'interpretation', flag: 'above' });
  });

  describe('ranges by sex and age', () => {
    const bySex: ReferenceRange[] = [
      { high: { value: 9 }, ...sex('male') },
      { high: { value: 6 }, ...sex('女') },
    ];
    it.each([
      ['male', '9'],
      ['female', '6'],
      [null, '6'],
    ] as const)('%s', (who, high) => {
      expect(limitOf(bySex, undefined, { sex: who })).toEqual(range(high));
    });

    const byAge: ReferenceRange[] = [
      { high: { value: 2.5 }, age: { high: { value: 49, code: 'a' } } },
      { high: { value: 3.5 }, age: { low: { value: 50, unit: 'a' }, high: { value: 59, unit: '周岁' } } },
      { high: { value: 4.5 }, age: { low: { value: 60, code: 'a' } } },
    ];
    it.each([
      [49, '2.5'],
      [49.9, '2.5'],
      [50, '3.5'],
      [60, '4.5'],
      [null, '2.5'],
    ])('at %s years', (ageYears, high) => {
      expect(limitOf(byAge, undefined, { ageYears })).toEqual(range(high));
    });

    it('several for everybody: the lowest, and the strict one of two equals', () => {
      expect(limitOf([{ high: { value: 7 } }, { high: { value: 5 } }])).toEqual(range('5'));
      expect(limitOf([{ high: { value: 5 } }, { high: { value: 5, comparator: '<' } }])).toEqual(
        range('5', false),
      );
    });

    it('a treatment range is no reference limit', () => {
      expect(
        limitOf([{ high: { value: 1 }, type: { coding: [{ code: 'treatment' }] } }, { high: { value: 5 } }]),
      ).toEqual(range('5'));
    });
  });
});

describe('the lower limit that a report carries', () => {
  const lowerOf = (
    ranges?: ReferenceRange[],
    interpretation?: CodeableConcept[],
    context: Partial<ResultContext> = {},
  ): OwnLowerLimit | null =>
    ownLowerLimit(ranges, interpretation, { ...NO_CONTEXT, ...context }, 'ng/mL', inNanograms);
  const from = (low: string, lowInclusive = true): OwnLowerLimit => ({
    from: 'range',
    low,
    lowInclusive,
    unit: 'ng/mL',
  });

  it('numeric low, in its unit or in the value’s; of another unit none', () => {
    expect(lowerOf([{ low: { value: 12, unit: 'ug/L' }, high: { value: 22 } }])).toEqual(from('12'));
    expect(lowerOf([{ low: { value: 12, comparator: '>' } }])).toEqual(from('12', false));
    expect(lowerOf([{ low: { value: 12, unit: 'mol/L' } }])).toBeNull();
  });

  it.each([
    ['12-22', from('12')],
    ['12.0～22.0 ng/mL', from('12.0')],
    ['参考值：12至22', from('12')],
    ['≥40', from('40')],
    ['>40 ng/mL', from('40', false)],
    ['<35', null],
    ['40', null],
    ['40 mol/L', null],
    ['阴性', null],
  ])('in words: %s', (text, expected) => expect(lowerOf([{ text }])).toEqual(expected));

  it('of several that may be the person’s the highest; of a known sex its own', () => {
    const ranges = [
      { low: { value: 10 }, ...sex('female') },
      { low: { value: 13 }, ...sex('male') },
    ];
    expect(lowerOf(ranges)).toEqual(from('13'));
    expect(lowerOf(ranges, undefined, { sex: 'female' })).toEqual(from('10'));
  });

  it.each([
    ['L', 'below'],
    ['LL', 'below'],
    ['N', 'within'],
    ['H', 'within'],
  ] as const)('by the flag %s where no limit is printed', (code, expected) => {
    expect(lowerOf(undefined, flag(code))).toEqual({ from: 'interpretation', flag: expected });
    expect(lowerOf([{ high: { value: 5 } }], flag(code))).toEqual({ from: 'interpretation', flag: expected });
    expect(lowerOf([{ low: { value: 12 } }], flag(code))).toEqual(from('12'));
  });

  it('what is only called abnormal is beyond neither end for certain', () =>
    expect(lowerOf(undefined, flag('A'))).toBeNull());
});
