import { localDay, type MeasuredFact, type PersonFacts, UNKNOWN_PERSON } from '../../kernel/index.js';
import { type StoredMeasurement, type StoredResult } from '../../people/index.js';
import { isEvidence } from '../../people/domain/version-rank.js';
import { derive, type Formula } from '../../rules/domain/formula/formula.js';

/** One measurement in its place. */
interface Entry {
  at: number;
  identityKey: string;
  fact: MeasuredFact;
}

interface Measured {
  result: StoredResult;
  measurement: StoredMeasurement;
}

export type Place = Pick<StoredResult, 'at' | 'identityKey'>;

/**
 * A person's valid results, each analyte's in the order that decides which is earlier: by time, and at one instant by
 * identity, so that exactly one of two sees the other. The order of arrival plays no part.
 */
export class Timeline {
  readonly #byAnalyte = new Map<string, readonly Entry[]>();
  readonly #measured = new Map<string, readonly Entry[]>();
  #index: ReadonlyMap<string, readonly Measured[]> | null = null;

  /**
   * @param zone of the centre: derived values are of one day's results
   * @param personAt what is known of the person at an instant; asked only for values that are computed from it too
   */
  constructor(
    private readonly results: readonly StoredResult[],
    private readonly formulas: readonly Formula[],
    private readonly zone: string,
    private readonly personAt: (at: Date) => PersonFacts = () => UNKNOWN_PERSON,
  ) {}

  /** The derived value that a result completes; null when an input of its day is missing, or it was reported itself. */
  derivedWith(formula: Formula, { id }: StoredResult): MeasuredFact | null {
    const fact = this.#series(formula.id).find(({ fact }) => fact.source.observationId === id)?.fact;
    return fact?.from ? fact : null;
  }

  /** The latest result of an analyte up to a result, that one included. */
  latest(analyte: string, upTo: Place): MeasuredFact | null {
    const series = this.#series(analyte);
    let at = countUpTo(series, upTo) - 1;
    // Where one result measured an analyte twice its first measurement counts.
    while (at > 0 && isOfOne(series[at], series[at - 1])) at--;
    return series[at]?.fact ?? null;
  }

  /** The results of an analyte before one of them, newest first; what else that result measured is not before it. */
  before(analyte: string, { source }: MeasuredFact): MeasuredFact[] {
    const series = this.#series(analyte);
    const own = series.findIndex(({ fact }) => fact.source.observationId === source.observationId);
    return series
      .slice(0, Math.max(own, 0))
      .map(({ fact }) => fact)
      .reverse();
  }

  /** All results of an analyte, newest first. */
  all(analyte: string): MeasuredFact[] {
    return this.#series(analyte)
      .map(({ fact }) => fact)
      .reverse();
  }

  /** Put in order when it is first asked for: most rules look at one value alone. */
  #series(analyte: string): readonly Entry[] {
    let series = this.#byAnalyte.get(analyte);
    if (!series) {
      const formula = this.formulas.find(({ id }) => id === analyte);
      const reported = this.#gather(analyte);
      series = formula ? [...reported, ...this.#derive(formula, reported)].sort(inOrder) : reported;
      this.#byAnalyte.set(analyte, series);
    }
    return series;
  }

  /** With each result that a formula looks at: its value from the latest results of that day, once all are there. */
  #derive(formula: Formula, reported: readonly Entry[]): Entry[] {
    const entries = formula.inputs.flatMap(({ analyte }) => this.#gather(analyte)).sort(inOrder);
    const derived: Entry[] = [];
    let today = '';
    let latest = new Map<string, MeasuredFact>();
    entries.forEach((entry, i) => {
      const { fact } = entry;
      const day = localDay(fact.source.at, this.zone);
      if (day !== today) [today, latest] = [day, new Map<string, MeasuredFact>()];
      const known = latest.get(fact.measurement.analyte);
      // Where one result measured an analyte twice its first measurement counts.
      if (known?.source.observationId !== fact.source.observationId)
        latest.set(fact.measurement.analyte, fact);
      if (isOfOne(entry, entries[i + 1])) return;
      const isReported = reported.some(
        (one) => one.at <= entry.at && localDay(one.fact.source.at, this.zone) === day,
      );
      if (isReported) return;
      const person = 'call' in formula ? this.personAt(new Date(entry.at)) : UNKNOWN_PERSON;
      const value = derive(formula, latest, fact.source, person);
      if (value) derived.push({ ...entry, fact: value });
    });
    return derived;
  }

  #gather(analyte: string): readonly Entry[] {
    let entries = this.#measured.get(analyte);
    if (!entries) {
      const measured = this.#places().get(analyte) ?? [];
      entries = measured
        .map(({ result, measurement }) => ({
          at: result.at.getTime(),
          identityKey: result.identityKey,
          fact: toFact(result, measurement, analyte),
        }))
        .sort(inOrder);
      this.#measured.set(analyte, entries);
    }
    return entries;
  }

  /** Where each analyte was measured; gone through once. */
  #places(): ReadonlyMap<string, readonly Measured[]> {
    if (this.#index) return this.#index;
    const index = new Map<string, Measured[]>();
    for (const result of this.results) {
      if (!isEvidence(result.status)) continue;
      for (const measurement of result.measurements) {
        const { analyte, value } = measurement;
        if (analyte === null || value === null) continue;
        const known = index.get(analyte);
        if (known) known.push({ result, measurement });
        else index.set(analyte, [{ result, measurement }]);
      }
    }
    return (this.#index = index);
  }
}

export function toFact(result: StoredResult, measurement: StoredMeasurement, analyte: string): MeasuredFact {
  return {
    measurement: { ...measurement, analyte },
    source: {
      observationId: result.id,
      component: measurement.component,
      at: result.at.toISOString(),
      status: result.status,
    },
  };
}

function inOrder(a: Entry, b: Entry): number {
  if (a.at !== b.at) return a.at - b.at;
  if (a.identityKey !== b.identityKey) return a.identityKey < b.identityKey ? -1 : 1;
  return a.fact.source.component - b.fact.source.component;
}

/** How many entries are not after a place, by halving. */
function countUpTo(series: readonly Entry[], { at, identityKey }: Place): number {
  const time = at.getTime();
  let [low, high] = [0, series.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const entry = series[middle]!;
    const isAfter = entry.at > time || (entry.at === time && entry.identityKey > identityKey);
    if (isAfter) high = middle;
    else low = middle + 1;
  }
  return low;
}

function isOfOne(a: Entry | undefined, b: Entry | undefined): boolean {
  return a?.fact.source.observationId === b?.fact.source.observationId;
}
