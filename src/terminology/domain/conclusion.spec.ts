import { loinc, measure, named, shown, ucum, vocabulary } from '../../../test/support/measure.js';
import { NO_CONTEXT } from './context.js';
import { type DiagnosticReport, type Observation } from './fhir-input.js';
import { normalise } from './normalise.js';

describe('imaging and cytology', () => {
  const imaging: Partial<Observation> = { category: [{ coding: [{ code: 'imaging' }] }] };
  it.each<[string, Observation['code'], Partial<Observation>, string]>([
    [
      'text of an imaging observation',
      named('肝脏'),
      { ...imaging, valueString: '肝右叶占位,MT待排' },
      'imaging-conclusion “肝右叶占位,MT待排”',
    ],
    ['by name', named('腹部彩超'), { valueString: '未见异常' }, 'imaging-conclusion “未见异常”'],
    ['an ECG by name', named('十二导联心电图'), { valueString: '窦性心律' }, 'imaging-conclusion “窦性心律”'],
    [
      'an ECG, English',
      named('ECG report'),
      { valueString: 'sinus rhythm' },
      'imaging-conclusion “sinus rhythm”',
    ],
    [
      'by LOINC',
      loinc('24627-2'),
      { valueCodeableConcept: { text: '右肺结节' } },
      'imaging-conclusion “右肺结节”',
    ],
    [
      'a class with its system',
      named('BI-RADS分类'),
      { valueString: '4A' },
      'imaging-conclusion “BI-RADS 4A”',
    ],
    [
      'a class that names its system',
      named('BI-RADS分类'),
      { valueString: 'BI-RADS 4A类' },
      'imaging-conclusion “BI-RADS 4A类”',
    ],
    ['a class as a number', named('TI-RADS分类'), { valueInteger: 4 }, 'imaging-conclusion “TI-RADS 4”'],
    ['a Bethesda class', named('TCT'), { valueString: 'HSIL' }, 'cytology HSIL'],
    [
      'a Bethesda class in words',
      loinc('47527-7'),
      { valueString: '高级别鳞状上皮内病变（HSIL）' },
      'cytology HSIL',
    ],
    [
      'a Bethesda class by display',
      loinc('10524-7'),
      { valueCodeableConcept: { coding: [{ system: 'urn:lis', code: '3', display: 'ASC-H' }] } },
      'cytology ASC-H',
    ],
    [
      'a sentence stays words',
      named('液基薄层细胞学检查'),
      { valueString: '低级别,不除外高级别病变' },
      'cytology “低级别,不除外高级别病变”',
    ],
    ['a smear by a longer name', named('宫颈液基细胞学(新柏氏)'), { valueString: 'NILM' }, 'cytology NILM'],
    ['a factor is not a CT', named('Reactive factor'), { valueString: 'x' }, '? none !unknown-code'],
    ['a number of an image keeps its name', loinc('10230-1'), { ...imaging, ...ucum(55, '%') }, 'lvef 55 %'],
  ])('%s', (_what, code, rest, expected) => {
    expect(shown(measure(code, rest))).toBe(expected);
  });
});

