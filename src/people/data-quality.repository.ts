import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import {
  DIALECTS,
  insertRows,
  placeholders,
  namedParts,
  portions,
  Reader,
  type Rows,
  UnitOfWork,
} from '../database/index.js';
import { type Doubt, type DoubtReason, newId } from '../kernel/index.js';
import { DataQualityEntity } from './data-quality.entity.js';

const COLUMNS = ['id', 'person_id', 'observation_id', 'component', 'reason', 'detail', 'created_at'];
const LONGEST_DETAIL = 255;

export interface DataQualityItem extends Doubt {
  personId: string | null;
  observationId: string;
  component: number;
}

/** One line of the list as it is stored. */
export interface ListedItem {
  id: string;
  observationId: string;
  component: number;
  reason: DoubtReason;
}

export interface DataQualityPage {
  counts: { reason: DoubtReason; count: number }[];
  items: DataQualityEntity[];
}

/** What could not be judged: items, and counts by reason. */
@Injectable()
export class DataQualityRepository {
  constructor(
    private readonly work: UnitOfWork,
    private readonly reader: Reader,
  ) {}

  async insert(manager: EntityManager, items: readonly DataQualityItem[], now: Date): Promise<void> {
    if (items.length === 0) return;
    const at = DIALECTS[this.work.kind].instant(now);
    const unique = new Map(
      items.map((item) => [`${item.observationId} ${item.component} ${item.reason}`, item]),
    );
    const rows = [...unique.values()].map((item) => [newId(), item.personId, item.observationId, item.component, item.reason, item.detail.slice(0, LONGEST_DETAIL), at]); // prettier-ignore
    await insertRows(manager, 'data_quality', COLUMNS, rows);
  }

  /**
   * Adds what is not on the list yet; a result that is judged again says the same again.
   * @param listed what stands on the list of these results, where it has been read
   */
  async insertMissing(
    manager: EntityManager,
    items: readonly DataQualityItem[],
    now: Date,
    listed?: readonly ListedItem[],
  ): Promise<void> {
    if (items.length === 0) return;
    const ids = items.map((item) => item.observationId);
    const known = listed ?? (await this.of(manager, ids));
    const isKnown = new Set(known.map((item) => `${item.observationId} ${item.component} ${item.reason}`));
    await this.insert(
      manager,
      items.filter((item) => !isKnown.has(`${item.observationId} ${item.component} ${item.reason}`)),
      now,
    );
  }

  /** Forgets what was said of a result before: it is read anew. */
  async clear(manager: EntityManager, observationId: string): Promise<void> {
    await manager.delete(DataQualityEntity, { observationId });
  }

  /** What stands on the list of these results. */
  async of(manager: EntityManager, observationIds: readonly string[]): Promise<ListedItem[]> {
    const listed: ListedItem[] = [];
    for (const part of portions(observationIds)) {
      const rows: ListedItem[] = await manager.query(
        `SELECT id, observation_id AS observationId, component, reason FROM data_quality WHERE observation_id IN (${placeholders(part.length)})`,
        part,
      );
      listed.push(...rows);
    }
    return listed;
  }

  async remove(manager: EntityManager, ids: readonly string[]): Promise<void> {
    if (ids.length > 0) await manager.delete(DataQualityEntity, { id: In([...ids]) });
  }

  async move(manager: EntityManager, from: string, to: string): Promise<void> {
    await manager.update(DataQualityEntity, { personId: from }, { personId: to });
  }

  /** Open items, newest first, with the counts of all open items by reason. */
  async page(filter: {
    reason?: DoubtReason;
    personId?: string;
    limit: number;
    after?: string;
    /** Whose may be seen. */
    rows: Rows;
  }): Promise<DataQualityPage> {
    const builder = this.reader.manager
      .createQueryBuilder(DataQualityEntity, 'item')
      .where('item.resolvedAt IS NULL');
    const own = filter.rows('item.personId');
    if (own) builder.andWhere(...namedParts(own));
    if (filter.personId) builder.andWhere('item.personId = :person', { person: filter.personId });
    const counts = await builder
      .clone()
      .select('item.reason', 'reason')
      .addSelect('COUNT(*)', 'count')
      .groupBy('item.reason')
      .getRawMany<{ reason: DoubtReason; count: string | number }>();
    if (filter.reason) builder.andWhere('item.reason = :reason', { reason: filter.reason });
    if (filter.after) builder.andWhere('item.id < :after', { after: filter.after });
    const items = await builder.orderBy('item.id', 'DESC').limit(filter.limit).getMany();
    return { counts: counts.map(({ reason, count }) => ({ reason, count: Number(count) })), items };
  }

  /** Results that wait for a mapping of a code or unit, by id, page by page. */
  async waitingFor(
    reasons: readonly DoubtReason[],
    since: Date | null,
    after: string,
    limit: number,
  ): Promise<string[]> {
    const rows = await this.reader.query<{ id: string }>(
      `SELECT DISTINCT observation_id AS id FROM data_quality
       WHERE reason IN (${placeholders(reasons.length)}) AND resolved_at IS NULL AND observation_id > ?${since ? ' AND created_at >= ?' : ''}
       ORDER BY observation_id LIMIT ?`,
      [...reasons, after, ...(since ? [since] : []), limit],
    );
    return rows.map((row) => row.id);
  }

  /** How many of these results wait for one of the reasons. */
  async waitingAmong(reasons: readonly DoubtReason[], ids: readonly string[]): Promise<number> {
    if (ids.length === 0) return 0;
    const [row] = await this.reader.query<{ n: number | string }>(
      `SELECT COUNT(DISTINCT observation_id) AS n FROM data_quality
       WHERE reason IN (${placeholders(reasons.length)}) AND resolved_at IS NULL AND observation_id IN (${placeholders(ids.length)})`,
      [...reasons, ...ids],
    );
    return Number(row?.n ?? 0);
  }

  /** What waits for a mapping, with how often it was sent, most often first. */
  async unmapped(limit: number): Promise<{ reason: DoubtReason; detail: string; count: number }[]> {
    const rows = await this.reader.query<{ reason: DoubtReason; detail: string; n: number | string }>(
      `SELECT reason, detail, COUNT(*) AS n FROM data_quality
       WHERE reason IN ('unknown-code', 'unknown-unit') AND resolved_at IS NULL
       GROUP BY reason, detail ORDER BY n DESC, reason, detail LIMIT ?`,
      [limit],
    );
    return rows.map(({ reason, detail, n }) => ({ reason, detail, count: Number(n) }));
  }
}
