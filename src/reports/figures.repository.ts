import { Inject, Injectable } from '@nestjs/common';
import { andRows, DIALECTS, Reader, type Rows } from '../database/index.js';
import { type Urgency } from '../policy/index.js';
import { type ClassFigures, NO_SPREAD, type Spread } from './domain/figures.js';

/** From the first instant on, up to the second. */
export interface Period {
  since: Date;
  until: Date;
}
type Counts = Omit<ClassFigures, 'toClaim' | 'toTell' | 'toClose'>;

/** Figures of calls, counted where the rows lie: each is one query over the period, by an index. */
@Injectable()
export class FiguresRepository {
  constructor(@Inject(Reader) private readonly reader: Reader) {}

  /** The lines of the register, counted by class. */
  async counts({ since, until }: Period, now: Date, seen: Rows): Promise<Counts[]> {
    const own = andRows(seen, 't.person_id');
    const rows = await this.reader.query<Record<string, number | string> & { urgency: Urgency }>(
      `SELECT f.urgency, COUNT(*) AS found,
         SUM(CASE WHEN f.told_at IS NOT NULL THEN 1 ELSE 0 END) AS told,
         SUM(CASE WHEN f.told_at <= t.due_at THEN 1 ELSE 0 END) AS in_time,
         SUM(CASE WHEN f.told_at IS NOT NULL OR (t.closed_at IS NULL AND t.due_at < ?) THEN 1 ELSE 0 END) AS decided,
         SUM(CASE WHEN f.told_at IS NULL AND t.closed_at IS NULL AND t.due_at < ? THEN 1 ELSE 0 END) AS missed,
         SUM(CASE WHEN l.state IN ('awaiting', 'reopened') THEN 1 ELSE 0 END) AS awaiting,
         SUM(CASE WHEN l.state IN ('closed', 'lost') THEN 1 ELSE 0 END) AS settled
       FROM task t JOIN task_finding tf ON tf.task_id = t.id JOIN finding f ON f.id = tf.finding_id
         LEFT JOIN finding_loop l ON l.finding_id = f.id AND l.task_id = t.id
       WHERE t.code = 'notify' AND t.person_id IS NOT NULL AND t.created_at >= ? AND t.created_at < ?${own.sql}
       GROUP BY f.urgency`,
      [now, now, since, until, ...own.values],
    );
    return rows.map(({ urgency, ...row }) => ({
      class: urgency,
      ...{ found: Number(row.found), told: Number(row.told), inTime: Number(row.in_time) },
      ...{ decided: Number(row.decided), missed: Number(row.missed) },
      ...{ awaiting: Number(row.awaiting), settled: Number(row.settled) },
    }));
  }

