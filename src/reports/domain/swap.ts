/** One person of a table of two properties, groups as numbers. */
export interface Trait {
  row: number;
  column: number;
  /** The group by the third property, which other tables show. */
  other: number;
  level: number;
  findings: ReadonlySet<string>;
}

type Place = readonly [row: number, column: number];

/** People of one level by row and column, and what of it is hidden. */
interface Slice {
  counts: readonly (readonly number[])[];
  hidden: readonly (readonly boolean[])[];
}

/** Of one level, groups whose number is hidden in the table of one property, so in all tables. */
interface HiddenMargins {
  rows: readonly boolean[];
  columns: readonly boolean[];
}

/** More pairs of unlike people than these are not tried for one pair of cells. */
const MOST_PAIRS = 50;

/**
 * Finds two people of one level who could change places across columns, one of them in a given cell or bound for it, and
 * gives the four cells that this changes; null where nobody can.
 *
 * Both keep row, level and the third property. What the tables of the third property show stays as it is where that is the
 * same for both, or where both rows (or both columns) are hidden in every table. Findings, which are shown by one property, stay as they
 * are where both have the same, or where for each that only one has two others of one row and third group could have
 * changed it over.
 */
export function swapFor(
  traits: readonly Trait[],
  { rows, columns }: { rows: number; columns: number },
): (
  cell: { row: number; column: number; level: number },
  slice: Slice,
  margins: HiddenMargins,
) => Place[] | null {
  const kinds = kindsOf(traits);
  const canChangeOver = changeOver(traits, { rows });

  function canSwap(level: number, one: Place, two: Place, margins: HiddenMargins): boolean {
    const areRowsFree = margins.rows[one[0]]! && margins.rows[two[0]]!;
    const areColumnsFree = margins.columns[one[1]]! && margins.columns[two[1]]!;
    let tried = 0;
    for (const a of kinds(level, one)) {
      for (const b of kinds(level, two)) {
        if (a.other === b.other || areColumnsFree) {
          if (a.found === b.found) return true;
          if (tried++ < MOST_PAIRS && areExchanged(a.findings, b.findings, one[1], two[1])) return true;
          // Rows changed over instead of columns: what is by column, with findings, stays.
        } else if (areRowsFree && a.found === b.found) return true;
      }
    }
    return false;
  }

  /** Whether every finding that only one of both has could have come to the other's column by others. */
  function areExchanged(a: ReadonlySet<string>, b: ReadonlySet<string>, from: number, to: number): boolean {
    for (const rule of a) if (!b.has(rule) && !canChangeOver(rule, to, from)) return false;
    for (const rule of b) if (!a.has(rule) && !canChangeOver(rule, from, to)) return false;
    return true;
  }

  return ({ row, column, level }, { counts, hidden }, margins) => {
    const candidates: { cost: number; row: number; column: number }[] = [];
    const costOf = (r: number, c: number) => (hidden[r]![c]! ? 0 : counts[r]![c]! + 1);
    for (let r = 0; r < rows; r++) {
      if (r === row) continue;
      for (let c = 0; c < columns; c++) {
        if (c === column) continue;
        candidates.push({ cost: costOf(r, c) + costOf(row, c) + costOf(r, column), row: r, column: c });
      }
    }
    candidates.sort((a, b) => a.cost - b.cost);
    for (const { row: r, column: c } of candidates) {
      const isPossible =
        canSwap(level, [row, column], [r, c], margins) || canSwap(level, [row, c], [r, column], margins);
      if (isPossible)
        return [
          [row, column],
          [r, c],
          [row, c],
          [r, column],
        ];
    }
    return null;
  };
}

interface Kind {
  other: number;
  findings: ReadonlySet<string>;
  /** The same, to be compared. */
  found: string;
}

/** The different people of each cell. */
function kindsOf(traits: readonly Trait[]): (level: number, place: Place) => readonly Kind[] {
  const byCell = new Map<string, Map<string, Kind>>();
  for (const { row, column, other, level, findings } of traits) {
    const cell = `${level} ${row} ${column}`;
    let kinds = byCell.get(cell);
    if (!kinds) byCell.set(cell, (kinds = new Map<string, Kind>()));
    const found = [...findings].sort().join(' ');
    const kind = `${other} ${found}`;
    if (!kinds.has(kind)) kinds.set(kind, { other, findings, found });
  }
  const lists = new Map([...byCell].map(([cell, kinds]) => [cell, [...kinds.values()]]));
  return (level, [row, column]) => lists.get(`${level} ${row} ${column}`) ?? [];
}

/** Whether a finding of somebody in one column could have been that of somebody in another, of the same row and third group. */
function changeOver(
  traits: readonly Trait[],
  { rows }: { rows: number },
): (rule: string, from: number, to: number) => boolean {
  const others = Math.max(...traits.map(({ other }) => other)) + 1;
  const all = new Map<string, number>();
  const having = new Map<string, number>();
  const raise = (map: Map<string, number>, key: string) => map.set(key, (map.get(key) ?? 0) + 1);
  for (const { row, column, other, findings } of traits) {
    raise(all, `${row} ${other} ${column}`);
    for (const rule of findings) raise(having, `${rule} ${row} ${other} ${column}`);
  }
  return (rule, from, to) => {
    for (let row = 0; row < rows; row++) {
      for (let other = 0; other < others; other++) {
        const place = `${row} ${other}`;
        const withoutIt = (all.get(`${place} ${to}`) ?? 0) - (having.get(`${rule} ${place} ${to}`) ?? 0);
        if (withoutIt > 0 && having.has(`${rule} ${place} ${from}`)) return true;
      }
    }
    return false;
  };
}
