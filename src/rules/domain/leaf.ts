import { type Facts, type MeasuredFact, type PersonFacts, exactly } from '../../kernel/index.js';
import { CAN_MEET, CAN_MISS, type Reach, reach } from './compare.js';
import { lookBack } from './over-time.js';
import { type Leaf, type RuleKind } from './rule.js';
import { type AgeUnit, type Threshold } from './threshold.js';
import { compileTest, verdictOf as verdictOfReach } from './value-verdict.js';
import { COULD, FIRES, MISSING, SILENT, type Verdict } from './verdict.js';

/** A leaf made ready: what it says of the facts. */
export type LeafScreen = (facts: Facts) => Verdict;

/**
 * The leaf as a function of the facts, its `not` included.
 * Where a fact of the person (sex, age, pregnancy, history …) is not known, rules that make people be called take the
 * stricter side, i.e. they assume that the condition holds (but where it asks for what is on record); rules that give a
 * level take no side: what is not on record counts as no, and who may be man or woman leaves them undecided.
 */
export function compileLeaf(leaf: Leaf, kind: RuleKind): LeafScreen {
  const { threshold, negated } = leaf;
  if (leaf.over) return (facts) => lookBack(leaf, facts).verdict;
  if (isOfPerson(threshold)) {
    const unknown = ofUnknown(leaf, kind);
    return ({ person }) => verdictOfPerson(leaf, threshold, kind, person) ?? unknown;
  }
  const verdictOf = compileTest(leaf);
  const [only] = leaf.analytes;
  if (only !== undefined && leaf.analytes.size === 1) {
    return ({ anchor, others }) => {
      const fact = anchor.measurement.analyte === only ? anchor : others.get(only);
      return fact ? verdictOf(fact) : MISSING;
    };
  }
  return (facts) => {
    if (leaf.analytes.has(facts.anchor.measurement.analyte)) return verdictOf(facts.anchor);
    let verdict: Verdict | null = null;
    for (const fact of measuredElsewhere(leaf, facts)) {
      const next = verdictOf(fact);
      // A group holds when any of its analytes does; under `not`, when none does.
      verdict = verdict === null || (negated ? next < verdict : next > verdict) ? next : verdict;
    }
    return verdict ?? MISSING;
  };
}

/** What the leaf says where nothing was measured that it looks at: a fact of the person, or of a value that none is there. */
export function verdictWithout(leaf: Leaf, kind: RuleKind, person: PersonFacts): Verdict {
  const { threshold } = leaf;
  if (!isOfPerson(threshold)) return MISSING;
  return verdictOfPerson(leaf, threshold, kind, person) ?? ofUnknown(leaf, kind);
}

type OfPerson = Threshold & { kind: 'person-number' | 'person-word' };

function isOfPerson(threshold: Threshold): threshold is OfPerson {
  return threshold.kind === 'person-number' || threshold.kind === 'person-word';
}

/** Null where the fact is not known. */
function verdictOfPerson({ fact, negated }: Leaf, threshold: OfPerson, kind: RuleKind, person: PersonFacts): Verdict | null {
  const isLikely = kind === 'stratification' && fact === 'pregnant';
  const reached = reachOfPerson(isLikely ? withLikelyPregnancy(person) : person, fact, threshold);
  return reached === null ? null : verdictOfReach(reached, true, negated);
}

/** What an unknown fact of the person says: rules that make people be called take the stricter side. */
export function ofUnknown({ threshold, fact, negated }: Leaf, kind: RuleKind): Verdict {
  const mustBeKnown = threshold.kind === 'person-word' && threshold.known;
  if (kind === 'critical') return mustBeKnown ? MISSING : FIRES;
  if (kind !== 'stratification' || mustBeKnown) return MISSING;
  // A history that nobody noted is none (domain notes 05 §5 note 6); sex or age are one or the other.
  if (!/^(history|family|medication)\./.test(fact) || threshold.kind !== 'person-word') return COULD;
  return (threshold.words.has('false') === threshold.inside) === negated ? SILENT : FIRES;
}

/** Ages between which a woman may be pregnant although nobody said so. */
const MAY_BE_PREGNANT = { from: 12, to: 55 };

/** For levels: men and women of other ages count as not pregnant. */
function withLikelyPregnancy(person: PersonFacts): PersonFacts {
  const { pregnant, sex, ageYears } = person;
  if (pregnant !== null) return person;
  const isOfOtherAge = ageYears !== null && (ageYears < MAY_BE_PREGNANT.from || ageYears > MAY_BE_PREGNANT.to);
  return sex === 'male' || isOfOtherAge ? { ...person, pregnant: false } : person;
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

function reachOfPerson(
  person: PersonFacts,
  fact: string,
  threshold: OfPerson,
): Reach | null {
  if (threshold.kind === 'person-number') {
    const age = ageIn(person, threshold.unit);
    return age === null ? null : reach(threshold.comparison, exactly(String(age)), threshold.limit);
  }
  const word = personWord(person, { fact, threshold });
  if (word === null) return null;
  return threshold.words.has(word) === threshold.inside ? CAN_MEET : CAN_MISS;
}

/** The age in completed years or days; null when it is not known. */
export function ageIn(person: PersonFacts, unit: AgeUnit): number | null {
  return unit === 'd' ? person.ageDays : person.ageYears;
}

/** A fact of the person as conditions write it; null when it is not known. */
export function personWord(person: PersonFacts, { fact, threshold }: Pick<Leaf, 'fact' | 'threshold'>): string | null {
  const value = threshold.kind === 'person-number' ? ageIn(person, threshold.unit) : personValue(person, fact);
  return value === null ? null : String(value);
}

function personValue(person: PersonFacts, fact: string): string | boolean | null {
  switch (fact) {
    case 'sex':
      return person.sex;
    case 'pregnant':
      return person.pregnant;
    case 'care-setting':
      return person.careSetting;
    default:
      return person.answers.get(fact) ?? null;
  }
}
