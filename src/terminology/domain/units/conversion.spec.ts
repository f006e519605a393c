import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { exactly, type Interval } from '../../../kernel/index.js';
import { loadVocabulary } from '../../load-vocabulary.js';
import { convertInterval, isUnitUnderstood } from './conversion.js';
import { decimalText, timesPowerOfTen } from './decimal-text.js';

const vocabulary = loadVocabulary('vocabulary');

describe('the limits of the seed list in every unit that laboratories send', () => {
  it.each([
    ['wbc', '3.0', '10*9/L', '3.0'],
    ['wbc', '3.0', '10^9/L', '3.0'],
    ['wbc', '3.0', '×10⁹/L', '3.0'],
    ['wbc', '3.0', '10*3/uL', '3.0'],
    ['wbc', '3.01', '10^3/μL', '3.01'],
    ['wbc', '3', 'K/ul', '3'],
    ['wbc', '3', 'G/L', '3'],
    ['wbc', '3000', '/uL', '3'],
    ['wbc', '3001', '/uL', '3.001'],
    ['wbc', '3000', '个/μL', '3'],
    ['wbc', '3', '109/L', '3'],
    ['wbc', '3000000000', '/L', '3'],
    ['plt', '90', 'x10^9/L', '90'],
    ['plt', '89999', '/uL', '89.999'],
    ['plt', '400', '10*3/uL', '400'],
    ['rbc', '3.0', '10*6/uL', '3.0'],
    ['rbc', '7.01', 'T/L', '7.01'],
    ['rbc', '2.99', '1012/L', '2.99'],
    ['rbc', '3000000', '/uL', '3'],
    ['hb', '9.0', 'g/dL', '90'],
    ['hb', '8.9', 'g/dl', '89'],
    ['hb', '90', 'g/l', '90'],
    ['glucose-fasting', '126', 'mg/dL', '7.0'],
    ['glucose-fasting', '125', 'mg/dL', '6.9'],
    ['glucose-fasting', '7.0', 'mM', '7.0'],
    ['glucose-fasting', '6.99', 'mmol/L', '6.99'],
    ['glucose-2h', '200', 'mg/dL', '11.1'],
    ['glucose-2h', '199', 'mg/dL', '11.0'],
    ['creatinine', '1.5', 'mg/dL', '133'],
    ['creatinine', '1.51', 'mg/dL', '133'],
    ['creatinine', '1.52', 'mg/dL', '134'],
    ['creatinine', '133.4', 'μmol/L', '133.4'],
    ['creatinine', '134', 'umo1/L', '134'],
    ['creatinine', '0.134', 'mmol/L', '134'],
    ['ck', '2000', 'IU/L', '2000'],
    ['ck', '33.3', 'μkat/L', '1998'],
    ['ck', '2001', 'u/l', '2001'],
  ])('%s %s %s is %s', (analyte, value, unit, canonical) => {
    expect(vocabulary.convert(analyte, value, unit)).toBe(canonical);
  });
});

describe('mass and amount, by molar mass, rounded half up to the reporting decimals', () => {
  it.each([
    ['glucose', '100', 'mg/dL', '5.6'],
    ['cholesterol-total', '200', 'mg/dL', '5.2'],
    ['ldl-c', '100', 'mg/dL', '2.6'],
    ['hdl-c', '40', 'mg/dL', '1.0'],
    ['non-hdl-c', '130', 'mg/dL', '3.4'],
    ['triglycerides', '150', 'mg/dL', '1.7'],
    ['creatinine', '1.0', 'mg/dL', '88'],
    ['urea', '60', 'mg/dL', '10.0'],
    // 104 mg/dL of urea nitrogen is 37.1 mmol/L (Kost's critical limit); the same figure of urea is 17.3.
    ['urea-nitrogen', '104', 'mg/dL', '37.1'],
    ['urea', '104', 'mg/dL', '17.3'],
    ['urate', '7', 'mg/dL', '416'],
    ['bilirubin-total', '1', 'mg/dL', '17.1'],
    ['calcium', '10', 'mg/dL', '2.50'],
    ['magnesium', '2.43', 'mg/dL', '1.00'],
    ['phosphate', '3.097', 'mg/dL', '1.00'],
    ['iron', '100', 'ug/dL', '17.9'],
    ['ft4', '1.0', 'ng/dL', '12.9'],
    ['ft3', '3.0', 'pg/mL', '4.6'],
    ['vitamin-d', '20', 'ng/mL', '49.9'],
    ['vitamin-b12', '200', 'pg/mL', '148'],
    ['folate', '3', 'ng/mL', '6.8'],
    ['lactate', '18', 'mg/dL', '2.0'],
    ['urine-glucose-mass', '55.5', 'mmol/L', '1000'],
  ])('%s %s %s is %s', (analyte, value, unit, canonical) => {
    expect(vocabulary.convert(analyte, value, unit)).toBe(canonical);
  });

  it('rounds the middle up: 0.05 more is enough', () => {
    // 18.016 mg/dL is one mmol/L, so 126.112 is 7.0 exactly and 125.2112 is 6.95 exactly.
    expect(vocabulary.convert('glucose', '125.2112', 'mg/dL')).toBe('7.0');
    expect(vocabulary.convert('glucose', '125.2111', 'mg/dL')).toBe('6.9');
  });
});

