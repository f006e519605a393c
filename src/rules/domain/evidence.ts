import { type Facts, type MeasuredFact } from '../../kernel/index.js';
import { inWords, printSpan } from './in-words.js';
import { measuredFor, personWord, verdictWithout } from './leaf.js';
import { type Over, type OverEvidence } from './over.js';
import { deciding, elapsedMs, lookBackOnEach, type LookedBack } from './over-time.js';
import { printedLimit } from './own-limit.js';
import { type Leaf, type LeafEvidence, type LookedAt, type OwnLimitSeen, type RuleKind } from './rule.js';
import { type Threshold } from './threshold.js';
import { type Test, verdictOn } from './value-verdict.js';
import { COULD, truthOf, type Verdict } from './verdict.js';

/** What the leaf saw; of a group, the measurement that decided. */
export function evidenceOf(leaf: Leaf, kind: RuleKind, facts: Facts): LeafEvidence {
  if (leaf.over) return overTime(leaf, leaf.over, facts);
  const measured = measuredFor(leaf, facts);
  const decisive = decisiveOf(leaf, measured);
  const verdict = decisive ? verdictOn(leaf, decisive) : verdictWithout(leaf, kind, facts.person);
  const person = leaf.analytes.size === 0 ? personWord(facts.person, leaf) : null;
  const value = decisive?.measurement.value;
  const { fact, analyte, operator, threshold, unit, negated } = whatWasAsked(leaf, decisive);
  // In one piece: it is written for each condition of each finding and reason.
  const seen: LeafEvidence = {
    fact,
    analyte,
    operator,
    threshold,
    unit,
    negated,
    truth: truthOfLeaf(leaf, facts, verdict),
    couldFire: verdict === COULD,
    source: decisive?.source ?? null,
    asSent: decisive?.measurement.asSent ?? person,
    isUnitKnown: value?.kind !== 'unit-unknown',
    converted: value ? inWords(value) : person,
  };
  if (decisive?.from) seen.looked = decisive.from.flatMap((one) => lookedAt(one));
  if (decisive?.by) seen.by = decisive.by;
  if (leaf.threshold.kind === 'own-limit') Object.assign(seen, ownLimitOf(leaf.threshold, decisive));
  if (measured.length > 1 || (measured.length === 1 && !decisive)) {
    const others = measured.filter((one) => one !== decisive);
    Object.assign(seen, besideOf(leaf, others, leaf));
  }
  return seen;
}

/** What the report states, where the condition is about it. */
function ownLimitOf(asked: Threshold, fact: MeasuredFact | null | undefined): OwnLimitSeen {
  if (asked.kind !== 'own-limit' || !fact) return {};
  const { ownLimit, ownLower } = fact.measurement;
  if (asked.end === 'low') return ownLower ? { ownLower } : {};
  return ownLimit ? { ownLimit } : {};
}

/** Results of a group beside the one that decided. */
function besideOf(leaf: Leaf, facts: readonly MeasuredFact[], test: Test | null): Pick<LeafEvidence, 'beside'> {
  const each = test && { threshold: test.threshold, negated: false };
  return facts.length > 0 ? { beside: facts.flatMap((one) => lookedAt(one, each, askedOf(leaf))) } : {};
}

/** What a condition asks of single results: of a count, what is counted. */
function askedOf({ threshold, over }: Leaf): Threshold {
  return over?.kind === 'count' ? over.when.threshold : threshold;
}

type Asked = Pick<LeafEvidence, 'fact' | 'analyte' | 'operator' | 'threshold' | 'unit' | 'negated'>;

function whatWasAsked(leaf: Leaf, decisive: MeasuredFact | null | undefined): Asked {
  const { fact, operator, negated } = leaf;
  const { threshold, unit } = limitOf(leaf, decisive);
  return { fact, analyte: decisive?.measurement.analyte ?? null, operator, threshold, unit, negated };
}

/** The limit in words; the report's own where there is one, `15 × 40` for a multiple of it. */
function limitOf(
  { threshold, written, unit }: Leaf,
  fact: MeasuredFact | null | undefined,
): Pick<Asked, 'threshold' | 'unit'> {
  const own = threshold.kind === 'own-limit' && fact ? printedLimit(fact.measurement, threshold.end) : null;
  if (threshold.kind !== 'own-limit' || !own) return { threshold: written, unit };
  const { times } = threshold;
  return { threshold: times === '1' ? own.limit : `${times} × ${own.limit}`, unit: own.unit };
}

