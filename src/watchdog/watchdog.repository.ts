import { Inject, Injectable } from '@nestjs/common';
import { type EntityManager, IsNull } from 'typeorm';
import { DIALECTS, Reader, readInstant, UnitOfWork } from '../database/index.js';
import { OutboxRepository } from '../messaging/index.js';
import { type Urgency } from '../policy/index.js';
import { AlarmEntity } from './alarm.entity.js';
import { type Watched } from './domain/alarms.js';

/** So many calls beyond their limit are looked through. */
const MOST_OVERDUE = 1000;

/** What the watchdog reads, each by one small indexed query, and the alarms that it has raised. */
@Injectable()
export class WatchdogRepository {
  constructor(
    @Inject(Reader) private readonly reader: Reader,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
    @Inject(OutboxRepository) private readonly outbox: OutboxRepository,
  ) {}

  async watched(now: Date): Promise<Watched> {
    return {
      oldestStep: await this.#oldestStep(now),
      oldestMessage: await this.outbox.oldestDue(now),
      overdue: await this.#overdue(now),
      feeds: await this.#feeds(),
    };
  }

  open(manager: EntityManager = this.reader.manager): Promise<AlarmEntity[]> {
    return manager
      .createQueryBuilder(AlarmEntity, 'alarm')
      .where('alarm.openKey IS NOT NULL')
      .orderBy('alarm.id')
      .getMany();
  }

  /** @returns false when it has been raised already */
  async raise(manager: EntityManager, alarm: AlarmEntity): Promise<boolean> {
    if (await manager.existsBy(AlarmEntity, { openKey: alarm.openKey! })) return false;
    try {
      await manager.insert(AlarmEntity, alarm);
      return true;
    } catch (error) {
      if (DIALECTS[this.work.kind].isDuplicateKey(error)) return false;
      throw error;
    }
  }

  async end(manager: EntityManager, id: string, now: Date): Promise<boolean> {
    const over = { openKey: null, endedAt: now };
    return (await manager.update(AlarmEntity, { id, endedAt: IsNull() }, over)).affected === 1;
  }

  async #oldestStep(now: Date): Promise<Date | null> {
    const found: Date[] = [];
    for (const column of ['escalate_at', 'route_at']) {
      const sql = `SELECT MIN(${column}) AS at FROM task WHERE ${column} <= ? AND closed_at IS NULL`;
      const at = readInstant((await this.reader.query<{ at: unknown }>(sql, [now]))[0]?.at ?? null, true);
      if (at) found.push(at);
    }
    return found.sort((a, b) => a.getTime() - b.getTime())[0] ?? null;
  }

  async #overdue(now: Date): Promise<Watched['overdue']> {
    const rows = await this.reader.query<{ urgency: Urgency; due_at: unknown; ladder_steps: number }>(
      `SELECT urgency, due_at, ladder_steps FROM task WHERE closed_at IS NULL AND due_at <= ? ORDER BY due_at LIMIT ${MOST_OVERDUE}`,
      [now],
    );
    return rows.map(({ urgency, due_at: dueAt, ladder_steps: steps }) => ({
      ...{ urgency, dueAt: readInstant(dueAt), ladderSteps: Number(steps) },
    }));
  }

  /** Feeds in force that send news; keys of one name are one feed. */
  async #feeds(): Promise<Watched['feeds']> {
    const rows = await this.reader.query<{ name: string; heard: unknown }>(
      `SELECT name, MAX(COALESCE(last_seen_at, created_at)) AS heard FROM access_key
         WHERE scope = 'feed' AND revoked_at IS NULL AND is_history = 0 GROUP BY name`,
    );
    return rows.map(({ name, heard }) => ({ name, heardAt: readInstant(heard) }));
  }
}
