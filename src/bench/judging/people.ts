import {
  type Facts,
  type MeasuredFact,
  NOTHING_EARLIER,
  type PersonFacts,
  UNKNOWN_PERSON,
} from '../../kernel/index.js';
import { type RuleSet } from '../../rules/domain/rule-set.js';
import { NO_CONTEXT } from '../../terminology/domain/context.js';
import { normalise } from '../../terminology/domain/normalise.js';
import { type Vocabulary } from '../../terminology/domain/vocabulary.js';
import { Bodies } from '../bodies.js';

/** One person of the workload: what was measured, as a message brings it. */
export interface Measured {
  person: PersonFacts & { sex: 'male' | 'female' };
  facts: readonly MeasuredFact[];
  byAnalyte: ReadonlyMap<string, MeasuredFact>;
}

interface Bundle {
  entry: { resource: fhir4.Patient | fhir4.Observation }[];
}

const AT = '2026-03-02T02:00:00.000Z';
const AGE_YEARS = 45;

/** People of the bench's own workload, read once: their bundles normalised by the vocabulary. */
export function measuredPeople(count: number, seed: string, vocabulary: Vocabulary): Measured[] {
  return new Bodies(seed, new Date(AT)).take(count).map(({ bytes }, person) => {
    const { entry } = JSON.parse(bytes.toString()) as Bundle;
    const facts = entry.flatMap(({ resource }, i) =>
      resource.resourceType === 'Observation' ? factsIn(resource, `${person}-${i}`, vocabulary) : [],
    );
    return {
      person: { ...UNKNOWN_PERSON, sex: person % 2 === 0 ? 'male' : 'female', ageYears: AGE_YEARS },
      facts,
      byAnalyte: new Map(facts.map((fact) => [fact.measurement.analyte, fact])),
    };
  });
}

function factsIn(resource: fhir4.Observation, id: string, vocabulary: Vocabulary): MeasuredFact[] {
  return normalise(resource, NO_CONTEXT, vocabulary).flatMap((measurement) => {
    const { analyte, component } = measurement;
    if (analyte === null || measurement.value === null) return [];
    const source = { observationId: id, component, at: AT, status: 'final' };
    return { measurement: { ...measurement, analyte }, source };
  });
}

/** What the rules on one measurement are handed, gathered as the service does: only what those rules look at. */
export function factsAround(anchor: MeasuredFact, { person, byAnalyte }: Measured, rules: RuleSet): Facts {
  const others = new Map<string, MeasuredFact>();
  for (const analyte of rules.lookups.of.get(anchor.measurement.analyte)?.others ?? []) {
    const other = byAnalyte.get(analyte);
    if (other) others.set(analyte, other);
  }
  return { person, anchor, others, earlier: NOTHING_EARLIER, zone: 'Asia/Shanghai' };
}

/** The number of an exact value; null for one that is uncertain, or no number. */
export function exactNumber({ measurement: { value } }: MeasuredFact): number | null {
  if (value?.kind !== 'number') return null;
  const { low, high, lowOpen, highOpen } = value.interval;
  return low !== null && low === high && !lowOpen && !highOpen ? Number(low) : null;
}
