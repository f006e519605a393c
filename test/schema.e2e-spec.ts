import Database from 'better-sqlite3';
import { createConnection } from 'mysql2/promise';
import { DataSource, type QueryRunner } from 'typeorm';
import { RuleVersions1700000000500 } from '../migrations/1700000000500-rule-versions.js';
import { MIGRATIONS } from '../migrations/index.js';
import { dataSourceOptions, openDatabase } from '../src/database/index.js';
import { ENTITIES } from '../src/entities.js';
import { freshDatabase, type FreshDatabase } from './support/database.js';

/** Reserved by MySQL up to 9.7 (its information_schema.keywords) and taken for a name by MariaDB, which the tests run on. */
const RESERVED_BY_MYSQL =
  'cube cume_dist database dense_rank empty external first_value function generated get grouping groups io_after_gtids ' +
  'io_before_gtids json_table lag last_value lateral lead library manual nth_value ntile of optimizer_costs option ' +
  'parallel percent_rank qualify rank row schema stored system tablesample virtual window';
/** Written in quotes wherever it is written. */
const QUOTED = ['person_contact.system'];

const SCHEMA = { entities: ENTITIES, migrations: MIGRATIONS };

describe('the schema', () => {
  let database: FreshDatabase;
  beforeEach(async () => {
    database = await freshDatabase();
  });
  afterEach(() => database.drop());

  it('that the migrations build is the one that the entities describe', async () => {
    const { dataSource } = await openDatabase(database, SCHEMA);
    try {
      const drift = await dataSource.driver.createSchemaBuilder().log();
      expect(drift.upQueries.map(({ query }) => query)).toEqual([]);
    } finally {
      await dataSource.destroy();
    }
  });

  it('has no name that MySQL keeps for itself, but where it is quoted', async () => {
    const { dataSource } = await openDatabase(database, SCHEMA);
    try {
      const reserved = new Set(RESERVED_BY_MYSQL.split(' '));
      const names = dataSource.entityMetadatas.flatMap(({ tableName, columns }) => [
        tableName,
        ...columns.map(({ databaseName }) => `${tableName}.${databaseName}`),
      ]);
      expect(names.filter((name) => reserved.has(name.split('.').at(-1)!))).toEqual(QUOTED);
    } finally {
      await dataSource.destroy();
    }
  });

  it('goes up, down to nothing, and up again', async () => {
    const { dataSource } = await openDatabase(database, SCHEMA);
    try {
      for (let step = 0; step < MIGRATIONS.length; step++) await dataSource.undoLastMigration();
      const left = await tablesOf(dataSource);
      expect(left.filter((name) => name !== 'migration')).toEqual([]);
      await dataSource.runMigrations();
      expect(await tablesOf(dataSource)).toEqual(
        expect.arrayContaining(dataSource.entityMetadatas.map(({ tableName }) => tableName)),
      );
    } finally {
      await dataSource.destroy();
    }
  });

  it('keeps the rule sets of the first release, file by file, and gives them back', async () => {
    const at = MIGRATIONS.indexOf(RuleVersions1700000000500);
    const first = { entities: [], migrations: MIGRATIONS.slice(0, at) };
    const files = ['a', 'b'].map((name) => ({ path: `pack/${name}.yaml`, text: `# ${name} 血` }));
    const kept = [files, [files[0], { path: 'pack/b.yaml', text: '# c' }]].map((list) =>
      JSON.stringify(list),
    );
    const { dataSource: before } = await openDatabase(database, first);
    for (const [i, list] of kept.entries()) {
      const since = `2026-01-0${i + 1} 08:00:00.000`;
      await before.query('INSERT INTO rule_set (version, files, in_force_since) VALUES (?, ?, ?)', [
        `v${i + 1}`,
        list,
        since,
      ]);
    }
    await before.destroy();
    const { dataSource } = await openDatabase(database, SCHEMA);
    try {
      const texts = await dataSource.query<{ text: string }[]>('SELECT text FROM rule_file ORDER BY text');
      expect(texts.map(({ text }) => text)).toEqual(['# a 血', '# b 血', '# c']);
      const changes = await dataSource.query<{ version: string }[]>(
        'SELECT version FROM rule_set_change ORDER BY at',
      );
      expect(changes.map(({ version }) => version)).toEqual(['v1', 'v2']);
      for (const _ of MIGRATIONS.slice(at)) await dataSource.undoLastMigration();
      const again = await dataSource.query<{ files: string }[]>(
        'SELECT files FROM rule_set ORDER BY version',
      );
      expect(again.map((row) => row.files)).toEqual(kept);
    } finally {
      await dataSource.destroy();
    }
  });

  // SQLite undoes the whole migration; MySQL and MariaDB keep what was done of it.
  it('is finished by the next start wherever a migration was cut off after its second step, or after its last', async () => {
    for (const [at, each] of MIGRATIONS.entries()) {
      const before = MIGRATIONS.slice(0, at);
      for (const steps of [2, Infinity]) {
        const migrations = [...before, cutOff(each, steps)];
        await expect(openDatabase(database, { ...SCHEMA, migrations })).rejects.toThrow('cut off');
      }
      const { dataSource, migrated } = await openDatabase(database, {
        ...SCHEMA,
        migrations: [...before, each],
      });
      await dataSource.destroy();
      expect([each.name, migrated.length]).toEqual([each.name, 1]);
    }
    const { dataSource } = await openDatabase(database, SCHEMA);
    try {
      const drift = await dataSource.driver.createSchemaBuilder().log();
      expect(drift.upQueries.map(({ query }) => query)).toEqual([]);
    } finally {
      await dataSource.destroy();
    }
  });

  it('keeps no connection when a step fails', async () => {
    const broken = MIGRATIONS.map((each, i) => (i === 1 ? cutOff(each, 1) : each));
    await expect(openDatabase(database, { ...SCHEMA, migrations: broken })).rejects.toThrow('cut off');
    await expectNoConnection(database);
  });

  it('is built once when many instances start together', async () => {
    const opened = await Promise.all(Array.from({ length: 4 }, () => openDatabase(database, SCHEMA)));
    try {
      expect(opened.flatMap(({ migrated }) => migrated)).toHaveLength(MIGRATIONS.length);
    } finally {
      await Promise.all(opened.map(({ dataSource }) => dataSource.destroy()));
    }
  });

  it('notices a column that no migration builds', async () => {
    const { dataSource } = await openDatabase(database, SCHEMA);
    await dataSource.query('ALTER TABLE rule_set DROP COLUMN files');
    await dataSource.destroy();
    const again = await new DataSource(dataSourceOptions(database, SCHEMA)).initialize();
    try {
      const drift = await again.driver.createSchemaBuilder().log();
      expect(drift.upQueries.length).toBeGreaterThan(0);
    } finally {
      await again.destroy();
    }
  });
});

