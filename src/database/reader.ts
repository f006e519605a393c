import { type DataSource, type EntityManager } from 'typeorm';
import { type DatabaseKind } from '../config/index.js';
import { AppError } from '../kernel/index.js';
import { DIALECTS, isUnavailable } from './dialect.js';

/**
 * Reads what is committed. On a SQLite file this is a connection of its own, since the writer's sees rows that may yet
 * be rolled back; on MySQL/MariaDB it is the same pool.
 */
export class Reader {
  constructor(private readonly dataSource: DataSource) {}

  get kind(): DatabaseKind {
    return this.dataSource.options.type === 'better-sqlite3' ? 'sqlite' : 'mysql';
  }

  get manager(): EntityManager {
    return this.dataSource.manager;
  }

  /**
   * Runs one SELECT; a Date among the parameters is given as the driver wants it.
   * @throws AppError `try-again` when the database is busy or away
   */
  async query<Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    const dialect = DIALECTS[this.kind];
    try {
      return await this.dataSource.query(
        sql,
        parameters.map((value) => (value instanceof Date ? dialect.instant(value) : value)),
      );
    } catch (error) {
      if (!isUnavailable(error)) throw error;
      const refusal = new AppError('try-again', 'The database is busy or away; ask again.');
      refusal.cause = error;
      throw refusal;
    }
  }
}