describe('other conversions', () => {
  it.each([
    ['hba1c', '48', 'mmol/mol', '6.5'],
    ['hba1c', '42', 'mmol/mol', '6.0'],
    ['hba1c', '6.5', '%', '6.5'],
    ['systolic-bp', '24.0', 'kPa', '180'],
    ['systolic-bp', '140', 'mmHg', '140'],
    ['body-temperature', '98.6', '°F', '37.0'],
    ['body-temperature', '36.5', '℃', '36.5'],
    ['body-weight', '154', 'lbs', '69.9'],
    ['body-height', '70', '[in_i]', '177.8'],
    ['body-height', '1.75', 'm', '175'],
    ['potassium', '4.1', 'mEq/L', '4.1'],
    ['sodium', '140', 'meq/l', '140'],
    ['chloride', '100', 'mEq/L', '100'],
    ['bicarbonate', '24', 'mEq/L', '24'],
    ['tsh', '2.5', 'μIU/mL', '2.5'],
    ['tsh', '2.5', 'mU/L', '2.5'],
    ['afp', '7', 'μg/L', '7'],
    ['nt-probnp', '125', 'ng/L', '125'],
    ['ca19-9', '37', 'k[IU]/L', '37'],
    ['ca19-9', '37', "[arb'U]/mL", '37'],
    ['ca125', '35', 'kU/L', '35'],
    ['ca125', '35', 'IU/mL', '35'],
    ['hct', '0.45', 'L/L', '45'],
    ['neutrophils-percent', '0.6', '1', '60'],
    ['troponin-i', '14', 'ng/L', '0.014'],
    ['fibrinogen', '300', 'mg/dL', '3'],
    ['crp', '1', 'mg/dL', '10'],
    ['d-dimer', '0.5', 'ug/mL FEU', '0.5'],
    ['d-dimer', '500', 'ng/mL{FEU}', '0.5'],
    ['lpa', '30', 'mg/dL', '300'],
    ['acr', '30', 'mg/g Cr', '30'],
    ['acr', '30', 'ug/mg', '30'],
    ['spo2', '98', '%{HemoglobinSaturation}', '98'],
    ['egfr', '59.6', 'mL/min', '59.6'],
    ['egfr', '60', 'ml/min/1.73m²', '60'],
    ['esr', '20', 'mm/hr', '20'],
    ['sleep-duration', '480', 'min', '8.0'],
    ['heart-rate', '72', '{beats}/min', '72'],
    ['inr', '1.1', '1', '1.1'],
    ['inr', '1.1', '{INR}', '1.1'],
    ['arterial-ph', '7.35', 'pH', '7.35'],
    ['albumin-globulin-ratio', '1.5', '{ratio}', '1.5'],
  ])('%s %s %s is %s', (analyte, value, unit, canonical) => {
    expect(vocabulary.convert(analyte, value, unit)).toBe(canonical);
  });
});

