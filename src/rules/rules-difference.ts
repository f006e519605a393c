import { type Fault } from '../kernel/index.js';
import { type Rule } from './domain/rule.js';
import { type RuleSet } from './domain/rule-set.js';

/** Ids of the rules that differ between two versions. */
export interface RulesDifference {
  added: string[];
  changed: string[];
  removed: string[];
}

export function differenceOf(before: Pick<RuleSet, 'rules'>, after: Pick<RuleSet, 'rules'>): RulesDifference {
  const was = new Map(before.rules.map((rule) => [rule.id, contentOf(rule)]));
  const is = new Map(after.rules.map((rule) => [rule.id, contentOf(rule)]));
  return {
    added: [...is.keys()].filter((id) => !was.has(id)),
    changed: [...is].filter(([id, content]) => was.has(id) && was.get(id) !== content).map(([id]) => id),
    removed: [...was.keys()].filter((id) => !is.has(id)),
  };
}

/** Where a rule stands in its file is no part of it, nor are the words of a lexicon, which many rules share. */
const NO_CONTENT: ReadonlySet<string> = new Set(['file', 'line', 'lexicon']);

function contentOf(rule: Rule): string {
  return JSON.stringify(rule, (key, value: unknown) => {
    if (NO_CONTENT.has(key)) return undefined;
    return value instanceof Set ? [...(value as Set<unknown>)].sort() : value;
  });
}

const MOST_TOLD = 5;

/** For the log: `added 1 (pack/rule), changed 2 (…)`. */
export function differenceInWords(difference: RulesDifference): string {
  const parts = (['added', 'changed', 'removed'] as const).flatMap((what) => {
    const ids = difference[what];
    return ids.length > 0 ? `${what} ${ids.length} (${first(ids, ', ')})` : [];
  });
  return parts.length > 0 ? parts.join(', ') : 'no rule is another, but its words or the policy are';
}

/** For the log: all of them, since nobody else may notice. */
export function goneInWords(rules: readonly string[], before: string): string {
  return `${rules.length} rules of version ${short(before)} are in force no more: ${rules.join(', ')}`;
}

/** For the log: the first faults with their places. */
export function faultsInWords(faults: readonly Fault[]): string {
  return first(
    faults.map(({ path, message }) => `${path ?? ''}: ${message}`),
    '; ',
  );
}

function first(texts: readonly string[], between: string): string {
  const more = texts.length - MOST_TOLD;
  return [...texts.slice(0, MOST_TOLD), ...(more > 0 ? [`and ${more} more`] : [])].join(between);
}

/** Enough of a version to tell it from others by eye. */
export function short(version: string): string {
  return version.slice(0, 12);
}
