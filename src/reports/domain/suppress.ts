/** Fewer people than this are not shown (domain notes 05 §4). */
export const SMALLEST_SHOWN = 5;

/** People by group (row) and by what they have (column). Every person is in one cell. */
export type Counts = readonly (readonly number[])[];

/** Which cells, and which totals of columns, are not shown. Totals of rows are. */
export interface Suppressed {
  cells: boolean[][];
  totals: boolean[];
}

/**
 * Totals that must not be shown: the small ones, and as many beside them as it takes that their sum, which follows from
 * the rest, tells none of them. Depends on the totals alone, so that every table of the same people hides the same.
 */
export function suppressTotals(totals: readonly number[]): boolean[] {
  const hidden = totals.map((total) => total < SMALLEST_SHOWN);
  if (!hidden.includes(true)) return hidden;
  const shown = totals
    .flatMap((total, i) => (hidden[i] ? [] : [{ total, i }]))
    .sort((a, b) => a.total - b.total);
  const isOpen = (): boolean =>
    hidden.filter(Boolean).length > 1 && totals.some((total, i) => hidden[i] && total > 0);
  for (const { i } of shown) {
    if (isOpen()) break;
    hidden[i] = true;
  }
  return hidden;
}

/**
 * Cells that must not be shown so that no small one can be computed from rows, columns and totals: for every hidden cell
 * there is another table, of whole people, that has everything shown in common with this one and another number there.
 * Exactly those are the cells on a cycle of hidden cells along which people can be moved; where a cell is on none, the
 * cheapest cycle (fewest people hidden) is hidden too.
 * @param counts each row of at least `SMALLEST_SHOWN` people
 */
export function suppress(counts: Counts): Suppressed {
  const columns = counts[0]?.length ?? 0;
  const totals = Array.from({ length: columns }, (_, k) => counts.reduce((sum, row) => sum + row[k]!, 0));
  const hiddenTotals = suppressTotals(totals);
  // A column whose total is hidden is hidden whole: another total is then possible in every table alike.
  const cells = counts.map((row) => row.map((count, k) => count < SMALLEST_SHOWN || hiddenTotals[k]!));
  const table = { counts, totals, cells, hiddenTotals };
  for (let row = 0; row < counts.length; row++) {
    for (let column = 0; column < columns; column++) {
      if (!cells[row]![column]) continue;
      const cycle = cheapestCycle(table, row, column);
      for (const [r, c] of cycle ?? []) cells[r]![c] = true;
    }
  }
  return { cells, totals: hiddenTotals };
}

interface Table {
  counts: Counts;
  totals: readonly number[];
  cells: boolean[][];
  hiddenTotals: readonly boolean[];
}

type Place = readonly [row: number, column: number];

/** The way back from a cell's column to its row (one more here), or from its row to its column (one less here). */
function cheapestCycle(table: Table, row: number, column: number): Place[] | null {
  const up = path(table, { row, column, from: 'column' });
  const down = table.counts[row]![column]! > 0 ? path(table, { row, column, from: 'row' }) : null;
  return up && (!down || up.cost <= down.cost) ? up.places : (down?.places ?? null);
}

interface Step {
  cost: number;
  places: Place[];
}

/**
 * Dijkstra over rows, columns and the row of totals: from a row to a column a cell gains a person, from a column to a row
 * it loses one, which it must have. Totals, at the other side of the equation, the other way round.
 */
function path(
  table: Table,
  { row, column, from }: { row: number; column: number; from: 'row' | 'column' },
): Step | null {
  const { counts, totals, cells, hiddenTotals } = table;
  const rows = counts.length;
  const columns = totals.length;
  const column0 = rows + 1;
  const [start, end] = from === 'column' ? [column0 + column, row] : [row, column0 + column];
  const best: (Step | undefined)[] = [];
  best[start] = { cost: 0, places: [] };
  const open = new Set([start]);
  while (open.size > 0) {
    const at = [...open].reduce((a, b) => (best[b]!.cost < best[a]!.cost ? b : a));
    if (at === end) return best[at]!;
    open.delete(at);
    const isRow = at < column0;
    for (const next of isRow ? range(column0, columns) : range(0, rows + 1)) {
      const [r, c] = isRow ? [at, next - column0] : [next, at - column0];
      if (r === row && c === column) continue;
      let cost: number;
      if (r === rows) {
        if (!hiddenTotals[c]! || (isRow && totals[c] === 0)) continue;
        cost = 0;
      } else {
        const count = counts[r]![c]!;
        if (!isRow && count === 0) continue;
        cost = cells[r]![c] ? 0 : count + 1;
      }
      const total = best[at]!.cost + cost;
      if (best[next] && best[next].cost <= total) continue;
      const places = best[at]!.places;
      best[next] = { cost: total, places: r === rows ? places : [...places, [r, c]] };
      open.add(next);
    }
  }
  return null;
}

function range(from: number, length: number): number[] {
  return Array.from({ length }, (_, i) => from + i);
}
