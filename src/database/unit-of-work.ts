import { type DataSource, type EntityManager, type QueryRunner } from 'typeorm';
import { type DatabaseKind } from '../config/index.js';
import { AppError } from '../kernel/index.js';
import { DIALECTS, isUnavailable } from './dialect.js';
import { type LogFlush } from './log-flush.js';
import { RoundTrips } from './round-trips.js';

const ATTEMPTS = 6;
const FIRST_PAUSE_MS = 5;
/** Enough to share a disk flush among the clients that wait; few enough that nobody waits for long. */
const LARGEST_GROUP = 16;

/** Turns of the event loop in which a request that has arrived is read and comes to wait: one for its bytes, one for its body. */
const TURNS_TO_ARRIVE = 2;

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
 * what waits together shares one commit (each in a savepoint, so that one failure undoes nobody else's work). The disk
 * is waited for beside the next work; nothing is acknowledged before it has what was committed (log-flush.ts).
 */
export class UnitOfWork {
  readonly #waiting: Waiting[] = [];
  #isDraining = false;
  /** Works under way or waiting that somebody waits for. */
  #urgent = 0;
  #urgentDone = 0;
  readonly #whenQuiet = new Set<() => void>();

  /** @param log of a SQLite file; without it a commit waits for the disk itself */
  constructor(
    private readonly dataSource: DataSource,
    private readonly log: LogFlush | null = null,
  ) {}

  get kind(): DatabaseKind {
    return this.dataSource.options.type === 'better-sqlite3' ? 'sqlite' : 'mysql';
  }

  /**
   * Runs the work in a transaction of its own. It may run again after a deadlock: no effects outside. What belongs to
   * the same transaction is handed its manager; work that waits for other work to run would wait for ever on SQLite.
   * @throws AppError `try-again` when the database stays busy or is away; whatever the work throws otherwise.
   */
  async run<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    this.#urgent++;
    try {
      return await this.#insist(work);
    } finally {
      this.#urgentDone++;
      if (--this.#urgent === 0) this.#whenQuiet.forEach((begin) => begin());
    }
  }

  /**
   * The same for work that can wait: it begins when nobody else is at work, after `patienceMs` in any case. So under
   * full load it has one turn in that time, and otherwise what the others leave.
   */
  async runAside<T>(work: (manager: EntityManager) => Promise<T>, patienceMs: number): Promise<T> {
    await this.#quiet(patienceMs);
    return this.#insist(work);
  }

  /** How many works were done that somebody waited for: whether it has changed tells whether anybody is there. */
  get urgentDone(): number {
    return this.#urgentDone;
  }

  async #quiet(patienceMs: number): Promise<void> {
    if (this.#urgent === 0) return;
    await new Promise<void>((resolve) => {
      const begin = (): void => {
        clearTimeout(timer);
        this.#whenQuiet.delete(begin);
        resolve();
      };
      const timer = setTimeout(begin, patienceMs);
      this.#whenQuiet.add(begin);
    });
  }

  async #insist<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
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
    const runner = this.dataSource.createQueryRunner();
    RoundTrips.on(runner);
    try {
      await runner.startTransaction();
      const value = await work(runner.manager);
      await runner.commitTransaction();
      return value;
    } catch (error) {
      if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
      throw error;
    } finally {
      await runner.release();
    }
  }

  #queue<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#waiting.push({ work, resolve: resolve as (value: unknown) => void, reject });
      if (!this.#isDraining) void this.#drain();
    });
  }

  async #drain(): Promise<void> {
    this.#isDraining = true;
    while (this.#waiting.length > 0) {
      // A commit holds the event loop: what arrived meanwhile is read and joins the next one.
      for (let turn = 0; turn < TURNS_TO_ARRIVE; turn++) await nextTurn();
      await this.#commitTogether(this.#waiting.splice(0, LARGEST_GROUP));
    }
    this.#isDraining = false;
  }

  async #commitTogether(group: Waiting[]): Promise<void> {
    const fail = (error: unknown): void => group.forEach(({ reject }) => reject(error));
    const runner = this.dataSource.createQueryRunner();
    try {
      if (this.log) await runner.query('PRAGMA synchronous = NORMAL');
      await runner.startTransaction();
      const outcomes: Outcome[] = [];
      for (const { work } of group) outcomes.push(await this.#inSavepoint(runner, work));
      await this.log?.quiet();
      await runner.commitTransaction();
      const acknowledge = (): void =>
        group.forEach(({ resolve, reject }, i) => {
          const outcome = outcomes[i];
          if (outcome?.done) resolve(outcome.value);
          else reject(outcome?.error);
        });
      if (this.log) this.log.committed().then(acknowledge, (fault: unknown) => fail(unavailable(fault)));
      else acknowledge();
    } catch (error) {
      if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
      fail(error);
    } finally {
      if (this.log) await runner.query('PRAGMA synchronous = FULL').catch(() => undefined);
      await runner.release();
    }
  }

  async #inSavepoint(runner: QueryRunner, work: Waiting['work']): Promise<Outcome> {
    await runner.startTransaction();
    try {
      const value = await work(runner.manager);
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

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