describe('what is never converted', () => {
  it.each([
    ['creatinine', 'kg'],
    ['sodium', 'mg/dL'],
    ['urine-wbc', '个/μL'],
    ['urine-wbc', '%'],
    ['urine-rbc', '1'],
    ['d-dimer', 'mg/L DDU'],
    ['d-dimer-ddu', 'mg/L FEU'],
    ['lpa', 'nmol/L'],
    ['lpa-molar', 'mg/L'],
    ['acr', 'mg/mmol'],
    ['hb', 'mmol/L'],
    ['hba1c', 'mmol/L'],
    ['hba1c', 'mg/g'],
    ['inr', '%'],
    ['bone-t-score', 'g/cm2'],
    ['neutrophils-percent', '10*9/L'],
    ['wbc', '/[HPF]'],
    ['urine-rbc', '/LP'],
    ['urine-casts', '/HP'],
    ['urine-rbc', '/[HPF]-30 /[HPF]'],
    ['wbc', '%'],
    ['wbc', '105/L'],
    ['plt', '102/uL'],
    ['wbc', '10/uL'],
    ['spo2', 'mmol/mol'],
    ['glucose', 'g'],
    ['potassium', 'mg/dL'],
    ['arterial-ph', 'nmol/L'],
    ['ca125', 'ng/mL'],
    ['tsh', 'ng/mL'],
  ])('%s in %s', (analyte, unit) => {
    expect(isUnitUnderstood(unit)).toBe(true);
    expect(vocabulary.convert(analyte, '1', unit)).toBeNull();
  });

  it('D-dimer without FEU or DDU is taken only under a code that says which', () => {
    const analyte = vocabulary.get('d-dimer')!;
    expect(vocabulary.conversion(analyte, 'mg/L', true)).not.toBeNull();
    expect(vocabulary.conversion(analyte, 'mg/L', false)).toBeNull();
    expect(vocabulary.conversion(analyte, 'mg/L FEU', false)).not.toBeNull();
  });
});

const decimal = fc
  .tuple(fc.integer({ min: -999_999_999, max: 999_999_999 }), fc.integer({ min: 0, max: 9 }))
  .map(([digits, places]) => new Decimal(digits).div(new Decimal(10).pow(places)).toFixed());
const positive = decimal.filter((value) => Number(value) > 0 && Number(value) < 1e6);

describe('properties', () => {
  it('powers of ten are exact there and back, whatever the digits', () => {
    fc.assert(
      fc.property(decimal, fc.integer({ min: -15, max: 15 }), (value, exponent) => {
        const there = timesPowerOfTen(value, exponent);
        expect(new Decimal(there).equals(new Decimal(value).times(new Decimal(10).pow(exponent)))).toBe(true);
        expect(new Decimal(timesPowerOfTen(there, -exponent)).equals(value)).toBe(true);
        expect(there).toMatch(/^-?\d+(\.\d+)?$/);
      }),
    );
  });

  it('counts keep their digits between /uL, 10*3/uL and 10*9/L', () => {
    fc.assert(
      fc.property(positive, (value) => {
        expect(new Decimal(vocabulary.convert('wbc', value, '10*3/uL')!).equals(value)).toBe(true);
        expect(new Decimal(vocabulary.convert('wbc', value, '/uL')!).times(1000).equals(value)).toBe(true);
      }),
    );
  });

  it('rounding agrees with exact arithmetic', () => {
    fc.assert(
      fc.property(positive, (value) => {
        const expected = new (Decimal.clone({ precision: 60 }))(value)
          .times(10)
          .div('180.16')
          .toFixed(1, Decimal.ROUND_HALF_UP);
        expect(vocabulary.convert('glucose', value, 'mg/dL')).toBe(expected);
      }),
      { numRuns: 2_000 },
    );
  });

  it('conversion never changes which of two values is greater, and intervals stay ordered', () => {
    const conversion = vocabulary.conversion(vocabulary.get('creatinine')!, 'mg/dL')!;
    fc.assert(
      fc.property(positive, positive, fc.boolean(), fc.boolean(), (a, b, lowOpen, highOpen) => {
        const [low, high] = Number(a) <= Number(b) ? [a, b] : [b, a];
        const converted = convertInterval({ low, high, lowOpen, highOpen }, conversion);
        expect(Number(converted.low)).toBeLessThanOrEqual(Number(converted.high));
      }),
    );
  });

  it('an open end that is rounded is closed, because values short of it may print as it', () => {
    const conversion = vocabulary.conversion(vocabulary.get('glucose')!, 'mg/dL')!;
    const below: Interval = { low: null, high: '126', lowOpen: true, highOpen: true };
    expect(convertInterval(below, conversion)).toEqual({
      low: null,
      high: '7.0',
      lowOpen: true,
      highOpen: false,
    });
    expect(convertInterval({ ...below, high: '126.112' }, conversion).highOpen).toBe(true);
    expect(convertInterval(exactly('126'), conversion)).toEqual(exactly('7.0'));
  });
});

describe('decimals of doubles', () => {
  it.each([
    [3, '3'],
    [0.1, '0.1'],
    [1e-7, '0.0000001'],
    [1.5e21, '1500000000000000000000'],
    [-0, '0'],
    [6.99, '6.99'],
    [123456789.12345, '123456789.12345'],
  ])('%d is %s', (value, text) => {
    expect(decimalText(value)).toBe(text);
  });
});
