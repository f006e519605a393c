import { Decimal } from 'decimal.js';
import { compareDecimals, exactly, type Interval, type MeasuredValue } from '../../../kernel/index.js';
import { type AnalyteCatalogue } from '../catalogue.js';
import { ADULT_FROM_YEARS, DAYS_A_YEAR, inShort, type Leaf, PERSON_WORDS, type Population } from '../rule.js';
import { type AgeUnit } from '../threshold.js';

/**
 * Values of one fact among which the conditions at hand make no difference: between two limits, or a limit itself.
 * So a handful of cells stands for every value there is, exactly.
 */
export type Cell =
  | { kind: 'number'; interval: Interval; sample: string; inDays?: true }
  | { kind: 'grade'; grade: string }
  | { kind: 'word'; word: string }
  /** Of a condition that is not taken apart: whether it holds. */
  | { kind: 'holds'; holds: boolean }
  | { kind: 'missing' };

/** One fact with its cells in order. */
export interface Axis {
  fact: string;
  unit: string | null;
  cells: readonly Cell[];
}

/** Grades of an ordinal scale as they are compared: negative, ±, one to four plus signs. */
const GRADES = ['0', '0.5', '1', '2', '3', '4'] as const;
/** What the person may be; records answer yes or no. */
const WORDS: Partial<Record<string, readonly string[]>> = PERSON_WORDS;

/**
 * Which axis a condition lies on. A report's own limit is an axis of its own beside the value. A condition that is not
 * taken apart (texts, groups of analytes, results over time) is an axis by itself: two of them are the same only when they are written alike.
 */
export function axisKey(leaf: Leaf): string {
  if (isOpaque(leaf)) return `? ${signature(leaf)}`;
  return leaf.threshold.kind === 'own-limit' ? `${leaf.fact} / own ${leaf.threshold.end} limit` : leaf.fact;
}

export function isOpaque({ threshold, analytes, over }: Leaf): boolean {
  return over !== null || threshold.kind === 'text' || analytes.size > 1;
}

function signature(leaf: Leaf): string {
  const { index: _index, negated: _negated, analytes: _analytes, value: _value, ...rest } = leaf;
  return JSON.stringify(rest, (key, value: unknown) => {
    if (key === 'lexicon') return (value as { id: string }).id;
    return value instanceof Set ? [...(value as Set<string>)].sort() : value;
  });
}

/** The cells of the axis that these conditions lie on, for people of one population; the value that is missing is the last. */
export function axisOf(leaves: readonly Leaf[], population: Population, catalogue: AnalyteCatalogue): Axis {
  const first = leaves[0] as Leaf;
  const { fact, threshold } = first;
  if (isOpaque(first)) return { fact: inShort(first), unit: null, cells: HOLDS };
  const cells: Cell[] = [...cellsOf(leaves, fact, population, catalogue), { kind: 'missing' }];
  if (threshold.kind === 'own-limit') return { fact, unit: threshold.end === 'low' ? '× LLN' : '× ULN', cells };
  return {
    fact,
    unit: threshold.kind === 'person-number' ? ageUnitOf(leaves) : (catalogue.get(fact)?.unit ?? null),
    cells,
  };
}

const HOLDS: readonly Cell[] = [
  { kind: 'holds', holds: true },
  { kind: 'holds', holds: false },
  { kind: 'missing' },
];

function cellsOf(
  leaves: readonly Leaf[],
  fact: string,
  population: Population,
  catalogue: AnalyteCatalogue,
): Cell[] {
  const analyte = catalogue.get(fact);
  const kinds = new Set(leaves.map(({ threshold }) => threshold.kind));
  if (kinds.has('person-number')) return agesOf(leaves, population);
  if (kinds.has('person-word'))
    return (WORDS[fact] ?? PERSON_WORDS.pregnant).map((word): Cell => ({ kind: 'word', word }));
  if (kinds.has('category')) return (analyte?.categories ?? []).map((word): Cell => ({ kind: 'word', word }));
  if (kinds.has('ordinal')) return GRADES.map((grade): Cell => ({ kind: 'grade', grade }));
  if (kinds.has('own-limit')) return numbers(limitsOf(leaves), '0', null);
  const plausible = analyte?.plausible;
  const counted = numbers(limitsOf(leaves), plausible?.low ?? null, plausible?.high ?? null);
  return kinds.has('microscopy')
    ? [...counted, ...GRADES.map((grade): Cell => ({ kind: 'grade', grade }))]
    : counted;
}

