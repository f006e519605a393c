import { loinc, measure, named, shown, ucum, vocabulary } from '../../../test/support/measure.js';
import { type ResultContext } from './context.js';
import { extendVocabulary } from './extend-vocabulary.js';
import { type Observation } from './fhir-input.js';
import { readMapping } from './read-mapping.js';

describe('which test is it', () => {
  const code = (...codings: [string, string][]): Observation['code'] => ({
    coding: codings.map(([system, one]) => ({ system, code: one })),
  });
  const LIS = 'urn:lis';
  const value = ucum(5, 'mmol/L');

  it.each<[string, Observation['code'], string]>([
    ['a local name', named('白细胞计数(WBC)'), 'wbc'],
    ['another local name', named('* 白细胞 计数'), 'wbc'],
    ['full width', named('ＨＧＢ'), 'hb'],
    ['traditional characters', named('白血球計數'), 'wbc'],
    ['a display', { coding: [{ system: LIS, code: 'X1', display: '肌酐' }] }, 'creatinine'],
    ['specimen and method around the name', named('血清肌酐测定(Cr)'), 'creatinine'],
    ['two codes of one test', code(['http://loinc.org', '2708-6'], ['http://loinc.org', '59408-5']), 'spo2'],
    ['a device code', code(['urn:iso:std:iso:11073:10101', '150021']), 'systolic-bp'],
    ['LOINC by another name of the system', code(['urn:oid:2.16.840.1.113883.6.1', '718-7']), 'hb'],
    [
      'a mistyped LOINC code leaves the name',
      { coding: [{ system: 'http://loinc.org', code: '2075--0' }], text: '氯' },
      'chloride',
    ],
    [
      'the more specific of two',
      code(['http://loinc.org', '14749-6'], ['http://loinc.org', '14771-0']),
      'glucose-fasting',
    ],
  ])('%s', (_what, concept, analyte) => {
    expect(measure(concept, value).analyte).toBe(analyte);
  });

  it.each<[string, Observation['code'], string]>([
    ['an unknown local code', { coding: [{ system: LIS, code: 'ZZZ' }], text: '未知项目' }, 'urn:lis|ZZZ'],
    ['an unknown name', named('神秘项目'), '神秘项目'],
    [
      'codings of two tests',
      code(['http://loinc.org', '718-7'], ['http://loinc.org', '777-3']),
      'http://loinc.org|718-7 (codings of different tests)',
    ],
    [
      'a known name under another test’s LOINC code',
      { coding: [{ system: 'http://loinc.org', code: '2161-8' }], text: '肌酐' },
      'http://loinc.org|2161-8',
    ],
    ['a blood count’s name in brackets only', named('白带(WBC)'), '白带(WBC)'],
    ['no code at all', undefined, ''],
  ])('%s is not guessed', (_what, concept, detail) => {
    const unknown = measure(concept, value);
    expect(unknown).toMatchObject({ analyte: null, value: null, asSent: '5 mmol/L' });
    expect(unknown.doubts).toEqual([{ reason: 'unknown-code', detail }]);
  });

  it('the specimen decides what 白细胞 and GLU are', () => {
    const cells = { valueString: '15-30/HP' };
    expect(shown(measure(named('白细胞'), cells, { specimen: 'urine' }))).toBe('urine-wbc [15,30] /[HPF]');
    expect(shown(measure(named('GLU'), { valueString: '++' }, { specimen: 'urine' }))).toBe(
      'urine-glucose grade 2',
    );
    expect(shown(measure(named('白细胞'), cells, { specimen: 'other' }))).toBe('? none !unknown-code');
    expect(measure(named('潜血'), { valueString: '阳性' }, { specimen: 'stool' }).analyte).toBe(
      'stool-occult-blood',
    );
  });
});

