import { Inject, Injectable } from '@nestjs/common';
import { andRows, placeholders, Reader, readInstant, type Rows } from '../database/index.js';
import { type Urgency } from '../policy/index.js';
import { type TaskCode, type TaskEntity } from '../tasks/index.js';
import { rankOf } from './domain/queue-cursor.js';
import { openTaskIds, type QueueFilter } from './open-tasks-query.js';

/** What people have done with it. */
export type QueueLife = Pick<
  TaskEntity,
  | 'status' | 'owner' | 'claimedAt' | 'leaseUntil' | 'handoverTo' | 'promisedAt' | 'attempts' | 'lastAttemptAt'
  | 'confirmation' | 'specimen' | 'isOnSite'
>; // prettier-ignore

/** An open task with its person and the finding at its head. */
export interface QueueRow {
  id: string;
  version: number;
  code: TaskCode;
  status: TaskEntity['status'];
  urgency: Urgency;
  dueAt: Date;
  owner: string | null;
  person: { id: string; name: string | null; sex: 'male' | 'female' | null; birthDate: string | null } | null;
  /** JSON; null when the finding is gone. */
  evidence: string | null;
  findingCount: number;
  newCount: number;
  life: QueueLife;
}

/** A task as a change has left it. */
export type QueueChange = Pick<
  QueueRow,
  'id' | 'version' | 'code' | 'status' | 'urgency' | 'dueAt' | 'owner'
> & {
  updatedAt: Date;
};

/** Of so many that were closed last, the last one that was done and may be seen is looked for. */
const LATELY_CLOSED = 1000;
/** More are counted as so many. */
const MOST_NAMESAKES = 99;

interface Row {
  id: string;
  version: number;
  code: TaskCode;
  status: TaskEntity['status'];
  urgency: Urgency;
  due_at: string | Date;
  owner: string | null;
  person_id: string | null;
  name: string | null;
  sex: 'male' | 'female' | null;
  birth_date: string | null;
  evidence: string | null;
  finding_count: number | string;
  new_count: number | string;
  claimed_at: string | Date | null;
  lease_until: string | Date | null;
  handover_to: string | null;
  promised_at: string | Date | null;
  attempts: number;
  last_attempt_at: string | Date | null;
  confirmation: TaskEntity['confirmation'];
  specimen: string;
  is_on_site: number | boolean;
}

/** The queue as a nurse reads it: open tasks, gravest and most urgent first. */
@Injectable()
export class QueueRepository {
  constructor(@Inject(Reader) private readonly reader: Reader) {}

  async open(filter: QueueFilter): Promise<QueueRow[]> {
    const { sql, values } = openTaskIds(filter);
    const rows = await this.reader.query<Row>(
      `SELECT t.id, t.version, t.code, t.status, t.urgency, t.due_at, t.owner, t.person_id, p.name, p.sex, p.birth_date, f.evidence,
         t.claimed_at, t.lease_until, t.handover_to, t.promised_at, t.attempts, t.last_attempt_at, t.confirmation, t.specimen, t.is_on_site,
         (SELECT COUNT(*) FROM task_finding tf WHERE tf.task_id = t.id) AS finding_count,
         (SELECT COUNT(*) FROM task_finding tf WHERE tf.task_id = t.id AND tf.is_new = 1) AS new_count
       FROM (${sql}) page JOIN task t ON t.id = page.id
         LEFT JOIN person p ON p.id = t.person_id LEFT JOIN finding f ON f.id = t.reason_finding_id
       ORDER BY page.place, t.due_at, t.attempts, t.id`,
      values,
    );
    return rows.map(toQueueRow);
  }

  /** Tasks, open or closed, that have changed between two instants, the latest first; so many at most. */
  async changedIn({ since, until }: { since: Date; until: Date }, limit: number): Promise<QueueChange[]> {
    const rows = await this.reader.query<Row & { updated_at: string | Date }>(
      'SELECT id, version, code, status, urgency, due_at, owner, updated_at FROM task WHERE updated_at >= ? AND updated_at <= ? ORDER BY updated_at DESC, id DESC LIMIT ?',
      [since, until, limit],
    );
    return rows.map((row) => ({ ...standing(row), updatedAt: readInstant(row.updated_at) }));
  }

