import { type Facts, type MeasuredFact, type MeasuredValue, type PersonFacts, exactly } from '../../kernel/index.js';
import { CAN_MEET, CAN_MISS, type Reach, reach, reachOfMicroscopy } from './compare.js';
import { reachOfOwnLimit } from './own-limit.js';
import { type AgeUnit, type Leaf, type RuleKind, type Threshold } from './rule.js';
import { readMeasuredText } from './text/read-measured-text.js';
import { CANNOT, COULD, FIRES, MISSING, SILENT, type Verdict } from './verdict.js';

const EITHER = CAN_MEET | CAN_MISS;

/** A leaf made ready: what it says of the facts. */
export type LeafScreen = (facts: Facts) => Verdict;

/**
 * The leaf as a function of the facts, its `not` included.
 * Where the sex, the age or a pregnancy is not known, rules that make people be called take the stricter side, i.e.
 * they assume that the condition holds; all others say "unknown".
 */
export function compileLeaf(leaf: Leaf, kind: RuleKind): LeafScreen {
  const { threshold, negated } = leaf;
  if (threshold.kind === 'person-number' || threshold.kind === 'person-word') {
    const unknown = kind === 'critical' ? FIRES : MISSING;
    return (facts) => {
      const reached = reachOfPerson(facts.person, leaf.fact, threshold);
      return reached === null ? unknown : verdictOf(reached, true, negated);
    };
  }
  return (facts) => {
    if (leaf.analytes.has(facts.anchor.measurement.analyte)) return verdictOn(leaf, facts.anchor);
    let verdict: Verdict | null = null;
    for (const fact of measuredElsewhere(leaf, facts)) {
      const next = verdictOn(leaf, fact);
      // A group holds when any of its analytes does; under `not`, when none does.
      verdict = verdict === null || (negated ? next < verdict : next > verdict) ? next : verdict;
    }
    return verdict ?? MISSING;
  };
}

/** The measured facts that the leaf looks at: the anchor alone when it is one of them. */
export function measuredFor(leaf: Leaf, facts: Facts): MeasuredFact[] {
  if (leaf.analytes.has(facts.anchor.measurement.analyte)) return [facts.anchor];
  return [...measuredElsewhere(leaf, facts)];
}

function* measuredElsewhere(leaf: Leaf, facts: Facts): Generator<MeasuredFact> {
  for (const analyte of leaf.analytes) {
    const fact = facts.others.get(analyte);
    if (fact) yield fact;
  }
}

/** What the leaf says of one measurement, its `not` included. */
export function verdictOn(leaf: Leaf, { measurement }: MeasuredFact): Verdict {
  const { threshold, negated } = leaf;
  const { value } = measurement;
  if (threshold.kind === 'own-limit') {
    const reached = reachOfOwnLimit(value, measurement.ownLimit, threshold.times, threshold.inclusive);
    return reached === null ? MISSING : verdictOf(reached, isCertain(value), negated);
  }
  return value === null ? MISSING : verdictOf(reachOfValue(value, threshold), isCertain(value), negated);
}

function isCertain(value: MeasuredValue | null): boolean {
  return value?.kind !== 'unit-unknown' && value?.kind !== 'implausible';
}

function verdictOf(reached: Reach, certain: boolean, negated: boolean): Verdict {
  const canMeet = (reached & (negated ? CAN_MISS : CAN_MEET)) !== 0;
  const canMiss = (reached & (negated ? CAN_MEET : CAN_MISS)) !== 0;
  if (!certain) return canMeet ? COULD : CANNOT;
  if (canMeet) return canMiss ? COULD : FIRES;
  return SILENT;
}

/** A value of a kind that the condition was not made for is there, but cannot be judged: it can be either. */
function reachOfValue(value: MeasuredValue, threshold: Threshold): Reach {
  switch (value.kind) {
    case 'number':
    case 'implausible':
      return reachOfNumber(value.interval, threshold);
    case 'unit-unknown':
      if (value.readings.length === 0) return EITHER;
      return value.readings.reduce((reached, reading) => reached | reachOfNumber(reading, threshold), 0);
    case 'ordinal':
      if (threshold.kind === 'ordinal') return reach(threshold.comparison, value.interval, threshold.limit);
      if (threshold.kind === 'microscopy') {
        return reach('greaterThanInclusive', value.interval, threshold.grade);
      }
      return EITHER;
    case 'category':
      if (threshold.kind === 'text') return threshold.categories.has(value.category) ? CAN_MEET : CAN_MISS;
      if (threshold.kind !== 'category') return EITHER;
      return threshold.categories.has(value.category) === threshold.inside ? CAN_MEET : CAN_MISS;
    case 'text':
      return threshold.kind === 'text' ? reachOfText(value, threshold) : EITHER;
  }
}

function reachOfNumber(interval: Parameters<typeof reach>[1], threshold: Threshold): Reach {
  if (threshold.kind === 'number') return reach(threshold.comparison, interval, threshold.limit);
  if (threshold.kind === 'microscopy') return reachOfMicroscopy(interval, threshold.limit);
  return EITHER;
}

function reachOfText(
  value: MeasuredValue & { kind: 'text' },
  threshold: Threshold & { kind: 'text' },
): Reach {
  const reading = readMeasuredText(value, threshold.lexicon);
  if (reading === 'suspected') return CAN_MEET;
  return reading === 'unclear' ? EITHER : CAN_MISS;
}

function reachOfPerson(
  person: PersonFacts,
  fact: string,
  threshold: Threshold & { kind: 'person-number' | 'person-word' },
): Reach | null {
  if (threshold.kind === 'person-number') {
    const age = ageIn(person, threshold.unit);
    return age === null ? null : reach(threshold.comparison, exactly(String(age)), threshold.limit);
  }
  const word = fact === 'sex' ? person.sex : person.pregnant === null ? null : String(person.pregnant);
  if (word === null) return null;
  return threshold.words.has(word) === threshold.inside ? CAN_MEET : CAN_MISS;
}

/** The age in completed years or days; null when it is not known. */
export function ageIn(person: PersonFacts, unit: AgeUnit): number | null {
  return unit === 'd' ? person.ageDays : person.ageYears;
}
