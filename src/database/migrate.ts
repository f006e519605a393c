import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { DataSource, MigrationExecutor, type QueryRunner } from 'typeorm';
import { type Config } from '../config/index.js';
import { dataSourceOptions, isolateSessions, type Schema } from './data-source.js';
import { isUnavailable } from './dialect.js';
import { passOverDoneSteps } from './repeatable-steps.js';

const LOCK_WAIT_SECONDS = 300;
const LOCK_POLL_MS = 50;
const CONNECT_ATTEMPTS = 20;
const CONNECT_PAUSE_MS = 1500;

export interface OpenedDatabase {
  dataSource: DataSource;
  /** Names of the migrations that this call ran. */
  migrated: string[];
}

/**
 * Connects and brings the schema up to date. Any number of processes may do so at once: they take turns, and whoever
 * comes later finds the work done.
 * @throws Error when the database stays away or a migration fails
 */
export async function openDatabase(
  config: Pick<Config, 'database'>,
  schema: Schema,
): Promise<OpenedDatabase> {
  const { kind, url } = config.database;
  const dataSource = new DataSource(dataSourceOptions(config, schema));
  try {
    const migrated =
      kind === 'mysql'
        ? await openMysql(dataSource)
        : await openSqlite(dataSource, url.slice('sqlite:'.length));
    return { dataSource, migrated };
  } catch (error) {
    if (dataSource.isInitialized) await dataSource.destroy();
    throw error;
  }
}

async function openMysql(dataSource: DataSource): Promise<string[]> {
  await connect(dataSource);
  return migrateMysql(dataSource);
}

/** The first switch to WAL needs the file alone, so connecting happens under the lock as well. */
function openSqlite(dataSource: DataSource, path: string): Promise<string[]> {
  return withFileLock(path, async () => {
    await dataSource.initialize();
    return runMigrations(dataSource);
  });
}

/** A database server often starts at the same time as the service: wait for it a while. */
async function connect(dataSource: DataSource): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      if (!dataSource.isInitialized) await dataSource.initialize();
      await isolateSessions(dataSource);
      return;
    } catch (error) {
      if (attempt === CONNECT_ATTEMPTS || !isUnavailable(error)) throw error;
      await pause(CONNECT_PAUSE_MS);
    }
  }
}

async function migrateMysql(dataSource: DataSource): Promise<string[]> {
  const runner = dataSource.createQueryRunner();
  try {
    const [at] = (await runner.query('SELECT DATABASE() AS name')) as { name: string }[];
    // Lock names are the server's, not the schema's, and at most 64 characters long.
    const lock = `firstcall.${createHash('sha256')
      .update(at?.name ?? '')
      .digest('hex')
      .slice(0, 40)}`;
    const [taken] = (await runner.query('SELECT GET_LOCK(?, ?) AS got', [lock, LOCK_WAIT_SECONDS])) as {
      got: unknown;
    }[];
    if (Number(taken?.got) !== 1) throw new Error('another instance has been migrating for too long');
    try {
      return await runMigrations(dataSource, passOverDoneSteps(runner));
    } finally {
      await runner.query('SELECT RELEASE_LOCK(?)', [lock]);
    }
  } finally {
    await runner.release();
  }
}

async function runMigrations(dataSource: DataSource, runner?: QueryRunner): Promise<string[]> {
  const executor = new MigrationExecutor(dataSource, runner);
  executor.transaction = 'each';
  const done = await executor.executePendingMigrations();
  return done.map(({ name }) => name);
}

/** An exclusive transaction on a small file beside the database: it ends with its process, however that ends. */
async function withFileLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  if (path === ':memory:') return work();
  mkdirSync(dirname(path), { recursive: true });
  const file = new Database(`${path}.migrate`, { timeout: 0 });
  try {
    await takeExclusively(file);
    return await work();
  } finally {
    file.close();
  }
}

async function takeExclusively(file: Database.Database): Promise<void> {
  for (let waited = 0; ; waited += LOCK_POLL_MS) {
    try {
      file.exec('BEGIN EXCLUSIVE');
      return;
    } catch (error) {
      if (!isUnavailable(error) || waited > LOCK_WAIT_SECONDS * 1000) throw error;
      await pause(LOCK_POLL_MS);
    }
  }
}
