import { closeSync, fdatasync, openSync } from 'node:fs';
import { promisify } from 'node:util';

const writeThrough = promisify(fdatasync);

/**
 * Writes SQLite's log through to the disk, off the thread that commits. A commit without it is whole, but in the memory of
 * the operating system: it outlives the process, not a power cut. One flush holds for everything that was committed
 * before it began.
 */
export class LogFlush {
  #current: Promise<void> | null = null;
  #next: Promise<void> | null = null;
  #fault: Error | null = null;

  /** @param flush writes through what the log holds at this moment */
  constructor(
    private readonly flush: () => Promise<void>,
    private readonly onFault: (fault: Error) => void,
  ) {}

  /** @param database the file; its log lies beside it while a connection is open */
  static of(database: string, onFault: (fault: Error) => void): LogFlush {
    return new LogFlush(async () => {
      // The event loop stands still while people are judged: one step beside it, not three, or the disk would wait for the loop.
      const log = openSync(`${database}-wal`, 'r');
      try {
        await writeThrough(log);
      } finally {
        closeSync(log);
      }
    }, onFault);
  }

  /**
   * Resolves when all that is committed by now is on the disk.
   * @throws Error when that can't be known; then never again does it resolve, since the operating system may take what it
   * could not write for written
   */
  committed(): Promise<void> {
    // The one under way may have begun before the commit; the one after it is everybody's who comes meanwhile.
    return (this.#next ??= this.#after(this.#current));
  }

  /** Resolves when the one under way is over: a commit that wrote into the log meanwhile would hold its thread up. */
  async quiet(): Promise<void> {
    await this.#current?.catch(() => undefined);
  }

  async #after(before: Promise<void> | null): Promise<void> {
    await before?.catch(() => undefined);
    this.#current = this.#next;
    this.#next = null;
    if (this.#fault) throw this.#fault;
    try {
      await this.flush();
    } catch (error) {
      this.#fault = error as Error;
      this.onFault(this.#fault);
      throw error;
    }
  }
}
