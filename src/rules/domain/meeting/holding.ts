import { type AnalyteCatalogue } from '../catalogue.js';
import { type Condition, type Leaf, type Population, type Rule, type RuleKind } from '../rule.js';
import { FIRES, SILENT, type Verdict } from '../verdict.js';
import { axisOf } from './axes.js';
import { leavesUnder, Space } from './space.js';
import { rangeInWords } from './values-in-words.js';

/** A condition of a rule that says nothing: it can never hold, or always does. */
export interface Holding {
  condition: Condition;
  holds: 'never' | 'always';
  /** Two of its parts that are enough to make it so; null when it takes more of them. */
  pair: readonly [Condition, Condition] | null;
}

/**
 * The smallest conditions of a rule that never hold, for anyone whom the rule is for, or that always hold, for anyone at
 * all, among values that are possible. Exact, except that texts, groups and own limits are taken to be independent of
 * everything else, and that conditions with too many facts are passed over: what is not certain is not told.
 */
export function emptyHoldings(rule: Rule, catalogue: AnalyteCatalogue): Holding[] {
  const found: Holding[] = [];
  const holds = (condition: Condition, negated: boolean) =>
    alwaysOrNever(condition, negated, rule, catalogue);
  const visit = (condition: Condition, negated: boolean): boolean => {
    const parts = partsOf(condition);
    // A part that says nothing is the one to mend; of its whole nothing is told.
    if (parts.map((part) => visit(part, negated !== 'not' in condition)).includes(true)) return true;
    const told = holds(condition, negated);
    if (told === null) return false;
    const pairs = parts.flatMap((one, at) => parts.slice(at + 1).map((other) => [one, other] as const));
    const pair =
      pairs.find(([one, other]) => holds(joined(condition, [one, other]), negated) === told) ?? null;
    found.push({ condition, holds: told, pair });
    return true;
  };
  visit(rule.condition, false);
  return found;
}

function partsOf(condition: Condition): Condition[] {
  if ('leaf' in condition) return [];
  if ('not' in condition) return [condition.not];
  return 'all' in condition ? condition.all : condition.any;
}

function joined(like: Condition, parts: Condition[]): Condition {
  return 'all' in like ? { all: parts } : { any: parts };
}

/** What a fact can be at all, for people of a population, e.g. `wbc ≥ 0, ≤ 1000 10*9/L`. */
export function rangeOf(leaf: Leaf, population: Population, catalogue: AnalyteCatalogue): string {
  return rangeInWords(axisOf([leaf], population, catalogue));
}

/** As it is written, `not` around it left aside. The verdicts of its leaves are turned where it stands under a `not`. */
function alwaysOrNever(
  condition: Condition,
  negated: boolean,
  rule: Rule,
  catalogue: AnalyteCatalogue,
): Holding['holds'] | null {
  const [held, missed] = negated ? [SILENT, FIRES] : [FIRES, SILENT];
  if (saidEverywhere(condition, negated, rule.kind, rule.population, catalogue) === missed) return 'never';
  return saidEverywhere(condition, negated, rule.kind, 'any', catalogue) === held ? 'always' : null;
}

/** The one verdict that the condition has for all possible values, all of them known; null when it has several. */
function saidEverywhere(
  condition: Condition,
  negated: boolean,
  kind: RuleKind,
  population: Population,
  catalogue: AnalyteCatalogue,
): Verdict | null {
  const space = new Space(leavesUnder(condition), kind, population, catalogue);
  if (!space.isSmall) return null;
  let said: Verdict | null = null;
  for (const point of space.points('all known')) {
    const verdict = space.verdict(condition, point, negated);
    if (said !== null && verdict !== said) return null;
    said = verdict;
  }
  return said;
}