  /** Of these tasks, those that may be seen. */
  async seen(ids: readonly string[], rows: Rows): Promise<Set<string>> {
    const limit = andRows(rows, 't.person_id');
    if (ids.length === 0) return new Set();
    const found = await this.reader.query<{ id: string }>(
      `SELECT t.id FROM task t WHERE t.id IN (${placeholders(ids.length)})${limit.sql}`,
      [...ids, ...limit.values],
    );
    return new Set(found.map(({ id }) => id));
  }

  /** How many others of the same name have an open task, as far as they may be seen. */
  async namesakes({ id, name }: { id: string; name: string | null }, rows: Rows): Promise<number> {
    if (name === null) return 0;
    const limit = andRows(rows, 'p.id');
    const [counted] = await this.reader.query<{ n: number | string }>(
      `SELECT COUNT(*) AS n FROM (SELECT p.id FROM person p WHERE p.name = ? AND p.id <> ?
         AND EXISTS (SELECT 1 FROM task t WHERE t.person_id = p.id AND t.closed_at IS NULL)${limit.sql} LIMIT ?) others`,
      [name, id, ...limit.values, MOST_NAMESAKES],
    );
    return Number(counted?.n ?? 0);
  }

  /** When the last task was done, as far as it may be seen; null where none was lately. */
  async lastDone(rows: Rows): Promise<Date | null> {
    const limit = andRows(rows, 't.person_id');
    const [last] = await this.reader.query<{ closed_at: string | Date }>(
      `SELECT t.closed_at FROM (SELECT closed_at, status, person_id FROM task WHERE closed_at IS NOT NULL ORDER BY closed_at DESC LIMIT ?) t
       WHERE t.status = 'completed'${limit.sql} ORDER BY t.closed_at DESC LIMIT 1`,
      [LATELY_CLOSED, ...limit.values],
    );
    return last ? readInstant(last.closed_at) : null;
  }

  /** How many open tasks there are of each code and class, whatever page is looked at. */
  async counts(rows: Rows): Promise<{ code: TaskCode; urgency: Urgency; count: number }[]> {
    const limit = andRows(rows, 't.person_id');
    const counted = await this.reader.query<{ code: TaskCode; urgency: Urgency; n: number | string }>(
      `SELECT t.code, t.urgency, COUNT(*) AS n FROM task t WHERE t.closed_at IS NULL${limit.sql} GROUP BY t.code, t.urgency`,
      limit.values,
    );
    return counted
      .map(({ code, urgency, n }) => ({ code, urgency, count: Number(n) }))
      .sort((a, b) => (a.code === b.code ? rankOf(a.urgency) - rankOf(b.urgency) : a.code < b.code ? -1 : 1));
  }
}

/** Where a task stands, without its person. */
function standing(row: Row): Omit<QueueChange, 'updatedAt'> {
  const { id, version, code, status, urgency, owner } = row;
  return { id, version, code, status, urgency, owner, dueAt: readInstant(row.due_at) };
}

function toQueueRow(row: Row): QueueRow {
  const { status, owner, evidence } = row;
  return {
    ...standing(row),
    evidence,
    person: row.person_id
      ? { id: row.person_id, name: row.name, sex: row.sex, birthDate: row.birth_date }
      : null,
    findingCount: Number(row.finding_count),
    newCount: Number(row.new_count),
    life: {
      status,
      owner,
      claimedAt: readInstant(row.claimed_at, true),
      leaseUntil: readInstant(row.lease_until, true),
      handoverTo: row.handover_to,
      promisedAt: readInstant(row.promised_at, true),
      attempts: Number(row.attempts),
      lastAttemptAt: readInstant(row.last_attempt_at, true),
      confirmation: row.confirmation,
      specimen: row.specimen,
      isOnSite: Boolean(Number(row.is_on_site)),
    },
  };
}