function limitsOf(leaves: readonly Leaf[]): string[] {
  return leaves.flatMap(({ threshold }) => {
    if (threshold.kind === 'own-limit') return [threshold.times];
    return 'limit' in threshold ? [threshold.limit] : [];
  });
}

/** Every limit, and what lies between two of them, from the lowest to the highest possible value (null: no bound). */
function numbers(limits: readonly string[], low: string | null, high: string | null): Cell[] {
  const inside = (limit: string) =>
    (low === null || compareDecimals(limit, low) >= 0) &&
    (high === null || compareDecimals(limit, high) <= 0);
  const cuts = distinct([...limits.filter(inside), ...[low, high].filter((bound) => bound !== null)]);
  const cells: Cell[] = [];
  if (low === null) cells.push(between(null, cuts[0] ?? null));
  cuts.forEach((cut, at) => {
    cells.push({ kind: 'number', interval: exactly(cut), sample: cut });
    const next = cuts[at + 1] ?? null;
    if (next !== null || high === null) cells.push(between(cut, next));
  });
  return cells;
}

function between(low: string | null, high: string | null): Cell {
  const sample =
    low !== null && high !== null
      ? new Decimal(low).plus(high).div(2)
      : low !== null
        ? new Decimal(low).plus(1)
        : new Decimal(high ?? '0').minus(1);
  return { kind: 'number', interval: { low, high, lowOpen: true, highOpen: true }, sample: sample.toFixed() };
}

/** Days where one of the conditions is in days: then those in years are taken to begin on their first day. */
function ageUnitOf(leaves: readonly Leaf[]): AgeUnit {
  return leaves.some(({ threshold }) => threshold.kind === 'person-number' && threshold.unit === 'd') ? 'd' : 'a';
}

function agesOf(leaves: readonly Leaf[], population: Population): Cell[] {
  const low = population === 'adult' ? ADULT_FROM_YEARS : 0;
  const high = population === 'child' ? ADULT_FROM_YEARS - 1 : Infinity;
  if (ageUnitOf(leaves) === 'a') return ages(limitsOf(leaves).map(wholeOf), low, high);
  const limits = leaves.flatMap(({ threshold }) => {
    if (threshold.kind !== 'person-number') return [];
    const limit = wholeOf(threshold.limit);
    return threshold.unit === 'd' ? [limit] : [firstDayOf(limit), firstDayOf(limit + 1)];
  });
  const lastDay = high === Infinity ? Infinity : firstDayOf(high + 1) - 1;
  return ages(limits, firstDayOf(low), lastDay).map((cell) => ({ ...cell, inDays: true }) as Cell);
}

function wholeOf(limit: string): number {
  return new Decimal(limit).floor().toNumber();
}

/** The age in days on the birthday that completes so many years. */
function firstDayOf(years: number): number {
  return Math.ceil(years * DAYS_A_YEAR);
}

/** Completed years or days: whole numbers, so that there is nothing between 17 and 18. */
function ages(limits: readonly number[], low: number, high: number): Cell[] {
  const cuts = [low, high, ...limits].filter((age) => age >= low && age <= high && age !== Infinity);
  const reached = [...new Set(cuts)].sort((a, b) => a - b);
  return reached.flatMap((age, at): Cell[] => {
    const next = reached[at + 1] ?? (high === Infinity ? Infinity : age);
    const point: Cell = { kind: 'number', interval: exactly(String(age)), sample: String(age) };
    if (next <= age + 1) return [point];
    const interval = {
      low: String(age),
      high: next === Infinity ? null : String(next),
      lowOpen: true,
      highOpen: true,
    };
    return [point, { kind: 'number', interval, sample: String(age + 1) }];
  });
}

function distinct(numbers: readonly string[]): string[] {
  const sorted = [...numbers].sort(compareDecimals);
  return sorted.filter((number, at) => at === 0 || compareDecimals(number, sorted[at - 1] as string) !== 0);
}

/** A measured value of the cell; null when there is none. */
export function valueIn(cell: Cell): MeasuredValue | null {
  switch (cell.kind) {
    case 'number':
      return { kind: 'number', interval: exactly(cell.sample), unit: RATIO };
    case 'grade':
      return { kind: 'ordinal', interval: exactly(cell.grade) };
    case 'word':
      return { kind: 'category', category: cell.word };
    default:
      return null;
  }
}

/** The unit does not matter here, but must be the same as that of the own limit, which is one. */
export const RATIO = '1';
