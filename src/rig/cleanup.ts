/** What was started and made, to be stopped and dropped, last first. */
export class Cleanup {
  readonly #undo: { undo: () => unknown; evidence?: string }[] = [];

  /** Stops a process, closes a connection. */
  add(undo: () => unknown): void {
    this.#undo.push({ undo });
  }

  /** Removes what may tell what went wrong, logs and databases, from this place. */
  addEvidence(evidence: string, undo: () => unknown): void {
    this.#undo.push({ undo, evidence });
  }

  /** @returns the places where evidence was kept */
  async run({ keepsEvidence = false } = {}): Promise<string[]> {
    const kept: string[] = [];
    for (let next = this.#undo.pop(); next; next = this.#undo.pop()) {
      if (keepsEvidence && next.evidence !== undefined) kept.push(next.evidence);
      else await next.undo();
    }
    return kept;
  }

  /** The same when the process is interrupted, which it then ends. */
  onInterrupt(): this {
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.once(signal, () => void this.run().finally(() => process.exit(130)));
    return this;
  }
}
