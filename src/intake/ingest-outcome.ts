import { Inject, Injectable } from '@nestjs/common';
import { Reader } from '../database/index.js';

/** What came of the messages of a run. */
export interface IngestOutcome {
  findings: number;
  reviews: number;
  tasks: { notify: number; review: number; correction: number };
  /** What could not be judged, by reason. */
  dataQuality: Record<string, number>;
}

/** Counts what was made since an id: ids rise with time. A server that works at the same time is counted too. */
@Injectable()
export class IngestOutcomeReader {
  constructor(@Inject(Reader) private readonly reader: Reader) {}

  async since(id: string): Promise<IngestOutcome> {
    const findings = await this.#count('finding', 'kind', id);
    const tasks = await this.#count('task', 'code', id);
    return {
      findings: findings['finding'] ?? 0,
      reviews: findings['review'] ?? 0,
      tasks: {
        notify: tasks['notify'] ?? 0,
        review: tasks['review'] ?? 0,
        correction: tasks['correction'] ?? 0,
      },
      dataQuality: await this.#count('data_quality', 'reason', id),
    };
  }

  async #count(table: string, column: string, id: string): Promise<Record<string, number>> {
    const rows = await this.reader.query<{ word: string; n: number | string }>(
      `SELECT ${column} AS word, COUNT(*) AS n FROM ${table} WHERE id > ? GROUP BY ${column} ORDER BY n DESC`,
      [id],
    );
    return Object.fromEntries(rows.map(({ word, n }) => [word, Number(n)]));
  }
}
