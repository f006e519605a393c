import { Inject, Injectable } from '@nestjs/common';
import { type EntityManager, type FindOptionsWhere, In, LessThan, Like } from 'typeorm';
import {
  andRows,
  type Dialect,
  DIALECTS,
  insertRowsNow,
  namedParts,
  placeholders,
  Reader,
  readInstant,
  type Rows,
  UnitOfWork,
} from '../database/index.js';
import { URGENCIES } from '../policy/index.js';
import { type Channel } from './domain/message.js';
import { type MessageState } from './domain/message-state.js';
import { OutboxEntity } from './outbox.entity.js';

const COLUMNS = [
  'id',
  'message_key',
  'channel',
  'template',
  'template_revision',
  'language',
  'audience',
  'urgency',
  'task_id',
  'person_id',
  'address_hash',
  'sealed',
  'state',
  'attempts',
  'next_at',
  'error_kind',
  'resend_of',
  'created_at',
  'updated_at',
];
/** A message that was sent again and again; a longer chain would be an error of the data. */
const LONGEST_CHAIN = 20;
const GRAVEST_FIRST = `CASE m.urgency ${URGENCIES.map((urgency, i) => `WHEN '${urgency}' THEN ${i}`).join(' ')} ELSE 9 END`;

export interface ListedBy {
  state?: MessageState;
  channel?: Channel;
  personId?: string;
  taskId?: string;
  /** Older than this message. */
  after?: string;
  limit: number;
  /** Of whom messages may be seen. */
  rows: Rows;
}

/** The table `outbox`. */
@Injectable()
export class OutboxRepository {
  constructor(
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
    @Inject(Reader) private readonly reader: Reader,
  ) {}