type Migration = (typeof MIGRATIONS)[number];

/** The same migration, which fails when it would go on after so many steps, at the latest when all are done. */
function cutOff(migration: Migration, steps: number): Migration {
  const { name } = migration;
  const cut = class extends migration {
    override async up(runner: QueryRunner): Promise<void> {
      let left = steps;
      const limited = new Proxy(runner, {
        get(target, key) {
          const found: unknown = Reflect.get(target, key, target);
          if (typeof found !== 'function') return found;
          const isStep = /^(create|add|drop|change|rename|query|insert|update|delete)/.test(String(key));
          return (...given: unknown[]): unknown => {
            if (isStep && left-- <= 0) throw new Error('cut off');
            return (found as (...given: unknown[]) => unknown).apply(target, given);
          };
        },
      });
      await super.up(limited);
      throw new Error('cut off');
    }
  };
  return Object.defineProperty(cut, 'name', { value: name });
}

async function expectNoConnection({ database: { kind, url } }: FreshDatabase): Promise<void> {
  if (kind === 'sqlite') {
    // Only whoever has the file alone can take it out of write-ahead logging.
    const file = new Database(url.slice('sqlite:'.length), { timeout: 0 });
    expect(file.pragma('journal_mode = DELETE', { simple: true })).toBe('delete');
    file.close();
    return;
  }
  const server = await createConnection(url);
  const others =
    'SELECT id FROM information_schema.processlist WHERE db = DATABASE() AND id <> CONNECTION_ID()';
  try {
    // The server may take a moment to notice that they were closed.
    for (let rows: unknown = [0]; Array.isArray(rows) && rows.length > 0;) {
      [rows] = await server.query(others);
      await new Promise(setImmediate);
    }
  } finally {
    await server.end();
  }
}

async function tablesOf(dataSource: DataSource): Promise<string[]> {
  const sql =
    dataSource.options.type === 'better-sqlite3'
      ? `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`
      : `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE()`;
  const rows = await dataSource.query<{ name: string }[]>(sql);
  return rows.map(({ name }) => name);
}