  /** From a task's beginning to the first who took it. */
  toClaim({ since, until }: Period, seen: Rows): Promise<Map<Urgency, Spread>> {
    const own = andRows(seen, 't.person_id');
    const seconds = this.#seconds('t.created_at', 'MIN(e.at)');
    return this.#spread(
      `SELECT t.urgency, ${seconds} AS s FROM task t JOIN task_event e ON e.task_id = t.id
       WHERE t.code = 'notify' AND t.created_at >= ? AND t.created_at < ? AND e.action IN ('claim', 'reassign')${own.sql}
       GROUP BY t.id, t.urgency, t.created_at`,
      [since, until, ...own.values],
    );
  }

  /** From a task's beginning to the telling that closed it. */
  toTell({ since, until }: Period, seen: Rows): Promise<Map<Urgency, Spread>> {
    const own = andRows(seen, 't.person_id');
    return this.#spread(
      `SELECT t.urgency, ${this.#seconds('t.created_at', 't.closed_at')} AS s FROM task t
       WHERE t.code = 'notify' AND t.closed_reason = 'told' AND t.created_at >= ? AND t.created_at < ?${own.sql}`,
      [since, until, ...own.values],
    );
  }

  /** From the telling to the known outcome, of findings in calls that began in the period. */
  toClose({ since, until }: Period, seen: Rows): Promise<Map<Urgency, Spread>> {
    const own = andRows(seen, 't.person_id');
    return this.#spread(
      `SELECT f.urgency, ${this.#seconds('l.told_at', 'l.closed_at')} AS s
       FROM task t JOIN task_finding tf ON tf.task_id = t.id JOIN finding f ON f.id = tf.finding_id
         JOIN finding_loop l ON l.finding_id = f.id AND l.task_id = t.id
       WHERE t.code = 'notify' AND l.closed_at IS NOT NULL AND t.created_at >= ? AND t.created_at < ?${own.sql}`,
      [since, until, ...own.values],
    );
  }

  /** Calls by telephone that were made, by UTC hour. */
  async hours(
    { since, until }: Period,
    seen: Rows,
  ): Promise<{ hour: string; calls: number; reached: number }[]> {
    const own = andRows(seen, 'c.person_id');
    const hour = DIALECTS[this.reader.kind].hour('c.at');
    const rows = await this.reader.query<{ hour: string; calls: number | string; reached: number | string }>(
      `SELECT ${hour} AS hour, COUNT(*) AS calls, SUM(CASE WHEN c.outcome = 'told' THEN 1 ELSE 0 END) AS reached
       FROM contact c WHERE c.channel = 'phone' AND c.updated_at >= ? AND c.at >= ? AND c.at < ?${own.sql} GROUP BY ${hour}`,
      // No call was changed before it was made: by when they were changed they are found by an index.
      [since, since, until, ...own.values],
    );
    return rows.map((row) => ({ hour: row.hour, calls: Number(row.calls), reached: Number(row.reached) }));
  }

  /** Findings that were told in calls of the period, by rule and by what became of them. */
  async outcomes(
    { since, until }: Period,
    seen: Rows,
  ): Promise<{ rule: string; outcome: string | null; count: number }[]> {
    const own = andRows(seen, 't.person_id');
    const rows = await this.reader.query<{ rule: string; outcome: string | null; n: number | string }>(
      `SELECT f.rule_id AS rule, l.outcome, COUNT(*) AS n
       FROM task t JOIN task_finding tf ON tf.task_id = t.id JOIN finding f ON f.id = tf.finding_id
         JOIN finding_loop l ON l.finding_id = f.id AND l.task_id = t.id
       WHERE t.code = 'notify' AND t.created_at >= ? AND t.created_at < ?${own.sql} GROUP BY f.rule_id, l.outcome`,
      [since, until, ...own.values],
    );
    return rows.map(({ n, ...row }) => ({ ...row, count: Number(n) }));
  }

  #seconds(from: string, to: string): string {
    return DIALECTS[this.reader.kind].seconds(from, to);
  }

  /** Middle, ninth tenth and longest of a query of `urgency` and seconds `s`, found by the database. */
  async #spread(sql: string, values: readonly unknown[]): Promise<Map<Urgency, Spread>> {
    const rows = await this.reader.query<
      Record<'n' | 'median' | 'p90' | 'longest', number | string> & { urgency: Urgency }
    >(
      `SELECT urgency, MAX(n) AS n, MIN(CASE WHEN r * 2 >= n THEN s END) AS median,
         MIN(CASE WHEN r * 10 >= n * 9 THEN s END) AS p90, MAX(s) AS longest
       FROM (SELECT urgency, s, ROW_NUMBER() OVER (PARTITION BY urgency ORDER BY s) AS r, COUNT(*) OVER (PARTITION BY urgency) AS n
             FROM (${sql}) taken) ranked GROUP BY urgency`,
      values,
    );
    return new Map(
      rows.map(({ urgency, n, median, p90, longest }) => [
        urgency,
        { count: Number(n), median: Number(median), p90: Number(p90), longest: Number(longest) },
      ]),
    );
  }
}

/** Of a class of which nothing is known. */
export function spreadOf(found: ReadonlyMap<Urgency, Spread>, of: Urgency): Spread {
  return found.get(of) ?? NO_SPREAD;
}
