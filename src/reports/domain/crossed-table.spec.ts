import fc from 'fast-check';
import { type CrossCounted, type CrossedTable, crossedTable } from './crossed-table.js';
import { groupTable, LEVEL_CODES, type LevelCode } from './group-table.js';
import { SMALLEST_SHOWN } from './suppress.js';

const PAIRS = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 2, 0],
] as const;
type Dataset = readonly CrossCounted[];

/** Everything that is shown of people: by each property, and by any two. */
function published(people: Dataset) {
  return {
    single: [0, 1, 2].map((place) =>
      groupTable(people.map(({ groups, level, findings }) => ({ group: groups[place]!, level, findings }))),
    ),
    crossed: PAIRS.map((pair) => crossedTable(arranged(people, pair))),
  };
}

function arranged(people: Dataset, [of, across, other]: (typeof PAIRS)[number]): CrossCounted[] {
  return people.map(({ groups, ...one }) => ({
    ...one,
    groups: [groups[of], groups[across], groups[other]],
  }));
}

/** Looks a dataset up by names of groups as they were merged for another. */
function namesOf(people: Dataset) {
  const { single } = published(people);
  return (place: number, group: string): string =>
    single[place]!.groups.some((one) => one.group === group) ? group : 'others';
}

/** Whether another dataset would be shown with the same numbers wherever this one shows any. */
function looksAlike(
  shown: ReturnType<typeof published>,
  nameOf: ReturnType<typeof namesOf>,
  other: Dataset,
): boolean {
  const countOf = (where: (one: CrossCounted) => boolean): number => other.filter(where).length;
  const isSame = (value: number | null, count: () => number): boolean => value === null || value === count();
  return (
    shown.single.every((table, place) =>
      table!.groups.every(({ group, people, levels }) => {
        const isIn = ({ groups }: CrossCounted) => nameOf(place, groups[place]!) === group;
        return (
          countOf(isIn) === people &&
          LEVEL_CODES.every((code) =>
            isSame(levels[code], () => countOf((one) => isIn(one) && one.level === code)),
          ) &&
          LEVEL_CODES.every((code) =>
            isSame(table!.totals[code], () => countOf(({ level }) => level === code)),
          ) &&
          table!.findings.every(({ rule, people: n, byGroup }) => {
            const has = (one: CrossCounted) => one.findings.includes(rule);
            return (
              countOf(has) === n && isSame(byGroup[group]!, () => countOf((one) => isIn(one) && has(one)))
            );
          })
        );
      }),
    ) &&
    shown.crossed.every((table, i) => {
      const [of, across] = PAIRS[i]!;
      return (table?.cells ?? []).every(({ group, across: column, people, levels }) => {
        const isIn = ({ groups }: CrossCounted) =>
          nameOf(of, groups[of]) === group && nameOf(across, groups[across]) === column;
        return (
          isSame(people, () => countOf(isIn)) &&
          LEVEL_CODES.every((code) =>
            isSame(levels[code], () => countOf((one) => isIn(one) && one.level === code)),
          )
        );
      });
    })
  );
}

/** Datasets that differ in one or two people: one who changed level, or two who changed a group; findings then put right. */
function* neighbours(people: Dataset, nameOf: ReturnType<typeof namesOf>): Generator<Dataset> {
  for (const [i, one] of people.entries())
    for (const level of LEVEL_CODES) if (level !== one.level) yield people.with(i, { ...one, level });
  for (const [i, one] of people.entries()) {
    for (const [j, two] of people.entries()) {
      if (j <= i) continue;
      for (const place of [0, 1, 2]) {
        if (one.groups[place] === two.groups[place]) continue;
        const swapped = people
          .with(i, { ...one, groups: moved(one.groups, place, two.groups[place]!) })
          .with(j, { ...two, groups: moved(two.groups, place, one.groups[place]!) });
        yield put(people, swapped, nameOf);
      }
    }
  }
}

function moved(groups: CrossCounted['groups'], place: number, group: string): CrossCounted['groups'] {
  return groups.map((is, k) => (k === place ? group : is)) as unknown as CrossCounted['groups'];
}

