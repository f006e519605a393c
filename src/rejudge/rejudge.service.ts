import { setImmediate as turn, setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { Reader, UnitOfWork } from '../database/index.js';
import { AppError, Clock, newId } from '../kernel/index.js';
import { ObservationRepository, PersonRepository } from '../people/index.js';
import { RulesService, type RulesVersion } from '../rules/index.js';
import { type RejudgeJob } from './domain/rejudge-job.js';
import { Pace, type WaitingPerson } from './domain/pace.js';
import { progressOf, type RejudgingProgress } from './domain/rejudging-progress.js';
import { type JobProgress, RejudgeJobRepository } from './rejudge-job.repository.js';
import { type Changes, StoredAgain } from './stored-again.js';
import { StrayMessages } from './stray-messages.js';

const PAGE = 200;
/** Under full load one transaction has its turn in this time. */
const PATIENCE_MS = 100;
/** While others are served, the job rests this many times as long as it worked: a quarter of the time at most is its. */
const REST = 3;
const LONGEST_REST_MS = 1000;
const NEXT = { persons: 'waiting', waiting: 'strays', strays: null } as const;

/** How a run ended: gone through, or left to another (process, or version), or stopped. */
export type RunEnd = 'finished' | 'left' | 'stopped';

export interface RunOptions {
  signal?: AbortSignal;
  /** Told after each transaction. */
  progress?: (job: RejudgeJob) => void;
  /** How many people a transaction judges at most; by default as many as take a moment. */
  atOnce?: number;
}

/**
 * Judges all stored people again when another version of the rules comes into force: a few people a transaction, which
 * also notes how far the job has come, so that a process that is killed leaves nothing half-done and nothing to guess.
 */
@Injectable()
export class RejudgeService {
  readonly #logger = new Logger('Rejudging');
  /** This process, among all that may take the job on. */
  readonly #holder = newId();

  constructor(
    @Inject(Clock) private readonly clock: Clock,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
    @Inject(Reader) private readonly reader: Reader,
    @Inject(RulesService) private readonly rules: RulesService,
    @Inject(RejudgeJobRepository) private readonly jobs: RejudgeJobRepository,
    @Inject(PersonRepository) private readonly persons: PersonRepository,
    @Inject(ObservationRepository) private readonly observations: ObservationRepository,
    @Inject(StoredAgain) private readonly stored: StoredAgain,
    @Inject(StrayMessages) private readonly strays: StrayMessages,
  ) {}

  /** Asks that everybody be judged by the rules in force here, unless they were or are being. */
  async request(isAgain = false): Promise<RejudgeJob> {
    const { version } = this.rules.current;
    const job = await this.jobs.request(version, this.clock.now(), isAgain);
    if (job.openKey && job.judged === 0 && job.startedAt === null) {
      const from = job.fromVersion ? `version ${short(job.fromVersion)}` : 'versions that were not noted';
      this.#logger.log(
        `${job.total} stored people wait to be judged by rules ${short(version)} instead of ${from}`,
      );
    }
    return job;
  }

  async progress(): Promise<RejudgingProgress> {
    return progressOf(await this.jobs.latest(), this.clock.now());
  }

  /**
   * Works on the open job to its end, if it is for the rules in force here and no other process is at it.
   * @throws AppError `try-again` when the database stays away; the next run goes on where this one ended
   */
  async run(options: RunOptions = {}): Promise<RunEnd> {
    const rules = this.rules.current;
    const open = await this.jobs.latest();
    if (open?.openKey == null || open.toVersion !== rules.version) return 'left';
    const job = await this.jobs.claim(open.id, this.#holder, this.clock.now());
    if (!job) return 'left';
    this.#logger.log(
      `judging stored people by rules ${short(job.toVersion)}: ${job.judged} of ${job.total} done before`,
    );
    const began = performance.now();
    try {
      const end = await this.#goThrough(job, rules, options);
      if (end === 'stopped') await this.jobs.release(job);
      this.#logger.log(
        `${inWords(end)} after ${Math.round((performance.now() - began) / 1000)} s: ${figures(job)}`,
      );
      return end;
    } catch (error) {
      await this.jobs.release(job).catch(() => undefined);
      throw error;
    }
  }

  /**
   * After a job: messages that another version has judged meanwhile.
   * @returns how many there were
   */
  async followStrays(signal?: AbortSignal): Promise<number> {
    const rules = this.rules.current;
    const job = await this.jobs.latest();
    if (!job || job.openKey !== null || job.toVersion !== rules.version) return 0;
    const recent = await this.jobs.recentMessages();
    let found = 0;
    for (let after = job.straysAfter; ;) {
      const ids = await this.strays.page(after, rules.version, PAGE);
      for (const id of ids) {
        if (signal?.aborted) return found;
        await this.#politely((manager) => this.strays.again(manager, id, rules));
        found++;
      }
      after = ids.at(-1) ?? '';
      if (ids.length < PAGE) break;
    }
    if (recent > job.straysAfter) await this.jobs.noteStrays(job.id, recent);
    if (found > 0) this.#logger.log(`${found} messages that other rules had judged were judged again`);
    return found;
  }

  async #goThrough(
    job: RejudgeJob,
    rules: RulesVersion,
    { signal, progress, atOnce }: RunOptions,
  ): Promise<RunEnd> {
    const pace = new Pace(atOnce);
    // Whoever comes from now on is judged by the new rules at once, or is found by a stray message: a job that went after
    // them too would never end where many come.
    const until = newId();
    for (;;) {
      let waiting = await this.#next(job, until);
      const isAny = waiting.length > 0;
      while (waiting.length > 0) {
        if (signal?.aborted) return 'stopped';
        if (this.rules.current.version !== rules.version) return 'stopped';
        const some = job.phase === 'persons' ? pace.next(waiting) : waiting.slice(0, 1);
        waiting = waiting.slice(some.length);
        if (!(await this.#step(job, some, rules, pace))) return 'left';
        progress?.(job);
      }
      if (isAny) continue;
      const phase = NEXT[job.phase];
      if (phase === null) return (await this.jobs.finish(job, this.clock.now())) ? 'finished' : 'left';
      const reachedId = phase === 'strays' ? job.straysAfter : '';
      if (!(await this.#note(job, { phase, reachedId }))) return 'left';
    }
  }

  /** What comes after the point that was reached, of whoever was there when the job was taken on. */
  async #next({ phase, reachedId, toVersion }: RejudgeJob, until: string): Promise<WaitingPerson[]> {
    const { manager } = this.reader;
    const from = { after: reachedId, until };
    switch (phase) {
      case 'persons': {
        const ids = (await this.persons.page(manager, from, PAGE)).map(({ id }) => id);
        const counts = await this.observations.countOf(manager, ids);
        return ids.map((id) => ({ id, rows: counts.get(id) ?? 0 }));
      }
      case 'waiting':
        return (await this.observations.waiting(manager, from, PAGE)).map(({ id }) => ({ id, rows: 1 }));
      case 'strays':
        return (await this.strays.page(reachedId, toVersion, PAGE)).map((id) => ({ id, rows: 0 }));
    }
  }

  /** @returns false when the job is no longer ours: then nothing of it stands */
  async #step(
    job: RejudgeJob,
    some: readonly WaitingPerson[],
    rules: RulesVersion,
    pace: Pace,
  ): Promise<boolean> {
    const ids = some.map(({ id }) => id);
    try {
      const reached = await this.#politely(
        async (manager) => {
          const next = after(job, ids, await this.#again(manager, job.phase, ids, rules));
          if (!(await this.jobs.advance(manager, job, next, this.clock.now()))) throw new NotOurs();
          return next;
        },
        (tookMs, isBusy) => pace.note(ids.length, tookMs, isBusy),
      );
      Object.assign(job, reached);
      return true;
    } catch (error) {
      if (error instanceof NotOurs) return false;
      if (error instanceof AppError && error.code === 'try-again') throw error;
      // One person's trouble is not the others': whoever was judged with them is judged alone.
      if (some.length > 1) return this.#oneByOne(job, some, rules, pace);
      // Ids and the kind of trouble only: a message may hold values.
      this.#logger.error(`${job.phase} ${ids[0]} could not be judged again: ${kindOf(error)}`);
      return this.#note(job, { reachedId: ids[0]!, failed: job.failed + 1 });
    }
  }

  async #oneByOne(
    job: RejudgeJob,
    some: readonly WaitingPerson[],
    rules: RulesVersion,
    pace: Pace,
  ): Promise<boolean> {
    for (const one of some) if (!(await this.#step(job, [one], rules, pace))) return false;
    return true;
  }

  #again(
    manager: EntityManager,
    phase: RejudgeJob['phase'],
    ids: readonly string[],
    rules: RulesVersion,
  ): Promise<Changes> {
    if (phase === 'persons') return this.stored.persons(manager, ids, rules);
    return phase === 'waiting'
      ? this.stored.waiting(manager, ids[0]!, rules)
      : this.strays.again(manager, ids[0]!, rules);
  }

  async #note(job: RejudgeJob, progress: JobProgress): Promise<boolean> {
    const isOurs = await this.work.runAside(
      (manager) => this.jobs.advance(manager, job, progress, this.clock.now()),
      PATIENCE_MS,
    );
    if (isOurs) Object.assign(job, progress);
    return isOurs;
  }

  /** Begins when nobody else is at work; rests while others are served. */
  async #politely<T>(
    work: (manager: EntityManager) => Promise<T>,
    note: (tookMs: number, isBusy: boolean) => void = () => undefined,
  ): Promise<T> {
    const served = this.work.urgentDone;
    const result = await this.work.runAside(async (manager) => {
      const began = performance.now();
      return { value: await work(manager), took: performance.now() - began };
    }, PATIENCE_MS);
    const isBusy = this.work.urgentDone !== served;
    note(result.took, isBusy);
    await (isBusy ? pause(Math.min(LONGEST_REST_MS, REST * result.took)) : turn());
    return result.value;
  }
}

