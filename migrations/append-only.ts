import { type QueryRunner } from 'typeorm';

/** A row may be given these columns once, where they were empty; nothing else of it ever changes. */
interface AppendOnly {
  table: string;
  /** Columns that never change. */
  kept: readonly string[];
  /** Column that tells that a row is complete. */
  sealedBy: string;
}

/** The server asks for more than its own tables' rights here, as a hosted MySQL does: then the chain alone tells of changes. */
const NOT_ALLOWED =
  /^(ER_BINLOG_CREATE_ROUTINE_NEED_SUPER|ER_TABLEACCESS_DENIED_ERROR|ER_SPECIFIC_ACCESS_DENIED_ERROR|ER_DBACCESS_DENIED_ERROR)$/;

/**
 * Triggers by which the database itself refuses to change or take away rows. Can be done twice. On SQLite a later
 * migration that rebuilds the table loses them, and has to call this again.
 */
export async function guardRows(runner: QueryRunner, { table, kept, sealedBy }: AppendOnly): Promise<void> {
  await unguardRows(runner, table);
  const isSqlite = runner.connection.options.type === 'better-sqlite3';
  const [isSame, refuse] = isSqlite
    ? ['IS', `SELECT RAISE(ABORT, '${table} is append-only')`]
    : ['<=>', `SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = '${table} is append-only'`];
  const changed = [
    `OLD.${sealedBy} IS NOT NULL`,
    `NEW.${sealedBy} IS NULL`,
    ...kept.map((column) => `NOT (NEW.${column} ${isSame} OLD.${column})`),
  ].join(' OR ');
  const update = isSqlite
    ? `WHEN ${changed} BEGIN ${refuse}; END`
    : `FOR EACH ROW BEGIN IF ${changed} THEN ${refuse}; END IF; END`;
  const remove = isSqlite ? `BEGIN ${refuse}; END` : `FOR EACH ROW ${refuse}`;
  await allowed(runner.query(`CREATE TRIGGER ${table}_unchanged BEFORE UPDATE ON ${table} ${update}`));
  await allowed(runner.query(`CREATE TRIGGER ${table}_kept BEFORE DELETE ON ${table} ${remove}`));
}

export async function unguardRows(runner: QueryRunner, table: string): Promise<void> {
  await runner.query(`DROP TRIGGER IF EXISTS ${table}_unchanged`);
  await runner.query(`DROP TRIGGER IF EXISTS ${table}_kept`);
}

async function allowed(made: Promise<unknown>): Promise<void> {
  try {
    await made;
  } catch (error) {
    const { driverError } = error as { driverError?: { code?: string } };
    if (!NOT_ALLOWED.test(driverError?.code ?? '')) throw error;
  }
}
