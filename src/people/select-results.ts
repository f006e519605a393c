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

/**
 * The results whose ids a SELECT of `id` gives. Joined, not asked for with IN: MariaDB, whose statistics lag behind after a
 * bulk load, was seen to read the whole table for the few of a person (65 ms).
 */
export async function selectResultsOf(
  manager: EntityManager,
  ids: string,
  values: readonly unknown[],
): Promise<StoredResult[]> {
  const rows: Row[] = await manager.query(
    `SELECT ${COLUMNS.join(',')} FROM (SELECT DISTINCT id FROM (${ids}) AS named) AS wanted JOIN observation USING (id) ORDER BY id, component`,
    [...values],
  );
  return resultsOf(rows);
}
