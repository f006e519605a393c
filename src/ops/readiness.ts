import { Inject, Injectable } from '@nestjs/common';
import { Reader } from '../database/index.js';

/** Why the service can't take results now, in a few words; null when it can. */
export type ReadinessCheck = () => string | null | Promise<string | null>;

const PATIENCE_MS = 3_000;

/** Whether results can be taken: the database answers, and whatever else a room has registered. */
@Injectable()
export class Readiness {
  readonly #checks = new Map<string, ReadinessCheck>();

  constructor(@Inject(Reader) private readonly reader: Reader) {
    // Migrations are done before anything is constructed: a reader exists only on a migrated database.
    this.register('database', async () => {
      await this.reader.query('SELECT 1 AS one FROM data_key WHERE 1 = 0');
      return null;
    });
  }

  register(name: string, check: ReadinessCheck): void {
    this.#checks.set(name, check);
  }

  /** Each check with its trouble; null is well. */
  async ask(): Promise<{ isReady: boolean; checks: Record<string, string | null> }> {
    const asked = [...this.#checks].map(async ([name, check]) => [name, await this.#within(check)] as const);
    const checks = Object.fromEntries(await Promise.all(asked));
    return { isReady: Object.values(checks).every((trouble) => trouble === null), checks };
  }

  async #within(check: ReadinessCheck): Promise<string | null> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<string>((resolve) => {
      timer = setTimeout(() => resolve('does not answer'), PATIENCE_MS);
    });
    try {
      return await Promise.race([Promise.resolve().then(check), late]);
    } catch {
      return 'fails';
    } finally {
      clearTimeout(timer);
    }
  }
}
