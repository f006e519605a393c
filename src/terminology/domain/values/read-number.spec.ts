import fc from 'fast-check';
import { compareDecimals } from '../../../kernel/index.js';
import { compared, plainText, readNumber } from './read-number.js';

/** Interval notation: `(` and `)` open, `[` and `]` closed. */
function shown(text: string): string | null {
  const read = readNumber(text);
  if (!read) return null;
  const { low, high, lowOpen, highOpen } = read.interval;
  const interval = `${lowOpen ? '(' : '['}${low ?? '-inf'},${high ?? 'inf'}${highOpen ? ')' : ']'}`;
  return read.unit === null ? interval : `${interval} ${read.unit}`;
}

describe('numbers in text', () => {
  it.each([
    ['3.2', '[3.2,3.2]'],
    ['５.６', '[5.6,5.6]'],
    ['<0.5', '(-inf,0.5)'],
    ['＜0.5', '(-inf,0.5)'],
    ['﹤0.50', '(-inf,0.50)'],
    ['< 0.5 ng/mL', '(-inf,0.5) ng/mL'],
    ['≤4.0', '(-inf,4.0]'],
    ['<=4.0', '(-inf,4.0]'],
    ['＞1000', '(1000,inf)'],
    ['>1000', '(1000,inf)'],
    ['＞１０００', '(1000,inf)'],
    ['≥ 33.8 nmol/L', '[33.8,inf) nmol/L'],
    ['≧33.8', '[33.8,inf)'],
    ['大于1000', '(1000,inf)'],
    ['小于0.01', '(-inf,0.01)'],
    ['小于等于5', '(-inf,5]'],
    ['15-30', '[15,30]'],
    ['15–30', '[15,30]'],
    ['15—30', '[15,30]'],
    ['5~20', '[5,20]'],
    ['5～20 /HP', '[5,20] /HP'],
    ['0--1', '[0,1]'],
    ['15至30', '[15,30]'],
    ['3-5/HP', '[3,5] /HP'],
    ['0-2个/HP', '[0,2] 个/HP'],
    ['2.5-3.5', '[2.5,3.5]'],
    ['15/HP-30/HP', '[15,30] /HP'],
    ['15 /[HPF]-30 /[HPF]', '[15,30] /[HPF]'],
    ['15个/HP～30个/HP', '[15,30] 个/HP'],
    ['3.9 mmol/L 至 6.1 mmol/L', '[3.9,6.1] mmol/L'],
    ['40 mmol.L-1', '[40,40] mmol.L-1'],
    ['6.5↑', '[6.5,6.5]'],
    ['6.5 ↓', '[6.5,6.5]'],
    ['6.5 H', '[6.5,6.5]'],
    ['6.5*', '[6.5,6.5]'],
    ['.5', '[0.5,0.5]'],
    ['+3', '[3,3]'],
    ['-2.5', '[-2.5,-2.5]'],
    ['126mg/dL', '[126,126] mg/dL'],
    ['3.0×10^9/L', '[3.0,3.0] x10^9/L'.replace('x', '×')],
    ['3.0 10^9/L', '[3.0,3.0] 10^9/L'],
    ['3.0 10⁹/L', '[3.0,3.0] 109/L'],
    ['36.5℃', '[36.5,36.5] °C'],
    ['99%', '[99,99] %'],
  ])('%s', (text, expected) => {
    expect(shown(text)).toBe(expected);
  });

  it.each([
    '',
    '15/HP-30 /[HPF]',
    '15 /HP ~ 30/LP',
    '阴性',
    '++',
    '1,234',
    '3,5',
    '30-15',
    '1.2.3',
    '--',
    '>',
    'abc',
    '1:160',
    '3.5.',
    '1e5x,',
    '<>5',
    '12 34'.repeat(30),
  ])('%j is no number', (text) => {
    expect(readNumber(text)?.unit ?? null).toBeNull();
    expect(readNumber(text)).toBeNull();
  });

  it('a comparator leaves one side open', () => {
    expect(compared('<', '5')).toEqual({ low: null, high: '5', lowOpen: true, highOpen: true });
    expect(compared('<=', '5')).toEqual({ low: null, high: '5', lowOpen: true, highOpen: false });
    expect(compared('>', '5')).toEqual({ low: '5', high: null, lowOpen: true, highOpen: true });
    expect(compared('>=', '5')).toEqual({ low: '5', high: null, lowOpen: false, highOpen: true });
  });

  it('never throws, and what it reads is ordered', () => {
    const alphabet = fc.constantFrom(...'0123456789.<>≤≥-~～＋+－ /HPmgdL％至↑()（），,'.split(''));
    fc.assert(
      fc.property(fc.array(alphabet, { maxLength: 14 }), (characters) => {
        const read = readNumber(characters.join(''));
        if (!read) return;
        const { low, high } = read.interval;
        if (low !== null) expect(low).toMatch(/^-?\d+(\.\d+)?$/);
        if (low !== null && high !== null) expect(compareDecimals(low, high)).toBeLessThanOrEqual(0);
      }),
      { numRuns: 3_000 },
    );
  });
});

describe('a text in one width', () => {
  it.each([
    ['3.9-6.1', '3.9-6.1'],
    [' <0.5 ', '<0.5'],
    ['＞１０００', '>1000'],
    ['=<5', '<=5'],
    ['5=>', '5>='],
    ['0.00～7.00', '0.00~7.00'],
    ['不超过 5', '<= 5'],
    ['\t3.2\n', '3.2'],
  ])('%j is %j', (text, plain) => expect(plainText(text)).toBe(plain));

  it('is the same with and without a sign that has to be looked for', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii', maxLength: 40 }), (text) => {
        // The sign outside ASCII, which is taken away, has the whole text gone through.
        expect(plainText(text)).toBe(plainText(`${text}\u200b`).trim());
      }),
    );
  });
});