  /** Adds a message; false when there is one of its key already. */
  async insert(manager: EntityManager, m: OutboxEntity): Promise<boolean> {
    const { instant, isDuplicateKey } = this.#dialect;
    const row = [
      m.id, m.messageKey, m.channel, m.template, m.templateRevision, m.language, m.audience, m.urgency,
      m.taskId, m.personId, m.addressHash, m.sealed, m.state, m.attempts, m.nextAt && instant(m.nextAt),
      m.errorKind, m.resendOf, instant(m.createdAt), instant(m.updatedAt),
    ]; // prettier-ignore
    try {
      await insertRowsNow(manager, 'outbox', COLUMNS, [row]);
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }

  byKey(manager: EntityManager, messageKey: string): Promise<OutboxEntity | null> {
    return manager.findOneBy(OutboxEntity, { messageKey });
  }

  byId(id: string, manager: EntityManager = this.reader.manager): Promise<OutboxEntity | null> {
    return manager.findOneBy(OutboxEntity, { id });
  }

  /** The message, held until the transaction ends. */
  async lock(manager: EntityManager, id: string): Promise<OutboxEntity | null> {
    await manager.query(`SELECT id FROM outbox WHERE id = ?${this.#dialect.forUpdate}`, [id]);
    return this.byId(id, manager);
  }

  /** What a message was at first, where it has been sent again. */
  async firstOf(manager: EntityManager, message: OutboxEntity): Promise<OutboxEntity> {
    let first = message;
    for (let step = 0; first.resendOf !== null && step < LONGEST_CHAIN; step++) {
      const before = await this.byId(first.resendOf, manager);
      if (!before) break;
      first = before;
    }
    return first;
  }

  /** The channels by which something is due. */
  async dueChannels(now: Date): Promise<Channel[]> {
    const sql = 'SELECT DISTINCT channel FROM outbox WHERE next_at <= ?';
    return (await this.reader.query<{ channel: Channel }>(sql, [now])).map(({ channel }) => channel);
  }

  /** What is due by a channel: class A first, then by the instant since when. */
  due(manager: EntityManager, channel: Channel, now: Date, most: number): Promise<OutboxEntity[]> {
    return manager
      .createQueryBuilder(OutboxEntity, 'm')
      .where('m.nextAt <= :now AND m.channel = :channel', { now, channel })
      .orderBy(GRAVEST_FIRST)
      .addOrderBy('m.nextAt')
      .addOrderBy('m.id')
      .limit(most)
      .getMany();
  }

  /** Holds what a person is still to be sent, so that two who count at once do so one after the other. */
  async lockPerson(manager: EntityManager, personId: string): Promise<void> {
    const { forUpdate } = this.#dialect;
    if (forUpdate === '') return;
    const sql = `SELECT id FROM outbox WHERE person_id = ? AND next_at IS NOT NULL ORDER BY id${forUpdate}`;
    await manager.query(sql, [personId]);
  }

  /** When other messages left to a person or their family since then, those under way included. */
  async leftTo(manager: EntityManager, personId: string, but: string, since: Date): Promise<Date[]> {
    const rows: { sent_at: unknown; updated_at: unknown }[] = await manager.query(
      `SELECT sent_at, updated_at FROM outbox WHERE person_id = ? AND audience <> 'staff' AND id <> ?
         AND (sent_at > ? OR state = 'sending')`,
      [personId, but, this.#dialect.instant(since)],
    );
    return rows.map(({ sent_at: sent, updated_at: taken }) => readInstant(sent ?? taken));
  }

  /** When the same words last left to the same address about the same person; `now` while they are under way. */
  async saidAt(
    manager: EntityManager,
    { id, personId, template, channel, addressHash }: OutboxEntity,
    since: Date,
  ): Promise<Date | 'now' | null> {
    const rows: { sent_at: unknown; state: string }[] = await manager.query(
      `SELECT sent_at, state FROM outbox WHERE person_id = ? AND id <> ? AND template = ? AND channel = ? AND address_hash = ?
         AND (state = 'sending' OR (state IN ('sent', 'delivered') AND sent_at > ?)) ORDER BY sent_at DESC`,
      [personId, id, template, channel, addressHash, this.#dialect.instant(since)],
    );
    const said = rows.find(({ state }) => state !== 'sending');
    if (said) return readInstant(said.sent_at);
    return rows.length > 0 ? 'now' : null;
  }

  /** Changes a message that still is as it was seen: of several who want to, one does. */
  async change(
    manager: EntityManager,
    seen: FindOptionsWhere<OutboxEntity> & { id: string },
    change: Partial<OutboxEntity>,
  ): Promise<boolean> {
    return (await manager.update(OutboxEntity, seen, change)).affected === 1;
  }

  /** Notes when the channel took a message, and its own name for it, each where that is not known yet. */
  async noteTaken(manager: EntityManager, id: string, providerId: string | null, at: Date): Promise<void> {
    await manager.query('UPDATE outbox SET sent_at = COALESCE(sent_at, ?) WHERE id = ?', [
      this.#dialect.instant(at),
      id,
    ]);
    if (providerId === null) return;
    await manager.query('UPDATE outbox SET provider_id = ? WHERE id = ? AND provider_id IS NULL', [
      providerId,
      id,
    ]);
  }

  /** Takes back what has not begun to be sent for a task: it was settled otherwise. Returns how many. */
  async withdraw(manager: EntityManager, taskId: string, now: Date): Promise<number> {
    const change = { state: 'suppressed', errorKind: 'withdrawn', nextAt: null, updatedAt: now } as const;
    let withdrawn = 0;
    for (const { id, nextAt } of await manager.findBy(OutboxEntity, { taskId, state: 'waiting' }))
      if (await this.change(manager, { id, state: 'waiting', nextAt: nextAt! }, change)) withdrawn++;
    return withdrawn;
  }

  /** Whether any of the messages whose keys begin so may still arrive, or has. */
  async mayArrive(manager: EntityManager, prefix: string): Promise<boolean> {
    const states = ['waiting', 'sending', 'sent', 'delivered'] satisfies MessageState[];
    return manager.existsBy(OutboxEntity, { messageKey: Like(`${prefix}%`), state: In(states) });
  }

  /** The last message that left for an address by a channel, not longer ago than this. */
  async lastTo(
    manager: EntityManager,
    channel: Channel,
    addressHashes: readonly string[],
    since: Date,
  ): Promise<string | null> {
    const rows: { id: string }[] = await manager.query(
      `SELECT id FROM outbox WHERE address_hash IN (${placeholders(addressHashes.length)}) AND channel = ? AND sent_at > ? ORDER BY sent_at DESC, id DESC LIMIT 1`,
      [...addressHashes, channel, this.#dialect.instant(since)],
    );
    return rows[0]?.id ?? null;
  }

  async idOfProvider(manager: EntityManager, channel: Channel, providerId: string): Promise<string | null> {
    const found = await manager.findOne(OutboxEntity, {
      select: { id: true },
      where: { channel, providerId },
    });
    return found?.id ?? null;
  }

  /** Newest first. */
  list({ limit, after, rows, ...wanted }: ListedBy): Promise<OutboxEntity[]> {
    const builder = this.reader.manager
      .createQueryBuilder(OutboxEntity, 'm')
      .where({ ...wanted, ...(after !== undefined && { id: LessThan(after) }) })
      .orderBy('m.id', 'DESC')
      .limit(limit);
    const own = rows('m.personId');
    if (own) builder.andWhere(...namedParts(own));
    return builder.getMany();
  }

  /** How many there are, by channel and state; with `states`, of these alone. */
  async counts(
    rows: Rows,
    states?: readonly MessageState[],
  ): Promise<{ channel: Channel; state: MessageState; count: number }[]> {
    const own = andRows(rows, 'm.person_id');
    const among = states ? ` AND m.state IN (${states.map(() => '?').join(',')})` : '';
    const counted = await this.reader.query<{
      channel: Channel;
      state: MessageState;
      total: number | string;
    }>(
      `SELECT m.state, m.channel, COUNT(*) AS total FROM outbox m WHERE 1 = 1${own.sql}${among} GROUP BY m.state, m.channel`,
      [...own.values, ...(states ?? [])],
    );
    return counted.map(({ channel, state, total }) => ({ channel, state, count: Number(total) }));
  }

  /** Since when the message that is due for longest has been; null when nothing is. */
  async oldestDue(now: Date): Promise<Date | null> {
    const rows = await this.reader.query<{ at: unknown }>(
      `SELECT MIN(next_at) AS at FROM outbox WHERE next_at <= ?`,
      [now],
    );
    return readInstant(rows[0]?.at ?? null, true);
  }

  get #dialect(): Dialect {
    return DIALECTS[this.work.kind];
  }
}
