import { loadVocabulary } from '../../load-vocabulary.js';
import { isUcum } from './ucum.js';
import { printUnit, unitCandidates } from './unit-spelling.js';

const vocabulary = loadVocabulary('vocabulary');

/** First candidate that is UCUM: what the spelling means when nothing is known of the analyte. */
const ucumOf = (spelling: string): string | undefined => unitCandidates(spelling).find(isUcum);

describe('local spellings of units', () => {
  it.each([
    [
      '10*9/L',
      [
        '10^9/L',
        '×10^9/L',
        'x10^9/L',
        'X10^9/L',
        '*10^9/L',
        '10E9/L',
        '10e9/L',
        '10⁹/L',
        '×10⁹/L',
        '10*9/l',
        '10*9/L',
        '109/L',
        '×109/L',
        'GPt/L',
        'G/L',
        '10^9/ L',
        '１０＾９／Ｌ',
        '10^9个/L',
        '✕10⁹/L',
        '10**9/L',
        'x10*9/L',
        '(10^9/L)',
        '10＊9/L',
      ],
    ],
    [
      '10*3/uL',
      ['10^3/μL', '10*3/uL', '10³/µL', 'K/uL', 'K/ul', 'k/μl', '103/uL', 'x10E3/uL', '10^3/mm3', 'THOU/uL'],
    ],
    [
      '10*12/L',
      ['10^12/L', '×10¹²/L', 'T/L', '1012/L', '×1012/L', 'TPt/L', '10*12/l', 'x10^12/L', 'x10*12/L'],
    ],
    ['10*6/uL', ['10^6/μL', '10*6/uL', 'M/uL', '106/uL', '10⁶/µL']],
    [
      'umol/L',
      [
        'μmol/L',
        'µmol/L',
        'umol/l',
        'μM',
        'µM',
        'uM',
        'umo1/L',
        'umoI/L',
        'umo/L',
        'UMOL/L',
        'Umol/L',
        '微摩尔/升',
        '微摩/L',
        'umol／L',
        'μmol / L',
      ],
    ],
    [
      'mmol/L',
      [
        'mmol/l',
        'mM',
        'mmo1/L',
        'mmo/L',
        'MMOL/L',
        'mmol/L',
        '毫摩尔/升',
        '毫摩/升',
        'Mmol/L',
        'mmol\u200b/L',
      ],
    ],
    ['U/L', ['u/l', '单位/升', 'U/l', 'u/L']],
    ['[IU]/L', ['IU/L', 'iu/l', '国际单位/升']],
    [
      '/[HPF]',
      [
        '/HP',
        '/HPF',
        '个/HP',
        '个/高倍视野',
        '/hp',
        '个/HPF',
        '/高倍视野',
        '个／HP',
        '/[HPF]',
        '/高倍',
        '每高倍视野',
        '条/高倍视野',
      ],
    ],
    ['/uL', ['个/μL', '个/uL', '/ul', '/μL', 'cells/uL', '/mm3', '个/微升']],
    ['mm[Hg]', ['mmHg', '毫米汞柱', 'mm Hg', 'MMHG', 'mm[Hg]', 'mmHG']],
    ['Cel', ['℃', '°C', '度', '摄氏度', 'C', 'degC', 'cel']],
    ['m[IU]/L', ['mIU/L', 'MIU/L', 'miu/l', 'm[IU]/L', '毫国际单位/升']],
    ['u[IU]/mL', ['μIU/mL', 'uIU/ml', 'µIU/mL', 'UIU/ML']],
    ['%', ['％', '%']],
    ['g/L', ['g/l', '克/升', 'g/L']],
    ['mg/dL', ['mg/dl', 'MG/DL', 'mg/dL', '毫克/分升', 'mg/100mL'.replace('100mL', 'dl')]],
    ['ng/mL', ['ng/ml', 'NG/ML', '纳克/毫升', 'ng/mL']],
    ['ug/L', ['μg/L', 'µg/l', 'mcg/L', '微克/升']],
    ['/min', ['次/分', '次/分钟', 'bpm', 'beats/min', 'beats/minute', '/min', '次／分']],
    ['kg/m2', ['kg/m²', 'kg/m^2', 'Kg/m2', 'kg/㎡', 'KG/M2', '公斤/平方米']],
    [
      'mL/min/{1.73_m2}',
      [
        'mL/min/1.73m2',
        'ml/min/1.73m²',
        'ml/min/1.73m^2',
        'mL/min/1.73㎡',
        'ml/(min·1.73m²)',
        'mL/min/{1.73_m2}',
        'mL/min·1.73m2',
        'ml/min/1.73_m2',
      ],
    ],
    ['mm/h', ['mm/h', 'mm/hr', 'mm/1h', 'mm/H', '毫米/小时', 'mm/小时']],
    ['mg/L{FEU}', ['mg/L FEU', 'mg/L(FEU)', 'mg/L{FEU}', 'mg/LFEU']],
    ['ug/mL{FEU}', ['μg/mL FEU', 'ug/ml{FEU}']],
    ['mg/g{creat}', ['mg/g Cr', 'mg/gCr', 'mg/g肌酐', 'mg/g.cr', 'mg/g creat', 'mg/g{creat}']],
    ['mg/mmol{creat}', ['mg/mmol Cr', 'mg/mmolCr', 'mg/mmol{creat}']],
    ['pg', ['pg', 'PG', 'Pg']],
    ['fL', ['fl', 'fL', 'FL', '飞升']],
    ['s', ['sec', '秒', 'S', 's']],
    ['cm', ['cm', 'CM', '厘米', 'cM']],
    ['kg', ['kg', 'KG', '公斤', '千克']],
    ["[arb'U]/mL", ['AU/mL', "[arb'U]/mL"]],
    ['kU/L', ['kU/L', 'KU/L']],
    ['[ppth]', ['‰']],
    ['[pH]', ['pH', 'PH']],
    ['ukat/L', ['μkat/L', 'ukat/l']],
    ['meq/L', ['mEq/L', 'meq/l', 'MEQ/L']],
  ])('%s', (ucum, spellings) => {
    expect(spellings.map((spelling) => [spelling, ucumOf(spelling)])).toEqual(
      spellings.map((spelling) => [spelling, ucum]),
    );
  });

  it.each(['', ' ', '单', 'foo/L', '???', 'mmol/', '个', '10^5/L/x', 'x'.repeat(200), '阴性'])(
    '%j is no unit',
    (spelling) => {
      expect(ucumOf(spelling)).toBeUndefined();
    },
  );

  it('understands capitals by what the analyte can have: G/L is 10*9/L for cells and g/L for haemoglobin', () => {
    expect(vocabulary.convert('wbc', '3.0', 'G/L')).toBe('3.0');
    expect(vocabulary.convert('hb', '89', 'G/L')).toBe('89');
  });
});

