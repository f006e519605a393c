import { gradeOfCode, readGrade } from './read-grade.js';

const span = (text: string, nominal = false): string | null => {
  const grade = readGrade(text, nominal);
  return grade && (grade.low === grade.high ? grade.low : `${grade.low}-${grade.high}`);
};

describe('grades as laboratories write them', () => {
  it.each([
    [
      '0',
      [
        '阴性',
        '阴',
        '-',
        '(-)',
        '（－）',
        '－',
        'neg',
        'NEG',
        'Negative',
        '未检出',
        '未见',
        '阴性(-)',
        '-(阴性)',
        'not detected',
        '陰性',
        '阴性 (-)',
        '(-)阴性',
        '正常',
        'norm',
        '阴性-',
      ],
    ],
    [
      '0.5',
      ['±', '弱阳性', 'trace', 'Trace', '(±)', '+-', '+/-', '弱阳性(±)', '微量', '±(15mg/dL)', '弱阳性±'],
    ],
    [
      '1',
      [
        '+',
        '1+',
        '(+)',
        '（＋）',
        '＋',
        '+1',
        '(1+)',
        '阳性(+)',
        '1+(0.3g/L)',
        '+ ↑',
        '阳性+',
        '阳性(1+)',
        '1+ 0.3g/L',
        '+/HP',
      ],
    ],
    [
      '2',
      [
        '++',
        '2+',
        '(++)',
        '＋＋',
        '+2',
        '阳性(++)',
        '2+(1.0g/L)',
        '++↑',
        '阳性2+',
        '++/HPF',
        'Urine glucose test = ++ (finding)',
      ],
    ],
    ['3', ['+++', '3+', '(+++)', '+3', '3+(3.0 g/L)', 'Urine ketone test = +++ (finding)']],
    ['4', ['++++', '4+', '(++++)', '+4']],
    ['1-4', ['阳性', '阳', 'POS', 'Positive', '检出', '陽性', '1:8', '阳性(1:16)', 'detected', 'reactive']],
    ['1-2', ['+~++', '+～++', '1+-2+', '+至++', '中量']],
    ['2-4', ['强阳性', '大量']],
    ['3-4', ['满视野', 'TNTC']],
    ['0.5-1', ['少量', '少许']],
    ['0', ['Urine nitrite negative (finding)', 'Urine leukocyte test negative (finding)']],
  ])('grade %s', (grade, texts) => {
    expect(texts.map((text) => [text, span(text)])).toEqual(texts.map((text) => [text, grade]));
  });

  it.each(
    [
      '',
      '+++++',
      '5+',
      '2',
      '0',
      '阴性(+)',
      '阳性(-)',
      '阴',
      '淡黄',
      '可疑',
      '未见异常改变,建议复查',
      'Blood in urine (finding)',
      '++ 阴性',
      '弱阳性(+)',
      '非阴性',
      '不确定',
      '灰区',
    ].filter((text) => text !== '阴'),
  )('%j cannot be read with certainty', (text) => {
    expect(span(text)).toBeNull();
  });

  it('for a test that is only negative or positive a weak positive may be either', () => {
    expect(span('弱阳性', true)).toBe('0.5-1');
    expect(span('±', true)).toBe('0.5');
    expect(span('阳性', true)).toBe('1-4');
  });

  it('reads coded answers', () => {
    expect(
      [gradeOfCode('10828004'), gradeOfCode('LA6576-8'), gradeOfCode('POS')].map((grade) => grade?.low),
    ).toEqual(['1', '1', '1']);
    expect(
      [gradeOfCode('260385009'), gradeOfCode('LA6577-6'), gradeOfCode('NEG')].map((grade) => grade?.high),
    ).toEqual(['0', '0', '0']);
    expect(gradeOfCode('123')).toBeNull();
    expect(gradeOfCode(undefined)).toBeNull();
  });
});
