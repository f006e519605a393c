import { loinc, measure, measureAll, named, shown, ucum } from '../../../test/support/measure.js';
import { type Observation } from './fhir-input.js';

describe('quantities', () => {
  it.each<[string, Observation['code'], Partial<Observation>, string]>([
    ['plain', loinc('6690-2'), ucum(3, '10*9/L'), 'wbc 3 10*9/L'],
    ['converted by a power of ten', loinc('718-7'), ucum(8.9, 'g/dL'), 'hb 89 g/L'],
    ['converted by molar mass', loinc('1558-6'), ucum(126, 'mg/dL'), 'glucose-fasting 7.0 mmol/L'],
    ['urea nitrogen counts as urea', loinc('3094-0'), ucum(104, 'mg/dL'), 'urea 37.1 mmol/L'],
    ['the code wins over the unit', loinc('6690-2'), ucum(3000, '/uL', { unit: '10*9/L' }), 'wbc 3 10*9/L'],
    [
      'the unit speaks when there is no code',
      loinc('6690-2'),
      { valueQuantity: { value: 3, unit: 'x10^9/L' } },
      'wbc 3 10*9/L',
    ],
    [
      'a code of another system is no unit',
      loinc('1963-8'),
      { valueQuantity: { value: 24, unit: 'mmol/L', system: 'http://snomed.info/sct', code: '258813002' } },
      'bicarbonate 24 mmol/L',
    ],
    [
      'a code that is no unit leaves the printed unit',
      loinc('6690-2'),
      ucum(3, 'kilo', { unit: '×10⁹/L' }),
      'wbc 3 10*9/L',
    ],
    ['comparator', loinc('6690-2'), ucum(0.5, '10*9/L', { comparator: '<' }), 'wbc (,0.5) 10*9/L'],
    ['comparator ≥', loinc('2157-6'), ucum(2000, 'U/L', { comparator: '>=' }), 'ck [2000,) U/L'],
    ['HbA1c from IFCC', loinc('59261-8'), ucum(48, 'mmol/mol'), 'hba1c 6.5 %'],
    ['a ratio without unit is whole', loinc('6301-6'), { valueQuantity: { value: 1.2 } }, 'inr 1.2 {INR}'],
    ['Lp(a) by its unit', named('脂蛋白(a)'), ucum(75, 'nmol/L'), 'lpa-molar 75 nmol/L'],
    ['Lp(a) by its other unit', named('脂蛋白(a)'), ucum(30, 'mg/dL'), 'lpa 300 mg/L'],
    ['ACR in the unit as printed', loinc('14959-1'), ucum(3.2, 'mg/mmol'), 'acr-molar 3.2 mg/mmol{creat}'],
    ['protein of a dipstick in mass', loinc('20454-5'), ucum(30, 'mg/dL'), 'urine-protein-mass 30 mg/dL'],
    ['D-dimer FEU', named('D-二聚体'), ucum(0.5, 'mg/L{FEU}'), 'd-dimer 0.5 mg/L{FEU}'],
    [
      'D-dimer DDU',
      named('D-二聚体'),
      { valueQuantity: { value: 250, unit: 'ng/mL DDU' } },
      'd-dimer-ddu 0.25 mg/L{DDU}',
    ],
    [
      'D-dimer that says neither',
      named('D-二聚体'),
      ucum(0.5, 'mg/L'),
      'd-dimer ? 0.5 mg/L{FEU} !unknown-unit',
    ],
  ])('%s', (_what, code, valued, expected) => {
    expect(shown(measure(code, valued))).toBe(expected);
  });
});

describe('a unit is never guessed', () => {
  it.each<[string, Observation['code'], Partial<Observation>, string]>([
    [
      'missing: one reading for each unit that it may be in',
      loinc('14749-6'),
      { valueQuantity: { value: 25 } },
      'glucose ? 25|1.4 mmol/L !unknown-unit',
    ],
    [
      'creatinine 900 without unit, impossible readings left out',
      loinc('14682-9'),
      { valueQuantity: { value: 900 } },
      'creatinine ? 900 umol/L !unknown-unit',
    ],
    ['134 kg of creatinine', loinc('14682-9'), ucum(134, 'kg'), 'creatinine ? 134 umol/L !unknown-unit'],
    [
      'nonsense',
      loinc('6690-2'),
      { valueQuantity: { value: 2, unit: 'foo' } },
      'wbc ? 2|0.002 10*9/L !unknown-unit',
    ],
    [
      'cells per μL are not cells per field',
      loinc('5821-4'),
      { valueQuantity: { value: 20, unit: '个/μL' } },
      'urine-wbc ? 20 /[HPF] !unknown-unit',
    ],
    ['a whole number without unit', loinc('718-7'), { valueInteger: 85 }, 'hb ? 85 g/L !unknown-unit'],
    ['text without unit', loinc('718-7'), { valueString: '＜60' }, 'hb ? (,60)|(,600) g/L !unknown-unit'],
  ])('%s', (_what, code, valued, expected) => {
    expect(shown(measure(code, valued))).toBe(expected);
  });

  it('names the unit as sent', () => {
    expect(measure(loinc('14682-9'), ucum(134, 'kg')).doubts).toEqual([
      { reason: 'unknown-unit', detail: 'creatinine: kg' },
    ]);
  });
});