describe('printed units', () => {
  it.each([
    ['10*9/L', '×10⁹/L'],
    ['10*12/L', '×10¹²/L'],
    ['umol/L', 'μmol/L'],
    ['mm[Hg]', 'mmHg'],
    ['/[HPF]', '/HP'],
    ['Cel', '℃'],
    ['m[IU]/L', 'mIU/L'],
    ['u[IU]/mL', 'μIU/mL'],
    ['mL/min/{1.73_m2}', 'mL/min/1.73m²'],
    ['kg/m2', 'kg/m²'],
    ['mg/L{FEU}', 'mg/L FEU'],
    ["[arb'U]/mL", 'U/mL'],
    ['{INR}', ''],
    ['1', ''],
    ['[ppth]', '‰'],
    ['g/L', 'g/L'],
    ['ug/dL', 'μg/dL'],
    ['U/L', 'U/L'],
  ])('%s is printed %s', (unit, printed) => {
    expect(printUnit(unit)).toBe(printed);
  });

  it('every unit of the vocabulary prints without brackets, asterisks and braces', () => {
    const odd = vocabulary.analytes
      .filter(({ printUnit: unit }) => /[[\]{}*^]/.test(unit))
      .map(({ id }) => id);
    expect(odd).toEqual([]);
  });
});
