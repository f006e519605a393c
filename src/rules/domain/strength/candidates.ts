import { Decimal } from 'decimal.js';
import { type AnalyteCatalogue } from '../catalogue.js';
import { gradeInWords } from '../evidence.js';
import { ADULT_FROM_YEARS, type Leaf, type Rule } from '../rule.js';
import { GRADES, unitOfLastDigit } from './step.js';

/** What an example may say of a fact, as it is written. */
export interface Candidates {
  /** One value in each stretch that the limits cut the numbers into, and on each limit; every grade, category, word. */
  points: readonly string[];
  /** Spans from one stretch to another, and open ones. */
  spans: readonly string[];
}

/**
 * What to try on each fact that these rules name. Rules that agree on all combinations of points agree on every value;
 * with the spans, on every span of values too.
 */
export function candidatesFor(rules: readonly Rule[], catalogue: AnalyteCatalogue, texts: readonly string[]): Map<string, Candidates> {
  const leaves = rules.flatMap((rule) => rule.leaves);
  const candidates = new Map<string, Candidates>();
  for (const fact of new Set(leaves.flatMap(factsNamed))) {
    const about = leaves.filter((leaf) => leaf.fact === fact || leaf.analytes.has(fact));
    candidates.set(fact, valuesOf(fact, about, catalogue, texts));
  }
  const ages = candidates.get('age')?.points ?? [];
  // Rules for adults or children alone look at the age too.
  if (rules.some(({ population }) => population !== 'any')) {
    candidates.set('age', { points: [...ages, String(ADULT_FROM_YEARS), String(ADULT_FROM_YEARS - 1)], spans: [] });
  }
  return candidates;
}

/** An example names analytes: of a group, those named by other conditions too, and one more. */
function factsNamed({ fact, analytes }: Leaf): string[] {
  return analytes.size === 0 ? [fact] : [...analytes].slice(0, 1);
}

function valuesOf(fact: string, leaves: readonly Leaf[], catalogue: AnalyteCatalogue, texts: readonly string[]): Candidates {
  const only = (points: readonly string[]): Candidates => ({ points: points.map(quoted), spans: [] });
  if (fact === 'sex') return only(['male', 'female']);
  const numbers = points(leaves);
  if (fact === 'age') return only(numbers);
  const analyte = catalogue.get(fact);
  if (!analyte) return only(['true', 'false']);
  const grades = GRADES.map(gradeInWords);
  if (analyte.kind === 'ordinal') return { points: grades.map(quoted), spans: ['阳性'] };
  if (analyte.kind === 'category') return only([...(analyte.categories ?? []), ...texts]);
  if (analyte.kind === 'text') return only(texts);
  const kinds = new Set(leaves.map(({ threshold }) => threshold.kind));
  return {
    points: [
      ...numbers,
      ...(kinds.has('microscopy') ? grades.map(quoted) : []),
      ...(kinds.has('own-limit') ? againstOwnLimit(leaves) : []),
    ],
    spans: spansOf(numbers),
  };
}

/** The limits, a number between each two, and one beyond each end; a number where there is no limit. */
function points(leaves: readonly Leaf[]): string[] {
  const limits = limitsOf(leaves);
  const [first, last] = [limits[0], limits.at(-1)];
  if (first === undefined || last === undefined) return ['1'];
  const between = limits.slice(1).map((limit, at) => new Decimal(limits[at] ?? limit).plus(limit).dividedBy(2).toFixed());
  const beyond = [new Decimal(first).minus(unitOfLastDigit(first)), new Decimal(last).plus(unitOfLastDigit(last))];
  return [...limits, ...between, ...beyond.map((number) => number.toFixed())];
}

function limitsOf(leaves: readonly Leaf[]): string[] {
  const limits = leaves.flatMap(({ threshold }) => ('limit' in threshold && threshold.kind !== 'ordinal' ? threshold.limit : []));
  const byNumber = new Map(limits.map((limit) => [new Decimal(limit).toFixed(), limit]));
  return [...byNumber.values()].sort((a, b) => new Decimal(a).comparedTo(b));
}

/** Against a report's own limit of 10: on each multiple, between them and beyond. */
function againstOwnLimit(leaves: readonly Leaf[]): string[] {
  const limits = leaves.flatMap(({ threshold }) => (threshold.kind === 'own-limit' ? new Decimal(threshold.times).times(10) : []));
  const sorted = [...limits].sort((a, b) => a.comparedTo(b));
  const between = sorted.slice(1).map((limit, at) => (sorted[at] ?? limit).plus(limit).dividedBy(2));
  const beyond = sorted.flatMap((limit) => [limit.minus('0.1'), limit.plus('0.1')]);
  const values = [...sorted, ...between, ...beyond].map((value) => `{ value: ${value.toFixed()}, limit: 10 }`);
  return [...values, '{ value: 10, flag: above }', '{ value: 10, flag: within }'];
}

function spansOf(numbers: readonly string[]): string[] {
  const sorted = [...numbers].sort((a, b) => new Decimal(a).comparedTo(b));
  const closed = sorted.flatMap((low, at) => sorted.slice(at + 1).map((high) => `${low}-${high}`));
  const open = sorted.flatMap((number) => [`'≤${number}'`, `'>${number}'`]);
  return [...open, ...closed];
}

/** Quoted where YAML or the braces would read it otherwise. */
function quoted(text: string): string {
  return /^[\p{Script=Han}\w+±][^,:#{}[\]'"]*$/u.test(text) ? text : `'${text.replaceAll("'", "''")}'`;
}
