import { type EntityManager } from 'typeorm';
import { rowsByStatement } from './packets.js';
import { runAhead, runLater } from './round-trips.js';

/** SQLite takes 32,766 values a statement. */
const VALUES_PER_STATEMENT = 20_000;
/** Longer statements differ too much from each other to be kept prepared on every connection. */
const MOST_PREPARED_ROWS = 128;
const statements = new Map<string, string>();

/** Columns and the SQL of what they hold in every row. Literals of our own alone: no value that somebody sent. */
export type Constants = Readonly<Record<string, 'NULL' | "''" | number>>;
const NONE: Constants = {};

/** One multi-row INSERT, sent with the next statement: the hot path's way of writing (a TypeORM `insert` costs three times as much). */
export async function insertRows(
  manager: EntityManager,
  table: string,
  columns: readonly string[],
  rows: readonly unknown[][],
): Promise<void> {
  for (const part of parts(columns, rows)) {
    await runLater(manager, statement(table, columns, part.length), flat(part));
  }
}

/**
 * The same for rows that may be there already: a taken key fails this call and nothing before it.
 * @param constants columns that hold the same in every row, with the SQL of it: most of a wide row need not be sent
 */
export async function insertRowsNow(
  manager: EntityManager,
  table: string,
  columns: readonly string[],
  rows: readonly unknown[][],
  constants: Constants = NONE,
): Promise<void> {
  for (const part of parts(columns, rows)) {
    const isPrepared = part.length <= MOST_PREPARED_ROWS;
    await runAhead(manager, statement(table, columns, part.length, constants), flat(part), isPrepared);
  }
}

function parts(columns: readonly string[], rows: readonly unknown[][]): (readonly unknown[][])[] {
  return rowsByStatement(rows, Math.floor(VALUES_PER_STATEMENT / columns.length));
}

/** `Array.flat` looks at every value for further nesting; a push does not. */
function flat(rows: readonly unknown[][]): readonly unknown[] {
  if (rows.length === 1) return rows[0]!;
  const values: unknown[] = [];
  for (const row of rows) values.push(...row);
  return values;
}

function statement(
  table: string,
  columns: readonly string[],
  rows: number,
  constants: Constants = NONE,
): string {
  const key = `${table} ${rows} ${columns.length}`;
  let sql = statements.get(key);
  if (!sql) {
    const names = [...columns, ...Object.keys(constants)];
    const row = `(${[...columns.map(() => '?'), ...Object.values(constants)].join(',')})`;
    sql = `INSERT INTO ${table} (${names.map(quoted).join(',')}) VALUES ${Array<string>(rows).fill(row).join(',')}`;
    if (statements.size < 1000) statements.set(key, sql);
  }
  return sql;
}

/** A name that one of the databases keeps for itself, as MySQL does `system`, is a name still: all of them read backticks. */
export function quoted(name: string): string {
  return `\`${name}\``;
}

/** A list in parts that fit into the IN list of one statement. */
export function portions<T>(list: readonly T[]): T[][] {
  const parts: T[][] = [];
  for (let start = 0; start < list.length; start += VALUES_PER_STATEMENT)
    parts.push(list.slice(start, start + VALUES_PER_STATEMENT));
  return parts;
}

/** `?,?,?` for an IN list; of nothing, a list that nothing is in (MySQL refuses an empty one). */
export function placeholders(count: number): string {
  return count === 0 ? 'NULL' : Array<string>(count).fill('?').join(',');
}
