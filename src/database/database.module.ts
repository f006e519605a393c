import { type DynamicModule, Inject, Logger, Module, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type Config, CONFIG } from '../config/index.js';
import { dataSourceOptions, isolateSessions, type Schema, sqliteFile } from './data-source.js';
import { LogFlush } from './log-flush.js';
import { openDatabase } from './migrate.js';
import { Reader } from './reader.js';
import { ReadingWork } from './reading-work.js';
import { UnitOfWork } from './unit-of-work.js';

const READING = Symbol('reading data source');

/** The migrated database: `UnitOfWork` writes, `Reader` reads, `DataSource` is for those two and for tests. */
@Module({})
export class DatabaseModule implements OnApplicationShutdown {
  constructor(
    @Inject(DataSource) private readonly writing: DataSource,
    @Inject(READING) private readonly reading: DataSource,
  ) {}

  /** @param schema the entities and migrations that the rooms above bring along */
  static forRoot(schema: Schema): DynamicModule {
    return {
      module: DatabaseModule,
      global: true,
      providers: [
        {
          provide: DataSource,
          inject: [CONFIG],
          useFactory: (config: Config) => openForWriting(config, schema),
        },
        {
          provide: READING,
          inject: [CONFIG, DataSource],
          useFactory: (config: Config, writing: DataSource) => openForReading(config, schema, writing),
        },
        { provide: UnitOfWork, inject: [CONFIG, DataSource], useFactory: writing },
        { provide: Reader, inject: [READING], useFactory: (db: DataSource) => new Reader(db) },
      ],
      exports: [DataSource, UnitOfWork, Reader],
    };
  }

  /**
   * The database for commands that only read: nothing is migrated, and what tries to write fails. A service at work is
   * not held up, since nothing is locked.
   * @param schema the entities that the rooms above bring along
   */
  static forReading(schema: Pick<Schema, 'entities'>): DynamicModule {
    return {
      module: DatabaseModule,
      global: true,
      providers: [
        {
          provide: READING,
          inject: [CONFIG],
          useFactory: (config: Config) => openReadOnly(config, schema),
        },
        { provide: DataSource, useExisting: READING },
        { provide: UnitOfWork, inject: [READING], useFactory: (db: DataSource) => new ReadingWork(db) },
        { provide: Reader, inject: [READING], useFactory: (db: DataSource) => new Reader(db) },
      ],
      exports: [DataSource, UnitOfWork, Reader],
    };
  }

  /** After the last request: by now nothing asks for the database any more. */
  async onApplicationShutdown(): Promise<void> {
    for (const dataSource of new Set([this.reading, this.writing])) {
      if (dataSource.isInitialized) await dataSource.destroy();
    }
  }
}

async function openForWriting(config: Config, schema: Schema): Promise<DataSource> {
  const logger = new Logger('Database');
  const { dataSource, migrated } = await openDatabase(config, schema);
  if (migrated.length > 0) logger.log(`migrated: ${migrated.join(', ')}`);
  if (config.database.kind === 'mysql') await warnUnlessDurable(dataSource, logger);
  // Each page that a savepoint may have to take back would be written to a file. Of what is sorted here nothing is long.
  else await dataSource.query('PRAGMA temp_store = MEMORY');
  return dataSource;
}

/** What can't be written through may be lost at a power cut and look kept: the process ends, and a new one reads the log. */
function writing(config: Config, dataSource: DataSource): UnitOfWork {
  const file = sqliteFile(config);
  if (file === null) return new UnitOfWork(dataSource);
  const log = LogFlush.of(file, (fault) => {
    new Logger('Database').fatal(
      `the log of the database can't be written through to the disk: ${fault.message}`,
    );
    process.kill(process.pid, 'SIGTERM');
  });
  return new UnitOfWork(dataSource, log);
}

async function openForReading(config: Config, schema: Schema, writing: DataSource): Promise<DataSource> {
  const options = dataSourceOptions(config, schema);
  // A database in memory belongs to its one connection.
  if (options.type !== 'better-sqlite3' || options.database === ':memory:') return writing;
  return new DataSource({ ...options, migrations: [], readonly: true }).initialize();
}

async function openReadOnly(config: Config, schema: Pick<Schema, 'entities'>): Promise<DataSource> {
  const options = dataSourceOptions(config, { ...schema, migrations: [] });
  if (options.type === 'better-sqlite3')
    return new DataSource({ ...options, readonly: true, fileMustExist: true }).initialize();
  const dataSource = await new DataSource(options).initialize();
  await isolateSessions(dataSource, true);
  return dataSource;
}

/** An acknowledged result must survive a power cut: anything but 1 leaves up to a second of commits in memory. */
async function warnUnlessDurable(dataSource: DataSource, logger: Logger): Promise<void> {
  const [row] = await dataSource.query<{ setting: unknown }[]>(
    'SELECT @@innodb_flush_log_at_trx_commit AS setting',
  );
  if (Number(row?.setting) === 1) return;
  logger.warn(
    `innodb_flush_log_at_trx_commit is ${String(row?.setting)}, not 1: a power cut can lose acknowledged results. ` +
      'Set it to 1 before real results arrive.',
  );
}
