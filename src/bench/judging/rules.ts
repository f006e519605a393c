import { type Comparison } from '../../rules/domain/compare.js';
import { type Condition, type Leaf, type Rule } from '../../rules/domain/rule.js';
import { exactNumber, type Measured } from './people.js';

/** What a rule of the bench asks: limits on one or two analytes, some for one sex. */
export interface Asked {
  id: string;
  join: 'all' | 'any';
  sex: 'male' | 'female' | null;
  limits: { analyte: string; comparison: Comparison; limit: number }[];
}

/** Limits of an analyte: nobody is beyond the outer ones, one or two people are beyond the inner ones. */
interface Limits {
  analyte: string;
  outer: Pair;
  inner: Pair;
}

interface Pair {
  low: number;
  high: number;
}

/** Of so many rules one has the inner limits: about 7 % of the people get a finding of 150 rules, as in the workload. */
const ONE_IN = 8;

/** The numeric analytes of these people with their outermost values, in the order of their names. */
export function limitsOf(people: readonly Measured[]): Limits[] {
  const values = new Map<string, number[]>();
  for (const { byAnalyte } of people) {
    for (const [analyte, fact] of byAnalyte) {
      const number = exactNumber(fact);
      if (number !== null) values.set(analyte, [...(values.get(analyte) ?? []), number]);
    }
  }
  return [...values]
    .filter(([, list]) => list.length === people.length)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([analyte, list]) => {
      const sorted = Float64Array.from(list).sort();
      const at = (place: number): number => sorted.at(place) ?? Number.NaN;
      return { analyte, outer: { low: at(0), high: at(-1) }, inner: { low: at(1), high: at(-2) } };
    });
}

/**
 * `count` rules in the mix of the shipped packs (counted: 1.4 conditions a rule, a fifth of the rules ask for the sex, one
 * in sixteen looks at two analytes).
 * @param analytes taken in turn; what no message measures costs a message nothing, or that is what the bench shows
 */
export function askedOf(analytes: readonly Limits[], count: number, name: string): Asked[] {
  return Array.from({ length: count }, (_, i): Asked => {
    const one = analytes[i % analytes.length] as Limits;
    const other = analytes[(i * 7 + 3) % analytes.length] as Limits;
    const { low, high } = i % ONE_IN === 0 ? one.inner : one.outer;
    const above = { analyte: one.analyte, comparison: 'greaterThan', limit: high } as const;
    const below = { analyte: one.analyte, comparison: 'lessThan', limit: low } as const;
    const too = { analyte: other.analyte, comparison: 'greaterThan', limit: other.outer.high } as const;
    const id = `bench/${name}-${i}`;
    const own = Math.floor(i / analytes.length) % 2 === 0 ? above : below;
    if (i % 32 === 5) return { id, join: 'any', sex: null, limits: [own, too] };
    if (i % 32 === 21) return { id, join: 'all', sex: null, limits: [own, too] };
    return { id, join: 'all', sex: i % 5 > 0 ? null : i % 2 ? 'male' : 'female', limits: [own] };
  });
}

/** Analytes that no message of the workload measures. */
export function strangers(count: number): Limits[] {
  return Array.from({ length: count }, (_, i) => ({
    analyte: `stranger-${i}`,
    outer: { low: 1, high: 9 },
    inner: { low: 1, high: 9 },
  }));
}

/** The rule as Firstcall's loader would make it. */
export function toRule({ id, join, sex, limits }: Asked): Rule {
  const leaves = limits.map(({ analyte, comparison, limit }, index): Leaf => ({
    index,
    fact: analyte,
    analytes: new Set([analyte]),
    operator: comparison,
    value: limit,
    unit: null,
    written: String(limit),
    threshold: { kind: 'number', comparison, limit: String(limit) },
    over: null,
    negated: false,
  }));
  if (sex !== null) {
    leaves.push({
      index: leaves.length,
      fact: 'sex',
      analytes: new Set(),
      operator: 'equal',
      value: sex,
      unit: null,
      written: sex,
      threshold: { kind: 'person-word', words: new Set([sex]), inside: true },
      over: null,
      negated: false,
    });
  }
  const parts = leaves.map((leaf): Condition => ({ leaf }));
  return {
    id,
    pack: 'bench',
    kind: 'critical',
    title: { zh: id, en: id },
    source: 'bench',
    population: 'any',
    condition: join === 'all' ? { all: parts } : { any: parts },
    leaves,
    event: { type: 'notify', class: 'B', advice: { zh: '复查' }, reason: null },
    review: null,
    status: null,
    owner: 'bench',
    reviewBy: '2030-01-01',
    file: 'bench',
    line: 1,
  };
}