describe('which glucose is it', () => {
  const seven: Partial<Observation> = ucum(7, 'mmol/L');
  it.each<[string, Observation['code'], Partial<ResultContext>, string]>([
    ['the code', loinc('14771-0'), {}, 'glucose-fasting'],
    ['the specimen', loinc('14749-6'), { fasting: 'fasting' }, 'glucose-fasting'],
    ['the local name', named('空腹血糖'), {}, 'glucose-fasting'],
    ['a name beside a code', loinc('2345-7', '葡萄糖（空腹）'), {}, 'glucose-fasting'],
    ['nothing', loinc('14749-6'), {}, 'glucose'],
    ['nothing, in a checkup', named('GLU'), { setting: 'checkup' }, 'glucose'],
    ['whole blood', loinc('2339-0'), { fasting: 'fasting' }, 'glucose-fasting'],
    ['a fasting specimen named 餐后', loinc('14749-6', '餐后血糖'), { fasting: 'fasting' }, 'glucose-2h'],
    ['a fasting code named 餐后', loinc('14771-0', '餐后2小时血糖'), {}, 'glucose'],
    ['a fasting code, a specimen that is not', loinc('14771-0'), { fasting: 'postprandial' }, 'glucose'],
    ['not fasting is not two hours', loinc('14749-6'), { fasting: 'postprandial' }, 'glucose'],
    ['two hours after a meal', loinc('14756-1'), { fasting: 'postprandial' }, 'glucose-2h'],
    ['OGTT', loinc('14995-5'), {}, 'glucose-2h'],
    ['OGTT with a fasting specimen reference', loinc('1518-0'), { fasting: 'fasting' }, 'glucose-2h'],
    ['one hour', named('餐后1小时血糖'), {}, 'glucose-timed'],
    ['random', named('随机血糖'), { fasting: 'fasting' }, 'glucose'],
    [
      'a meter in the checkup',
      loinc('14743-9'),
      { setting: 'checkup', fasting: 'fasting' },
      'glucose-fasting',
    ],
    ['a meter, who knows where', loinc('14743-9'), {}, 'glucose'],
    ['a meter at home', loinc('14743-9', '空腹血糖'), { setting: 'home' }, 'glucose-meter'],
    ['tissue fluid', loinc('105272-9'), { fasting: 'fasting' }, 'glucose-interstitial'],
  ])('%s', (_what, code, context, analyte) => {
    expect(measure(code, seven, context).analyte).toBe(analyte);
  });

  it('a centre’s mapping: GLU in a checkup is fasting', () => {
    const own = extendVocabulary(vocabulary, [
      readMapping('code', 'urn:lis|GLU', 'glucose; fasting in checkup'),
    ]);
    const analyteIn = (setting: ResultContext['setting'], text?: string): string | null =>
      measure({ coding: [{ system: 'urn:lis', code: 'GLU' }], text }, seven, { setting }, own).analyte;
    expect(analyteIn('checkup')).toBe('glucose-fasting');
    expect(analyteIn('inpatient')).toBe('glucose');
    expect(analyteIn(null)).toBe('glucose');
    expect(analyteIn('checkup', '随机血糖')).toBe('glucose');
    expect(vocabulary.byCode('urn:lis', 'GLU')).toBeUndefined();
  });
});

describe('a centre’s own mappings', () => {
  it('of codes, names and units', () => {
    const own = extendVocabulary(vocabulary, [
      readMapping('code', 'urn:lis|A01', 'hb'),
      readMapping('name', '血红素浓度(仪器2)', 'hb'),
      readMapping('unit', 'g%', 'g/dL'),
      readMapping('unit', 'wbc: 千', '10*3/uL'),
    ]);
    const run = (code: Observation['code'], value: number, unit: string): string =>
      shown(measure(code, { valueQuantity: { value, unit } }, {}, own));
    expect(run({ coding: [{ system: 'urn:lis', code: 'A01' }] }, 8.9, 'g%')).toBe('hb 89 g/L');
    expect(run({ text: '血红素浓度（仪器2）' }, 89, 'g/L')).toBe('hb 89 g/L');
    expect(run(loinc('6690-2'), 3, '千')).toBe('wbc 3 10*9/L');
    expect(run(loinc('777-3'), 3, '千')).toBe('plt ? 3|0.003 10*9/L !unknown-unit');
  });

  it.each([
    [{ kind: 'name', name: 'x', analyte: 'nothing' }, 'Unknown analyte "nothing".'],
    [{ kind: 'unit', spelling: 'x', unit: 'gram' }, '"gram" is not a UCUM unit.'],
    [
      { kind: 'unit', spelling: 'x', unit: 'kg', analyte: 'hb' },
      'kg does not convert to g/L, the unit of hb.',
    ],
  ] as const)('%j is refused', (mapping, message) => {
    expect(() => extendVocabulary(vocabulary, [mapping])).toThrow(message);
  });

  it.each([
    ['code', 'GLU', 'glucose'],
    ['code', 'urn:lis|GLU', 'glucose; fasting in bed'],
    ['name', 'GLU', 'glucose; sometimes'],
    ['unit', '', 'g/L'],
  ] as const)('%s %s → %s has no known form', (kind, source, target) => {
    expect(() => readMapping(kind, source, target)).toThrow();
  });
});
