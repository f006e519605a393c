import fc from 'fast-check';
import { trendChart } from './trend-chart.js';

const point = (day: string, value: number) => ({ day, value, text: String(value) });

describe('a chart of results over time', () => {
  it('writes each value with its month, the aim, and what it shows for those who cannot see it', () => {
    const { text } = trendChart([point('2025-03-02', 138), point('2026-03-02', 152)], '129', '收缩压："138"');
    for (const part of ['138', '152', '129', '2025-03', '2026-03', 'aria-label="收缩压：&quot;138&quot;"'])
      expect(text).toContain(part);
  });

  it('writes days where several are of one month', () => {
    const { text } = trendChart([point('2026-03-01', 1), point('2026-03-09', 2)], null, '');
    expect(text).toContain('03-09');
    expect(text).not.toContain('class="aim"');
  });

  it('stays on its sheet, whatever the values', () => {
    const value = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 6 }), fc.option(value), (values, aim) => {
        const points = values.map((one, i) => point(`2026-0${i + 1}-01`, one));
        const { text } = trendChart(points, aim === null ? null : String(aim), '');
        for (const [, y] of text.matchAll(/\b(?:cy|y1|y2)="([^"]*)"/g)) {
          expect(Number(y)).toBeGreaterThanOrEqual(20);
          expect(Number(y)).toBeLessThanOrEqual(64);
        }
      }),
    );
  });
});
