import { readFileSync, writeFileSync } from 'node:fs';
import { type Connection, createConnection, type RowDataPacket } from 'mysql2/promise';
import { MIGRATIONS } from '../../migrations/index.js';
import { type Config, databaseKind } from '../../src/config/index.js';
import { openDatabase } from '../../src/database/index.js';
import { ENTITIES } from '../../src/entities.js';
import { freshDatabase, type FreshDatabase } from './database.js';

type Fill = (database: Config['database']) => Promise<void>;

let template: Promise<Fill> | null = null;

/**
 * A database as the migrations leave it. They run once a process; what they built is copied from then on, as reading
 * the schema step by step takes MariaDB seconds.
 */
export async function builtDatabase(): Promise<FreshDatabase> {
  const fill = await (template ??= buildTemplate());
  const database = await freshDatabase();
  await fill(database.database);
  return database;
}

async function buildTemplate(): Promise<Fill> {
  const built = await freshDatabase();
  try {
    const { dataSource } = await openDatabase(built, { entities: ENTITIES, migrations: MIGRATIONS });
    await dataSource.destroy();
    return databaseKind() === 'sqlite' ? copyOfFile(built.database) : await copyOfTables(built.database);
  } finally {
    await built.drop();
  }
}

function copyOfFile({ url }: Config['database']): Fill {
  const file = (of: string): string => of.slice('sqlite:'.length);
  const bytes = readFileSync(file(url));
  return (database) => Promise.resolve(writeFileSync(file(database.url), bytes));
}

async function copyOfTables({ url }: Config['database']): Promise<Fill> {
  const statements = await on(url, async (connection) => {
    const rowsOf = async (sql: string) => (await connection.query<RowDataPacket[]>(sql))[0];
    const tables = (await rowsOf('SHOW TABLES')).map((row) => String(Object.values(row)[0]));
    const made: string[] = [];
    for (const table of tables) {
      made.push((await rowsOf(`SHOW CREATE TABLE \`${table}\``))[0]!['Create Table'] as string);
      const rows = await rowsOf(`SELECT * FROM \`${table}\``);
      if (rows.length > 0)
        made.push(
          connection.format(`INSERT INTO \`${table}\` VALUES ?`, [
            rows.map((row) => Object.values(row) as unknown[]),
          ]),
        );
    }
    for (const { Trigger, Timing, Event, Table, Statement } of await rowsOf('SHOW TRIGGERS'))
      made.push(`CREATE TRIGGER \`${Trigger}\` ${Timing} ${Event} ON \`${Table}\` FOR EACH ROW ${Statement}`);
    return made;
  });
  return (database) =>
    on(database.url, async (connection) => {
      await connection.query('SET foreign_key_checks = 0');
      for (const statement of statements) await connection.query(statement);
    });
}

async function on<T>(url: string, work: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = await createConnection(url);
  try {
    return await work(connection);
  } finally {
    await connection.end();
  }
}
