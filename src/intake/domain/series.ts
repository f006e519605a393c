import { type MeasuredFact } from '../../kernel/index.js';
import { readingOf } from '../../rules/domain/rivals.js';

/** One measurement in its place. */
export interface Entry {
  at: number;
  /** -Infinity where the sender does not say. */
  issued: number;
  identityKey: string;
  fact: MeasuredFact;
}

/** An analyte's measurements in their order, and where each result stands among them: each is asked for its earlier ones. */
export class Series {
  readonly newestFirst: readonly MeasuredFact[];
  /** The place of the first measurement of each result. */
  readonly #places = new Map<string, number>();
  /** Of each place the first that is equally late. */
  readonly #tiedFrom: number[] = [];

  constructor(readonly entries: readonly Entry[]) {
    this.newestFirst = entries.map(({ fact }) => fact).reverse();
    for (const [place, entry] of entries.entries()) {
      const { observationId } = entry.fact.source;
      if (!this.#places.has(observationId)) this.#places.set(observationId, place);
      const isTied = place > 0 && compareLateness(entries[place - 1]!, entry) === 0;
      this.#tiedFrom.push(isTied ? this.#tiedFrom[place - 1]! : place);
    }
  }

  /** What one result measured. */
  ofResult(observationId: string): MeasuredFact[] {
    const facts: MeasuredFact[] = [];
    // What one result measured stands together.
    for (let place = this.#placeOf(observationId); place < this.entries.length; place++) {
      const { fact } = this.entries[place]!;
      if (fact.source.observationId !== observationId) break;
      facts.push(fact);
    }
    return facts;
  }

  /** The last up to a place, and before it what is equally late and says something else. */
  latest(end = this.entries.length): MeasuredFact[] {
    if (end === 0) return [];
    const from = this.#tiedFrom[end - 1]!;
    const late = new EquallyLate(this.entries[from]!);
    for (let place = from + 1; place < end; place++) late.add(this.entries[place]!);
    return late.distinct();
  }

  /** What stands before a result, newest first. */
  before(observationId: string): MeasuredFact[] {
    return this.newestFirst.slice(this.entries.length - this.#placeOf(observationId));
  }

  /** How many of the newest before a result are equally late. */
  tiedBefore(observationId: string): number {
    const own = this.#placeOf(observationId);
    return own === 0 ? 0 : own - this.#tiedFrom[own - 1]!;
  }

  #placeOf(observationId: string): number {
    return this.#places.get(observationId) ?? 0;
  }
}

/** Measurements that only identity tells apart, as they come. */
export class EquallyLate {
  readonly #facts: MeasuredFact[];
  #last: Entry;
  /** Without those that say the same as a later one; most stand alone, and are not held against others. */
  readonly #distinct = new Map<string, MeasuredFact>();
  #compared = 0;

  constructor(first: Entry) {
    this.#facts = [first.fact];
    this.#last = first;
  }

  isJoinedBy(entry: Entry): boolean {
    return compareLateness(this.#last, entry) === 0;
  }

  /** Where one result measured twice its first measurement counts. */
  add(entry: Entry): void {
    const isAgain = entry.fact.from === undefined && isOfOne(entry, this.#last);
    this.#last = entry;
    if (!isAgain) this.#facts.push(entry.fact);
  }

  get last(): MeasuredFact {
    return this.#facts.at(-1)!;
  }

  /** The last, and before it those that say something else. */
  distinct(): MeasuredFact[] {
    if (this.#facts.length < 2) return [...this.#facts];
    for (; this.#compared < this.#facts.length; this.#compared++) {
      const fact = this.#facts[this.#compared]!;
      const reading = readingOf(fact);
      this.#distinct.delete(reading);
      this.#distinct.set(reading, fact);
    }
    return [...this.#distinct.values()];
  }
}

/** Of two results the later: by time, then by when they were issued; 0 where they are equally late. */
export function compareLateness(
  a: { at: number; issued: number },
  b: { at: number; issued: number },
): number {
  // No difference of the two: both may be without bounds.
  return a.at - b.at || (a.issued === b.issued ? 0 : a.issued - b.issued);
}

export function inOrder(a: Entry, b: Entry): number {
  return comparePlace(a, b) || a.fact.source.component - b.fact.source.component;
}

export function comparePlace(a: Omit<Entry, 'fact'>, b: Omit<Entry, 'fact'>): number {
  const later = compareLateness(a, b);
  if (later !== 0 || a.identityKey === b.identityKey) return later;
  return a.identityKey < b.identityKey ? -1 : 1;
}

export function isOfOne(a: Entry | undefined, b: Entry | undefined): boolean {
  return a?.fact.source.observationId === b?.fact.source.observationId;
}
