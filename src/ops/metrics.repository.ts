import { Inject, Injectable } from '@nestjs/common';
import { Reader, readInstant } from '../database/index.js';
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

  dataQuality(): Promise<Counted[]> {
    return this.#count(
      `SELECT reason, COUNT(*) AS total FROM data_quality WHERE resolved_at IS NULL GROUP BY reason`,
    );
  }

  async rejudging(now: Date): Promise<RejudgingProgress> {
    return progressOf(await this.jobs.latest(), now);
  }

  async #count(sql: string, values: readonly unknown[] = []): Promise<Counted[]> {
    const rows = await this.reader.query<Record<string, string> & { total: number | string }>(sql, values);
    return rows.map(({ total, ...labels }) => ({
      labels: labels,
      count: Number(total),
    }));
  }
}
