import { compareDecimals } from '../../../kernel/index.js';
import { type AnalyteCatalogue } from '../catalogue.js';
import { type OverKind } from '../over.js';
import { type Leaf } from '../rule.js';
import { type PlacedRule } from './read-rule-file.js';
import { asWritten, type FaultList } from './source-node.js';

/** Nobody is known to have lived to 123 years: beyond this an age is a typing error. */
const AGES = { a: { low: '0', high: '130', unit: 'a' }, d: { low: '0', high: '47482', unit: 'd' } } as const;

/** Limits beyond what is possible at all: a decimal point or a unit is wrong. Gives whether there are none. */
export function checkLimits({ leaves }: PlacedRule, catalogue: AnalyteCatalogue, faults: FaultList): boolean {
  const beyond = leaves.flatMap(({ leaf, at }) => {
    const range = rangeOf(leaf, catalogue);
    return range && isBeyond(leaf, range) ? [{ leaf, at, range }] : [];
  });
  for (const { leaf, at, range } of beyond) {
    const node = at.members.get('value')?.value ?? at;
    faults.add(node, 'limit-implausible', { fact: leaf.fact, found: asWritten(node), ...range });
  }
  return beyond.length === 0;
}

interface Range {
  low: string;
  high: string;
  unit: string;
}

/** A change, a rate and a count are no values of the analyte. */
const OF_VALUES: readonly OverKind[] = ['latest', 'previous', 'confirmed', 'ever-before'];

function rangeOf({ fact, threshold, over }: Leaf, catalogue: AnalyteCatalogue): Range | null {
  if (over && !OF_VALUES.includes(over.kind)) return null;
  if (threshold.kind === 'person-number') return AGES[threshold.unit];
  const analyte = catalogue.get(fact);
  return analyte?.plausible ? { ...analyte.plausible, unit: analyte.unit ?? '' } : null;
}

function isBeyond({ threshold }: Leaf, { low, high }: Range): boolean {
  if (threshold.kind === 'ordinal' || !('limit' in threshold)) return false;
  return compareDecimals(threshold.limit, low) < 0 || compareDecimals(threshold.limit, high) > 0;
}
