import { loinc, measure, ucum } from '../../../test/support/measure.js';
import { printValue } from './print-value.js';

describe('values as a nurse reads them', () => {
  it.each([
    [loinc('6690-2'), ucum(2.9, '10*9/L'), '2.9 ×10⁹/L'],
    [loinc('6690-2'), ucum(2.9, '10*3/uL', { unit: 'K/uL' }), '2.9 ×10³/μL'],
    [loinc('2160-0'), ucum(1.52, 'mg/dL'), '1.52 mg/dL'],
    [loinc('14682-9'), { valueQuantity: { value: 134, unit: 'umo1/L', comparator: '>=' } }, '≥134 μmol/L'],
    [loinc('1834-1'), ucum(1000, 'ng/mL', { comparator: '>' }), '>1000 ng/mL'],
    [loinc('14682-9'), { valueQuantity: { value: 900 } }, '900'],
    [loinc('14682-9'), { valueQuantity: { value: 134, unit: '单' } }, '134 单'],
    [loinc('5821-4'), { valueString: '15-30/HP' }, '15-30/HP'],
    [loinc('20454-5'), { valueString: '2+(1.0g/L)' }, '2+(1.0g/L)'],
    [loinc('6301-6'), ucum(1.2, '{INR}'), '1.2'],
    [loinc('24627-2'), { valueString: '右肺 3 个结节' }, '右肺 3 个结节'],
  ])('%j', (code, rest, printed) => {
    expect(printValue(measure(code, rest))).toBe(printed);
  });
});