/** A leaf that was assumed for want of a fact of the person is shown as what it is: unknown. */
function truthOfLeaf(leaf: Leaf, { person }: Facts, verdict: Verdict): LeafEvidence['truth'] {
  return leaf.analytes.size === 0 && personWord(person, leaf) === null ? 'unknown' : truthOf(verdict);
}

function decisiveOf(leaf: Leaf, facts: readonly MeasuredFact[]): MeasuredFact | undefined {
  const sign = leaf.negated ? -1 : 1;
  return facts.reduce<MeasuredFact | undefined>(
    (best, next) => (best && sign * verdictOn(leaf, best) >= sign * verdictOn(leaf, next) ? best : next),
    undefined,
  );
}

/** The value that decided (of `previous` and `ever-before` an earlier one), and all that were looked at. */
function overTime(leaf: Leaf, over: Over, facts: Facts): LeafEvidence {
  const each = lookBackOnEach(leaf, facts);
  const back = deciding(leaf, each);
  const isOfEarlier = over.kind === 'previous' || over.kind === 'ever-before';
  const decisive = isOfEarlier ? decisiveOf(leaf, back.looked) : back.current;
  const others = each.filter((one) => one !== back).flatMap(({ looked }) => looked);
  return {
    ...whatWasAsked(leaf, decisive),
    truth: truthOf(back.verdict),
    couldFire: back.verdict === COULD,
    source: decisive?.source ?? null,
    asSent: decisive?.measurement.asSent ?? null,
    isUnitKnown: decisive?.measurement.value?.kind !== 'unit-unknown',
    converted: convertedOf(over, back, decisive),
    over: asEvidence(over, facts.anchor.source.at),
    looked: back.looked.flatMap((one) => lookedAt(one, askedOfEach(leaf, over), askedOf(leaf))),
    ...ownLimitOf(askedOf(leaf), decisive),
    ...besideOf(leaf, others, askedOfEach(leaf, over)),
  };
}

/** What was compared: a change, a rate or a count in numbers, else the value itself; null when something is missing. */
function convertedOf(over: Over, { number, looked }: LookedBack, decisive: MeasuredFact | null | undefined): string | null {
  if (over.kind === 'count') return number && looked.length > 0 ? printSpan(number, null) : null;
  if (over.kind === 'rate') return number && printSpan(number, over.per.ms / elapsedMs(looked));
  if (over.kind === 'change' || over.kind === 'rise' || over.kind === 'fall') return number && printSpan(number, null);
  if (over.kind === 'confirmed' && looked.length < 2) return null;
  const value = decisive?.measurement.value;
  return value ? inWords(value) : null;
}

function asEvidence(over: Over, from: string): OverEvidence {
  return {
    kind: over.kind,
    from,
    ...('window' in over && over.window && { within: over.window.written }),
    ...('relative' in over && over.relative && { relative: true as const }),
    ...(over.kind === 'rate' && { per: over.per.written }),
    ...(over.kind === 'count' && {
      visits: over.visits,
      when: { operator: over.when.operator, written: over.when.written, unit: over.when.unit },
    }),
  };
}

/** What is asked of every single result; null where values are held against each other. */
function askedOfEach({ threshold }: Leaf, over: Over): Test | null {
  if (over.kind === 'count') return { threshold: over.when.threshold, negated: false };
  return over.kind === 'confirmed' || over.kind === 'ever-before' ? { threshold, negated: false } : null;
}

/** The result; after a derived value, those that it was computed from. */
function lookedAt(fact: MeasuredFact, test: Test | null = null, asked: Threshold | null = null): LookedAt[] {
  const { measurement, source, from = [] } = fact;
  const { analyte, asSent, value } = measurement;
  const own: LookedAt = {
    analyte,
    source,
    asSent,
    isUnitKnown: value?.kind !== 'unit-unknown',
    converted: value && inWords(value),
    unit: value && 'unit' in value && value.kind !== 'unit-unknown' ? value.unit : null,
    ...(test && { truth: truthOf(verdictOn(test, fact)) }),
    ...(asked && ownLimitOf(asked, fact)),
  };
  return [own, ...from.flatMap((one) => lookedAt(one))];
}
