import { CARE_SETTINGS } from '../../../kernel/index.js';
import { type AnalyteCatalogue } from '../catalogue.js';
import { ADULT_FROM_YEARS, type Leaf, type Rule } from '../rule.js';
import { type AgeUnit, type Threshold } from '../threshold.js';
import { type Candidate } from './candidate.js';
import { histories } from './histories.js';
import { aroundLimits, spansBetween } from './number-line.js';
import { GRADES, gradeWord } from './step.js';

export interface Candidates {
  /** A value in each stretch that the limits cut the numbers into, and on each limit; every grade, category, word. */
  points: readonly Candidate[];
  /** Spans from one stretch to another, and open ones. */
  spans: readonly Candidate[];
}

/**
 * What to try on each fact that these rules name. Rules that look at the present alone and agree on all combinations of
 * points agree on every value; with the spans, on every span of values too. Of what rules see over time there is no end:
 * there the candidates are only likely ones.
 */
export function candidatesFor(
  rules: readonly Rule[],
  catalogue: AnalyteCatalogue,
  texts: readonly string[],
): Map<string, Candidates> {
  const leaves = rules.flatMap((rule) => rule.leaves);
  const candidates = new Map<string, Candidates>();
  for (const fact of new Set(leaves.flatMap(factsNamed))) {
    const about = leaves.filter((leaf) => leaf.fact === fact || leaf.analytes.has(fact));
    const { points, spans } = valuesOf(fact, about.flatMap(comparedWith), catalogue, texts);
    candidates.set(fact, { points: [...points.map(now), ...histories(about, points)], spans: spans.map(now) });
  }
  const ages = candidates.get('age')?.points ?? [];
  // Rules for adults or children alone look at the age too.
  if (rules.some(({ population }) => population !== 'any')) {
    const border = [ADULT_FROM_YEARS, ADULT_FROM_YEARS - 1].map(String).map(now);
    candidates.set('age', { points: [...ages, ...border], spans: [] });
  }
  return candidates;
}

function now(value: string): Candidate {
  return { now: value, earlier: [] };
}

/** An example names analytes: of a group, those named by other conditions too, and one more. */
function factsNamed({ fact, analytes }: Leaf): string[] {
  return analytes.size === 0 ? [fact] : [...analytes].slice(0, 1);
}

/** What a value itself is compared with; not the limit of a change or of a count. */
function comparedWith({ over, threshold }: Leaf): Threshold[] {
  if (over?.kind === 'count') return [over.when.threshold];
  const isMovement = over !== null && ['change', 'rise', 'fall', 'rate'].includes(over.kind);
  return isMovement ? [] : [threshold];
}

interface Values {
  points: readonly string[];
  spans: readonly string[];
}

function valuesOf(
  fact: string,
  thresholds: readonly Threshold[],
  catalogue: AnalyteCatalogue,
  texts: readonly string[],
): Values {
  const only = (points: readonly string[]): Values => ({ points: points.map(quoted), spans: [] });
  if (fact === 'sex') return only(['male', 'female']);
  if (fact === 'care-setting') return only(CARE_SETTINGS);
  const numbers = aroundLimits(thresholds.flatMap((one) => ('limit' in one && one.kind !== 'ordinal' ? one.limit : [])));
  if (fact === 'age') return only([...ages(thresholds, 'a'), ...ages(thresholds, 'd').map((days) => `${days} d`)]);
  const analyte = catalogue.get(fact);
  if (!analyte) return only(['true', 'false']);
  const grades = GRADES.map(gradeWord).map(quoted);
  if (analyte.kind === 'ordinal') return { points: grades, spans: ['阳性'] };
  if (analyte.kind === 'category') return only([...(analyte.categories ?? []), ...texts]);
  if (analyte.kind === 'text') return only(texts);
  const isGraded = thresholds.some(({ kind }) => kind === 'microscopy');
  return {
    points: [...numbers, ...(isGraded ? grades : []), ...againstOwnLimits(thresholds)],
    spans: spansBetween(numbers),
  };
}

/** Ages on, between and beyond the limits in this unit; no whole number of days is no value. */
function ages(thresholds: readonly Threshold[], unit: AgeUnit): string[] {
  const limits = thresholds.flatMap((one) => (one.kind === 'person-number' && one.unit === unit ? one.limit : []));
  return limits.length > 0 ? aroundLimits(limits) : [];
}

/** Against a report's own limits of 10, the lower and the upper: on each multiple, between them and beyond; and with a flag alone. */
function againstOwnLimits(thresholds: readonly Threshold[]): string[] {
  const own = thresholds.filter((one) => one.kind === 'own-limit');
  if (own.length === 0) return [];
  const at = (end: 'low' | 'high'): string[] => own.flatMap((one) => (one.end === end ? String(Number(one.times) * 10) : []));
  const [low, high] = [at('low'), at('high')];
  const members = [...(high.length > 0 ? ['limit: 10'] : []), ...(low.length > 0 ? ['low: 10'] : [])].join(', ');
  const flags = [...(high.length > 0 ? ['above'] : []), 'within', ...(low.length > 0 ? ['below'] : [])];
  return [
    ...aroundLimits([...high, ...low]).map((value) => `{ value: ${value}, ${members} }`),
    ...flags.map((flag) => `{ value: 10, flag: ${flag} }`),
  ];
}

/** Quoted where YAML or the braces would read it otherwise. */
function quoted(text: string): string {
  return /^[\p{Script=Han}\w+±][^,:#{}[\]'"]*$/u.test(text) ? text : `'${text.replaceAll("'", "''")}'`;
}