/** Gives findings over between two people so that the numbers by one property are what they were, where that can be. */
function put(before: Dataset, after: Dataset, nameOf: ReturnType<typeof namesOf>): Dataset {
  const rules = new Set(before.flatMap(({ findings }) => findings));
  const tally = (people: Dataset, rule: string) =>
    [0, 1, 2]
      .map((place) =>
        people
          .filter(({ findings }) => findings.includes(rule))
          .map(({ groups }) => nameOf(place, groups[place]!))
          .sort()
          .join(),
      )
      .join('|');
  let result = after;
  for (const rule of rules) {
    const wanted = tally(before, rule);
    if (tally(result, rule) === wanted) continue;
    const found = [...overs(result, rule)].find((one) => tally(one, rule) === wanted);
    result = found ?? result;
  }
  return result;
}

function* overs(people: Dataset, rule: string): Generator<Dataset> {
  for (const [i, one] of people.entries()) {
    if (!one.findings.includes(rule)) continue;
    for (const [j, two] of people.entries()) {
      if (two.findings.includes(rule)) continue;
      yield people
        .with(i, { ...one, findings: one.findings.filter((is) => is !== rule) })
        .with(j, { ...two, findings: [...two.findings, rule] });
    }
  }
}

/**
 * Small cells of two properties with somebody in them that no other dataset has another number in. Larger ones that are
 * hidden need longer ways round, which the test of one property goes.
 */
function told(people: Dataset): string[] {
  const shown = published(people);
  if (shown.single.includes(null)) return [];
  const nameOf = namesOf(people);
  const key = (of: string, across: string, level: LevelCode) => `${of} × ${across}: ${level}`;
  const counted = (table: Dataset, [of, across]: (typeof PAIRS)[number]) => {
    const cells = new Map<string, number>();
    for (const { groups, level } of table) {
      const cell = key(nameOf(of, groups[of]), nameOf(across, groups[across]), level);
      cells.set(cell, (cells.get(cell) ?? 0) + 1);
    }
    return cells;
  };
  const open = new Map<string, number>();
  const truths = PAIRS.map((pair) => counted(people, pair));
  shown.crossed.forEach((table, i) => {
    for (const { group, across, levels } of table?.cells ?? [])
      for (const code of LEVEL_CODES) {
        const cell = key(group, across, code);
        const count = truths[i]!.get(cell) ?? 0;
        if (levels[code] === null && count > 0 && count < SMALLEST_SHOWN) open.set(`${i} ${cell}`, count);
      }
  });
  for (const other of neighbours(people, nameOf)) {
    if (open.size === 0) break;
    if (!looksAlike(shown, nameOf, other)) continue;
    PAIRS.forEach((pair, i) => {
      const cells = counted(other, pair);
      for (const cell of open.keys()) {
        const name = cell.slice(2);
        if (cell.startsWith(`${i} `) && (cells.get(name) ?? 0) !== open.get(cell)) open.delete(cell);
      }
    });
  }
  return [...open.keys()];
}

const one = (findings: boolean) =>
  fc.record<CrossCounted>({
    groups: fc.tuple(
      fc.constantFrom('male', 'female'),
      fc.constantFrom('30–39', '40–49', '50–59'),
      fc.constantFrom('一机厂', '二机厂', '三机厂'),
    ),
    level: fc.constantFrom('2', '3', '4'),
    findings: findings ? fc.subarray(['x', 'y']) : fc.constant([]),
  });

/** People of a few kinds, so that cells of every size come up. */
const peopleOf = (findings: boolean, times: number) =>
  fc
    .array(fc.tuple(one(findings), fc.nat({ max: times })), { minLength: 4, maxLength: 14 })
    .map((kinds) => kinds.flatMap(([kind, times]) => Array.from({ length: times }, () => kind)));

describe('tables of two properties', () => {
  it.each([
    ['of anybody', false, 9, 400],
    ['of people with findings', true, 6, 80],
  ])('show nothing that a small number could be computed from: %s', (_, findings, times, numRuns) => {
    let telling = 0;
    fc.assert(
      fc.property(peopleOf(findings, times), (people) => {
        for (const table of published(people).crossed) if (table && isTelling(table)) telling++;
        expect(told(people)).toEqual([]);
      }),
      { numRuns },
    );
    // The test is of tables that show something.
    expect(telling).toBeGreaterThan(numRuns / 10);
  });

  it('show no number below five', () => {
    fc.assert(
      fc.property(peopleOf(true, 9), (people) => {
        for (const table of published(people).crossed)
          for (const { people: n, levels } of table?.cells ?? [])
            for (const shown of [n, ...Object.values(levels)])
              if (shown !== null) expect(shown).toBeGreaterThanOrEqual(5);
      }),
    );
  });
});

function isTelling(table: CrossedTable): boolean {
  return table.cells.some(({ levels }) => Object.values(levels).some((shown) => shown !== null));
}
