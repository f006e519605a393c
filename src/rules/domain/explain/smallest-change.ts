import { Decimal } from 'decimal.js';
import { type Condition, type Leaf } from '../rule.js';
import { COULD, SILENT, type Verdict } from '../verdict.js';
import { besideOf } from './beside.js';
import { type Candidate, candidatesFor, type Place, placesOf } from './candidates.js';
import { type Replacement, type SeenLeaf, type Surroundings, verdictAgain } from './leaf-again.js';
import { verdictOfTree } from './tree.js';

/** More changes at once than this are no help to anybody. */
const MOST_CHANGES = 4;
/** Combinations tried before the search is given up. */
const MOST_TRIED = 20_000;

/** A rule's condition with what each leaf saw. */
export interface SeenRule {
  condition: Condition;
  leaves: readonly SeenLeaf[];
}

/** One thing that would be otherwise, with the conditions that see it. */
export interface Chosen {
  place: Place;
  conditions: readonly number[];
  candidate: Candidate;
}

/** The fewest, nearest things that would have to be otherwise for nothing to stand, with what the rule says then. */
export interface Silencing {
  chosen: readonly Chosen[];
  then: 'silent' | 'unknown';
}

/** What the whole rule says when this stands in the place of what was seen. */
export function verdictWith(rule: SeenRule, replaced: ReadonlyMap<string, Replacement>, around: Surroundings): Verdict {
  const byIndex = new Map(rule.leaves.map((one) => [one.leaf.index, one]));
  return verdictOfTree(rule.condition, (leaf: Leaf) => verdictAgain(byIndex.get(leaf.index) as SeenLeaf, replaced, around));
}

/**
 * Fewest changes first; among as many, what leaves the rule silent before what leaves it unknown, numbers and grades
 * before other words, these before another person, and the nearest value, of a span the one on the limit. Null where the rule says nothing that stands,
 * and where no change of what was seen takes it back.
 */
export function smallestChange(rule: SeenRule, around: Surroundings): Silencing | null {
  if (verdictWith(rule, new Map(), around) < COULD) return null;
  const options = optionsOf(rule, around);
  let tried = 0;
  for (let size = 1; size <= Math.min(MOST_CHANGES, options.length); size++) {
    let best: { chosen: Chosen[]; verdict: Verdict; cost: readonly number[] } | null = null;
    for (const chosen of choices(options, size)) {
      if (++tried > MOST_TRIED) break;
      const replaced = new Map(chosen.map(({ place, candidate }) => [place.key, candidate.replacement]));
      const verdict = verdictWith(rule, replaced, around);
      if (verdict >= COULD) continue;
      const beyond = chosen.filter((one) => isBeyond(one, (beside) => verdictWith(rule, new Map([...replaced, [one.place.key, beside]]), around)));
      const cost = costOf(chosen, verdict, beyond.length);
      if (!best || isLess(cost, best.cost)) best = { chosen, verdict, cost };
    }
    if (best) return { chosen: best.chosen, then: best.verdict === SILENT ? 'silent' : 'unknown' };
  }
  return null;
}

/** Everything that a condition which speaks for the finding has seen, each thing once, with all that could stand there. */
function optionsOf({ leaves }: SeenRule, around: Surroundings): Chosen[][] {
  const options = new Map<string, Chosen[]>();
  for (const one of leaves) {
    if (verdictAgain(one, new Map(), around) < COULD) continue;
    for (const place of placesOf(one)) {
      const known = options.get(place.key) ?? [];
      const conditions = leaves.filter((other) => placesOf(other).some(({ key }) => key === place.key)).map(({ leaf }) => leaf.index);
      const added = candidatesFor(place, around).map((candidate) => ({ place, conditions, candidate }));
      options.set(place.key, [...known, ...added]);
    }
  }
  return [...options.values()].filter((candidates) => candidates.length > 0);
}

/** Every choice of one candidate in each of `size` places. */
function* choices(options: readonly Chosen[][], size: number): Generator<Chosen[]> {
  if (size === 0) {
    yield [];
    return;
  }
  for (const [at, candidates] of options.entries()) {
    for (const rest of choices(options.slice(at + 1), size - 1)) {
      for (const one of candidates) yield [one, ...rest];
    }
  }
}

/**
 * Of a span across the limit, a value that is further from the limit than need be: it is nearer to the end of the span
 * that was silent already.
 */
function isBeyond({ place, candidate: { from, size, replacement } }: Chosen, asked: (beside: Replacement) => Verdict): boolean {
  if (from === null || size === null || from.low === from.high) return false;
  return besideOf(place, replacement, size).every((beside) => asked(beside) < COULD);
}

function costOf(chosen: readonly Chosen[], verdict: Verdict, beyond: number): number[] {
  const ranks = chosen.map(({ candidate }) => candidate.rank);
  const distance = chosen.reduce((sum, { candidate }) => sum + distanceOf(candidate), 0);
  return [verdict === SILENT ? 0 : 1, Math.max(...ranks), beyond, distance];
}

/** How far it is from what was seen, as a share of the larger of both. */
function distanceOf({ from, size }: Candidate): number {
  const ends = [from?.low, from?.high].filter((end) => end != null);
  if (size === null || ends.length === 0) return 0;
  const shares = ends.map((end) => {
    const whole = Decimal.max(new Decimal(end).abs(), new Decimal(size).abs());
    return whole.isZero() ? 0 : new Decimal(size).minus(end).abs().dividedBy(whole).toNumber();
  });
  return Math.min(...shares);
}

function isLess(a: readonly number[], b: readonly number[]): boolean {
  const at = a.findIndex((part, index) => part !== b[index]);
  return at >= 0 && (a[at] as number) < (b[at] as number);
}
