import { loinc, measure, named, shown, ucum } from '../../../../test/support/measure.js';
import { type Observation } from '../fhir-input.js';

describe('other forms of values', () => {
  it.each<[string, Observation['code'], Partial<Observation>, string]>([
    [
      'Range',
      loinc('5821-4'),
      { valueRange: { low: { value: 15, unit: '/HP' }, high: { value: 30, unit: '/HP' } } },
      'urine-wbc [15,30] /[HPF]',
    ],
    [
      'Range open above',
      loinc('5821-4'),
      { valueRange: { low: { value: 15, unit: '/HP' } } },
      'urine-wbc [15,) /[HPF]',
    ],
    ['text range', loinc('5821-4'), { valueString: '15-30' }, 'urine-wbc [15,30] /[HPF]'],
    ['text range with unit', loinc('13945-1'), { valueString: '5～20/HP' }, 'urine-rbc [5,20] /[HPF]'],
    ['plus signs under the microscope', loinc('13945-1'), { valueString: '++' }, 'urine-rbc grade 2'],
    ['plus signs per field', loinc('13945-1'), { valueString: '+++/HP' }, 'urine-rbc grade 3'],
    ['full field', loinc('5821-4'), { valueString: '满视野' }, 'urine-wbc grade [3,4]'],
    ['nothing seen', loinc('5821-4'), { valueString: '未见' }, 'urine-wbc grade 0'],
    ['per μL in text', loinc('5821-4'), { valueString: '20个/μL' }, 'urine-wbc ? 20 /[HPF] !unknown-unit'],
    [
      'text with comparator and unit',
      loinc('1834-1'),
      { valueString: '＞1000 ng/mL' },
      'afp (1000,) ng/mL !no-limit',
    ],
    [
      'concept with a number in words',
      loinc('718-7'),
      { valueCodeableConcept: { text: '89 g/L' } },
      'hb 89 g/L',
    ],
    ['dipstick text', loinc('20454-5'), { valueString: '1+' }, 'urine-protein grade 1'],
    ['dipstick negative', loinc('2514-8'), { valueString: '阴性' }, 'urine-ketones grade 0'],
    [
      'dipstick with mass in brackets',
      loinc('20454-5'),
      { valueString: '2+(1.0g/L)' },
      'urine-protein grade 2',
    ],
    [
      'dipstick as quantity of plus',
      loinc('25428-4'),
      { valueQuantity: { value: 2, unit: '+' } },
      'urine-glucose grade 2',
    ],
    [
      'bare number of a dipstick',
      loinc('25428-4'),
      { valueQuantity: { value: 2 } },
      'urine-glucose ?  1 !unreadable',
    ],
    [
      'coded positive',
      loinc('2335-8'),
      { valueCodeableConcept: { coding: [{ system: 'http://snomed.info/sct', code: '10828004' }] } },
      'stool-occult-blood grade [1,4]',
    ],
    [
      'coded negative',
      loinc('2335-8'),
      { valueCodeableConcept: { coding: [{ code: 'LA6577-6' }] } },
      'stool-occult-blood grade 0',
    ],
    [
      'code and words agree',
      loinc('20454-5'),
      { valueCodeableConcept: { coding: [{ code: '10828004', display: '阳性' }], text: '++' } },
      'urine-protein grade 2',
    ],
    [
      'code and words contradict',
      loinc('20454-5'),
      { valueCodeableConcept: { coding: [{ code: '260385009' }], text: '++' } },
      'urine-protein ?  1 !unreadable',
    ],
    [
      'display of an unknown code',
      loinc('25428-4'),
      {
        valueCodeableConcept: {
          coding: [{ code: '167265006', display: 'Urine glucose test = ++ (finding)' }],
        },
      },
      'urine-glucose grade 2',
    ],
    ['boolean', loinc('2335-8'), { valueBoolean: true }, 'stool-occult-blood grade [1,4]'],
    ['FIT quantity', named('便潜血'), ucum(120, 'ng/mL'), 'stool-haemoglobin 120 ng/mL'],
    [
      'FIT quantity that the laboratory calls positive',
      named('便潜血'),
      { ...ucum(120, 'ng/mL'), interpretation: [{ coding: [{ code: 'POS' }] }] },
      'stool-occult-blood grade [1,4]',
    ],
    [
      'Ratio',
      loinc('14959-1'),
      {
        valueRatio: {
          numerator: { value: 45, unit: 'mg', code: 'mg' },
          denominator: { value: 1.5, unit: 'g', code: 'g' },
        },
      },
      'acr 30 mg/g{creat}',
    ],
    [
      'titre as ratio',
      named('抗核抗体滴度'),
      { valueRatio: { numerator: { value: 1 }, denominator: { value: 160 } } },
      'ana-titre 160 {titer}',
    ],
    ['titre as text', named('抗核抗体滴度'), { valueString: '1：320' }, 'ana-titre 320 {titer}'],
    ['titre of a graded test', loinc('20507-0'), { valueString: '1:8' }, 'syphilis grade [1,4]'],
    ['marker that is only negative', named('甲胎蛋白'), { valueString: '阴性' }, 'afp grade 0 !no-limit'],
    ['words for a number', loinc('14682-9'), { valueString: '溶血' }, 'creatinine none !unreadable'],
    [
      'a comma is not guessed at',
      loinc('14682-9'),
      { valueString: '1,234 umol/L' },
      'creatinine ?  umol/L !unreadable',
    ],
    ['an arrow before', loinc('14682-9'), { valueString: '↑ 134 umol/L' }, 'creatinine 134 umol/L'],
    ['an amount before its grade', loinc('20454-5'), { valueString: '0.3(1+)' }, 'urine-protein grade 1'],
    ['the same with its unit', loinc('20454-5'), { valueString: '≥3.0 g/L（+++）' }, 'urine-protein grade 3'],
    ['plus signs apart', loinc('13945-1'), { valueString: '＋ ＋' }, 'urine-rbc grade 2'],
    [
      'an amount in a word nobody knows',
      loinc('13945-1'),
      { valueString: '成堆' },
      'urine-rbc ?  /[HPF] !unreadable',
    ],
    [
      'a range and a grade that differ',
      loinc('13945-1'),
      { valueString: '(1+)20-30' },
      'urine-rbc ?  /[HPF] !unreadable',
    ],
    ['samples', loinc('718-7'), { valueSampledData: {} }, 'hb none !unreadable'],
    [
      'smoking',
      loinc('72166-2'),
      { valueCodeableConcept: { coding: [{ system: 'http://snomed.info/sct', code: '8517006' }] } },
      'smoking-status former',
    ],
    [
      'risk as a doctor states it',
      named('ASCVD危险分层'),
      { valueString: '超高危' },
      'ascvd-risk super-high',
    ],
    [
      'the same by its code',
      { coding: [{ system: 'urn:firstcall:analyte', code: 'ascvd-risk' }] },
      { valueCodeableConcept: { text: '极高危' } },
      'ascvd-risk very-high',
    ],
    [
      'a word of another scale is not taken for it',
      named('ASCVD危险分层'),
      { valueString: '很高危' },
      'ascvd-risk “很高危”',
    ],
  ])('%s', (_what, code, valued, expected) => {
    expect(shown(measure(code, valued))).toBe(expected);
  });
});
