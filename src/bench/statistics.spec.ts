import fc from 'fast-check';
import { median, quantile } from './statistics.js';

const values = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 50 });

describe('quantiles of latencies', () => {
  it.each([
    [[5], 0.99, 5],
    [[3, 1, 2, 4], 0.5, 2],
    [Array.from({ length: 100 }, (_, i) => 100 - i), 0.99, 99],
    [Array.from({ length: 100 }, (_, i) => i + 1), 1, 100],
    [Array.from({ length: 100 }, (_, i) => i + 1), 0, 1],
  ])('of %j at %d is %d', (list, share, wanted) => expect(quantile(list, share)).toBe(wanted));

  it('are reached by no more than their share of the values', () => {
    fc.assert(
      fc.property(values, fc.double({ min: 0.01, max: 1, noNaN: true }), (list, share) => {
        const found = quantile(list, share);
        expect(list.filter((value) => value <= found).length / list.length).toBeGreaterThanOrEqual(
          share - 1e-9,
        );
        expect(list.filter((value) => value < found).length / list.length).toBeLessThan(share);
      }),
    );
  });

  it('of nothing are not a number, so that no budget is kept by not measuring', () => {
    expect(quantile([], 0.5)).toBeNaN();
    expect(median([])).toBeNaN();
  });

  it('have the median in the middle', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([9, 1, 5, 7])).toBe(6);
  });
});
