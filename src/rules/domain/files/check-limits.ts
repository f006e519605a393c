import { Decimal } from 'decimal.js';
import { compareDecimals } from '../../../kernel/index.js';
import { type AnalyteCatalogue } from '../catalogue.js';
import { type Leaf } from '../rule.js';
import { type Threshold } from '../threshold.js';
import { type PlacedRule } from './read-rule-file.js';
import { asWritten, type FaultList, type SourceNode } from './source-node.js';

/** Nobody is known to have lived to 123 years: beyond this an age is a typing error. */
const AGES = { a: { low: '0', high: '130', unit: 'a' }, d: { low: '0', high: '47482', unit: 'd' } } as const;

/** Limits beyond what is possible at all: a decimal point or a unit is wrong. Gives whether there are none. */
export function checkLimits({ leaves }: PlacedRule, catalogue: AnalyteCatalogue, faults: FaultList): boolean {
  const beyond = leaves.flatMap(({ leaf, at }) => {
    const [threshold, node] = comparedIn(leaf, at);
    const range = rangeOf(leaf, catalogue);
    return range && isBeyond(threshold, range) ? [{ leaf, node, range }] : [];
  });
  for (const { leaf, node, range } of beyond) {
    faults.add(node, 'limit-implausible', { fact: leaf.fact, found: asWritten(node), ...range });
  }
  return beyond.length === 0;
}

/** What values are compared with, and where it stands; of a count what is counted. */
function comparedIn({ threshold, over }: Leaf, at: SourceNode): [Threshold, SourceNode] {
  const member = (node: SourceNode, name: string) => node.members.get(name)?.value ?? node;
  if (over?.kind !== 'count') return [threshold, member(at, 'value')];
  return [over.when.threshold, member(member(member(at, 'params'), 'when'), 'value')];
}

interface Range {
  low: string;
  high: string;
  unit: string;
}

/** Of values what is possible; of a change no more than from one end to the other. Rates and percentages may be anything. */
function rangeOf({ fact, threshold, over }: Leaf, catalogue: AnalyteCatalogue): Range | null {
  if (threshold.kind === 'person-number') return AGES[threshold.unit];
  const analyte = catalogue.get(fact);
  if (!analyte?.plausible) return null;
  const range = { ...analyte.plausible, unit: analyte.unit ?? '' };
  if (over?.kind === 'rate' || (over && 'relative' in over && over.relative)) return null;
  if (over?.kind !== 'change' && over?.kind !== 'rise' && over?.kind !== 'fall') return range;
  const span = new Decimal(range.high).minus(range.low);
  return { ...range, low: over.kind === 'change' ? span.neg().toFixed() : '0', high: span.toFixed() };
}

function isBeyond(threshold: Threshold, { low, high }: Range): boolean {
  if (threshold.kind === 'ordinal' || !('limit' in threshold)) return false;
  return compareDecimals(threshold.limit, low) < 0 || compareDecimals(threshold.limit, high) > 0;
}
