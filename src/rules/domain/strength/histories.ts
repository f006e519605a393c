import { Decimal } from 'decimal.js';
import { type Over } from '../over.js';
import { type Leaf } from '../rule.js';
import { type Candidate } from './candidate.js';
import { aroundLimits } from './number-line.js';

const DAY_MS = 86_400_000;
/** Where a change begins when nothing says what is usual; impossible values are left out when they are read. */
const BASES = ['100', '10', '1000'];
/** The more values and days, the more histories: of each, so many are tried; of histories of two days fewer. */
const MOST_VALUES = 4;
const FEWER = 3;

/**
 * Results over time that conditions may take otherwise: now and once before, inside each window and outside it, with
 * changes on each limit and beside it, and series of visits.
 * @param values what the present value is tried with
 */
export function histories(leaves: readonly Leaf[], values: readonly string[]): Candidate[] {
  const overs = leaves.flatMap(({ over }) => over ?? []);
  if (overs.length === 0) return [];
  const days = daysFor(overs);
  const few = values.slice(0, MOST_VALUES);
  return [
    ...leaves.flatMap((leaf) => movements(leaf, days)),
    ...once(few, days),
    ...overs.flatMap((over) => (over.kind === 'count' ? visits(over.visits + 1, few) : [])),
    ...twice(values.slice(0, FEWER), days.slice(0, FEWER + 2)),
  ];
}

/** A time inside each window and one outside it, in days, whole ones first; one of the same day, the day before. */
function daysFor(overs: readonly Over[]): string[] {
  const windows = overs.flatMap((over) => ('window' in over && over.window ? over.window.ms / DAY_MS : []));
  const edges = (step: number) => windows.flatMap((days) => [Math.floor(days / step) * step, (Math.floor(days / step) + 1) * step]);
  const all = [1, 30, 0.1, ...edges(1), ...edges(0.01), ...edges(0.0001)].filter((days) => days > 0);
  return [...new Set(all.map((days) => new Decimal(days).toDecimalPlaces(4).toFixed()))];
}

function once(values: readonly string[], days: readonly string[]): Candidate[] {
  return [null, ...values].flatMap((now) =>
    days.flatMap((day) => values.map((value) => ({ now, earlier: [{ days: day, value }] }))),
  );
}

/** Two results before, of which the older may lie outside a window. */
function twice(values: readonly string[], days: readonly string[]): Candidate[] {
  return once(values, days).flatMap(({ now, earlier }) =>
    days
      .filter((day) => Number(day) > Number(earlier[0]?.days))
      .flatMap((day) => values.map((value) => ({ now, earlier: [...earlier, { days: day, value }] }))),
  );
}

/** Every series of up to so many visits with one value or another; the values on both sides of a limit come first. */
function visits(most: number, values: readonly string[]): Candidate[] {
  let series: string[][] = [[]];
  const all: string[][] = [];
  for (let visit = 1; visit <= Math.min(most, 6); visit++) {
    series = series.flatMap((before) => values.slice(0, 2).concat(values.slice(-1)).map((value) => [...before, value]));
    all.push(...series);
  }
  return all.map(([now = null, ...earlier]) => ({
    now,
    earlier: earlier.map((value, at) => ({ days: String((at + 1) * 30), value })),
  }));
}

/** Changes by the limit, beside it and against it, over each of these days. */
function movements({ over, threshold }: Leaf, days: readonly string[]): Candidate[] {
  if (!over || !('limit' in threshold)) return [];
  if (over.kind !== 'change' && over.kind !== 'rise' && over.kind !== 'fall' && over.kind !== 'rate') return [];
  const by = aroundLimits([threshold.limit, '0']).map((change) => new Decimal(over.kind === 'fall' ? -Number(change) : change));
  return BASES.flatMap((base) =>
    days.flatMap((day) =>
      by.map((change) => {
        const moved = moveOf(over, change, new Decimal(base), day);
        return { now: new Decimal(base).plus(moved).toFixed(), earlier: [{ days: day, value: base }] };
      }),
    ),
  );
}

function moveOf(over: Over, change: Decimal, base: Decimal, days: string): Decimal {
  if (over.kind === 'rate') return change.times(days).times(DAY_MS).dividedBy(over.per.ms);
  return 'relative' in over && over.relative ? change.times(base).dividedBy(100) : change;
}
