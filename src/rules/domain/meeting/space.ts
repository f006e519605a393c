import { exactly } from '../../../kernel/index.js';
import { type AnalyteCatalogue } from '../catalogue.js';
import { CAN_MEET, reach } from '../compare.js';
import { verdictOn } from '../value-verdict.js';
import { ofUnknown } from '../leaf.js';
import { type Condition, DAYS_A_YEAR, type Leaf, type Population, type RuleKind } from '../rule.js';
import { FIRES, MISSING, SILENT, type Verdict } from '../verdict.js';
import { type Axis, axisKey, axisOf, type Cell, RATIO, valueIn } from './axes.js';

/** Beyond so many combinations nothing is said: undecided, never wrong. */
const MOST_POINTS = 100_000;

/** One cell of each axis, by its place: a person with every result that the conditions look at. */
export type Point = readonly number[];

/**
 * Everything that can be the case, as far as some conditions can tell: the product of the cells of their facts. What
 * they say of one point of a cell they say of all, so that a claim that holds at every point here holds always.
 */
export class Space {
  readonly axes: readonly Axis[];
  readonly #axisOf = new Map<Leaf, number>();
  readonly #verdicts = new Map<Leaf, readonly Verdict[]>();

  constructor(leaves: readonly Leaf[], kind: RuleKind, population: Population, catalogue: AnalyteCatalogue) {
    const byAxis = new Map<string, Leaf[]>();
    for (const leaf of leaves) byAxis.set(axisKey(leaf), [...(byAxis.get(axisKey(leaf)) ?? []), leaf]);
    this.axes = [...byAxis.values()].map((together) => axisOf(together, population, catalogue));
    [...byAxis.values()].forEach((together, at) => {
      for (const leaf of together) {
        this.#axisOf.set(leaf, at);
        this.#verdicts.set(leaf, this.axes[at]?.cells.map((cell) => verdictIn(cell, leaf, kind)) ?? []);
      }
    });
  }

  get isSmall(): boolean {
    return this.axes.reduce((product, { cells }) => product * cells.length, 1) <= MOST_POINTS;
  }

  /** Every point; without `missing` those where every value is there. */
  *points(missing: 'with missing' | 'all known'): Generator<Point> {
    const sizes = this.axes.map(({ cells }) => cells.length - (missing === 'all known' ? 1 : 0));
    const point = sizes.map(() => 0);
    if (sizes.includes(0)) return;
    for (;;) {
      yield point;
      let at = 0;
      while (at < sizes.length && ++point[at]! === sizes[at]) point[at++] = 0;
      if (at === sizes.length) return;
    }
  }

  isKnown(point: Point): boolean {
    return point.every((cell, at) => cell < (this.axes[at]?.cells.length ?? 0) - 1);
  }

  /** What the condition says at a point. `not` is carried down to the leaves, whose verdicts hold it already. */
  verdict(condition: Condition, point: Point, negated = false): Verdict {
    if ('leaf' in condition) {
      const { leaf } = condition;
      return this.#verdicts.get(leaf)?.[point[this.#axisOf.get(leaf) ?? 0] ?? 0] ?? MISSING;
    }
    if ('not' in condition) return this.verdict(condition.not, point, !negated);
    const isAll = 'all' in condition;
    const parts = (isAll ? condition.all : condition.any).map((part) => this.verdict(part, point, negated));
    return (isAll !== negated ? Math.min(...parts) : Math.max(...parts)) as Verdict;
  }
}

/** All conditions below one, itself included. */
export function leavesUnder(condition: Condition): Leaf[] {
  if ('leaf' in condition) return [condition.leaf];
  if ('not' in condition) return leavesUnder(condition.not);
  return ('all' in condition ? condition.all : condition.any).flatMap(leavesUnder);
}

/** As the judging says it (`leaf.ts`): an unknown fact of the person rings in rules that call. */
function verdictIn(cell: Cell, leaf: Leaf, kind: RuleKind): Verdict {
  const { threshold, negated } = leaf;
  if (cell.kind === 'holds') return cell.holds === negated ? SILENT : FIRES;
  if (threshold.kind !== 'person-number' && threshold.kind !== 'person-word')
    return verdictOn(leaf, measured(cell, leaf));
  if (cell.kind === 'missing') return ofUnknown(leaf, kind);
  return holdsOf(cell, threshold) === negated ? SILENT : FIRES;
}

function holdsOf(cell: Cell, threshold: Leaf['threshold']): boolean {
  if (threshold.kind === 'person-word')
    return cell.kind === 'word' && threshold.words.has(cell.word) === threshold.inside;
  if (threshold.kind !== 'person-number' || cell.kind !== 'number') return false;
  const isInYears = threshold.unit === 'a' && cell.inDays;
  const age = isInYears ? String(Math.floor(Number(cell.sample) / DAYS_A_YEAR)) : cell.sample;
  return reach(threshold.comparison, exactly(age), threshold.limit) === CAN_MEET;
}

function measured(cell: Cell, leaf: Leaf): Parameters<typeof verdictOn>[1] {
  const hasOwnLimit = leaf.threshold.kind === 'own-limit' && cell.kind !== 'missing';
  const measurement = {
    component: 0,
    analyte: leaf.fact,
    value: valueIn(cell),
    asSent: '',
    ownLimit: hasOwnLimit ? ({ from: 'range', high: '1', highInclusive: true, unit: RATIO } as const) : null,
    ...(hasOwnLimit && { ownLower: { from: 'range', low: '1', lowInclusive: true, unit: RATIO } as const }),
    doubts: [],
  };
  return { measurement, source: { observationId: '', component: 0, at: '', status: 'final' } };
}
