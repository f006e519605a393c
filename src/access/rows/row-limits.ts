import { Inject, Injectable } from '@nestjs/common';
import { andRows, EVERYBODY, placeholders, Reader, type Rows } from '../../database/index.js';
import { Clock } from '../../kernel/index.js';
import { BreakGlass } from './break-glass.service.js';
import { type Post, rowsOf } from './row-condition.js';

/** Whom somebody may see, and whom of these they have opened by break-glass, with why. */
export interface Limit {
  rows: Rows;
  opened: ReadonlyMap<string, string>;
}

export const UNLIMITED: Limit = { rows: EVERYBODY, opened: new Map() };

/**
 * The routes that are about one person, by how they begin, and the table that tells of whom. What begins otherwise and
 * has an id in it is about nobody: a test names those.
 */
const TABLES: readonly (readonly [prefix: string, table: string])[] = [
  ['/api/people/:id', 'person'],
  ['/api/tasks/:id', 'task'],
  ['/api/findings/:id', 'finding'],
  ['/api/messages/:id', 'outbox'],
];
/** A chain of merged records longer than this is an error of the data. */
const LONGEST_CHAIN = 5;

/** The table of a route that is about one person; null of a route that is not. */
export function tableOfRoute(path: string): string | null {
  return TABLES.find(([prefix]) => path === prefix || path.startsWith(`${prefix}/`))?.[1] ?? null;
}

/** The one place that decides whose people somebody sees. */
@Injectable()
export class RowLimits {
  constructor(
    @Inject(Reader) private readonly reader: Reader,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(BreakGlass) private readonly glass: BreakGlass,
  ) {}

  /** The limit of somebody who is signed in; nothing is asked of the database for whoever has none. */
  async of(accountId: string, post: Post): Promise<Limit> {
    const now = this.clock.now();
    if (rowsOf(post, [], now) === EVERYBODY) return UNLIMITED;
    const opened = await this.glass.opened(accountId);
    return { rows: rowsOf(post, [...opened.keys()], now), opened };
  }

  /** Whether a row is about somebody whom an account may see by its post alone, nothing opened by break-glass. */
  hasInReach(post: Post, table: string, id: string): Promise<boolean> {
    return this.sees(rowsOf(post, [], this.clock.now()), table, id);
  }

  /** Whether the row is there, and about somebody whom they may see. */
  async sees(rows: Rows, table: string, id: string): Promise<boolean> {
    if (table === 'person') return this.#seesPerson(rows, id);
    const limit = andRows(rows, 'r.person_id');
    const found = await this.reader.query(`SELECT 1 FROM ${table} r WHERE r.id = ?${limit.sql}`, [
      id,
      ...limit.values,
    ]);
    return found.length > 0;
  }

  /** Of these people, those whom they may see. */
  async among(rows: Rows, ids: readonly string[]): Promise<ReadonlySet<string>> {
    if (rows === EVERYBODY || ids.length === 0) return new Set(ids);
    const limit = andRows(rows, 'r.id');
    const found = await this.reader.query<{ id: string }>(
      `SELECT r.id FROM person r WHERE r.id IN (${placeholders(ids.length)})${limit.sql}`,
      [...ids, ...limit.values],
    );
    return new Set(found.map(({ id }) => id));
  }

  /** Who was merged into another is seen as that other. */
  async #seesPerson(rows: Rows, id: string): Promise<boolean> {
    const limit = rows('r.id');
    let next: string | null = id;
    for (let step = 0; next !== null && step < LONGEST_CHAIN; step++) {
      const found: { merged_into: string | null; may: number | string }[] = await this.reader.query(
        `SELECT r.merged_into, ${limit ? `CASE WHEN ${limit.sql} THEN 1 ELSE 0 END` : '1'} AS may FROM person r WHERE r.id = ?`,
        [...(limit?.values ?? []), next],
      );
      const row = found[0];
      if (!row) return false;
      if (row.merged_into === null) return Number(row.may) === 1;
      next = row.merged_into;
    }
    return false;
  }
}
