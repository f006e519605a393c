import { Inject, Injectable } from '@nestjs/common';
import { DIALECTS, EVERYBODY, Reader, readInstant } from '../database/index.js';
import { OutboxRepository } from '../messaging/index.js';
import { progressOf, RejudgeJobRepository, type RejudgingProgress } from '../rejudge/index.js';

export interface FeedHeard {
  name: string;
  /** Null when it was never heard. */
  lastSeenAt: Date | null;
  createdAt: Date;
}
export interface Counted {
  labels: Record<string, string>;
  count: number;
}

/** Figures that lie in the database; each is one small indexed query. */
@Injectable()
export class MetricsRepository {
  constructor(
    @Inject(Reader) private readonly reader: Reader,
    @Inject(RejudgeJobRepository) private readonly jobs: RejudgeJobRepository,
    @Inject(OutboxRepository) private readonly outbox: OutboxRepository,
  ) {}

  /** Feeds in force; keys of one name are one feed. */
  async feeds(): Promise<FeedHeard[]> {
    const rows = await this.reader.query<{
      name: string;
      seen: string | Date | null;
      created: string | Date;
    }>(
      `SELECT name, MAX(last_seen_at) AS seen, MIN(created_at) AS created FROM access_key WHERE scope = 'feed' AND revoked_at IS NULL GROUP BY name`,
    );
    return rows.map(({ name, seen, created }) => ({
      name,
      lastSeenAt: seen === null ? null : readInstant(seen),
      createdAt: readInstant(created),
    }));
  }

  openTasks(): Promise<Counted[]> {
    return this.#count(
      `SELECT code, urgency, status, COUNT(*) AS total FROM task WHERE open_key IS NOT NULL GROUP BY code, urgency, status`,
    );
  }

  /** Tasks that are open beyond the time that the policy gives them. */
  overdueTasks(now: Date): Promise<Counted[]> {
    return this.#count(
      `SELECT code, urgency, COUNT(*) AS total FROM task WHERE open_key IS NOT NULL AND due_at < ? GROUP BY code, urgency`,
      [now],
    );
  }

  /** Calls that were completed by telling since then, by whether that was within their limit. */
  told(since: Date): Promise<Counted[]> {
    return this.#count(
      `SELECT urgency, CASE WHEN closed_at <= due_at THEN 'yes' ELSE 'no' END AS in_time, COUNT(*) AS total
       FROM task WHERE closed_at >= ? AND code = 'notify' AND closed_reason = 'told' GROUP BY urgency, CASE WHEN closed_at <= due_at THEN 'yes' ELSE 'no' END`,
      [since],
    );
  }

  /** How many seconds these took: half of them no more, nine tenths no more. */
  async tellSeconds(since: Date): Promise<Counted[]> {
    const seconds = DIALECTS[this.reader.kind].seconds('created_at', 'closed_at');
    const rows = await this.reader.query<{ urgency: string; half: number | string; most: number | string }>(
      `SELECT urgency, MIN(CASE WHEN r * 2 >= n THEN s END) AS half, MIN(CASE WHEN r * 10 >= n * 9 THEN s END) AS most
       FROM (SELECT urgency, s, ROW_NUMBER() OVER (PARTITION BY urgency ORDER BY s) AS r, COUNT(*) OVER (PARTITION BY urgency) AS n
             FROM (SELECT urgency, ${seconds} AS s FROM task WHERE closed_at >= ? AND code = 'notify' AND closed_reason = 'told') taken) ranked
       GROUP BY urgency`,
      [since],
    );
    return rows.flatMap(({ urgency, half, most }) => [
      { labels: { urgency, quantile: '0.5' }, count: Number(half) },
      { labels: { urgency, quantile: '0.9' }, count: Number(most) },
    ]);
  }

  dataQuality(): Promise<Counted[]> {
    return this.#count(
      `SELECT reason, COUNT(*) AS total FROM data_quality WHERE resolved_at IS NULL GROUP BY reason`,
    );
  }

  /** What the watchdog has raised and lasts. */
  alarms(): Promise<Counted[]> {
    return this.#count(
      `SELECT kind, subject, COUNT(*) AS total FROM alarm WHERE open_key IS NOT NULL GROUP BY kind, subject`,
    );
  }

  async rejudging(now: Date): Promise<RejudgingProgress> {
    return progressOf(await this.jobs.latest(), now);
  }

  /** Messages on their way, and lost ones; those that arrived are too many to be counted every few seconds. */
  async messages(): Promise<Counted[]> {
    const counts = await this.outbox.counts(EVERYBODY, ['waiting', 'sending', 'bounced', 'failed', 'dead']);
    return counts.map(({ channel, state, count }) => ({ labels: { channel, state }, count }));
  }

  /** For how many seconds the message that waits for longest has been due; 0 when none is. */
  async messageDelay(now: Date): Promise<number> {
    const since = await this.outbox.oldestDue(now);
    return since ? (now.getTime() - since.getTime()) / 1000 : 0;
  }

  async #count(sql: string, values: readonly unknown[] = []): Promise<Counted[]> {
    const rows = await this.reader.query<Record<string, string> & { total: number | string }>(sql, values);
    return rows.map(({ total, ...labels }) => ({
      labels: labels,
      count: Number(total),
    }));
  }
}
