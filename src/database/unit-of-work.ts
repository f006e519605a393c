import { AsyncLocalStorage } from 'node:async_hooks';
import { type DataSource, type EntityManager, type QueryRunner } from 'typeorm';
import { type DatabaseKind } from '../config/index.js';
import { AppError } from '../kernel/index.js';
import { DIALECTS, isUnavailable } from './dialect.js';

const ATTEMPTS = 6;
const FIRST_PAUSE_MS = 5;
/** Enough to share a disk flush among the clients that wait; few enough that nobody waits for long. */
const LARGEST_GROUP = 16;

interface Waiting {
  work: (manager: EntityManager) => Promise<unknown>;
  resolve: (value: unknown) => void;
  reject: (error: unknown) => void;
}
type Outcome = { done: true; value: unknown } | { done: false; error: unknown };

/**
 * The only way to write. Work runs in one transaction and is acknowledged after its commit.
 *
 * MySQL/MariaDB: a transaction of its own each, retried on deadlock. SQLite has one connection, so work queues for it;
 * what waits together shares one commit (each in a savepoint, so that one failure undoes nobody else's work).
 */
export class UnitOfWork {
  readonly #open = new AsyncLocalStorage<EntityManager>();
  readonly #waiting: Waiting[] = [];
  #isDraining = false;

  constructor(private readonly dataSource: DataSource) {}

  get kind(): DatabaseKind {
    return this.dataSource.options.type === 'better-sqlite3' ? 'sqlite' : 'mysql';
  }

  /**
   * Runs the work in the open transaction, or in one of its own. It may run again after a deadlock: no effects outside.
   * @throws AppError `try-again` when the database stays busy or is away; whatever the work throws otherwise.
   */
  async run<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    const joined = this.#open.getStore();
    if (joined) return work(joined);
    for (let attempt = 1; ; attempt++) {
      try {
        return await (this.kind === 'sqlite' ? this.#queue(work) : this.#transaction(work));
      } catch (error) {
        if (DIALECTS[this.kind].isTransient(error) && attempt < ATTEMPTS) {
          await pause(FIRST_PAUSE_MS * 2 ** attempt * (0.5 + Math.random()));
          continue;
        }
        if (isUnavailable(error)) throw unavailable(error);
        throw error;
      }
    }
  }

  async #transaction<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.dataSource.transaction((manager) => this.#open.run(manager, () => work(manager)));
  }

  #queue<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#waiting.push({ work, resolve: resolve as (value: unknown) => void, reject });
      if (!this.#isDraining) void this.#drain();
    });
  }

  async #drain(): Promise<void> {
    this.#isDraining = true;
    // One turn of the event loop, so that requests that arrived together share a commit.
    await new Promise((next) => setImmediate(next));
    while (this.#waiting.length > 0) {
      await this.#commitTogether(this.#waiting.splice(0, LARGEST_GROUP));
    }
    this.#isDraining = false;
  }

  async #commitTogether(group: Waiting[]): Promise<void> {
    const runner = this.dataSource.createQueryRunner();
    try {
      await runner.startTransaction();
      const outcomes: Outcome[] = [];
      for (const { work } of group) outcomes.push(await this.#inSavepoint(runner, work));
      await runner.commitTransaction();
      group.forEach(({ resolve, reject }, i) => {
        const outcome = outcomes[i];
        if (outcome?.done) resolve(outcome.value);
        else reject(outcome?.error);
      });
    } catch (error) {
      if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
      for (const { reject } of group) reject(error);
    } finally {
      await runner.release();
    }
  }

  async #inSavepoint(runner: QueryRunner, work: Waiting['work']): Promise<Outcome> {
    await runner.startTransaction();
    try {
      const value = await this.#open.run(runner.manager, () => work(runner.manager));
      await runner.commitTransaction();
      return { done: true, value };
    } catch (error) {
      await runner.rollbackTransaction();
      return { done: false, error };
    }
  }
}

function unavailable(cause: unknown): AppError {
  const error = new AppError('try-again', 'The database is busy or away; send the same again.');
  error.cause = cause;
  return error;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
