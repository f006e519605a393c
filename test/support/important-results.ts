import { loinc } from './messages.js';
import {
  coded,
  flag,
  high,
  marker,
  numbers,
  range,
  report,
  text,
  texts,
  type Worded,
} from './worded-results.js';

interface Row {
  rule: string;
  fires: readonly Worded[];
  silent: readonly Worded[];
  review?: readonly Worded[];
}

const GIGA = '10*9/L 10^9/L ×10^9/L x10^9/L *10^9/L 10E9/L 10⁹/L ×10⁹/L 10*9/l G/L GPt/L 109/L ×109/L 10*3/uL 10^3/μL 10^3/µL K/uL'.split(' '); // prettier-ignore
const TERA = '10*12/L 10^12/L ×10^12/L ×10¹²/L T/L 1012/L 10*6/uL 10^6/μL'.split(' ');
const UMOL = 'umol/L μmol/L µmol/L umol/l μM umo1/L'.split(' ');
const MMOL = 'mmol/L mmol/l mM mmo1/L mmo/L'.split(' ');
const UNITS = 'U/L IU/L u/l 单位/升'.split(' ');
const FIELD = '/[HPF] /HPF /HP 个/HP 个/高倍视野'.split(' ');

const WBC = ['6690-2', '26464-8', '白细胞', '白细胞数目', '白细胞计数', 'WBC'];
const RBC = ['789-8', '26453-1', '红细胞', '红细胞数目', 'RBC'];
const PLT = ['777-3', '26515-7', '血小板', '血小板数目', 'PLT'];
const HB = ['718-7', '血红蛋白', 'Hb', 'HGB'];
const FPG = ['14771-0', '空腹血糖', 'FPG'];
const P2H = ['14756-1', '14995-5', '餐后2小时血糖', '餐后2h血糖'];
const CK = ['2157-6', '肌酸激酶', 'CK'];
const CR = ['14682-9', '肌酐', 'Cr'];
const U_WBC = ['5821-4', '尿镜检白细胞'];
const U_RBC = ['13945-1', '尿镜检红细胞'];
const KET = ['2514-8', '尿酮体'];
const U_GLU = ['25428-4', '尿糖'];
const PRO = ['20454-5', '尿蛋白'];
const FOB = ['2335-8', '29771-3', '便潜血'];
const TCT = ['47527-7', 'TCT'];
const NEGATIVE = ['阴性', '-', '(-)', 'neg', '未检出'];
const POSITIVE_TWICE = ['++', '2+', '(++)', '＋＋', '+++', '3+', '++++', '4+'];

