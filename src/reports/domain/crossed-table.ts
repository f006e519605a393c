import { grouped, LEVEL_CODES, type LevelCode, type Shown } from './group-table.js';
import { swapFor, type Trait } from './swap.js';
import { SMALLEST_SHOWN, suppress, type Suppressed, suppressTotals } from './suppress.js';

/** One person, as far as tables of two properties go. */
export interface CrossCounted {
  /** What the person is grouped by: of both properties of the table, and of the third one, which other tables show. */
  groups: readonly [of: string, across: string, other: string];
  level: LevelCode;
  /** Rules that found something; tables of two properties don't show them, those of one do. */
  findings: readonly string[];
}

export interface CrossedTable {
  people: number;
  /** Larger groups first; only those that somebody belongs to, or that are hidden. */
  cells: {
    group: string;
    across: string;
    /** Shown where all levels are: it is their sum, and would tell what is hidden. */
    people: Shown;
    levels: Record<LevelCode, Shown>;
  }[];
  totals: Record<LevelCode, Shown>;
}

/**
 * People by two properties and level; null where there are too few, or where what is small could not be kept.
 *
 * Groups and hidden totals are those of the tables of one property; what those hide is hidden here in all its parts. For
 * every small cell that somebody is in there is then a way in which two people could change places without changing any
 * number shown, here, by one property or by any other two: `swapFor` finds it, and all that it changes is hidden too.
 */
export function crossedTable(people: readonly CrossCounted[]): CrossedTable | null {
  if (people.length < SMALLEST_SHOWN) return null;
  const [of, across, other] = ([0, 1, 2] as const).map((place) =>
    grouped(people.map(({ groups }) => groups[place])),
  ) as [Groups, Groups, Groups];
  const [rows, columns] = [of.groups.length, across.groups.length];
  const areShown = shownFindings(people);
  const traits = people.map(({ groups, level, findings }): Trait => ({
    row: of.groups.indexOf(of.nameOf(groups[0])),
    column: across.groups.indexOf(across.nameOf(groups[1])),
    other: other.groups.indexOf(other.nameOf(groups[2])),
    level: LEVEL_CODES.indexOf(level),
    findings: new Set(findings.filter((rule) => areShown.has(rule))),
  }));
  const margins = [
    suppressedBy(traits, rows, ({ row }) => row),
    suppressedBy(traits, columns, ({ column }) => column),
  ] as const;
  const counts = LEVEL_CODES.map(() =>
    Array.from({ length: rows }, () => new Array<number>(columns).fill(0)),
  );
  for (const { row, column, level } of traits) counts[level]![row]![column]!++;
  const hidden = LEVEL_CODES.map((_, level) =>
    counts[level]!.map((line, row) =>
      line.map(
        (count, column) =>
          count < SMALLEST_SHOWN || margins[0].cells[row]![level]! || margins[1].cells[column]![level]!,
      ),
    ),
  );
  const find = swapFor(traits, { rows, columns });
  for (const [level] of LEVEL_CODES.entries()) {
    // Where the total is hidden the whole column is: anybody in it may as well be at another level that is hidden so.
    if (margins[0].totals[level]) continue;
    const isKept = counts[level]!.map((line) => line.map(() => false));
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const count = counts[level]![row]![column]!;
        if (count >= SMALLEST_SHOWN || isKept[row]![column]!) continue;
        const swap = find(
          { row, column, level },
          { counts: counts[level]!, hidden: hidden[level]! },
          {
            rows: margins[0].cells.map((line) => line[level]!),
            columns: margins[1].cells.map((line) => line[level]!),
          },
        );
        if (!swap && count > 0) return null;
        for (const [r, c] of swap ?? []) {
          hidden[level]![r]![c] = true;
          isKept[r]![c] = true;
        }
      }
    }
  }
  return shownOf(traits.length, of.groups, across.groups, counts, hidden, margins[0].totals);
}

/** Findings that tables of one property show: not those of a few, or of all but a few. */
function shownFindings(people: readonly CrossCounted[]): ReadonlySet<string> {
  const having = new Map<string, number>();
  for (const { findings } of people)
    for (const rule of new Set(findings)) having.set(rule, (having.get(rule) ?? 0) + 1);
  const shown = [...having].filter(
    ([, count]) => !suppressTotals([count, people.length - count]).includes(true),
  );
  return new Set(shown.map(([rule]) => rule));
}

type Groups = ReturnType<typeof grouped>;

/** What the table of one property hides. */
function suppressedBy(traits: readonly Trait[], size: number, of: (one: Trait) => number): Suppressed {
  const counts = Array.from({ length: size }, () => LEVEL_CODES.map(() => 0));
  for (const one of traits) counts[of(one)]![one.level]!++;
  return suppress(counts);
}

function shownOf(
  people: number,
  groups: readonly string[],
  across: readonly string[],
  counts: readonly (readonly (readonly number[])[])[],
  hidden: readonly (readonly (readonly boolean[])[])[],
  totals: readonly boolean[],
): CrossedTable {
  const levels = (of: (level: number) => Shown): Record<LevelCode, Shown> =>
    Object.fromEntries(LEVEL_CODES.map((code, level) => [code, of(level)])) as Record<LevelCode, Shown>;
  const cells = groups.flatMap((group, row) =>
    across.map((column, k) => {
      const shown = levels((level) => (hidden[level]![row]![k]! ? null : counts[level]![row]![k]!));
      const parts = Object.values(shown);
      const sum = parts.includes(null) ? null : parts.reduce<number>((total, part) => total + part!, 0);
      return { group, across: column, people: sum, levels: shown };
    }),
  );
  const sumOf = (level: number) => counts[level]!.flat().reduce((a, b) => a + b, 0);
  return { people, cells, totals: levels((level) => (totals[level] ? null : sumOf(level))) };
}
