import { type EntityManager } from 'typeorm';

/** SQLite takes 32,766 values a statement, MySQL's packet is large enough for as many short ones. */
const VALUES_PER_STATEMENT = 20_000;
const statements = new Map<string, string>();

/** One multi-row INSERT: the hot path's way of writing (a TypeORM `insert` costs three times as much). */
export async function insertRows(
  manager: EntityManager,
  table: string,
  columns: readonly string[],
  rows: readonly unknown[][],
): Promise<void> {
  const most = Math.floor(VALUES_PER_STATEMENT / columns.length);
  for (let start = 0; start < rows.length; start += most) {
    const part = start === 0 && rows.length <= most ? rows : rows.slice(start, start + most);
    await manager.query(statement(table, columns, part.length), part.length === 1 ? part[0] : flat(part));
  }
}

/** `Array.flat` looks at every value for further nesting; a push does not. */
function flat(rows: readonly unknown[][]): unknown[] {
  const values: unknown[] = [];
  for (const row of rows) values.push(...row);
  return values;
}

function statement(table: string, columns: readonly string[], rows: number): string {
  const key = `${table} ${rows}`;
  let sql = statements.get(key);
  if (!sql) {
    const row = `(${columns.map(() => '?').join(',')})`;
    sql = `INSERT INTO ${table} (${columns.join(',')}) VALUES ${Array<string>(rows).fill(row).join(',')}`;
    if (statements.size < 1000) statements.set(key, sql);
  }
  return sql;
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
