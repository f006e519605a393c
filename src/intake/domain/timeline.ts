import { localDay, type MeasuredFact, type PersonFacts, UNKNOWN_PERSON } from '../../kernel/index.js';
import { type StoredMeasurement, type StoredResult } from '../../people/index.js';
import { isoText } from '../../people/domain/iso-text.js';
import { isEvidence } from '../../people/domain/version-rank.js';
import { derive, type Formula } from '../../rules/domain/formula/formula.js';
import { alternatives } from '../../rules/domain/rivals.js';
import {
  compareLateness,
  comparePlace,
  type Entry,
  EquallyLate,
  inOrder,
  isOfOne,
  Series,
} from './series.js';

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
  readonly #byAnalyte = new Map<string, Series>();
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
    return this.#series(formula.id)
      .ofResult(id)
      .filter(({ from }) => from !== undefined);
  }

  /** The latest result of an analyte up to a result, that one included; before it those that are equally late. */
  latest(analyte: string, upTo: Place): MeasuredFact[] {
    const series = this.#series(analyte);
    return series.latest(countUpTo(series.entries, upTo));
  }

  /** The latest results of an analyte: the last, and before it those that are equally late and say something else. */
  last(analyte: string): MeasuredFact[] {
    return this.#series(analyte).latest();
  }

  /** The results of an analyte before one of them, newest first; what else that result measured is not before it. */
  before(analyte: string, { source }: MeasuredFact): MeasuredFact[] {
    return this.#series(analyte).before(source.observationId);
  }

  /** How many of the newest before a result are equally late, which only identity tells apart; 0 where there are none. */
  tiedBefore(analyte: string, { source }: MeasuredFact): number {
    return this.#series(analyte).tiedBefore(source.observationId);
  }

  /** All results of an analyte, newest first. */
  all(analyte: string): readonly MeasuredFact[] {
    return this.#series(analyte).newestFirst;
  }

  /** Of each day the last results of an analyte: those that are equally late are several. */
  lastOfEachDay(analyte: string): { day: string; facts: MeasuredFact[] }[] {
    const days: { day: string; last: Entry; facts: MeasuredFact[] }[] = [];
    for (const entry of this.#series(analyte).entries) {
      const day = localDay(entry.fact.source.at, this.zone);
      const known = days.at(-1);
      if (known?.day !== day) days.push({ day, last: entry, facts: [entry.fact] });
      else if (compareLateness(known.last, entry) === 0) known.facts.push(entry.fact);
      else days[days.length - 1] = { day, last: entry, facts: [entry.fact] };
    }
    return days;
  }

  /** Put in order when it is first asked for: most rules look at one value alone. */
  #series(analyte: string): Series {
    let series = this.#byAnalyte.get(analyte);
    if (!series) {
      const formula = this.formulas.find(({ id }) => id === analyte);
      const reported = this.#gather(analyte);
      series = new Series(
        formula ? [...reported, ...this.#derive(formula, reported)].sort(inOrder) : reported,
      );
      this.#byAnalyte.set(analyte, series);
    }
    return series;
  }

  /** With each result that a formula looks at: its value from the latest results of that day, once all are there. */
  #derive(formula: Formula, reported: readonly Entry[]): Entry[] {
    const entries = formula.inputs.flatMap(({ analyte }) => this.#gather(analyte)).sort(inOrder);
    const derived: Entry[] = [];
    let today = '';
    let soFar = new Map<string, EquallyLate>();
    const firstReported = new Map<string, number>();
    for (const { at, fact } of reported) {
      const day = localDay(fact.source.at, this.zone);
      if (!firstReported.has(day)) firstReported.set(day, at);
    }
    entries.forEach((entry, i) => {
      const { fact } = entry;
      const { analyte } = fact.measurement;
      const day = localDay(fact.source.at, this.zone);
      if (day !== today) [today, soFar] = [day, new Map<string, EquallyLate>()];
      const before = soFar.get(analyte);
      if (before?.isJoinedBy(entry)) before.add(entry);
      else soFar.set(analyte, new EquallyLate(entry));
      if (!isComplete(formula, soFar)) return;
      if (isOfOne(entry, entries[i + 1]) || (firstReported.get(day) ?? Infinity) <= entry.at) return;
      const person = 'call' in formula ? this.personAt(new Date(entry.at)) : UNKNOWN_PERSON;
      for (const latest of waysOf(soFar, fact.source.observationId)) {
        const value = derive(formula, latest, fact.source, person);
        if (value)
          derived.push({ at: entry.at, issued: entry.issued, identityKey: entry.identityKey, fact: value });
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

/** Whether everything is there that the formula cannot do without. */
function isComplete({ inputs }: Formula, soFar: ReadonlyMap<string, unknown>): boolean {
  return inputs.every(({ analyte, isOptional }) => isOptional || soFar.has(analyte));
}

/** The latest values of a day in every way in which those that are equally late go together, with one result among them. */
function waysOf(
  soFar: ReadonlyMap<string, EquallyLate>,
  withResult: string,
): ReadonlyMap<string, MeasuredFact>[] {
  const latest = new Map<string, MeasuredFact>();
  const rivals = new Map<string, MeasuredFact[]>();
  for (const [analyte, late] of soFar) {
    const { last } = late;
    latest.set(analyte, last);
    if (last.source.observationId === withResult) continue;
    const others = late.distinct().slice(0, -1).reverse();
    if (others.length > 0) rivals.set(analyte, others);
  }
  return alternatives(latest, latest.keys(), rivals);
}