/** The job belongs to another process or version by now: what was done in this transaction is undone. */
class NotOurs extends Error {}

function after(job: RejudgeJob, ids: readonly string[], { made, changed, retracted }: Changes): JobProgress {
  return {
    reachedId: ids.at(-1)!,
    judged: job.judged + (job.phase === 'strays' ? 0 : ids.length),
    made: job.made + made,
    changed: job.changed + changed,
    retracted: job.retracted + retracted,
  };
}

function short(version: string): string {
  return version.slice(0, 12);
}

function figures({ judged, failed, made, changed, retracted }: RejudgeJob): string {
  return `${judged} judged, ${failed} failed; findings ${made} made, ${changed} changed, ${retracted} retracted`;
}

function inWords(end: RunEnd): string {
  return {
    finished: 'finished',
    left: 'another process or version goes on',
    stopped: 'stopped, to be gone on with',
  }[end];
}

function kindOf(error: unknown): string {
  const { name, code, driverError } = (error ?? {}) as {
    name?: string;
    code?: string;
    driverError?: { code?: string };
  };
  const frame = error instanceof Error ? (/^\s+at .*$/m.exec(error.stack ?? '')?.[0].trim() ?? '') : '';
  return [name, driverError?.code ?? code, frame].filter((part) => part).join(' ');
}