describe('impossible values are kept apart', () => {
  it.each<[string, Observation['code'], Partial<Observation>, string]>([
    [
      'an upper end beyond it leaves possible values',
      loinc('718-7'),
      ucum(600, 'g/L', { comparator: '<' }),
      'hb (,600) g/L',
    ],
    [
      'a lower end beyond it leaves none',
      loinc('718-7'),
      ucum(600, 'g/L', { comparator: '>' }),
      'hb ! (600,) g/L !implausible',
    ],
    ['negative', loinc('718-7'), ucum(-90, 'g/L'), 'hb ! -90 g/L !implausible'],
    ['zero', loinc('2823-3'), ucum(0, 'mmol/L'), 'potassium ! 0 mmol/L !implausible'],
    ['zero cells are possible', loinc('751-8'), ucum(0, '10*9/L'), 'neutrophils 0 10*9/L'],
    ['a unit too large', loinc('718-7'), ucum(150, 'g/dL'), 'hb ! 1500 g/L !implausible'],
    ['a real extreme stays', loinc('14749-6'), ucum(140, 'mmol/L'), 'glucose 140 mmol/L'],
    ['heart stopped', loinc('8867-4'), ucum(0, '/min'), 'heart-rate 0 /min'],
  ])('%s', (_what, code, valued, expected) => {
    expect(shown(measure(code, valued))).toBe(expected);
  });
});

describe('what was not measured', () => {
  it('absent for a reason: known, but no value and no doubt', () => {
    const absent = measure(loinc('718-7'), { dataAbsentReason: { text: 'unknown' } });
    expect(absent).toEqual({
      component: 0,
      analyte: 'hb',
      value: null,
      asSent: '',
      ownLimit: null,
      doubts: [],
    });
  });

  it.each(['未做', '拒检', '弃检', '/', '--', '未检'])('%s is no result', (valueString) => {
    expect(shown(measure(loinc('718-7'), { valueString }))).toBe('hb none');
  });

  it('a coded reason instead of a value', () => {
    const coding = [{ system: 'http://terminology.hl7.org/CodeSystem/data-absent-reason', code: 'masked' }];
    expect(shown(measure(loinc('20454-5'), { valueCodeableConcept: { coding } }))).toBe('urine-protein none');
  });

  it('the laboratory may say positive without a value', () => {
    const interpretation = [{ coding: [{ code: 'POS' }] }];
    expect(shown(measure(loinc('5196-1'), { interpretation }))).toBe('hbsag grade [1,4]');
    expect(measure(loinc('5196-1'), { interpretation }).asSent).toBe('POS');
    expect(measureAll(loinc('5196-1'), { interpretation: [{ coding: [{ code: 'N' }] }] })).toEqual([]);
  });

  it('a unit without a number is no value', () => {
    expect(measureAll(loinc('718-7'), { valueQuantity: { unit: 'g/L' } })).toEqual([]);
  });

  it('a panel gives only its components, numbered from one', () => {
    const pressures = measureAll(loinc('85354-9'), {
      component: [
        { code: loinc('8480-6'), ...ucum(150, 'mm[Hg]') },
        { code: loinc('8462-4'), ...ucum(12, 'kPa') },
        { code: loinc('8478-0'), dataAbsentReason: { text: 'unknown' } },
        { code: loinc('9999-4'), valueString: 'x' },
      ],
    });
    expect(pressures.map((one) => `${one.component}: ${shown(one)}`)).toEqual([
      '1: systolic-bp 150 mm[Hg]',
      '2: diastolic-bp 90 mm[Hg]',
      '3: mean-bp none',
      '4: ? none !unknown-code',
    ]);
  });

  it('an unknown panel without value says nothing', () => {
    expect(measureAll(named('血常规'), {})).toEqual([]);
  });
});

describe('the report’s own limit', () => {
  it('comes in the canonical unit, with the value’s unit where it has none', () => {
    const { ownLimit, doubts } = measure(loinc('1834-1'), {
      ...ucum(8, 'ng/mL'),
      referenceRange: [{ high: { value: 7 } }],
    });
    expect(ownLimit).toEqual({ from: 'range', high: '7', highInclusive: true, unit: 'ng/mL' });
    expect(doubts).toEqual([]);
    const converted = measure(loinc('2160-0'), {
      ...ucum(1.6, 'mg/dL'),
      referenceRange: [{ high: { value: 1.5 } }],
    });
    expect(converted.ownLimit).toMatchObject({ high: '133', unit: 'umol/L' });
  });

  it('of urine microscopy in text', () => {
    expect(
      measure(loinc('5821-4'), { valueString: '3/HP', referenceRange: [{ text: '0-5' }] }).ownLimit,
    ).toMatchObject({ high: '5' });
  });

  it('a marker without any is said so; other tests need none', () => {
    expect(shown(measure(loinc('2039-6'), ucum(6, 'ng/mL')))).toBe('cea 6 ng/mL !no-limit');
    expect(
      shown(measure(loinc('2039-6'), { ...ucum(6, 'ng/mL'), interpretation: [{ coding: [{ code: 'H' }] }] })),
    ).toBe('cea 6 ng/mL');
    expect(measure(loinc('718-7'), ucum(90, 'g/L')).doubts).toEqual([]);
  });
});
