import { Inject, Injectable } from '@nestjs/common';
import { type EntityManager, IsNull, LessThan, Not } from 'typeorm';
import { DIALECTS, Reader, UnitOfWork } from '../database/index.js';
import { newId } from '../kernel/index.js';
import { type RejudgeJob } from './domain/rejudge-job.js';
import { idBefore } from './domain/message-window.js';
import { RejudgeJobEntity } from './rejudge-job.entity.js';

/** Long enough for the slowest person, short enough that nobody waits long for a process that was killed. */
const LEASE_MS = 30_000;
/** From a message's id to its commit: waiting for locks, and trying again. */
export const SLOWEST_MESSAGE_MS = 5 * 60_000;
const OPEN = 'open';

export type JobProgress = Partial<
  Pick<
    RejudgeJob,
    'phase' | 'reachedId' | 'straysAfter' | 'judged' | 'failed' | 'made' | 'changed' | 'retracted'
  >
>;

/** Jobs of judging again: one is open at a time, and one process at it, over all instances. */
@Injectable()
export class RejudgeJobRepository {
  constructor(
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
    @Inject(Reader) private readonly reader: Reader,
  ) {}

  /** The open job, else the last one; null when there never was any. */
  latest(manager: EntityManager = this.reader.manager): Promise<RejudgeJob | null> {
    return manager
      .createQueryBuilder(RejudgeJobEntity, 'job')
      .orderBy('CASE WHEN job.open_key IS NULL THEN 1 ELSE 0 END')
      .addOrderBy('job.id', 'DESC')
      .limit(1)
      .getOne();
  }

  /**
   * Asks that all stored people be judged by this version. One job is open at a time: another version's is superseded.
   * @param isAgain even though they were judged by it already
   */
  async request(version: string, now: Date, isAgain = false): Promise<RejudgeJob> {
    try {
      return await this.work.run((manager) => this.open(manager, version, now, isAgain));
    } catch (error) {
      // Another instance asked at the same moment.
      if (!DIALECTS[this.work.kind].isDuplicateKey(error)) throw error;
      return this.work.run((manager) => this.open(manager, version, now, isAgain));
    }
  }

  private async open(
    manager: EntityManager,
    version: string,
    now: Date,
    isAgain: boolean,
  ): Promise<RejudgeJob> {
    const before = await this.latest(manager);
    if (before?.toVersion === version && (before.openKey || (before.state === 'done' && !isAgain)))
      return before;
    if (before?.openKey) {
      const closed = { state: 'superseded' as const, openKey: null, finishedAt: now, updatedAt: now };
      await manager.update(RejudgeJobEntity, { id: before.id, openKey: OPEN }, closed);
    }
    const total = await this.count(manager);
    const isNothing = total === 0;
    const job = manager.create(RejudgeJobEntity, {
      id: newId(),
      fromVersion: (before?.state === 'done' ? before.toVersion : before?.fromVersion) ?? null,
      toVersion: version,
      state: isNothing ? 'done' : 'open',
      openKey: isNothing ? null : OPEN,
      phase: 'persons',
      reachedId: '',
      straysAfter: await this.recentMessages(manager),
      total,
      judged: 0,
      failed: 0,
      made: 0,
      changed: 0,
      retracted: 0,
      holder: null,
      leaseUntil: null,
      requestedAt: now,
      startedAt: null,
      updatedAt: now,
      finishedAt: isNothing ? now : null,
    });
    await manager.insert(RejudgeJobEntity, job);
    return job;
  }

  /** Takes the job on, or back; null while another process is at it, or when it is no longer open. */
  async claim(id: string, holder: string, now: Date): Promise<RejudgeJob | null> {
    return this.work.run(async (manager) => {
      const free = { id, openKey: OPEN };
      const { affected } = await manager
        .createQueryBuilder()
        .update(RejudgeJobEntity)
        .set({ holder, leaseUntil: leaseFrom(now), updatedAt: now })
        .where([
          { ...free, holder: IsNull() },
          { ...free, holder },
          { ...free, leaseUntil: LessThan(now) },
        ])
        .execute();
      if (affected !== 1) return null;
      await manager.update(RejudgeJobEntity, { id, startedAt: IsNull() }, { startedAt: now });
      return manager.findOneBy(RejudgeJobEntity, { id });
    });
  }

  /**
   * Notes progress and keeps the lease.
   * @returns false when the job is no longer this process's: whatever is done in the same transaction must not stand
   */
  async advance(
    manager: EntityManager,
    { id, holder }: Pick<RejudgeJob, 'id' | 'holder'>,
    progress: JobProgress,
    now: Date,
  ): Promise<boolean> {
    const mine = { id, openKey: OPEN, holder: holder ?? IsNull() };
    const change = { ...progress, leaseUntil: leaseFrom(now), updatedAt: now };
    return (await manager.update(RejudgeJobEntity, mine, change)).affected === 1;
  }

  async finish({ id, holder, failed }: RejudgeJob, now: Date): Promise<boolean> {
    const mine = { id, openKey: OPEN, holder: holder ?? IsNull() };
    const state = failed > 0 ? ('incomplete' as const) : ('done' as const);
    const change = { state, openKey: null, holder: null, leaseUntil: null, finishedAt: now, updatedAt: now };
    return this.work.run(
      async (manager) => (await manager.update(RejudgeJobEntity, mine, change)).affected === 1,
    );
  }

  /** Lets another process go on at once. */
  async release({ id, holder }: RejudgeJob): Promise<void> {
    const mine = { id, openKey: Not(IsNull()), holder: holder ?? IsNull() };
    await this.work.run((manager) =>
      manager.update(RejudgeJobEntity, mine, { holder: null, leaseUntil: null }),
    );
  }

  /** Messages up to this one are known to be judged by the job's version. */
  async noteStrays(id: string, straysAfter: string): Promise<void> {
    await this.work.run((manager) =>
      manager.update(RejudgeJobEntity, { id, straysAfter: LessThan(straysAfter) }, { straysAfter }),
    );
  }

  /** From which message on some may still be under way. */
  async recentMessages(manager: EntityManager = this.reader.manager): Promise<string> {
    const [row]: { id: string | null }[] = await manager.query('SELECT MAX(id) AS id FROM message');
    return idBefore(row?.id ?? '', SLOWEST_MESSAGE_MS);
  }

  private async count(manager: EntityManager): Promise<number> {
    const [row]: { n: number | string }[] = await manager.query(
      `SELECT (SELECT COUNT(*) FROM person WHERE merged_into IS NULL)
            + (SELECT COUNT(*) FROM observation WHERE person_id IS NULL AND component = 0) AS n`,
    );
    return Number(row?.n ?? 0);
  }
}

function leaseFrom(now: Date): Date {
  return new Date(now.getTime() + LEASE_MS);
}