/** Every row of the table of important results, at, just below and just above its limit, as laboratories word it. */
export const TABLE: readonly Row[] = [
  {
    rule: 'wbc-low',
    fires: [...numbers(WBC, GIGA, 3.0, 2.9, '<3'), ...numbers(['6690-2'], ['/uL'], 3000)],
    silent: [...numbers(WBC, GIGA, 3.01, 3.1), ...numbers(['6690-2'], ['/uL'], 3100)],
    review: numbers(['6690-2'], ['10*9/L'], '<3.1'),
  },
  { rule: 'rbc-low', fires: numbers(RBC, TERA, 2.99, '<3.0'), silent: numbers(RBC, TERA, 3.0, 3.01) },
  { rule: 'rbc-high', fires: numbers(RBC, TERA, 7.01, '>7.0'), silent: numbers(RBC, TERA, 7.0, 6.99) },
  { rule: 'plt-low', fires: numbers(PLT, GIGA, 89, '<90'), silent: numbers(PLT, GIGA, 90, 91) },
  {
    rule: 'plt-high',
    fires: numbers(PLT, GIGA, 400, 401, '≥400'),
    silent: numbers(PLT, GIGA, 399),
    review: numbers(['777-3'], ['10*9/L'], '>350'),
  },
  {
    rule: 'hb-low',
    fires: [...numbers(HB, ['g/L', 'g/l'], 89, 89.9), ...numbers(HB, ['g/dL', 'g/dl'], 8.9)],
    silent: [...numbers(HB, ['g/L', 'g/l'], 90, 91), ...numbers(HB, ['g/dL', 'g/dl'], 9.0, 9.1)],
  },
  ...[
    ['urine-wbc', U_WBC],
    ['urine-rbc', U_RBC],
  ].map(([rule, codes]) => ({
    rule: rule as string,
    fires: [
      ...numbers(codes as string[], FIELD, 16, '>15', '>30'),
      ...texts(codes as string[], '＋ ＋', '16/HP', '15-30', '15-30/HP', '20~30个/HP', '++', '2+', '+++'),
      range(codes![0]!, 15, 30),
    ],
    silent: [
      ...numbers(codes as string[], FIELD, 15, 14),
      ...texts(codes as string[], '0-3', '10-15/HP', '+', '1+', '阴性', '未见'),
      range(codes![0]!, 10, 15),
    ],
    review: [...texts(codes as string[], '5-20', '5–20/HP', '阳性'), range(codes![0]!, 5, 20)],
  })),
  {
    rule: 'urine-ketones',
    fires: texts(KET, ...POSITIVE_TWICE),
    silent: texts(KET, '+', '1+', '±', ...NEGATIVE),
    review: texts(KET, '阳性'),
  },
  {
    rule: 'urine-glucose',
    fires: texts(U_GLU, ...POSITIVE_TWICE),
    silent: texts(U_GLU, '+', '1+', '(+)', '±', ...NEGATIVE),
    review: texts(U_GLU, '阳性'),
  },
  {
    rule: 'urine-protein',
    fires: texts(PRO, '0.3(1+)', '≥3.0 g/L（+++）', '+', '1+', '(+)', '阳性', ...POSITIVE_TWICE),
    silent: texts(PRO, '±', 'trace', '弱阳性', ...NEGATIVE),
  },
  {
    rule: 'stool-occult-blood',
    fires: [
      ...texts(FOB, '阳性', '+', 'POS', '++'),
      {
        code: loinc('2335-8'),
        valueCodeableConcept: { coding: [{ system: 'http://snomed.info/sct', code: '10828004' }] },
      },
    ],
    silent: texts(FOB, ...NEGATIVE),
  },
  {
    rule: 'glucose-fasting',
    fires: [...numbers(FPG, MMOL, 7.0, 7.1), ...numbers(['14771-0', '1558-6'], ['mg/dL', 'mg/dl'], 126, 127)],
    silent: [
      ...numbers(FPG, MMOL, 6.9, 6.99),
      ...numbers(['14771-0', '1558-6'], ['mg/dL'], 125),
      // A value after a meal never meets the fasting rule.
      ...numbers(['餐后2小时血糖', '14756-1'], ['mmol/L'], 7.5),
    ],
  },
  {
    rule: 'glucose-2h',
    fires: [...numbers(P2H, MMOL, 11.1, 11.2), ...numbers(['1521-4', '1518-0'], ['mg/dL'], 200, 201)],
    silent: [...numbers(P2H, MMOL, 11.0), ...numbers(['1521-4'], ['mg/dL'], 199)],
  },
  { rule: 'ck-high', fires: numbers(CK, UNITS, 2001, '>2000'), silent: numbers(CK, UNITS, 2000, 1999), review: numbers(CK, UNITS, '>1000') }, // prettier-ignore
  {
    rule: 'creatinine-high',
    fires: [
      ...numbers(CR, UMOL, 133.1, 134),
      ...numbers(['2160-0', '38483-4', '14682-9'], ['mg/dL', 'mg/dl'], 1.52),
    ],
    silent: [...numbers(CR, UMOL, 133, 132), ...numbers(['2160-0', '38483-4'], ['mg/dL'], 1.5, 1.51)],
    review: [{ code: loinc('14682-9'), valueQuantity: { value: 900 } }],
  },
  {
    rule: 'tumour-marker-high',
    fires: [
      marker('2039-6', 5.1, high(5, 'ng/mL')),
      marker('癌胚抗原', 5.1, high(5)),
      marker('CEA', 5.1, text('0-5')),
      marker('甲胎蛋白', 20.1, text('≤20')),
      marker('1834-1', 20, text('<20')),
      marker('24108-3', 37.1, text('0-37'), 'U/mL'),
      marker('CA125', 35, text('<35'), 'U/mL'),
      marker('鳞状细胞癌相关抗原', 1.6, text('<1.5')),
      marker('10334-1', 36, flag('H'), 'U/mL'),
      marker('6875-9', 36, flag('HH'), 'U/mL'),
      marker('2857-1', 4.1, text('≤4.0')),
      // The limit comes before the flag, and is converted to the value's unit.
      marker('2039-6', 6, { ...high(5, 'ng/mL'), ...flag('N') }),
      marker('2039-6', 6, high(5, 'ug/L')),
    ],
    silent: [
      marker('2039-6', 5, high(5, 'ng/mL')),
      marker('癌胚抗原', 4.9, high(5)),
      marker('1834-1', 20, text('≤20')),
      marker('1834-1', 19.9, text('<20')),
      marker('24108-3', 37, text('0-37'), 'U/mL'),
      marker('10334-1', 36, flag('N'), 'U/mL'),
      marker('2039-6', 4, { ...high(5, 'ng/mL'), ...flag('H') }),
    ],
    review: [marker('2039-6', 6, {}), marker('CA125', 400, {}, 'U/mL')],
  },
  {
    rule: 'imaging-malignancy',
    fires: [
      report('肝右叶占位,恶性不除外,建议增强CT'),
      report('右肺上叶磨玻璃结节，不能排除恶性'),
      report('胰头占位，恶性待排'),
      report('左肺下叶结节，建议增强CT排除恶性'),
      report('甲状腺未见异常。肝内占位，考虑恶性'),
      { code: coded('18748-4'), valueString: '右肾占位，不除外恶性' },
    ],
    silent: [
      report('肝、胆、胰、脾、双肾未见明显异常'),
      report('轻度脂肪肝；胆囊息肉'),
      report('肝内囊肿，不考虑恶性'),
      report('未见恶性征象'),
      report('恶性占位已排除'),
      report('双肺未见占位'),
    ],
    review: [report('左乳结节，BI-RADS 4A类'), report('甲状腺左叶结节，TI-RADS 4类'), report('肺癌术后改变')],
  },
  {
    rule: 'cytology-malignancy',
    fires: texts(TCT, 'HSIL', 'ASC-H', 'AGC', 'AIS', '高级别鳞状上皮内病变', '鳞状细胞癌', '非典型腺细胞'),
    silent: texts(TCT, 'NILM', 'LSIL', 'ASC-US', '未见上皮内病变或恶性细胞', '低级别鳞状上皮内病变'),
  },
];
