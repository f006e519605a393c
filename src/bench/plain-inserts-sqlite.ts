import Database from 'better-sqlite3';
import {
  COPY,
  insertStatement,
  inTransactions,
  type PlainInserts,
  type Row,
  TABLE,
} from './plain-inserts.js';

/** SQLite: one connection of its own to the service's file, as durable as the service's (WAL, synchronous FULL). */
export class SqlitePlainInserts implements PlainInserts {
  readonly #db: Database.Database;
  #lastId = '';

  constructor(path: string) {
    this.#db = new Database(path, { timeout: 10_000 });
    this.#db.pragma('journal_mode = WAL');
    this.#db.pragma('synchronous = FULL');
    this.#db.pragma('cache_size = -65536');
    this.#db.pragma('foreign_keys = OFF');
    this.#db.defaultSafeIntegers(true);
  }

  prepare(): Promise<void> {
    this.#db.exec(`DROP TABLE IF EXISTS ${COPY}`);
    const made = this.#db
      .prepare(`SELECT sql FROM sqlite_master WHERE tbl_name = ? AND sql IS NOT NULL ORDER BY type DESC`)
      .pluck()
      .all(TABLE) as string[];
    for (const sql of made) this.#db.exec(copied(sql));
    return Promise.resolve();
  }

  takeNewRows(): Promise<Row[][]> {
    const rows = this.#db
      .prepare(`SELECT * FROM ${TABLE} WHERE id > ? ORDER BY id`)
      .raw()
      .all(this.#lastId) as Row[];
    return this.skipNewRows().then(() => inTransactions(rows));
  }

  skipNewRows(): Promise<void> {
    this.#lastId = (this.#db.prepare(`SELECT max(id) FROM ${TABLE}`).pluck().get() as string | null) ?? '';
    return Promise.resolve();
  }

  insert(transactions: readonly Row[][]): Promise<number> {
    const columns = transactions[0]?.[0]?.length ?? 0;
    const statements = new Map<number, Database.Statement>();
    for (const { length } of transactions) {
      if (!statements.has(length)) statements.set(length, this.#db.prepare(insertStatement(length, columns)));
    }
    const start = performance.now();
    for (const rows of transactions) statements.get(rows.length)?.run(rows.flat());
    return Promise.resolve(performance.now() - start);
  }

  settle(): Promise<number> {
    const start = performance.now();
    this.#db.pragma('wal_checkpoint(TRUNCATE)');
    return Promise.resolve(performance.now() - start);
  }

  size(): Promise<number> {
    const number = (sql: string): number => Number(this.#db.prepare(sql).pluck().get() ?? 0);
    const whole = number('SELECT page_count * page_size FROM pragma_page_count, pragma_page_size');
    const copy = number(
      `SELECT sum(pgsize) FROM dbstat WHERE name IN (SELECT name FROM sqlite_master WHERE tbl_name = '${COPY}')`,
    );
    return Promise.resolve(whole - copy);
  }

  close(): Promise<void> {
    this.#db.close();
    return Promise.resolve();
  }
}

/** The definition of a table or index, for the copy: an index gets a name of its own. */
export function copied(sql: string): string {
  return sql
    .replace(/^(CREATE (?:UNIQUE )?INDEX\s+)"?(\w+)"?/i, '$1"$2_plain"')
    .replace(new RegExp(`((?:TABLE|ON)\\s+)"?${TABLE}"?(?=[\\s(])`, 'i'), `$1"${COPY}"`);
}
