import fc from 'fast-check';
import { type Counts, SMALLEST_SHOWN, suppress, suppressTotals } from './suppress.js';

/** Whether another table of whole people has everything shown in common with this one and another number in each hidden cell. */
function solvable(counts: Counts): string[] {
  const { cells, totals: hiddenTotals } = suppress(counts);
  const columns = counts[0]!.length;
  const totals = Array.from({ length: columns }, (_, k) => counts.reduce((sum, row) => sum + row[k]!, 0));
  const all = totals.reduce((a, b) => a + b, 0);
  const seen = counts.map((row) => row.map(() => new Set<number>()));
  const seenTotals = totals.map(() => new Set<number>());
  const table = counts.map((row) => [...row]);
  /** Fills hidden cells of a row so that its total, which is shown, holds. */
  const fill = (r: number, k: number, left: number): void => {
    if (r === counts.length) {
      const sums = totals.map((_, c) => table.reduce((sum, row) => sum + row[c]!, 0));
      if (sums.some((sum, c) => !hiddenTotals[c] && sum !== totals[c])) return;
      if (sums.reduce((a, b) => a + b, 0) !== all) return;
      table.forEach((row, i) => row.forEach((value, c) => seen[i]![c]!.add(value)));
      sums.forEach((sum, c) => seenTotals[c]!.add(sum));
      return;
    }
    if (k === columns) {
      if (left !== 0) return;
      const row = counts[r + 1];
      fill(r + 1, 0, row ? row.reduce((a, b) => a + b, 0) : 0);
      return;
    }
    if (!cells[r]![k]) {
      table[r]![k] = counts[r]![k]!;
      if (table[r]![k] <= left) fill(r, k + 1, left - table[r]![k]);
      return;
    }
    // Near the truth is enough: one other number tells that it cannot be computed.
    const truth = counts[r]![k]!;
    for (let value = Math.max(0, truth - 2); value <= Math.min(left, truth + 2); value++) {
      table[r]![k] = value;
      fill(r, k + 1, left - value);
    }
  };
  fill(
    0,
    0,
    counts[0]!.reduce((a, b) => a + b, 0),
  );
  const told = cells.flatMap((row, i) =>
    row.flatMap((isHidden, k) => (isHidden && seen[i]![k]!.size < 2 ? [`${i},${k}`] : [])),
  );
  return [
    ...told,
    ...hiddenTotals.flatMap((isHidden, k) => (isHidden && seenTotals[k]!.size < 2 ? [`total ${k}`] : [])),
  ];
}

describe('what is not shown of groups', () => {
  it.each<[string, number[], boolean[]]>([
    ['nothing where all are large', [5, 9, 20], [false, false, false]],
    ['a small one, and the next beside it', [3, 9, 20], [true, true, false]],
    ['two small ones', [3, 1, 20], [true, true, false]],
    ['of those without anybody, one with', [0, 0, 20, 30], [true, true, true, false]],
    ['everything where all are alike', [0, 0, 20], [true, true, true]],
  ])('totals: %s', (_, totals, hidden) => {
    expect(suppressTotals(totals)).toEqual(hidden);
  });

  it('a small cell takes three others with it', () => {
    const counts = [
      [2, 20, 30],
      [10, 15, 40],
      [12, 16, 50],
    ];
    const { cells, totals } = suppress(counts);
    expect(totals).toEqual([false, false, false]);
    expect(cells).toEqual([
      [true, true, false],
      [true, true, false],
      [false, false, false],
    ]);
  });

  it('nothing is hidden where nothing is small', () => {
    expect(
      suppress([
        [5, 6],
        [7, 8],
      ]).cells.flat(),
    ).not.toContain(true);
  });

  it('cannot be computed from what is shown', () => {
    const count = fc.oneof(
      fc.integer({ min: 0, max: 4 }),
      fc.integer({ min: 0, max: 9 }),
      fc.integer({ min: 0, max: 40 }),
    );
    const tables = fc
      .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 2, max: 3 }))
      .chain(([rows, columns]) =>
        fc.array(fc.array(count, { minLength: columns, maxLength: columns }), {
          minLength: rows,
          maxLength: rows,
        }),
      )
      .filter((table) => table.every((row) => row.reduce((a, b) => a + b, 0) >= SMALLEST_SHOWN));
    fc.assert(
      fc.property(tables, (counts) => {
        const { cells } = suppress(counts);
        counts.forEach((row, i) =>
          row.forEach((value, k) => {
            if (value < SMALLEST_SHOWN) expect(cells[i]![k]).toBe(true);
          }),
        );
        expect(solvable(counts)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
