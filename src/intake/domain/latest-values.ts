import { type MeasuredFact, type PersonFacts } from '../../kernel/index.js';
import { type LastOfDay } from '../../assessment/domain/seen-on.js';
import { countsAt } from '../../people/domain/result-time.js';
import { isValidValue } from '../../people/domain/stored-result.js';
import { type StoredMeasurement, type StoredResult } from '../../people/index.js';
import { type Formula } from '../../rules/domain/formula/formula.js';
import { distinctReadings, type Rivals } from '../../rules/domain/rivals.js';
import { compareLateness } from './series.js';
import { Timeline, toFact } from './timeline.js';

/** What levels are judged on: of each analyte the latest valid value, conclusions by what was examined. */
export interface LatestValues {
  /** By analyte; derived values among them. Of conclusions the latest of all. */
  facts: ReadonlyMap<string, MeasuredFact>;
  /** What is equally late and says something else, by analyte: levels are asked of each. */
  rivals: Rivals;
  /** The latest conclusion of each kind of examination. */
  conclusions: readonly MeasuredFact[];
  /** Whether a measurement is the latest of its kind: a finding made from it counts for the level. */
  isLatest: (observationId: string, component: number) => boolean;
  /** Analytes of which a result is registered that is later than the latest value. */
  awaited: ReadonlySet<string>;
  /** The instant of the latest value, for what depends on the day; null where nothing was measured. */
  asOf: Date | null;
  /** The last values of an analyte on each day; put together when they are first asked for. */
  daysOf: (analyte: string) => readonly LastOfDay[];
}

interface Latest {
  result: StoredResult;
  measurement: StoredMeasurement;
  analyte: string;
}

/**
 * @param all a person's results, or at least the latest of each analyte and all of the analytes that formulas look at
 * @param wanted the analytes whose values are asked for
 * @param zone of the centre
 * @param personAt what is known of the person at an instant, for values that are computed from it too
 */
export function latestValues(
  all: readonly StoredResult[],
  wanted: ReadonlySet<string>,
  formulas: readonly Formula[],
  zone: string,
  personAt?: (at: Date) => PersonFacts,
): LatestValues {
  const results = all.map(asItCounts);
  const { latest, registered } = latestOf(results);
  const facts = new Map<string, MeasuredFact>();
  const rivals = new Map<string, readonly MeasuredFact[]>();
  const read: Latest[] = [];
  let asOf: Date | null = null;
  for (const tied of latest.values()) {
    const { result, measurement, analyte } = tied.at(-1)!;
    if (asOf === null || result.at > asOf) asOf = result.at;
    // What is outside its own report's interval may count without a rule of its own.
    if (!wanted.has(analyte) && !tied.some((one) => one.measurement.beyond)) continue;
    if (measurement.value?.kind === 'text') read.push(...tied);
    else addLast(facts, rivals, analyte, tied.map(factOf));
  }
  read.sort((a, b) => (isLater(a.result, b.result) ? 1 : -1));
  const conclusions = read.map(factOf);
  for (const conclusion of conclusions) facts.set(conclusion.measurement.analyte, conclusion);
  const isDerived = new Set<string>();
  // Asked of what findings were made from; most people have none.
  let places: ReadonlySet<string> | null = null;
  const timeline = new Timeline(results, formulas, zone, personAt);
  for (const { id } of formulas) {
    // The latest derived value counts where the laboratory has reported none since.
    const derived = timeline.last(id);
    if (derived.length > 0) addLast(facts, rivals, id, derived);
    for (const { source } of derived) isDerived.add(placeOf(source.observationId, source.component));
  }
  // What is registered at the same moment is not in yet either.
  const awaited = registered.filter(({ analyte, result }) => {
    const known = latest.get(analyte)?.[0];
    return !known || result.at >= known.result.at;
  });
  return {
    facts,
    rivals,
    conclusions,
    awaited: new Set(awaited.map(({ analyte }) => analyte)),
    isLatest: (id, component) => {
      places ??= placesOf([...latest.values()].flat());
      return isDerived.has(placeOf(id, component)) || places.has(placeOf(id, component));
    },
    asOf,
    daysOf: (analyte) => timeline.lastOfEachDay(analyte),
  };
}

/** @param equallyLate the last stands for its analyte, the others beside it */
function addLast(
  facts: Map<string, MeasuredFact>,
  rivals: Map<string, readonly MeasuredFact[]>,
  analyte: string,
  equallyLate: readonly MeasuredFact[],
): void {
  const [last, ...others] = distinctReadings(equallyLate).reverse();
  facts.set(analyte, last!);
  if (others.length > 0) rivals.set(analyte, others);
  else rivals.delete(analyte);
}

/**
 * By analyte, and of conclusions by what was examined: the latest, and before it what is equally late; and what is
 * registered without a value yet. Words that could not be read as one of the analyte's categories hide none that was
 * read, before or since.
 */
function latestOf(results: readonly StoredResult[]) {
  const latest = new Map<string, Latest[]>();
  const registered: { analyte: string; result: StoredResult }[] = [];
  for (const result of results) {
    for (const measurement of result.measurements) {
      const { analyte } = measurement;
      if (analyte === null) continue;
      if (result.status === 'registered') registered.push({ analyte, result });
      if (!isValidValue(result, measurement)) continue;
      const kind = measurement.value?.kind === 'text' ? `${analyte} ${result.codes}` : analyte;
      const known = latest.get(kind);
      const later = known ? compareResults(result, known[0]!.result) : 1;
      if (later > 0) latest.set(kind, [{ result, measurement, analyte }]);
      // Where one result measured an analyte twice its first measurement counts.
      else if (later === 0 && known!.at(-1)!.result.id !== result.id)
        known!.push({ result, measurement, analyte });
    }
  }
  for (const [kind, [one]] of latest)
    if (kind !== one!.analyte && latest.has(one!.analyte)) latest.delete(kind);
  for (const tied of latest.values())
    if (tied.length > 1) tied.sort((a, b) => (isLater(a.result, b.result) ? 1 : -1));
  return { latest, registered };
}

function asItCounts(result: StoredResult): StoredResult {
  const at = countsAt(result);
  return at === result.at ? result : { ...result, at };
}

function factOf({ result, measurement, analyte }: Latest): MeasuredFact {
  return toFact(result, measurement, analyte);
}

/** What is equally late has an order too: no order of arrival decides which of them is told first. */
function isLater(a: StoredResult, b: StoredResult): boolean {
  const later = compareResults(a, b);
  return later === 0 ? a.identityKey > b.identityKey : later > 0;
}

function compareResults(a: StoredResult, b: StoredResult): number {
  // The results of one visit share their instants.
  if (a.at === b.at && a.issued === b.issued) return 0;
  return compareLateness(
    { at: a.at.getTime(), issued: a.issued?.getTime() ?? -Infinity },
    { at: b.at.getTime(), issued: b.issued?.getTime() ?? -Infinity },
  );
}

function placesOf(latest: readonly Latest[]): Set<string> {
  return new Set(latest.map(({ result, measurement }) => placeOf(result.id, measurement.component)));
}

function placeOf(observationId: string, component: number): string {
  return `${observationId} ${component}`;
}
