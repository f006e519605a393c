import {
  type Facts,
  type MeasuredFact,
  type MeasuredValue,
  NOTHING_EARLIER,
  type OwnLimit,
  type OwnLowerLimit,
  type PersonFacts,
  UNKNOWN_PERSON,
} from '../../../kernel/index.js';
import { type AnalyteCatalogue } from '../catalogue.js';
import { compileLeaf } from '../leaf.js';
import { DAYS_A_YEAR, type Leaf, type LeafEvidence, type RuleKind } from '../rule.js';
import { type Verdict } from '../verdict.js';
import { factAgain, type SeenValue, valuesSeen, verdictSeen } from './seen-again.js';

/** What stands in the place of something that was seen: another value of a result, or another fact of the person. */
export type Replacement = { value?: MeasuredValue; ownLimit?: OwnLimit; ownLower?: OwnLowerLimit } | { person: PersonFacts };
/** By the key of what they replace. */
export type Replacements = ReadonlyMap<string, Replacement>;

/** A condition with what it saw, ready to be asked again. */
export interface SeenLeaf {
  leaf: Leaf;
  seen: LeafEvidence;
}

export interface Surroundings {
  kind: RuleKind;
  catalogue: AnalyteCatalogue;
  /** IANA zone of the centre. */
  zone: string;
}

export function keyOfValue({ analyte, source }: SeenValue): string {
  return `${source.observationId} ${source.component} ${analyte}`;
}

/** What the condition says, its `not` included, when this stands in the place of what was seen. */
export function verdictAgain({ leaf, seen }: SeenLeaf, replaced: Replacements, around: Surroundings): Verdict {
  const { kind, catalogue, zone } = around;
  if (leaf.analytes.size === 0) {
    const replacement = replaced.get(leaf.fact);
    if (!replacement || !('person' in replacement)) return verdictSeen(leaf, kind, seen);
    return compileLeaf(leaf, kind)({ ...nothingAt('', zone), person: replacement.person });
  }
  const values = valuesSeen(leaf, seen);
  if (!values.some((one) => replaced.has(keyOfValue(one)))) return verdictSeen(leaf, kind, seen);
  const facts = values.map((one) => {
    const replacement = replaced.get(keyOfValue(one));
    return replacedBy(factAgain(one, catalogue), replacement);
  });
  return compileLeaf(leaf, kind)(factsWith(leaf, seen, facts, zone));
}

function replacedBy(fact: MeasuredFact, replacement: Replacement | undefined): MeasuredFact {
  if (!replacement || 'person' in replacement) return fact;
  return { ...fact, measurement: { ...fact.measurement, ...replacement } };
}

/** Nobody, of whom nothing was measured at this instant. */
function nothingAt(at: string, zone: string): Facts {
  const measurement = { component: 0, analyte: '', value: null, asSent: '', ownLimit: null, doubts: [] };
  const source = { observationId: '', component: 0, at, status: 'final' };
  return { person: UNKNOWN_PERSON, anchor: { measurement, source }, others: new Map(), earlier: NOTHING_EARLIER, zone };
}

/**
 * The results where the condition looks for them: the first of each analyte is the one that counts now, unless the
 * condition looks at earlier ones alone.
 */
function factsWith({ over }: Leaf, seen: LeafEvidence, facts: readonly MeasuredFact[], zone: string): Facts {
  const nothing = nothingAt(seen.over?.from ?? facts[0]?.source.at ?? '', zone);
  const isOfEarlier = over?.kind === 'previous' || over?.kind === 'ever-before';
  const others = new Map<string, MeasuredFact>();
  const earlier = new Map<string, MeasuredFact[]>();
  for (const fact of facts) {
    const analyte = fact.measurement.analyte ?? '';
    const before = earlier.get(analyte);
    if (before) before.push(fact);
    else {
      // Something must count now for there to be anything before it.
      const present = { measurement: { ...nothing.anchor.measurement, analyte }, source: nothing.anchor.source };
      others.set(analyte, isOfEarlier ? present : fact);
      earlier.set(analyte, isOfEarlier ? [fact] : []);
    }
  }
  return { ...nothing, others, earlier };
}

/** Somebody of whom this alone is known, in the words of the condition; an age in its unit. */
export function personWith({ fact, threshold }: Leaf, word: string): PersonFacts {
  switch (fact) {
    case 'age': {
      const number = Number(word);
      const isDays = threshold.kind === 'person-number' && threshold.unit === 'd';
      const [ageYears, ageDays] = isDays
        ? [Math.floor(number / DAYS_A_YEAR), number]
        : [number, Math.ceil(number * DAYS_A_YEAR)];
      return { ...UNKNOWN_PERSON, ageYears, ageDays };
    }
    case 'sex':
      return { ...UNKNOWN_PERSON, sex: word as PersonFacts['sex'] };
    case 'pregnant':
      return { ...UNKNOWN_PERSON, pregnant: word === 'true' };
    case 'care-setting':
      return { ...UNKNOWN_PERSON, careSetting: word as PersonFacts['careSetting'] };
    default:
      return { ...UNKNOWN_PERSON, answers: new Map([[fact, word === 'true']]) };
  }
}
