import { type Finding } from '../assessment/index.js';
import { type Admitted, type StoredResult } from '../people/index.js';
import { type RecordChange } from './clinical-store.js';
import { type PersonRecords } from './domain/person-records.js';
import { type Merge } from './merging.js';

/** What a message brought of a person of whom nothing was there before. */
export interface Firstlings {
  results: readonly StoredResult[];
  findings: readonly Finding[];
  /** Null where there are none. */
  records: PersonRecords | null;
}

/** Other than results. */
interface Besides {
  /** Records, told apart from those that came with a newcomer. */
  changes: readonly RecordChange[];
  /** Records of the message, all of them. */
  brought: readonly RecordChange[];
  merges: readonly Merge[];
  people: readonly Pick<Admitted, 'person' | 'isJudgedAnew'>[];
}

/** Whose level a message may have moved. */
export class MovedLevels {
  readonly #firstlings = new Map<string, Firstlings>();
  readonly #others = new Set<string>();

  /** Everything that is known of a newcomer came with this message. */
  first(personId: string, brought: Firstlings): void {
    this.#firstlings.set(personId, brought);
  }

  /** What is stored of this person must be looked at. */
  add(personId: string | null): void {
    if (personId !== null) this.#others.add(personId);
  }

  /** What moves levels besides results: records that came, changed or went from one person to another, merges, and what a Patient says. */
  gather({ changes, brought, merges, people }: Besides): void {
    for (const { before, after } of changes) {
      this.add(before?.personId ?? null);
      this.add(after.personId);
    }
    // With a newcomer's results their records have been told already.
    for (const { after } of brought)
      if (after.personId === null || !this.#firstlings.has(after.personId)) this.add(after.personId);
    for (const { to } of merges) this.add(to.id);
    for (const { person, isJudgedAnew } of people) if (isJudgedAnew) this.add(person.id);
  }

  get others(): ReadonlySet<string> {
    return this.#others;
  }

  /** All that there is of a newcomer; null where more than this message must be looked at. */
  allOf(personId: string): Firstlings | null {
    if (this.#others.has(personId)) return null;
    return this.#firstlings.get(personId) ?? { results: [], findings: [], records: null };
  }
}
