import { SMALLEST_SHOWN, suppress } from './suppress.js';

/** Levels as columns. */
export const LEVEL_CODES = ['1', '2', '3', '4', '5', 'unknown'] as const;
export type LevelCode = (typeof LEVEL_CODES)[number];

/** More groups than these are too many to read; the smaller ones go together. */
const MOST_GROUPS = 100;
/** The group of everybody whose own group is too small to be shown. */
export const OTHERS = 'others';

/** One person, as far as a table goes. */
export interface Counted {
  group: string;
  level: LevelCode;
  /** Rules that found something. */
  findings: readonly string[];
}

/** Null: not shown, because it is small or would tell what is. */
export type Shown = number | null;

export interface GroupTable {
  people: number;
  /** Larger first, `others` last. */
  groups: { group: string; people: number; levels: Record<LevelCode, Shown> }[];
  totals: Record<LevelCode, Shown>;
  /** By rule, those that most people have first. */
  findings: { rule: string; people: number; byGroup: Record<string, Shown> }[];
  /** Findings of too few people (or of all but too few) to be shown. */
  findingsLeftOut: number;
  /** Groups that went together. */
  groupsTogether: number;
}

/** People by group and level, and by group and finding; null where there are too few people for any table. */
export function groupTable(people: readonly Counted[]): GroupTable | null {
  if (people.length < SMALLEST_SHOWN) return null;
  const { nameOf, groups, together } = grouped(people.map(({ group }) => group));
  const counts = groups.map(() => LEVEL_CODES.map(() => 0));
  const index = new Map(groups.map((group, i) => [group, i]));
  const sizes = groups.map(() => 0);
  const byRule = new Map<string, number[]>();
  for (const { group, level, findings } of people) {
    const row = index.get(nameOf(group))!;
    counts[row]![LEVEL_CODES.indexOf(level)]!++;
    sizes[row]!++;
    for (const rule of new Set(findings)) {
      let found = byRule.get(rule);
      if (!found) byRule.set(rule, (found = groups.map(() => 0)));
      found[row]!++;
    }
  }
  const { cells, totals } = suppress(counts);
  const shown = (values: readonly number[], hidden: readonly boolean[]): Record<LevelCode, Shown> =>
    Object.fromEntries(LEVEL_CODES.map((code, k) => [code, hidden[k] ? null : values[k]])) as Record<
      LevelCode,
      Shown
    >;
  const sums = LEVEL_CODES.map((_, k) => counts.reduce((sum, row) => sum + row[k]!, 0));
  const findings = [...byRule].flatMap(([rule, having]) => findingRow(rule, having, sizes, groups));
  return {
    people: people.length,
    groups: groups.map((group, i) => ({ group, people: sizes[i]!, levels: shown(counts[i]!, cells[i]!) })),
    totals: shown(sums, totals),
    findings: findings.sort((a, b) => b.people - a.people || (a.rule < b.rule ? -1 : 1)),
    findingsLeftOut: byRule.size - findings.length,
    groupsTogether: together,
  };
}

/** Who has it and who has not is a table of its own; a finding of a few, or of all but a few, is left out. */
function findingRow(
  rule: string,
  having: readonly number[],
  sizes: readonly number[],
  groups: readonly string[],
): GroupTable['findings'] {
  const counts = having.map((count, i) => [count, sizes[i]! - count]);
  const { cells, totals } = suppress(counts);
  if (totals.includes(true)) return [];
  const people = having.reduce((a, b) => a + b, 0);
  const byGroup = groups.map((group, i) => [group, cells[i]![0] ? null : having[i]] as const);
  return [{ rule, people, byGroup: Object.fromEntries(byGroup) as Record<string, Shown> }];
}

/**
 * Groups that are large enough, and the others as one, which takes the smallest with it until it is large enough too.
 * @param groupOf the group of each person
 */
export function grouped(groupOf: readonly string[]): {
  nameOf: (group: string) => string;
  groups: string[];
  together: number;
} {
  const sizes = new Map<string, number>();
  for (const group of groupOf) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  const sorted = [...sizes].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const large = sorted.filter(
    ([group, size], i) => group !== OTHERS && size >= SMALLEST_SHOWN && i < MOST_GROUPS,
  );
  const small = sorted.filter((one) => !large.includes(one));
  const peopleIn = (list: typeof sorted): number => list.reduce((sum, [, size]) => sum + size, 0);
  while (small.length > 0 && peopleIn(small) < SMALLEST_SHOWN && large.length > 0) small.push(large.pop()!);
  const own = new Set(large.map(([group]) => group));
  const groups = [...own, ...(small.length > 0 ? [OTHERS] : [])];
  return { nameOf: (group) => (own.has(group) ? group : OTHERS), groups, together: small.length };
}
