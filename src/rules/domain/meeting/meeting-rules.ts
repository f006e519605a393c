import { type AnalyteCatalogue } from '../catalogue.js';
import { CLASSES, doingOf, NOT_EVALUABLE, type Population, type Rule } from '../rule.js';
import { analytesOf } from '../rule-set.js';
import { FIRES } from '../verdict.js';
import { isOpaque } from './axes.js';
import { type Point, Space } from './space.js';
import { valuesInWords } from './values-in-words.js';

/** Two rules of one pack that say different things of the same values, or the same thing twice. */
export interface Meeting {
  /**
   * `graver-is-laxer`: wherever `rule` holds, `other`, of a graver class, holds already.
   * `same-conditions`: they hold for the same values, but do different things.
   * `called-and-counted`: `rule` only counts values that `other` calls for.
   * `repeated-rule`: they hold for the same values and do the same.
   */
  kind: 'graver-is-laxer' | 'same-conditions' | 'called-and-counted' | 'repeated-rule';
  rule: Rule;
  other: Rule;
  /** The values where both hold. */
  where: string;
}

interface Inclusion {
  /** Wherever the first holds, the second does, whatever else is missing. */
  isInside: boolean;
  isAround: boolean;
}

/** What two rules do at the points of the space that they share. */
interface Together extends Inclusion {
  /** Points, all values known, where both hold. */
  common: Point[];
  space: Space;
}

/**
 * All meetings among rules, one a pair, in the order of the rules. Exact where it says something: it never claims what
 * a possible value could refute, and says nothing of pairs that it cannot decide.
 */
export function meetingRules(rules: readonly Rule[], catalogue: AnalyteCatalogue): Meeting[] {
  return rules.flatMap((rule, at) =>
    rules.slice(at + 1).flatMap((later) => meetingOf(rule, later, catalogue) ?? []),
  );
}

function meetingOf(first: Rule, later: Rule, catalogue: AnalyteCatalogue): Meeting | null {
  if (first.pack !== later.pack || first.kind !== later.kind) return null;
  if (!overlap(analytesOf(first), analytesOf(later))) return null;
  const population = commonPopulation(first.population, later.population);
  if (population === null) return null;
  const counted = countedOf(first, later);
  const find = (together: Inclusion): Found =>
    sameOf(first, later, together) ?? laxerOf(first, later, together) ?? counted;
  const together = look(first, later, population, catalogue, (so) => find(so) !== null);
  if (!together || together.common.length === 0) return null;
  const found = find(together);
  return found && { ...found, where: valuesInWords(together.space, together.common) };
}

type Found = Omit<Meeting, 'where'> | null;

function sameOf(first: Rule, later: Rule, { isInside, isAround }: Inclusion): Found {
  if (!isInside || !isAround || first.population !== later.population) return null;
  const isAlike = doingOf(first) === doingOf(later);
  return { kind: isAlike ? 'repeated-rule' : 'same-conditions', rule: later, other: first };
}

/** The class that is less grave, for some values only, is never heard where the graver class has them already. */
function laxerOf(first: Rule, later: Rule, { isInside, isAround }: Inclusion): Found {
  if (isInside && isGraver(later, first)) return { kind: 'graver-is-laxer', rule: first, other: later };
  if (isAround && isGraver(first, later)) return { kind: 'graver-is-laxer', rule: later, other: first };
  return null;
}

/** Graver for everyone whom the other rule is for; a review is no call, and takes nothing from one. */
function isGraver(one: Rule, than: Rule): boolean {
  if (one.event.type === 'level' && than.event.type === 'level') {
    const [level, other] = [one.event.level, than.event.level];
    return one.event.domain === than.event.domain && level !== NOT_EVALUABLE && other !== NOT_EVALUABLE && level < other;
  }
  if (one.event.class === null || than.event.class === null) return false;
  if (one.population !== 'any' && one.population !== than.population) return false;
  if (one.event.type !== 'notify' && one.event.type !== than.event.type) return false;
  return CLASSES.indexOf(one.event.class) < CLASSES.indexOf(than.event.class);
}

/** Told only where both look at the same analytes: one person may well have a value that rings and another that counts. */
function countedOf(first: Rule, later: Rule): Found {
  const counts = [first, later].filter(({ event }) => event.type === 'count');
  const [rule] = counts;
  if (!rule || counts.length > 1 || [...first.leaves, ...later.leaves].some(isOpaque)) return null;
  const [a, b] = [analytesOf(first), analytesOf(later)];
  if (a.size !== b.size || ![...a].every((analyte) => b.has(analyte))) return null;
  return { kind: 'called-and-counted', rule, other: rule === first ? later : first };
}

/** @param isWorthwhile whether, as far as was seen, there may be something to tell: most pairs part at the first points */
function look(
  first: Rule,
  later: Rule,
  population: Population,
  catalogue: AnalyteCatalogue,
  isWorthwhile: (so: Inclusion) => boolean,
): Together | null {
  const space = new Space([...first.leaves, ...later.leaves], first.kind, population, catalogue);
  if (!space.isSmall) return null;
  if (!isWorthwhile({ isInside: true, isAround: true })) return null;
  const together: Together = { isInside: true, isAround: true, common: [], space };
  for (const point of space.points('with missing')) {
    const firstFires = space.verdict(first.condition, point) === FIRES;
    const laterFires = space.verdict(later.condition, point) === FIRES;
    if (firstFires !== laterFires) {
      const isNews = firstFires ? together.isInside : together.isAround;
      if (firstFires) together.isInside = false;
      else together.isAround = false;
      if (isNews && !isWorthwhile(together)) return null;
    }
    if (firstFires && laterFires && space.isKnown(point)) together.common.push([...point]);
  }
  return together;
}

function commonPopulation(a: Population, b: Population): Population | null {
  if (a === b || b === 'any') return a;
  return a === 'any' ? b : null;
}

function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return [...a].some((one) => b.has(one));
}
