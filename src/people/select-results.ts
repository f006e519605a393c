import { type EntityManager } from 'typeorm';
import { type StoredResult } from './domain/stored-result.js';
import { COLUMNS, resultsOf, type Row } from './observation-rows.js';

/** The results that a condition of SQL meets, by id, each with all that it measured. */
export async function selectResults(
  manager: EntityManager,
  where: string,
  values: readonly unknown[],
  lock = '',
): Promise<StoredResult[]> {
  const rows: Row[] = await manager.query(
    `SELECT ${COLUMNS.join(',')} FROM observation WHERE ${where} ORDER BY id, component${lock}`,
    [...values],
  );
  return resultsOf(rows);
}
