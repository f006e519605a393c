import { type MeasuredFact, type PersonFacts } from '../../kernel/index.js';
import { isValidValue } from '../../people/domain/stored-result.js';
import { type StoredMeasurement, type StoredResult } from '../../people/index.js';
import { type Formula } from '../../rules/domain/formula/formula.js';
import { Timeline, toFact } from './timeline.js';

/** What levels are judged on: of each analyte the latest valid value, conclusions by what was examined. */
export interface LatestValues {
  /** By analyte; derived values among them. Of conclusions the latest of all. */
  facts: ReadonlyMap<string, MeasuredFact>;
  /** The latest conclusion of each kind of examination. */
  conclusions: readonly MeasuredFact[];
  /** Whether a measurement is the latest of its kind: a finding made from it counts for the level. */
  isLatest: (observationId: string, component: number) => boolean;
  /** Analytes of which a result is registered that is later than the latest value. */
  awaited: ReadonlySet<string>;
  /** The instant of the latest value, for what depends on the day; null where nothing was measured. */
  asOf: Date | null;
}

interface Latest {
  result: StoredResult;
  measurement: StoredMeasurement;
  analyte: string;
}

/**
 * @param results a person's results, or at least the latest of each analyte and all of the analytes that formulas look at
 * @param wanted the analytes whose values are asked for
 * @param zone of the centre
 * @param personAt what is known of the person at an instant, for values that are computed from it too
 */
export function latestValues(
  results: readonly StoredResult[],
  wanted: ReadonlySet<string>,
  formulas: readonly Formula[],
  zone: string,
  personAt?: (at: Date) => PersonFacts,
): LatestValues {
  const { latest, registered } = latestOf(results);
  const facts = new Map<string, MeasuredFact>();
  const read: Latest[] = [];
  let last: StoredResult | null = null;
  for (const one of latest.values()) {
    const { result, measurement, analyte } = one;
    if (!last || isLater(result, last)) last = result;
    // What is outside its own report's interval may count without a rule of its own.
    if (!wanted.has(analyte) && !measurement.beyond) continue;
    if (measurement.value?.kind === 'text') read.push(one);
    else facts.set(analyte, toFact(result, measurement, analyte));
  }
  read.sort((a, b) => (isLater(a.result, b.result) ? 1 : -1));
  const conclusions = read.map(({ result, measurement, analyte }) => toFact(result, measurement, analyte));
  for (const conclusion of conclusions) facts.set(conclusion.measurement.analyte, conclusion);
  const isDerived = new Set<string>();
  if (formulas.length > 0) {
    const timeline = new Timeline(resultsFor(formulas, results), formulas, zone, personAt);
    addDerived(facts, isDerived, timeline, formulas);
  }
  const awaited = registered.filter(({ analyte, result }) => {
    const known = latest.get(analyte);
    return !known || isLater(result, known.result);
  });
  return {
    facts,
    conclusions,
    awaited: new Set(awaited.map(({ analyte }) => analyte)),
    // Asked of the few results that findings were made from.
    isLatest: (id, component) =>
      isDerived.has(placeOf(id, component)) ||
      [...latest.values()].some(
        ({ result, measurement }) => result.id === id && measurement.component === component,
      ),
    asOf: last && last.at,
  };
}

/**
 * By analyte, and of conclusions by what was examined; and what is registered without a value yet. Words that
 * could not be read as one of the analyte's categories hide none that was read, before or since.
 */
function latestOf(results: readonly StoredResult[]) {
  const latest = new Map<string, Latest>();
  const registered: { analyte: string; result: StoredResult }[] = [];
  for (const result of results) {
    for (const measurement of result.measurements) {
      const { analyte } = measurement;
      if (analyte === null) continue;
      if (result.status === 'registered') registered.push({ analyte, result });
      if (!isValidValue(result, measurement)) continue;
      const kind = measurement.value?.kind === 'text' ? `${analyte} ${result.codes}` : analyte;
      const known = latest.get(kind);
      // Where one result measured an analyte twice its first measurement counts.
      if (!known || isLater(result, known.result)) latest.set(kind, { result, measurement, analyte });
    }
  }
  for (const [kind, { analyte }] of latest) if (kind !== analyte && latest.has(analyte)) latest.delete(kind);
  return { latest, registered };
}

/** The results that formulas look at, or that report their values. */
function resultsFor(formulas: readonly Formula[], results: readonly StoredResult[]): StoredResult[] {
  const analytes = new Set(
    formulas.flatMap(({ id, inputs }) => [id, ...inputs.map(({ analyte }) => analyte)]),
  );
  return results.filter(({ measurements }) =>
    measurements.some(({ analyte }) => analyte !== null && analytes.has(analyte)),
  );
}

/** The latest derived value counts where the laboratory has reported none since. */
function addDerived(
  facts: Map<string, MeasuredFact>,
  isDerived: Set<string>,
  timeline: Timeline,
  formulas: readonly Formula[],
): void {
  for (const { id } of formulas) {
    const [derived] = timeline.all(id);
    if (!derived) continue;
    facts.set(id, derived);
    isDerived.add(placeOf(derived.source.observationId, derived.source.component));
  }
}

function isLater(a: StoredResult, b: StoredResult): boolean {
  if (a.id === b.id) return false;
  const [one, other] = [a.at.getTime(), b.at.getTime()];
  return one === other ? a.identityKey > b.identityKey : one > other;
}

function placeOf(observationId: string, component: number): string {
  return `${observationId} ${component}`;
}
