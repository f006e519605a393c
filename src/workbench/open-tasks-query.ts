import { type Rows } from '../database/index.js';
import { URGENCIES, type Urgency } from '../policy/index.js';
import { type PersonCondition } from '../people/index.js';
import { type TaskCode } from '../tasks/index.js';
import { type QueueCursor, rankOf } from './domain/queue-cursor.js';

/** How far an open task has come: nobody has it and it may be called now; somebody has it; it waits for its time. */
export const QUEUE_STATES = ['free', 'claimed', 'waiting', 'overdue'] as const;
export type QueueState = (typeof QUEUE_STATES)[number];

export interface QueueFilter {
  urgency?: Urgency;
  code?: TaskCode;
  personId?: string;
  /** Whose it is now. */
  owner?: string;
  state?: QueueState;
  /** Whom it is about. */
  person?: PersonCondition;
  after?: QueueCursor;
  limit: number;
  now: Date;
  /** Whose tasks may be seen. */
  rows: Rows;
}

interface Sql {
  sql: string;
  values: unknown[];
}

const IS_HELD = `(t.owner IS NOT NULL AND t.status IN ('accepted', 'in-progress') AND (t.lease_until IS NULL OR t.lease_until > ?))`;

/**
 * Ids of open tasks in the order of the queue: class, then time left, then attempts, fewest first. One short scan of an
 * index for each class, from where the page begins: only open tasks have no `closed_at`, so that those that are closed
 * are never looked at.
 */
export function openTaskIds(filter: QueueFilter): Sql {
  const { urgency, after, limit } = filter;
  const classes = URGENCIES.filter(
    (one) => (urgency === undefined || one === urgency) && (!after || rankOf(one) >= rankOf(after.urgency)),
  );
  const parts = classes.map((one): Sql => {
    const { sql, values } = conditions(filter, one);
    const person = filter.person === undefined ? '' : ' JOIN person p ON p.id = t.person_id';
    return {
      sql: `SELECT * FROM (SELECT t.id, ${rankOf(one)} AS place, t.due_at, t.attempts FROM task t${person} WHERE ${sql} ORDER BY t.due_at, t.attempts, t.id LIMIT ?) of_${one}`,
      values: [...values, limit],
    };
  });
  // A class that lies before where the page begins leaves none.
  if (parts.length === 0) return { sql: 'SELECT id, 0 AS place FROM task WHERE 1 = 0', values: [] };
  return {
    sql: `SELECT id, place FROM (${parts.map(({ sql }) => sql).join(' UNION ALL ')}) every_class ORDER BY place, due_at, attempts, id LIMIT ?`,
    values: [...parts.flatMap(({ values }) => values), limit],
  };
}

function conditions(
  { code, personId, owner, state, person, after, now, rows }: QueueFilter,
  urgency: Urgency,
): Sql {
  const parts: [string, unknown[]][] = [['t.closed_at IS NULL AND t.urgency = ?', [urgency]]];
  const limit = rows('t.person_id');
  if (limit) parts.push([limit.sql, [...limit.values]]);
  if (code) parts.push(['t.code = ?', [code]]);
  if (personId) parts.push(['t.person_id = ?', [personId]]);
  if (owner) parts.push([`t.owner = ? AND ${IS_HELD}`, [owner, now]]);
  if (person !== undefined) parts.push([person.sql, person.values]);
  if (state === 'free')
    parts.push([`NOT ${IS_HELD} AND (t.promised_at IS NULL OR t.promised_at <= ?)`, [now, now]]);
  if (state === 'claimed') parts.push([IS_HELD, [now]]);
  // Only what is on hold has a time promised: by its status it is found without looking at the others.
  if (state === 'waiting') parts.push([`t.status = 'on-hold' AND t.promised_at > ?`, [now]]);
  if (state === 'overdue') parts.push(['t.due_at < ?', [now]]);
  if (after?.urgency === urgency) {
    const { due, attempts, id } = after;
    parts.push([
      't.due_at >= ? AND (t.due_at > ? OR t.attempts > ? OR (t.attempts = ? AND t.id > ?))',
      [due, due, attempts, attempts, id],
    ]);
  }
  return { sql: parts.map(([sql]) => sql).join(' AND '), values: parts.flatMap(([, values]) => values) };
}
