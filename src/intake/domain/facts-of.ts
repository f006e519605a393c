import {
  type Facts,
  localDay,
  type MeasuredFact,
  NOTHING_EARLIER,
  type PersonFacts,
  UNKNOWN_PERSON,
} from '../../kernel/index.js';
import { type KnownPerson, type StoredResult } from '../../people/index.js';
import { type Lookup, PREGNANCY_STATUS } from '../../rules/domain/lookups.js';
import { type PersonRecords } from './person-records.js';
import { type Timeline } from './timeline.js';

/** Where the facts around a measurement come from. */
export interface FactSources {
  result: StoredResult;
  person: Pick<KnownPerson, 'sex'> | null;
  ageYears: number | null;
  ageDays: number | null;
  timeline: Timeline;
  records: PersonRecords | null;
  zone: string;
}

const NO_OTHERS: ReadonlyMap<string, MeasuredFact> = new Map();

/** All that the rules on the anchor's analyte look at. @param lookup undefined where they look at nothing else */
export function factsOf(anchor: MeasuredFact, sources: FactSources, lookup: Lookup | undefined): Facts {
  const { person, ageYears, ageDays, timeline, zone, result } = sources;
  const { pregnant, careSetting, answers } = UNKNOWN_PERSON;
  const plain: PersonFacts = { sex: person?.sex ?? null, ageYears, ageDays, pregnant, careSetting, answers };
  if (!lookup) return { person: plain, anchor, others: NO_OTHERS, earlier: NOTHING_EARLIER, zone };
  const others = new Map<string, MeasuredFact>();
  const rivals = new Map<string, readonly MeasuredFact[]>();
  for (const analyte of lookup.others) {
    const [latest, ...equallyLate] = timeline.latest(analyte, result).reverse();
    if (latest) others.set(analyte, latest);
    if (equallyLate.length > 0) rivals.set(analyte, equallyLate);
  }
  const earlier = new Map<string, MeasuredFact[]>();
  const earlierTied = new Map<string, number>();
  for (const analyte of lookup.earlier) {
    const current = analyte === anchor.measurement.analyte ? anchor : others.get(analyte);
    if (!current) continue;
    earlier.set(analyte, timeline.before(analyte, current));
    const tied = timeline.tiedBefore(analyte, current);
    if (tied > 1) earlierTied.set(analyte, tied);
  }
  const known = lookup.asked.size > 0 ? personFacts(plain, sources) : plain;
  const facts: Facts = { person: known, anchor, others, earlier, zone };
  if (rivals.size > 0) facts.rivals = rivals;
  if (earlierTied.size > 0) facts.earlierTied = earlierTied;
  return facts;
}

function personFacts(plain: PersonFacts, { result, records, timeline, zone }: FactSources): PersonFacts {
  return {
    ...plain,
    pregnant: pregnancy(timeline, result.at, zone),
    careSetting: records?.settingOf(encounterOf(result)) ?? null,
    answers: records?.answersAt(result.at) ?? plain.answers,
  };
}

/** What a result calls its encounter. */
export function encounterOf({ measurements }: StoredResult): string | undefined {
  return measurements[0]?.encounter;
}

function pregnancy(timeline: Timeline, at: Date, zone: string): boolean | null {
  return pregnantOn(at, timeline.all(PREGNANCY_STATUS), zone);
}

/** What the pregnancy status of the same day says; that of another day says nothing of today. */
export function pregnantOn(at: Date, statuses: readonly MeasuredFact[], zone: string): boolean | null {
  const today = localDay(at.toISOString(), zone);
  const status = statuses.find(({ source }) => localDay(source.at, zone) === today)?.measurement.value;
  if (status?.kind !== 'category') return null;
  if (status.category === 'pregnant') return true;
  return status.category === 'not-pregnant' ? false : null;
}
