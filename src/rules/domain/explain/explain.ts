import { DateTime } from 'luxon';
import { type FactSource } from '../../../kernel/index.js';
import { type AnalyteCatalogue } from '../catalogue.js';
import { type LeafEvidence, type LookedAt, type Rule } from '../rule.js';
import { type Quote, quotesIn } from '../text/quotes.js';
import { type Verdict } from '../verdict.js';
import { askedInWords, nameIn, personInWords } from './asked-in-words.js';
import { changesInWords } from './change-in-words.js';
import { type Explanation, type LeafExplained, type ValueExplained } from './explanation.js';
import { type SeenLeaf, type Surroundings } from './leaf-again.js';
import { verdictSeen } from './seen-again.js';
import { type SeenRule, smallestChange } from './smallest-change.js';
import { explainedTree, truthAsWritten } from './tree.js';
import { whyUnknown } from './why-unknown.js';

/**
 * Why the rule said what it said, from the evidence that was kept: one entry for each of its conditions, in their order.
 * @param zone IANA zone of the centre, for its clock
 * @returns null when the evidence is not that of this rule's conditions
 */
export function explain(
  rule: Rule,
  evidence: readonly LeafEvidence[],
  { catalogue, zone }: { catalogue: AnalyteCatalogue; zone: string },
): Explanation | null {
  const isOfRule = rule.leaves.length === evidence.length && rule.leaves.every(({ fact }, at) => evidence[at]?.fact === fact);
  if (!isOfRule) return null;
  const around: Surroundings = { kind: rule.kind, catalogue, zone };
  const leaves = rule.leaves.map((leaf, at): SeenLeaf => ({ leaf, seen: evidence[at] as LeafEvidence }));
  const seenRule: SeenRule = { condition: rule.condition, leaves };
  const verdicts = leaves.map(({ leaf, seen }) => verdictSeen(leaf, rule.kind, seen));
  const silencing = smallestChange(seenRule, around);
  return {
    condition: explainedTree(rule.condition, {
      verdict: ({ index }) => verdicts[index] as Verdict,
      explained: ({ index }) => leafExplained(leaves[index] as SeenLeaf, around),
    }),
    smallestChange: silencing && { then: silencing.then, changes: changesInWords(seenRule, silencing, around) },
    unknown: leaves
      .filter(({ seen }) => seen.truth === 'unknown')
      .map((one) => whyUnknown(one, isAssumed(one, rule.kind), catalogue)),
  };
}

/** What is not known of the person counts as if it held. */
function isAssumed({ leaf, seen }: SeenLeaf, kind: Rule['kind']): boolean {
  return seen.truth === 'unknown' && truthAsWritten({ ...leaf, negated: false }, verdictSeen(leaf, kind, seen)) === 'fires';
}

function leafExplained(one: SeenLeaf, { kind, catalogue, zone }: Surroundings): LeafExplained {
  const { leaf, seen } = one;
  const { index, fact, operator } = leaf;
  const { threshold, unit } = seen;
  const assumed = isAssumed(one, kind);
  const looked = [...(seen.looked ?? []), ...(seen.beside ?? [])].map((each) => valueExplained(each, catalogue, zone));
  return {
    kind: 'condition',
    index,
    fact,
    name: nameIn(seen, catalogue),
    operator,
    threshold,
    unit,
    says: askedInWords(leaf, seen, catalogue),
    truth: seen.truth === 'unknown' ? 'unknown' : truthAsWritten(leaf, verdictSeen(leaf, kind, seen)),
    isAssumed: assumed,
    value: valueOf(one, catalogue, zone),
    looked,
    quotes: quotesOf(one),
  };
}

function quotesOf({ leaf: { threshold }, seen }: SeenLeaf): Quote[] {
  const text = seen.converted;
  return threshold.kind === 'text' && text !== null ? quotesIn(text, threshold.lexicon) : [];
}

/** The value that was compared; of a condition over time the change or count, which no laboratory sent. */
function valueOf({ leaf, seen }: SeenLeaf, catalogue: AnalyteCatalogue, zone: string): ValueExplained | null {
  const { converted, asSent, source, analyte, fact } = seen;
  if (converted === null && asSent === null) return null;
  if (leaf.analytes.size > 0) {
    const value = valueExplained({ analyte: analyte ?? fact, source, asSent, converted }, catalogue, zone);
    const isComputed = seen.over && ['change', 'rise', 'fall', 'rate', 'count'].includes(seen.over.kind);
    return isComputed ? { ...value, asSent: null, unit: seen.over?.relative ? '%' : seen.unit } : value;
  }
  const unit = leaf.threshold.kind === 'person-number' ? leaf.threshold.unit : null;
  const words = personInWords(fact, converted ?? '', unit, catalogue);
  const nowhere = { source: null, at: null, localTime: null, truth: null };
  return { name: words, asSent: null, converted, unit: null, ...nowhere };
}

type Told = Pick<LeafEvidence, 'asSent' | 'converted'> & { analyte: string; source: FactSource | null } & Partial<Pick<LookedAt, 'truth'>>;

function valueExplained({ analyte, source, asSent, converted, truth }: Told, catalogue: AnalyteCatalogue, zone: string): ValueExplained {
  const known = catalogue.get(analyte);
  const isPrinted = known?.kind === 'number' && converted !== null && /\d/.test(converted);
  return {
    name: nameIn({ analyte, fact: analyte }, catalogue),
    asSent: asSent === '' ? null : asSent,
    converted,
    unit: isPrinted ? known.printUnit : null,
    source: source && { observationId: source.observationId, component: source.component, status: source.status },
    at: source?.at ?? null,
    localTime: source && DateTime.fromISO(source.at, { zone }).toFormat('yyyy-MM-dd HH:mm'),
    truth: truth ?? null,
  };
}
