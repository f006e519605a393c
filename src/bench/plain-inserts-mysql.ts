import { createPool, type ExecuteValues, type Pool, type RowDataPacket } from 'mysql2/promise';
import {
  COPY,
  insertStatement,
  inTransactions,
  type PlainInserts,
  type Row,
  TABLE,
} from './plain-inserts.js';

/** MySQL and MariaDB: as many connections as the service has clients, each statement committed by itself. */
export class MysqlPlainInserts implements PlainInserts {
  readonly #pool: Pool;
  #lastId = '';

  constructor(
    url: string,
    private readonly connections: number,
    /** Prepared statements are a quarter faster than plain ones here: a harder reference. */
    private readonly isPrepared: boolean,
  ) {
    this.#pool = createPool({
      uri: url,
      connectionLimit: connections,
      rowsAsArray: true,
      // Texts as they are stored: nothing may be lost between reading a row and writing it again.
      dateStrings: true,
      supportBigNumbers: true,
      bigNumberStrings: true,
      charset: 'utf8mb4',
    });
  }

  async prepare(): Promise<void> {
    await this.#pool.query(`DROP TABLE IF EXISTS ${COPY}`);
    await this.#pool.query(`CREATE TABLE ${COPY} LIKE ${TABLE}`);
  }

  async takeNewRows(): Promise<Row[][]> {
    const [rows] = await this.#pool.query<RowDataPacket[][]>(
      `SELECT * FROM ${TABLE} WHERE id > ? ORDER BY id`,
      [this.#lastId],
    );
    await this.skipNewRows();
    return inTransactions(rows);
  }

  async skipNewRows(): Promise<void> {
    const [rows] = await this.#pool.query<RowDataPacket[]>(`SELECT max(id) FROM ${TABLE}`);
    this.#lastId = (rows[0] as [string | null] | undefined)?.[0] ?? '';
  }

  async insert(transactions: readonly Row[][]): Promise<number> {
    const columns = transactions[0]?.[0]?.length ?? 0;
    const statements = new Map(transactions.map(({ length }) => [length, insertStatement(length, columns)]));
    let next = 0;
    const client = async (): Promise<void> => {
      for (let rows = transactions[next++]; rows; rows = transactions[next++]) {
        const statement = statements.get(rows.length) ?? '';
        if (this.isPrepared) await this.#pool.execute(statement, rows.flat() as ExecuteValues);
        else await this.#pool.query(statement, rows.flat());
      }
    };
    const start = performance.now();
    await Promise.all(Array.from({ length: this.connections }, client));
    return performance.now() - start;
  }

  /** The server does so by itself. */
  settle(): Promise<number> {
    return Promise.resolve(0);
  }

  async size(): Promise<number> {
    const [tables] = await this.#pool.query<RowDataPacket[]>('SHOW TABLES');
    const names = (tables as unknown as [string][]).map(([name]) => name).filter((name) => name !== COPY);
    await this.#pool.query(`ANALYZE TABLE ${names.join(', ')}`);
    const [rows] = await this.#pool.query<RowDataPacket[]>(
      'SELECT sum(data_length + index_length) FROM information_schema.tables WHERE table_schema = database() AND table_name <> ?',
      [COPY],
    );
    return Number((rows[0] as [unknown] | undefined)?.[0] ?? 0);
  }

  async close(): Promise<void> {
    await this.#pool.end();
  }
}
