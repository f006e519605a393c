/** A task as it is after a change: enough to move it in a list, nothing about its person. */
export interface TaskChange {
  id: string;
  version: number;
  updatedAt: Date;
}

/**
 * Tells new changes from those that were told already. Changes are looked for by the time they bear, which is that of the
 * beginning of their transaction: one that ends late appears behind those that are known. So each look goes back a
 * while, and what it finds again is passed over.
 */
export class ChangeWindow<Change extends TaskChange> {
  /** The version told last of each task that the next looks may find again. */
  readonly #told = new Map<string, { version: number; at: number }>();
  #latest: number;

  /** @param reachMs how far the longest look goes back */
  constructor(
    since: Date,
    private readonly reachMs: number,
  ) {
    this.#latest = since.getTime();
  }

  /** From where to look so far back from the latest change; from now, where a clock that was set back is behind it. */
  from(backMs: number, now: Date): Date {
    this.#latest = Math.min(this.#latest, now.getTime());
    return new Date(this.#latest - backMs);
  }

  /** What was not told yet, in the order given; it counts as told from now on. */
  take(found: readonly Change[]): Change[] {
    const fresh = found.filter((change) => {
      const told = this.#told.get(change.id);
      if (told && told.version >= change.version) return false;
      this.#told.set(change.id, { version: change.version, at: change.updatedAt.getTime() });
      return true;
    });
    for (const { updatedAt } of fresh) this.#latest = Math.max(this.#latest, updatedAt.getTime());
    if (fresh.length > 0) this.#forget();
    return fresh;
  }

  #forget(): void {
    for (const [id, { at }] of this.#told) if (at < this.#latest - this.reachMs) this.#told.delete(id);
  }
}
