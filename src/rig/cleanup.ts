/** What was started and made, to be stopped and dropped, last first. */
export class Cleanup {
  readonly #undo: (() => unknown)[] = [];

  add(undo: () => unknown): void {
    this.#undo.push(undo);
  }

  async run(): Promise<void> {
    for (let undo = this.#undo.pop(); undo; undo = this.#undo.pop()) await undo();
  }

  /** The same when the process is interrupted, which it then ends. */
  onInterrupt(): this {
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.once(signal, () => void this.run().finally(() => process.exit(130)));
    return this;
  }
}
