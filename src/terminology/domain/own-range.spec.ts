import { exactly, type MeasuredValue } from '../../kernel/index.js';
import { NO_CONTEXT, type ResultContext } from './context.js';
import { type CodeableConcept, type ReferenceRange } from './fhir-input.js';
import { beyondOwnRange } from './own-range.js';

const number = (value: string): MeasuredValue => ({ kind: 'number', interval: exactly(value), unit: 'g/L' });
/** Understands g/dL too; a missing unit is the value's. */
const inGrams = (value: string, unit: string | null): string | null =>
  unit === 'g/dL' ? String(Number(value) * 10) : unit === null || unit === 'g/L' ? value : null;
const ask = (
  value: MeasuredValue,
  ranges?: ReferenceRange[],
  flags?: CodeableConcept[],
  context: Partial<ResultContext> = {},
) => {
  const beyond = beyondOwnRange(value, ranges, flags, { ...NO_CONTEXT, ...context }, inGrams);
  return beyond ? `${beyond.side} ${beyond.limit ?? '-'}` : null;
};
const between = (low: number, high: number, others: Partial<ReferenceRange> = {}): ReferenceRange => ({
  low: { value: low },
  high: { value: high },
  ...others,
});
const flag = (...codes: string[]): CodeableConcept[] => codes.map((code) => ({ coding: [{ code }] }));
const women = { appliesTo: [{ text: 'female' }] };
const men = { appliesTo: [{ text: 'male' }] };

describe('a value beside the reference interval of its own report', () => {
  it.each([
    ['39.9', 'below 40'],
    ['40', null],
    ['55', null],
    ['55.1', 'above 55'],
  ])('%s of 40–55 is %s', (value, expected) => {
    expect(ask(number(value), [between(40, 55)])).toBe(expected);
    expect(ask(number(value), [{ text: '40-55' }])).toBe(expected);
    expect(ask(number(value), [{ text: '参考区间：40～55 g/L' }])).toBe(expected);
  });

  it.each([
    ['<35', '35', 'above 35'],
    ['<=35', '35', null],
    ['≤35', '35.1', 'above 35'],
    ['>40', '40', 'below 40'],
    ['≥40', '40', null],
    ['≥40', '39', 'below 40'],
  ])('of %s, %s is %s', (text, value, expected) => {
    expect(ask(number(value), [{ text }])).toBe(expected);
  });

  it('an interval with one end says nothing of the other', () => {
    expect(ask(number('1'), [{ high: { value: 55 } }])).toBeNull();
    expect(ask(number('900'), [{ low: { value: 40 } }])).toBeNull();
  });

  it('in another unit it is converted, in one that is not understood it is no interval', () => {
    expect(ask(number('39'), [{ low: { value: 4, unit: 'g/dL' } }])).toBe('below 40');
    expect(ask(number('39'), [{ low: { value: 40, unit: 'mg' } }])).toBeNull();
  });

  it('of several the one for the person counts; where nobody knows, it must lie outside each', () => {
    const both = [between(130, 175, men), between(115, 150, women)];
    expect(ask(number('120'), both, undefined, { sex: 'male' })).toBe('below 130');
    expect(ask(number('120'), both, undefined, { sex: 'female' })).toBeNull();
    expect(ask(number('120'), both)).toBeNull();
    expect(ask(number('110'), both)).toBe('below 115');
    expect(ask(number('180'), both)).toBe('above 175');
  });

  it('what applies to others alone says nothing', () => {
    expect(ask(number('110'), [between(115, 150, women)], undefined, { sex: 'male' })).toBeNull();
  });

  it('a therapeutic range or one of a phase is none', () => {
    const type = { coding: [{ code: 'therapeutic' }] };
    expect(ask(number('1'), [between(40, 55, { type })])).toBeNull();
  });

  it('ends that contradict each other, and words, are no interval', () => {
    expect(ask(number('1'), [between(55, 40)])).toBeNull();
    expect(ask(number('1'), [{ text: '随年龄而异' }])).toBeNull();
  });

  it('a flag counts where no interval can be read, and only when it names one side', () => {
    expect(ask(number('1'), undefined, flag('L'))).toBe('below -');
    expect(ask(number('1'), [{ text: '见说明' }], flag('HH'))).toBe('above -');
    expect(ask(number('45'), [between(40, 55)], flag('H'))).toBeNull();
    expect(ask(number('1'), undefined, flag('A'))).toBeNull();
    expect(ask(number('1'), undefined, flag('H', 'L'))).toBeNull();
    expect(ask(number('1'), undefined, flag('N'))).toBeNull();
  });

  it('all of an interval must lie outside, and a value without a known unit never does', () => {
    const above = { low: '55', high: null, lowOpen: true, highOpen: true };
    const from50 = { low: '50', high: null, lowOpen: true, highOpen: true };
    expect(ask({ kind: 'number', interval: above, unit: 'g/L' }, [between(40, 55)])).toBe('above 55');
    expect(ask({ kind: 'number', interval: from50, unit: 'g/L' }, [between(40, 55)])).toBeNull();
    expect(ask({ kind: 'unit-unknown', readings: [exactly('900')], unit: '' }, [between(40, 55)])).toBeNull();
    expect(ask({ kind: 'implausible', interval: exactly('9e9'), unit: 'g/L' }, [between(40, 55)])).toBeNull();
  });
});
