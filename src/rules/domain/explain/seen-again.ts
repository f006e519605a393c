import { type FactSource, type Interval, type MeasuredFact, type MeasuredValue } from '../../../kernel/index.js';
import { isPlausible } from '../../../terminology/domain/values/value-read.js';
import { type AnalyteCatalogue } from '../catalogue.js';
import { ofUnknown } from '../leaf.js';
import { spanInWords } from '../in-words.js';
import { type Leaf, type LeafEvidence, type OwnLimitSeen, type RuleKind } from '../rule.js';
import { CANNOT, COULD, FIRES, MISSING, SILENT, type Verdict } from '../verdict.js';

/** What evidence keeps of one result. */
export interface SeenValue extends OwnLimitSeen {
  analyte: string;
  source: FactSource;
  asSent: string | null;
  isUnitKnown: boolean;
  converted: string | null;
}

/** The verdict that the evidence of a condition keeps, its `not` included. */
export function verdictSeen(leaf: Leaf, kind: RuleKind, { truth, couldFire, converted }: LeafEvidence): Verdict {
  if (truth === 'fires') return FIRES;
  if (truth === 'silent') return SILENT;
  if (leaf.analytes.size === 0) return ofUnknown(leaf, kind);
  if (couldFire) return COULD;
  return converted === null ? MISSING : CANNOT;
}

/**
 * The results that the condition itself looked at: the one it compared, or all that it saw over time, newest first; then
 * those of the other analytes of a group.
 */
export function valuesSeen({ analytes }: Leaf, seen: LeafEvidence): SeenValue[] {
  const { analyte, source, asSent, isUnitKnown, converted, ownLimit, ownLower } = seen;
  const compared = analyte !== null && source ? [{ analyte, source, asSent, isUnitKnown, converted, ...(ownLimit && { ownLimit }), ...(ownLower && { ownLower }) }] : [];
  const own = seen.over ? (seen.looked ?? []) : compared;
  // What a derived value was computed from stands behind it, and is not what was compared.
  return [...own, ...(seen.beside ?? [])].filter((one) => analytes.has(one.analyte));
}

/** Those of them whose change can silence the condition; under `not`, where all must miss, that of the one that decided. */
export function valuesThatSpeak(leaf: Leaf, seen: LeafEvidence): SeenValue[] {
  const besides = new Set<SeenValue>(seen.beside?.filter(({ truth }) => leaf.negated || truth === 'silent') ?? []);
  return valuesSeen(leaf, seen).filter((one) => !besides.has(one));
}

/** The result again, as far as its evidence tells. */
export function factAgain(one: SeenValue, catalogue: AnalyteCatalogue): MeasuredFact {
  const { analyte, source, asSent } = one;
  const value = valueAgain(one, catalogue);
  const { component } = source;
  const { ownLimit = null, ownLower } = one;
  return { measurement: { component, analyte, value, asSent: asSent ?? '', ownLimit, ...(ownLower && { ownLower }), doubts: [] }, source };
}

/** A number in the canonical unit as it is believed: not when it is beyond what is possible. */
export function numberOf(analyte: string, interval: Interval, catalogue: AnalyteCatalogue): MeasuredValue {
  const known = catalogue.get(analyte);
  const kind = isPlausible(interval, { plausible: known?.plausible ?? null }) ? 'number' : 'implausible';
  return { kind, interval, unit: known?.unit ?? '1' };
}

function valueAgain({ analyte, converted, isUnitKnown }: SeenValue, catalogue: AnalyteCatalogue): MeasuredValue | null {
  const known = catalogue.get(analyte);
  const unit = known?.unit ?? '1';
  if (!isUnitKnown) {
    const readings = (converted ?? '').split(' | ').flatMap((words) => spanInWords(words)?.interval ?? []);
    return { kind: 'unit-unknown', readings, unit };
  }
  if (converted === null) return null;
  if (known?.kind === 'text') return { kind: 'text', text: converted, codings: [] };
  if (known?.kind === 'category') {
    const isCategory = known.categories?.includes(converted);
    return isCategory ? { kind: 'category', category: converted } : { kind: 'text', text: converted, codings: [] };
  }
  const span = spanInWords(converted);
  if (!span) return { kind: 'text', text: converted, codings: [] };
  return span.kind === 'number' ? numberOf(analyte, span.interval, catalogue) : { kind: 'ordinal', interval: span.interval };
}
