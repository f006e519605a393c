import { type EntityManager, QueryFailedError } from 'typeorm';

/** A statement of better-sqlite3. */
interface Prepared {
  run(parameters: readonly unknown[]): unknown;
}

interface SqliteConnection {
  prepare(sql: string): Prepared;
}

/** More than the hot path has. */
const MOST = 200;
/** Values of the longest statement that is kept; prepared it takes a quarter of a megabyte. */
const LONGEST = 2_000;
const prepared = new WeakMap<SqliteConnection, Map<string, Prepared>>();

/**
 * SQLite: runs a statement that answers nothing by its prepared form. Through TypeORM's runner each of the nearly thousand
 * values of a person's results is copied twice.
 */
export async function runPrepared(
  manager: EntityManager,
  sql: string,
  parameters: readonly unknown[],
): Promise<void> {
  if (!manager.queryRunner) return void (await manager.query(sql, [...parameters]));
  const connection = (await manager.queryRunner.connect()) as SqliteConnection;
  try {
    const isKept = parameters.length <= LONGEST;
    (isKept ? statementOf(connection, sql) : connection.prepare(sql)).run(parameters);
  } catch (error) {
    throw new QueryFailedError(sql, undefined, error as Error);
  }
}

/** The ones that were used last are kept. */
function statementOf(connection: SqliteConnection, sql: string): Prepared {
  let known = prepared.get(connection);
  if (!known) prepared.set(connection, (known = new Map<string, Prepared>()));
  const statement = known.get(sql) ?? connection.prepare(sql);
  known.delete(sql);
  known.set(sql, statement);
  if (known.size > MOST) known.delete(known.keys().next().value!);
  return statement;
}
