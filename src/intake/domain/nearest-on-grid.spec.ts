import fc from 'fast-check';
import { nearestOnGrid, type Search } from './nearest-on-grid.js';

const search = (now: string, isGood: (value: number) => boolean, more: Partial<Search> = {}) =>
  nearestOnGrid({
    now,
    decimals: 1,
    limits: [],
    isDense: false,
    low: '0',
    high: null,
    isGood: (value) => Promise.resolve(isGood(Number(value))),
    ...more,
  });

describe('the nearest printed value that is good', () => {
  it.each<[string, string, (value: number) => boolean, Partial<Search>, string | null]>([
    ['just below a limit', '7.4', (v) => v < 7, { limits: ['7'] }, '6.9'],
    ['on a limit', '7.4', (v) => v <= 7, { limits: ['7'] }, '7.0'],
    ['above, where that is nearer', '3.6', (v) => v >= 3.9 || v < 2, { limits: ['3.9', '2'] }, '3.9'],
    ['below, where that is nearer', '3.6', (v) => v >= 9 || v < 3, { limits: ['9', '3'] }, '2.9'],
    ['with fewer decimals than sent', '165.4', (v) => v < 160, { limits: ['160'], decimals: 0 }, '159'],
    ['a limit with more decimals', '2.5', (v) => v <= 2.25, { limits: ['2.25'] }, '2.2'],
    [
      'between the limits where it may turn there',
      '150',
      (v) => v < 117,
      { isDense: true, decimals: 0 },
      '116',
    ],
    ['none that is possible', '7.4', (v) => v < 7, { limits: ['7'], low: '7' }, null],
    ['none at all', '7.4', () => false, { limits: ['7'], isDense: true }, null],
    ['below zero', '-2.6', (v) => v > -2.5, { limits: ['-2.5'], low: '-10' }, '-2.4'],
  ])('%s', async (_, now, isGood, more, found) => {
    expect(await search(now, isGood, more)).toBe(found);
  });

  it('is good, and one last digit nearer is not', async () => {
    const places = fc.integer({ min: 1, max: 999 });
    await fc.assert(
      fc.asyncProperty(
        places,
        fc.uniqueArray(places, { maxLength: 6 }),
        fc.boolean(),
        async (at, cuts, flip) => {
          // Good and bad by turns from limit to limit.
          const sorted = [...cuts].sort((a, b) => a - b);
          const isGood = (v: number): boolean =>
            (sorted.filter((cut) => cut <= Math.round(v * 10)).length % 2 === 0) === flip;
          if (isGood(at / 10)) return;
          const limits = sorted.map((cut) => (cut / 10).toFixed(1));
          const found = await search((at / 10).toFixed(1), isGood, { limits });
          if (found === null) return;
          const place = Math.round(Number(found) * 10);
          expect(isGood(place / 10)).toBe(true);
          for (let between = Math.min(at, place) + 1; between < Math.max(at, place); between++)
            expect(isGood(between / 10)).toBe(false);
        },
      ),
    );
  });
});
