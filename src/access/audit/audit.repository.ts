import { Inject, Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import {
  DIALECTS,
  insertRows,
  placeholders,
  Reader,
  readInstant,
  type Rows,
  runLater,
  UnitOfWork,
} from '../../database/index.js';
import { type Head, type KeptEvent, type Linked } from './domain/chain.js';

const COLUMNS = [
  'id',
  'at',
  'actor',
  'role',
  'action',
  'person_id',
  'subject',
  'reason',
  'source',
  'detail',
] as const;
const SELECTED = [...COLUMNS, 'seq', 'hash'].join(', ');
const CHAIN = 'audit';
/** Of the triggers that keep anybody from changing or taking away events, where the database has them. */
export const GUARDS = ['audit_event_unchanged', 'audit_event_kept'] as const;

interface Row extends Omit<KeptEvent, 'at' | 'personId'> {
  at: unknown;
  person_id: string | null;
  seq: number | string | null;
  hash: string | null;
}

/** An event as it is listed; not yet sealed where it has no place in the chain. */
export interface FoundEvent extends KeptEvent {
  seq: number | null;
  hash: string | null;
}

/** Which events are looked for; what is left out may be anything. */
export interface AuditSearch {
  ids?: readonly string[];
  personIds?: readonly string[];
  actor?: string;
  action?: string;
  subject?: string;
  /** Of the instant at which it was done. */
  bounds?: readonly { operator: '>=' | '>' | '<' | '<='; at: Date }[];
  /** The last of the page before. */
  after?: { at: Date; id: string };
  /** Whose events may be seen. */
  rows: Rows;
  limit: number;
}

/** The tables `audit_event` and `audit_chain`. Events are added, sealed once, and never changed or taken away. */
@Injectable()
export class AuditRepository {
  constructor(
    @Inject(Reader) private readonly reader: Reader,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
  ) {}

  async insert(manager: EntityManager, events: readonly KeptEvent[]): Promise<void> {
    const { instant } = DIALECTS[this.work.kind];
    const rows = events.map((e) => [
      ...[e.id, instant(e.at), e.actor, e.role, e.action, e.personId],
      ...[e.subject, e.reason, e.source, e.detail],
    ]);
    await insertRows(manager, 'audit_event', COLUMNS, rows);
  }

  /** Newest first. */
  async list(search: AuditSearch): Promise<FoundEvent[]> {
    const { ids, personIds, actor, action, subject, bounds = [], after, rows: seen, limit } = search;
    const conditions: [sql: string, ...values: unknown[]][] = [
      ...oneOf('id', ids),
      ...oneOf('person_id', personIds),
      ...oneOf('actor', actor && [actor]),
      ...oneOf('action', action && [action]),
      ...oneOf('subject', subject && [subject]),
      ...bounds.map(({ operator, at }): [string, Date] => [`at ${operator} ?`, at]),
    ];
    const own = seen('audit_event.person_id');
    if (own) conditions.push([own.sql, ...own.values]);
    if (after) conditions.push(['at <= ? AND (at < ? OR id < ?)', after.at, after.at, after.id]);
    const where = conditions.length === 0 ? '' : ` WHERE ${conditions.map(([sql]) => sql).join(' AND ')}`;
    const rows = await this.reader.query<Row>(
      `SELECT ${SELECTED} FROM audit_event${where} ORDER BY at DESC, id DESC LIMIT ${limit}`,
      conditions.flatMap(([, ...values]) => values),
    );
    return rows.map(toEvent);
  }

  /** The first events that have no place in the chain yet. */
  async unsealed(manager: EntityManager, limit: number): Promise<KeptEvent[]> {
    const sql = `SELECT ${SELECTED} FROM audit_event WHERE seq IS NULL LIMIT ${limit}`;
    const events = (await manager.query<Row[]>(sql)).map(toEvent);
    return events.sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  async head(manager: EntityManager): Promise<Head> {
    const [row] = await manager.query<{ seq: unknown; hash: string }[]>(
      'SELECT seq, hash FROM audit_chain WHERE id = ?',
      [CHAIN],
    );
    if (!row) throw new Error('the table audit_chain has lost its row');
    return { seq: Number(row.seq), hash: row.hash };
  }

  /** Moves the end of the chain; false when somebody else has moved it since. */
  async moveHead(manager: EntityManager, from: Head, to: Head): Promise<boolean> {
    const { affected } = await manager
      .createQueryBuilder()
      .update('audit_chain')
      .set({ seq: to.seq, hash: to.hash })
      .where('id = :id AND seq = :seq AND hash = :hash', { id: CHAIN, ...from })
      .execute();
    return affected === 1;
  }

  /** Gives events their places. */
  async link(manager: EntityManager, links: readonly Linked[]): Promise<void> {
    const sql = 'UPDATE audit_event SET seq = ?, hash = ? WHERE id = ? AND seq IS NULL';
    for (const { seq, hash, id } of links) await runLater(manager, sql, [seq, hash, id]);
  }

  /** Sealed events from a place on, this one too, in the order of their places. */
  async sealedFrom(seq: number, limit: number): Promise<Linked[]> {
    const sql = `SELECT ${SELECTED} FROM audit_event WHERE seq >= ? ORDER BY seq LIMIT ${limit}`;
    return (await this.reader.query<Row>(sql, [seq])).map((row) => ({
      ...toEvent(row),
      seq: Number(row.seq),
      hash: row.hash ?? '',
    }));
  }

  /** How many events wait to be sealed, and since when. */
  async waiting(): Promise<{ count: number; since: Date | null; first: string | null }> {
    const sql =
      'SELECT COUNT(*) AS count, MIN(at) AS since, MIN(id) AS first FROM audit_event WHERE seq IS NULL';
    const [row] = await this.reader.query<{ count: unknown; since: unknown; first: string | null }>(sql);
    return {
      count: Number(row?.count ?? 0),
      since: readInstant(row?.since, true),
      first: row?.first ?? null,
    };
  }

  /** Those of GUARDS that the database has. */
  async guards(): Promise<string[]> {
    const sql =
      this.reader.kind === 'sqlite'
        ? `SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit_event'`
        : `SELECT trigger_name AS name FROM information_schema.triggers WHERE trigger_schema = DATABASE() AND event_object_table = 'audit_event'`;
    const names = new Set((await this.reader.query<{ name: string }>(sql)).map(({ name }) => name));
    return GUARDS.filter((name) => names.has(name));
  }
}

function oneOf(column: string, values: readonly string[] | '' | undefined): [string, ...string[]][] {
  return values ? [[`${column} IN (${placeholders(values.length)})`, ...values]] : [];
}

function toEvent({ at, person_id: personId, seq, ...rest }: Row): FoundEvent {
  return { ...rest, at: readInstant(at), personId, seq: seq === null ? null : Number(seq) };
}
