import { type MeasuredValue } from '../../kernel/index.js';
import { type Condition, type Leaf } from './rule.js';

/**
 * The values of an analyte, both ends excluded, for which a rule can neither fire nor leave a doubt, whatever else is
 * known: two comparisons spare nearly every rule from being asked. The ends are doubles: reading a decimal as one keeps
 * the order, so that a value strictly between them is strictly between the limits.
 */
export interface SilentBand {
  above: number;
  below: number;
}

/** A rule may speak at `upTo` and below, and from `from` on; between them it is silent. */
interface Speaks {
  upTo: number;
  from: number;
}

const ANYWHERE: Speaks = { upTo: Infinity, from: -Infinity };

/** The bands of a rule for one of its analytes, none within another: a rule on a range has one on either side. */
export function silentBands(condition: Condition, analyte: string): SilentBand[] {
  const all = bandsOf(condition, analyte, false);
  return all.filter((band, i) => !all.some((other, j) => i !== j && holds(other, band) && (i > j || !holds(band, other))));
}

function bandsOf(condition: Condition, analyte: string, negated: boolean): SilentBand[] {
  if ('not' in condition) return bandsOf(condition.not, analyte, !negated);
  const isAll = 'all' in condition;
  // What holds only together with others is silent wherever one of them is.
  if (isAll !== negated && !('leaf' in condition)) {
    const parts = isAll ? condition.all : condition.any;
    return parts.flatMap((part) => bandsOf(part, analyte, negated));
  }
  const { upTo, from } = speaks(condition, analyte, negated);
  return upTo < from ? [{ above: upTo, below: from }] : [];
}

function holds(outer: SilentBand, inner: SilentBand): boolean {
  return outer.above <= inner.above && outer.below >= inner.below;
}

/** The doubles between which a value lies. */
export interface Span {
  low: number;
  high: number;
}

/** Null for what is no number, unbounded, or of an uncertain unit. */
export function spanOf(value: MeasuredValue | null): Span | null {
  if (value?.kind !== 'number') return null;
  const { low, high } = value.interval;
  if (low === null || high === null) return null;
  const lowest = Number(low);
  return { low: lowest, high: high === low ? lowest : Number(high) };
}

export function isWithin(span: Span | null, bands: readonly SilentBand[]): boolean {
  if (span === null) return false;
  for (const { above, below } of bands) if (span.low > above && span.high < below) return true;
  return false;
}

/** Where a condition may hold or leave a doubt; at most too wide. */
function speaks(condition: Condition, analyte: string, negated: boolean): Speaks {
  if ('leaf' in condition) return leafSpeaks(condition.leaf, analyte);
  if ('not' in condition) return speaks(condition.not, analyte, !negated);
  const isAll = 'all' in condition;
  const parts = (isAll ? condition.all : condition.any).map((part) => speaks(part, analyte, negated));
  // What holds only together with others speaks nowhere but where each of them does: the narrowest will do.
  return isAll !== negated ? narrowest(parts) : either(parts);
}

function leafSpeaks({ analytes, over, negated, threshold }: Leaf, analyte: string): Speaks {
  if (over || threshold.kind !== 'number' || !analytes.has(analyte)) return ANYWHERE;
  const limit = Number(threshold.limit);
  switch (threshold.comparison) {
    case 'lessThan':
    case 'lessThanInclusive':
      return negated ? { upTo: -Infinity, from: limit } : { upTo: limit, from: Infinity };
    case 'greaterThan':
    case 'greaterThanInclusive':
      return negated ? { upTo: limit, from: Infinity } : { upTo: -Infinity, from: limit };
    default:
      return ANYWHERE;
  }
}

function either(all: readonly Speaks[]): Speaks {
  return all.reduce(
    (one, other) => ({ upTo: Math.max(one.upTo, other.upTo), from: Math.min(one.from, other.from) }),
    { upTo: -Infinity, from: Infinity },
  );
}

function narrowest(all: readonly Speaks[]): Speaks {
  return all.reduce((best, one) => (one.from - one.upTo > best.from - best.upTo ? one : best), ANYWHERE);
}