describe('diagnostic reports', () => {
  const base64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64');
  const category = (code: string): DiagnosticReport['category'] => [{ coding: [{ code }] }];

  function read(report: Partial<DiagnosticReport>): string[] {
    const whole: DiagnosticReport = { resourceType: 'DiagnosticReport', status: 'final', ...report };
    return normalise(whole, NO_CONTEXT, vocabulary).map((one) => `${one.component}: ${shown(one)}`);
  }

  it.each<[string, Partial<DiagnosticReport>, string[]]>([
    [
      'imaging',
      { category: category('RAD'), code: named('腹部超声'), conclusion: '肝占位,恶性不除外' },
      ['0: imaging-conclusion “肝占位,恶性不除外”'],
    ],
    ['without category', { code: named('胃镜'), conclusion: '溃疡' }, ['0: imaging-conclusion “溃疡”']],
    [
      'an ECG',
      { category: category('EC'), code: loinc('11524-6'), conclusion: '窦性心律' },
      ['0: imaging-conclusion “窦性心律”'],
    ],
    ['laboratory', { category: category('LAB'), code: named('血常规'), conclusion: '贫血' }, []],
    [
      'laboratory among others',
      { category: [...category('HM')!, ...category('LAB')!], conclusion: '贫血' },
      [],
    ],
    [
      'cytology even when filed under laboratory',
      { category: category('LAB'), code: loinc('47527-7'), conclusion: 'HSIL' },
      ['0: cytology HSIL'],
    ],
    [
      'cytology by name',
      { code: named('液基薄层细胞学(TCT)'), conclusion: '查见癌细胞' },
      ['0: cytology cancer'],
    ],
    [
      'cytology by category',
      { category: category('CP'), code: named('细胞检查报告'), conclusion: '见可疑细胞' },
      ['0: cytology “见可疑细胞”'],
    ],
    [
      'a coded class with the same words',
      { code: named('TCT'), conclusionCode: [{ text: 'LSIL' }], conclusion: 'LSIL' },
      ['0: cytology LSIL'],
    ],
    [
      'a coded class with more words: both are read',
      { code: named('TCT'), conclusionCode: [{ text: 'LSIL' }], conclusion: 'LSIL,不除外HSIL' },
      ['0: cytology LSIL', '1: cytology “LSIL,不除外HSIL”'],
    ],
    [
      'a coded class and another class in words',
      { code: named('TCT'), conclusionCode: [{ text: 'NILM' }], conclusion: 'HSIL' },
      ['0: cytology NILM', '1: cytology HSIL'],
    ],
    [
      'codes without words',
      {
        category: category('RAD'),
        conclusionCode: [
          { coding: [{ system: 'http://snomed.info/sct', code: '363346000', display: '恶性肿瘤' }] },
        ],
      },
      ['0: imaging-conclusion “恶性肿瘤”'],
    ],
    [
      'plain text beside it',
      {
        category: category('RAD'),
        conclusion: '见附件',
        presentedForm: [{ contentType: 'text/plain; charset=utf-8', data: base64('左肺占位') }],
      },
      ['0: imaging-conclusion “见附件\n左肺占位”'],
    ],
    [
      'a picture is no text',
      { category: category('RAD'), presentedForm: [{ contentType: 'application/pdf', data: base64('x') }] },
      [],
    ],
    [
      'text that cannot be decoded',
      { category: category('RAD'), presentedForm: [{ contentType: 'text/plain', data: '/////w==' }] },
      ['0: imaging-conclusion none !unreadable'],
    ],
    ['nothing concluded', { category: category('RAD'), code: named('胸片') }, []],
  ])('%s', (_what, report, expected) => {
    expect(read(report)).toEqual(expected);
  });

  it('keeps the codes beside the words', () => {
    const coding = { system: 'http://snomed.info/sct', code: '363346000' };
    const [first] = normalise(
      { resourceType: 'DiagnosticReport', conclusion: '肝占位', conclusionCode: [{ coding: [coding] }] },
      NO_CONTEXT,
      vocabulary,
    );
    expect(first!.value).toEqual({ kind: 'text', text: '肝占位', codings: [coding] });
  });

  it('reads GB18030 text when the form says so', () => {
    const data = Buffer.from([0xd5, 0xbc, 0xce, 0xbb]).toString('base64');
    expect(read({ presentedForm: [{ contentType: 'text/plain; charset=gb18030', data }] })).toEqual([
      '0: imaging-conclusion “占位”',
    ]);
  });

  it('contained Observations are read under any category, withdrawn ones never', () => {
    const contained = [
      { resourceType: 'Observation', status: 'final', code: loinc('718-7'), ...ucum(85, 'g/L') },
      { resourceType: 'Specimen' },
      { resourceType: 'Observation', status: 'entered-in-error', code: loinc('718-7'), ...ucum(40, 'g/L') },
      {
        resourceType: 'Observation',
        status: 'final',
        code: loinc('85354-9'),
        component: [{ code: loinc('8480-6'), ...ucum(150, 'mm[Hg]') }],
      },
    ];
    expect(read({ category: category('LAB'), contained })).toEqual([
      '1000: hb 85 g/L',
      '4001: systolic-bp 150 mm[Hg]',
    ]);
  });
});
