import { localDay, type MeasuredFact, type PersonFacts, UNKNOWN_PERSON } from '../../kernel/index.js';
import { type StoredMeasurement, type StoredResult } from '../../people/index.js';
import { isoText } from '../../people/domain/iso-text.js';
import { isEvidence } from '../../people/domain/version-rank.js';
import { derive, type Formula } from '../../rules/domain/formula/formula.js';
import { alternatives, distinctReadings } from '../../rules/domain/rivals.js';

/** One measurement in its place. */
interface Entry {
  at: number;
  /** -Infinity where the sender does not say. */
  issued: number;
  identityKey: string;
  fact: MeasuredFact;
}

interface Measured {
  result: StoredResult;
  measurement: StoredMeasurement;
}

export type Place = Pick<StoredResult, 'at' | 'issued' | 'identityKey'>;

/**
 * A person's valid results, each analyte's in the order that decides which is earlier: by time, at one instant by when
 * they were issued, then by identity, so that exactly one of two sees the other. The order of arrival plays no part.
 * What only identity tells apart is equally late: none of it hides another (see `rivals`).
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

  /**
   * The derived values that a result completes: one, or one for each of several inputs that are equally late; none when
   * an input of its day is missing, or it was reported itself.
   */
  derivedWith(formula: Formula, { id }: StoredResult): MeasuredFact[] {
    const own = this.#series(formula.id).filter(({ fact }) => fact.source.observationId === id);
    return own.map(({ fact }) => fact).filter(({ from }) => from !== undefined);
  }

  /** The latest result of an analyte up to a result, that one included; before it those that are equally late. */
  latest(analyte: string, upTo: Place): MeasuredFact[] {
    const series = this.#series(analyte);
    return equallyLate(series, countUpTo(series, upTo));
  }

  /** The latest results of an analyte: the last, and before it those that are equally late and say something else. */
  last(analyte: string): MeasuredFact[] {
    return equallyLate(this.#series(analyte));
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

  /** How many of the newest before a result are equally late, which only identity tells apart; 0 where there are none. */
  tiedBefore(analyte: string, { source }: MeasuredFact): number {
    const series = this.#series(analyte);
    const own = series.findIndex(({ fact }) => fact.source.observationId === source.observationId);
    let from = Math.max(own, 0);
    while (from > 0 && compareLateness(series[from - 1]!, series[own - 1]!) === 0) from--;
    return Math.max(own, 0) - from;
  }

  /** All results of an analyte, newest first. */
  all(analyte: string): MeasuredFact[] {
    return this.#series(analyte)
      .map(({ fact }) => fact)
      .reverse();
  }

  /** Of each day the last results of an analyte: those that are equally late are several. */
  lastOfEachDay(analyte: string): { day: string; facts: MeasuredFact[] }[] {
    const days: { day: string; last: Entry; facts: MeasuredFact[] }[] = [];
    for (const entry of this.#series(analyte)) {
      const day = localDay(entry.fact.source.at, this.zone);
      const known = days.at(-1);
      if (known?.day !== day) days.push({ day, last: entry, facts: [entry.fact] });
      else if (compareLateness(known.last, entry) === 0) known.facts.push(entry.fact);
      else days[days.length - 1] = { day, last: entry, facts: [entry.fact] };
    }
    return days;
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
    let soFar = new Map<string, Entry[]>();
    entries.forEach((entry, i) => {
      const { fact } = entry;
      const { analyte } = fact.measurement;
      const day = localDay(fact.source.at, this.zone);
      if (day !== today) [today, soFar] = [day, new Map<string, Entry[]>()];
      const before = soFar.get(analyte);
      if (before && compareLateness(before[0]!, entry) === 0) before.push(entry);
      else soFar.set(analyte, [entry]);
      if (isOfOne(entry, entries[i + 1])) return;
      const isReported = reported.some(
        (one) => one.at <= entry.at && localDay(one.fact.source.at, this.zone) === day,
      );
      if (isReported) return;
      const person = 'call' in formula ? this.personAt(new Date(entry.at)) : UNKNOWN_PERSON;
      for (const latest of waysOf(soFar, fact.source.observationId)) {
        const value = derive(formula, latest, fact.source, person);
        if (value) derived.push({ ...entry, fact: value });
      }
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
          issued: result.issued?.getTime() ?? -Infinity,
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
    measurement: isOf(measurement, analyte) ? measurement : { ...measurement, analyte },
    source: {
      observationId: result.id,
      component: measurement.component,
      at: isoText(result.at),
      status: result.status,
    },
  };
}

function isOf<M extends StoredMeasurement>(
  measurement: M,
  analyte: string,
): measurement is M & { analyte: string } {
  return measurement.analyte === analyte;
}

/** Of two results the later: by time, then by when they were issued; 0 where they are equally late. */
export function compareLateness(
  a: { at: number; issued: number },
  b: { at: number; issued: number },
): number {
  // No difference of the two: both may be without bounds.
  return a.at - b.at || (a.issued === b.issued ? 0 : a.issued - b.issued);
}

function inOrder(a: Entry, b: Entry): number {
  return comparePlace(a, b) || a.fact.source.component - b.fact.source.component;
}

function comparePlace(a: Omit<Entry, 'fact'>, b: Omit<Entry, 'fact'>): number {
  const later = compareLateness(a, b);
  if (later !== 0 || a.identityKey === b.identityKey) return later;
  return a.identityKey < b.identityKey ? -1 : 1;
}

/** How many entries are not after a place, by halving. */
function countUpTo(series: readonly Entry[], { at, issued, identityKey }: Place): number {
  const place = { at: at.getTime(), issued: issued?.getTime() ?? -Infinity, identityKey };
  let [low, high] = [0, series.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (comparePlace(series[middle]!, place) > 0) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The last of a series, and before it what is equally late; where one result measured twice its first measurement counts. */
function equallyLate(series: readonly Entry[], end = series.length): MeasuredFact[] {
  let from = end;
  while (from > 0 && compareLateness(series[from - 1]!, series[end - 1]!) === 0) from--;
  const late = series.slice(from, end);
  const firsts = late.filter((entry, at) => entry.fact.from !== undefined || !isOfOne(entry, late[at - 1]));
  return distinctReadings(firsts.map(({ fact }) => fact));
}

/** The latest values of a day in every way in which those that are equally late go together, with one result among them. */
function waysOf(
  soFar: ReadonlyMap<string, readonly Entry[]>,
  withResult: string,
): ReadonlyMap<string, MeasuredFact>[] {
  const latest = new Map<string, MeasuredFact>();
  const rivals = new Map<string, MeasuredFact[]>();
  for (const [analyte, entries] of soFar) {
    const [last, ...others] = equallyLate(entries).reverse();
    latest.set(analyte, last!);
    if (others.length > 0 && last!.source.observationId !== withResult) rivals.set(analyte, others);
  }
  return alternatives(latest, latest.keys(), rivals);
}

function isOfOne(a: Entry | undefined, b: Entry | undefined): boolean {
  return a?.fact.source.observationId === b?.fact.source.observationId;
}
