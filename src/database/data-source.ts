import { type DataSource, type DataSourceOptions } from 'typeorm';
import { type Config } from '../config/index.js';

/** What the rooms above bring along: their entities and the migrations that build their tables. */
export type Schema = Pick<DataSourceOptions, 'entities' | 'migrations'>;

const BUSY_TIMEOUT_MS = 10_000;
const CONNECTIONS = 16;

interface SqliteConnection {
  pragma(text: string): unknown;
  prepare(sql: string): unknown;
}

/** The file of an embedded database; null for another, or one in memory. */
export function sqliteFile({ database: { kind, url } }: Pick<Config, 'database'>): string | null {
  const file = url.slice('sqlite:'.length);
  return kind === 'sqlite' && file !== ':memory:' ? file : null;
}

/** One description of the connection for the service, the command line and the tests. */
export function dataSourceOptions(config: Pick<Config, 'database'>, schema: Schema): DataSourceOptions {
  const { kind, url } = config.database;
  const shared = { ...schema, migrationsTableName: 'migration', synchronize: false };
  if (kind === 'sqlite') {
    return {
      ...shared,
      type: 'better-sqlite3',
      database: url.slice('sqlite:'.length),
      timeout: BUSY_TIMEOUT_MS,
      prepareDatabase: (connection: SqliteConnection) => {
        prepareSqlite(connection);
      },
    };
  }
  return {
    ...shared,
    type: 'mariadb',
    url,
    timezone: 'Z',
    charset: 'utf8mb4',
    extra: {
      connectionLimit: CONNECTIONS,
      maxIdle: CONNECTIONS,
      supportBigNumbers: true,
      // See round-trips.ts. Every value in our SQL is a placeholder.
      multipleStatements: true,
      connectTimeout: BUSY_TIMEOUT_MS,
    },
  };
}

const READ_COMMITTED = 'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED';
const READ_ONLY = `${READ_COMMITTED}, READ ONLY`;

interface MysqlConnection {
  query(sql: string, answered: () => void): unknown;
}

interface MysqlPool {
  on(event: 'connection', listener: (connection: MysqlConnection) => void): void;
}

/**
 * READ COMMITTED: looking for a key that is not there yet must not lock the gap where others insert theirs. Set once a
 * connection; TypeORM's own option would ask the server anew at every transaction.
 * @param isReadOnly the server refuses every write
 */
export async function isolateSessions(dataSource: DataSource, isReadOnly = false): Promise<void> {
  const { pool } = dataSource.driver as unknown as { pool: MysqlPool };
  const wanted = isReadOnly ? READ_ONLY : READ_COMMITTED;
  pool.on('connection', (connection) => {
    // Who wanted the connection hears that it failed; an error that nobody takes would end the process.
    connection.query(wanted, () => undefined);
  });
  // The one connection that was opened already.
  await dataSource.query(wanted);
}

/**
 * Pages of 4 KB in the log before a commit copies them into the file: 32 MB. Before that a service does so beside its
 * work (checkpoints.ts), so that little is left to the commit: it alone can begin the log anew.
 */
const CHECKPOINT_PAGES = 8000;

/**
 * WAL with synchronous=FULL, or a commit could be lost at a power cut (the unit of work sees to it by itself: log-flush.ts);
 * and every transaction begins IMMEDIATE, because one that reads first and writes later fails at once when another process
 * has written between. Of pages 20 MB are kept in memory: with 32 MB a person costs the same, and the service outgrows its 400 MB.
 */
function prepareSqlite(connection: SqliteConnection): void {
  connection.pragma('journal_mode = WAL');
  connection.pragma('synchronous = FULL');
  connection.pragma('cache_size = -20480');
  connection.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
  const prepare = connection.prepare.bind(connection);
  connection.prepare = (sql) => prepare(sql === 'BEGIN TRANSACTION' ? 'BEGIN IMMEDIATE TRANSACTION' : sql);
}
