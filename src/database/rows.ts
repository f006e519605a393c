/** A part of a WHERE clause, with what stands in the place of its question marks. */
export interface Condition {
  sql: string;
  values: readonly unknown[];
}

/**
 * Which people somebody may see: a condition on a column that holds a person's id (or null, where nobody is known yet).
 * Null where they may see everybody. Whatever lists people, or tasks of people, asks for it.
 */
export type Rows = (personColumn: string) => Condition | null;

export const EVERYBODY: Rows = () => null;

/** ` AND …` for the end of a WHERE clause; empty where everybody may be seen. */
export function andRows(rows: Rows, personColumn: string): Condition {
  const condition = rows(personColumn);
  return condition ? { sql: ` AND ${condition.sql}`, values: condition.values } : { sql: '', values: [] };
}

/** The same as TypeORM's builders take it: with names in the place of question marks. */
export function namedParts({ sql, values }: Condition): [sql: string, values: Record<string, unknown>] {
  let next = 0;
  const named = sql.replaceAll('?', () => `:row${next++}`);
  return [named, Object.fromEntries(values.map((value, i) => [`row${i}`, value]))];
}
