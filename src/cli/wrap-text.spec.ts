import fc from 'fast-check';
import { columnsOf, wrapText } from './wrap-text.js';

const text = fc.string({ unit: fc.constantFrom('血', '糖', '，', '。', 'a', '7', '.', ' ', '≥') });

describe('text in a narrow column', () => {
  it.each([
    ['空腹血糖 7.1 mmol/L', 12, '空腹血糖 7.1\nmmol/L'],
    ['白细胞减少，请复查', 10, '白细胞减\n少，请复查'],
    ['important-results/wbc-low', 10, 'important-\nresults/wb\nc-low'],
    ['男 M\n61 岁', 20, '男 M\n61 岁'],
    ['增强CT、磁共振', 7, '增强\nCT、磁\n共振'],
    ['', 10, ''],
  ])('%j in %i columns', (whole, width, expected) => {
    expect(wrapText(whole, width)).toBe(expected);
  });

  it('is never wider than the column and loses nothing but spaces', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 4, max: 30 }), (whole, width) => {
        const wrapped = wrapText(whole, width);
        expect(Math.max(...wrapped.split('\n').map(columnsOf))).toBeLessThanOrEqual(width);
        expect(wrapped.replace(/\s/g, '')).toBe(whole.replace(/\s/g, ''));
      }),
    );
  });
});
