import { type Finding } from '../assessment/index.js';
import { type StoredResult } from '../people/index.js';

/** What a message brought of a person of whom nothing was there before. */
export interface Firstlings {
  results: readonly StoredResult[];
  findings: readonly Finding[];
  hasRecords: boolean;
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

  /** A record of a person: with a newcomer's results it has been told already. */
  addUnlessFirst(personId: string | null): void {
    if (personId === null || !this.#firstlings.has(personId)) this.add(personId);
  }

  /** A record came, or changed, or went from one person to another. */
  note(before: { personId: string | null } | null, after: { personId: string | null }): void {
    this.add(before?.personId ?? null);
    this.add(after.personId);
  }

  get others(): ReadonlySet<string> {
    return this.#others;
  }

  /** All that there is of a newcomer; null where more than this message must be looked at. */
  allOf(personId: string): Firstlings | null {
    if (this.#others.has(personId)) return null;
    return this.#firstlings.get(personId) ?? { results: [], findings: [], hasRecords: false };
  }
}
