import { type MeasuredFact } from '../../kernel/index.js';
import { isValidValue, type StoredResult } from '../../people/index.js';
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
  fact: MeasuredFact;
}

/**
 * @param results a person's results, or at least the latest of each analyte and all of the analytes that formulas look at
 * @param zone of the centre
 */
export function latestValues(
  results: readonly StoredResult[],
  formulas: readonly Formula[],
  zone: string,
): LatestValues {
  const latest = new Map<string, Latest>();
  const registered: { analyte: string; result: StoredResult }[] = [];
  for (const result of results) {
    for (const measurement of result.measurements) {
      const { analyte, value } = measurement;
      if (analyte !== null && result.status === 'registered') registered.push({ analyte, result });
      if (analyte === null || value === null || !isValidValue(result, measurement)) continue;
      const kind = value.kind === 'text' ? `${analyte} ${result.codes}` : analyte;
      const known = latest.get(kind);
      // Where one result measured an analyte twice its first measurement counts.
      if (known && !isLater(result, known.result)) continue;
      latest.set(kind, { result, fact: toFact(result, measurement, analyte) });
    }
  }
  const facts = new Map<string, MeasuredFact>();
  const conclusions: MeasuredFact[] = [];
  const isLatest = new Set<string>();
  let asOf: Date | null = null;
  const inOrder = [...latest.values()].sort((a, b) => (isLater(a.result, b.result) ? 1 : -1));
  for (const { result, fact } of inOrder) {
    facts.set(fact.measurement.analyte, fact);
    if (fact.measurement.value?.kind === 'text') conclusions.push(fact);
    isLatest.add(placeOf(fact.source.observationId, fact.source.component));
    asOf = result.at;
  }
  if (formulas.length > 0) addDerived(facts, isLatest, new Timeline(results, formulas, zone), formulas);
  const awaited = registered.filter(({ analyte, result }) => {
    const known = latest.get(analyte);
    return !known || isLater(result, known.result);
  });
  return {
    facts,
    conclusions,
    awaited: new Set(awaited.map(({ analyte }) => analyte)),
    isLatest: (id, component) => isLatest.has(placeOf(id, component)),
    asOf,
  };
}

/** The latest derived value counts where the laboratory has reported none since. */
function addDerived(
  facts: Map<string, MeasuredFact>,
  isLatest: Set<string>,
  timeline: Timeline,
  formulas: readonly Formula[],
): void {
  for (const { id } of formulas) {
    const [derived] = timeline.all(id);
    if (!derived) continue;
    facts.set(id, derived);
    isLatest.add(placeOf(derived.source.observationId, derived.source.component));
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
