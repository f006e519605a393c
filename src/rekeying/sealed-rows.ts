import { Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { DIALECTS, quoted, Reader, UnitOfWork } from '../database/index.js';
import {
  headOf,
  type KeyNumber,
  prefixOf,
  type SealedColumn,
  type SealedRow,
  Vault,
} from '../secrets/index.js';

/** Rows that are sealed anew by one transaction; of long ones fewer. */
const AT_ONCE = 40;
const LONG_AT_ONCE = 8;
/** Whatever else the service does, sealing anew has a turn after so long. */
const PATIENCE_MS = 200;

/** Rows that are sealed, or found, by an older key: how many there are, and sealing them anew. */
@Injectable()
export class SealedRows {
  constructor(
    private readonly reader: Reader,
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
  ) {}

  /** How many rows of a column an older key is still needed for. */
  async left(sealed: SealedColumn, key: KeyNumber): Promise<number> {
    const [row] = await this.reader.query<{ n: number | string }>(
      `SELECT COUNT(*) AS n FROM ${sealed.table} WHERE ${byOlder(sealed, key)}`,
    );
    return Number(row?.n ?? 0);
  }

  /**
   * Seals a few rows anew, with the hashes that follow from them, in one transaction.
   * @param after id of the last one of the batch before
   * @returns how many, and the id to go on from; null at the end
   */
  async batch(
    sealed: SealedColumn,
    key: KeyNumber,
    after: string,
  ): Promise<{ count: number; next: string | null }> {
    const limit = sealed.rest ? LONG_AT_ONCE : AT_ONCE;
    return this.work.runAside(async (manager) => {
      const columns = ['id', sealed.column, ...(sealed.also ?? [])];
      const rows: Record<string, unknown>[] = await manager.query(
        `SELECT ${columns.map(quoted).join(', ')} FROM ${sealed.table} WHERE id > ? AND ${byOlder(sealed, key)}
         ORDER BY id LIMIT ${limit}${DIALECTS[this.work.kind].forUpdate}`,
        [after],
      );
      for (const row of rows) await this.#anew(manager, sealed, row);
      return { count: rows.length, next: rows.length < limit ? null : (rows.at(-1)!['id'] as string) };
    }, PATIENCE_MS);
  }

  async #anew(manager: EntityManager, sealed: SealedColumn, row: SealedRow): Promise<void> {
    const { table, column, form, prefix = '', rest, hashes } = sealed;
    const id = row['id'] as string;
    const stored = row[column];
    const before =
      form === 'bytes'
        ? await this.#whole(manager, sealed, id, Buffer.from(stored as Buffer))
        : Buffer.from((stored as string).slice(prefix.length), 'base64');
    const context = sealed.context(row);
    const plain = this.vault.open(before, context);
    const next = this.vault.seal(plain, context);
    const first = rest ? next.subarray(0, rest.bytes) : next;
    const changes: Record<string, unknown> = {
      [column]: form === 'bytes' ? first : prefix + next.toString('base64'),
      ...hashes?.(row, plain, this.vault),
    };
    const set = Object.keys(changes).map((name) => `${name} = ?`);
    try {
      await manager.query(`UPDATE ${table} SET ${set.join(', ')} WHERE id = ?`, [
        ...Object.values(changes),
        id,
      ]);
    } catch (error) {
      // The same contact of the same person, noted twice at the very moment when keys changed: one is enough.
      if (!hashes || !DIALECTS[this.work.kind].isDuplicateKey(error)) throw error;
      await manager.query(`DELETE FROM ${table} WHERE id = ?`, [id]);
    }
    if (rest) await this.#keepRest(manager, rest, id, next);
  }

  async #whole(manager: EntityManager, { rest }: SealedColumn, id: string, first: Buffer): Promise<Buffer> {
    if (!rest || first.length < rest.bytes) return first;
    const parts: { payload: Buffer }[] = await manager.query(
      `SELECT payload FROM ${rest.table} WHERE ${rest.owner} = ? ORDER BY part`,
      [id],
    );
    return Buffer.concat([first, ...parts.map(({ payload }) => Buffer.from(payload))]);
  }

  /** What was cut before is cut at the same places: a few bytes more may ask for another part. */
  async #keepRest(
    manager: EntityManager,
    { table, owner, bytes }: NonNullable<SealedColumn['rest']>,
    id: string,
    sealed: Buffer,
  ): Promise<void> {
    const kept: { id: string; part: number }[] = await manager.query(
      `SELECT id, part FROM ${table} WHERE ${owner} = ? ORDER BY part`,
      [id],
    );
    for (let part = 1; part * bytes < sealed.length; part++) {
      const payload = sealed.subarray(part * bytes, (part + 1) * bytes);
      const there = kept.find((one) => Number(one.part) === part);
      await (there
        ? manager.query(`UPDATE ${table} SET payload = ? WHERE id = ?`, [payload, there.id])
        : manager.query(`INSERT INTO ${table} (id, ${owner}, part, payload) VALUES (?, ?, ?, ?)`, [
            newPartId(id, part),
            ...[id, part, payload],
          ]));
    }
  }
}

/** Ids of parts are asked for by nobody: any that no other part has. */
function newPartId(id: string, part: number): string {
  return `${id.slice(0, 32)}-${part}`.slice(0, 36);
}

/** What both databases compare alike, letter by letter. */
function begins(column: string, head: string): string {
  return `HEX(SUBSTR(${column}, 1, ${head.length / 2})) = '${head}'`;
}

/** A row that needs a key other than this one: to be opened, or to be found. */
function byOlder({ column, form, prefix = '', hashColumns = [] }: SealedColumn, key: KeyNumber): string {
  const hex = (text: string): string => Buffer.from(text).toString('hex').toUpperCase();
  const head = headOf(key);
  const sealed =
    form === 'bytes' ? head.toString('hex').toUpperCase() : hex(prefix + head.toString('base64'));
  const isSealed = prefix === '' ? '' : ` AND ${begins(column, hex(prefix))}`;
  const hashes = hashColumns.map((name) => ` OR (${name} <> '' AND NOT ${begins(name, hex(prefixOf(key)))})`);
  return `(${column} IS NOT NULL${isSealed} AND (NOT ${begins(column, sealed)}${hashes.join('')}))`;
}
