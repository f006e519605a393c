import { type Interval } from '../../../kernel/index.js';
import { gradeInWords } from '../in-words.js';
import { type Axis, type Cell } from './axes.js';
import { type Point, type Space } from './space.js';

/** The values at some points of a space, e.g. `wbc ≤ 2.0 10*9/L; sex male`; facts that may be anything are left out. */
export function valuesInWords(space: Space, points: readonly Point[]): string {
  const said = space.axes.flatMap((axis, at) => {
    const cells = new Set(points.map((point) => point[at]));
    const isAnything = axis.cells.every((cell, index) => cell.kind === 'missing' || cells.has(index));
    return isAnything ? [] : [onAxis(axis, cells, 'open')];
  });
  return said.join('; ');
}

/** Everything that is possible on an axis. */
export function rangeInWords(axis: Axis): string {
  return onAxis(axis, new Set(axis.cells.keys()), 'bounded');
}

/** `open`: the ends of what is possible are not named. */
function onAxis(
  { fact, unit, cells }: Axis,
  wanted: ReadonlySet<number | undefined>,
  ends: 'open' | 'bounded',
): string {
  const present = cells.filter((cell, at) => wanted.has(at) && cell.kind !== 'missing');
  const words = present.flatMap((cell) => (cell.kind === 'number' ? [] : [wordOf(cell)]));
  const numbers = cells.flatMap((cell) => (cell.kind === 'number' ? [cell.interval] : []));
  const [lowest, highest] =
    ends === 'open' ? [numbers[0]?.low ?? null, numbers.at(-1)?.high ?? null] : [null, null];
  const spans = runsOf(cells, wanted).map((run) => spanInWords(run, lowest, highest));
  if (words.includes(NOT_SO)) return `not (${fact})`;
  const all = [...spans.map((span) => (unit === null || unit === '1' ? span : `${span} ${unit}`)), ...words];
  return `${fact} ${all.join(' / ')}`.trim();
}

function wordOf(cell: Cell): string {
  if (cell.kind === 'grade') return gradeInWords(cell.grade);
  if (cell.kind === 'word') return cell.word;
  return cell.kind === 'holds' && !cell.holds ? NOT_SO : '';
}

const NOT_SO = 'not so';

/** Neighbouring numbers as one interval. */
function runsOf(cells: readonly Cell[], wanted: ReadonlySet<number | undefined>): Interval[] {
  const runs: Interval[] = [];
  let last = -2;
  cells.forEach((cell, at) => {
    if (cell.kind !== 'number' || !wanted.has(at)) return;
    const { high, highOpen } = cell.interval;
    const run = runs.at(-1);
    if (run && last === at - 1) Object.assign(run, { high, highOpen });
    else runs.push({ ...cell.interval });
    last = at;
  });
  return runs;
}

function spanInWords(
  { low, high, lowOpen, highOpen }: Interval,
  lowest: string | null,
  highest: string | null,
): string {
  if (low !== null && low === high) return `= ${low}`;
  const from = low === null || low === lowest ? '' : `${lowOpen ? '>' : '≥'} ${low}`;
  const to = high === null || high === highest ? '' : `${highOpen ? '<' : '≤'} ${high}`;
  return [from, to].filter((part) => part !== '').join(', ');
}
