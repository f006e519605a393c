import Database from 'better-sqlite3';
import { createConnection } from 'mysql2/promise';
import { type Difference } from '../reconcile/index.js';

/** A loss made by hand, and the difference by which `reconcile` must tell it. */
export interface PlantedLoss {
  what: string;
  expected: Pick<Difference, 'kind'> & Partial<Difference>;
}

type Row = Record<string, string>;
type Run = (sql: string, values?: readonly unknown[]) => Promise<Row[]>;

/** Deletes a finding and a result, and cancels a call, of three different persons. @throws Error when there are none */
export async function plantLosses(databaseUrl: string): Promise<PlantedLoss[]> {
  const { run, close } = await open(databaseUrl);
  const one = async (sql: string, values: readonly unknown[] = []): Promise<Row> => {
    const [row] = await run(sql, values);
    if (!row) throw new Error('there is nothing to lose yet');
    return row;
  };
  try {
    const finding = await one(
      `SELECT id, person_id FROM finding WHERE kind = 'finding' AND status <> 'retracted' ORDER BY id LIMIT 1`,
    );
    const call = await one(
      `SELECT id, person_id FROM task WHERE code = 'notify' AND open_key IS NOT NULL AND person_id <> ? ORDER BY id LIMIT 1`,
      [finding['person_id']],
    );
    const result = await one(
      `SELECT id, message_id, entry FROM observation WHERE person_id NOT IN (?, ?) AND id NOT IN (SELECT observation_id FROM finding) ORDER BY id LIMIT 1`,
      [finding['person_id'], call['person_id']],
    );
    await run('DELETE FROM finding WHERE id = ?', [finding['id']]);
    await run(`UPDATE task SET status = 'cancelled', open_key = NULL WHERE id = ?`, [call['id']]);
    await run('DELETE FROM observation WHERE id = ?', [result['id']]);
    return [
      {
        what: 'a finding was deleted',
        expected: { kind: 'missing-finding', personId: finding['person_id'] ?? '' },
      },
      { what: 'a call was cancelled', expected: { kind: 'missing-task', personId: call['person_id'] ?? '' } },
      {
        what: 'a result was deleted',
        expected: {
          kind: 'missing-result',
          about: `message ${result['message_id']} entry ${result['entry']}`,
        },
      },
    ];
  } finally {
    await close();
  }
}

/** Whether one of the differences tells this loss. */
export function isTold({ expected }: PlantedLoss, differences: readonly Difference[]): boolean {
  return differences.some((difference) =>
    Object.entries(expected).every(([name, value]) => difference[name as keyof Difference] === value),
  );
}

async function open(url: string): Promise<{ run: Run; close: () => unknown }> {
  if (url.startsWith('sqlite:')) {
    const database = new Database(url.slice('sqlite:'.length));
    const run: Run = (sql, values = []) => {
      const statement = database.prepare(sql);
      if (statement.reader) return Promise.resolve(statement.all(values) as Row[]);
      statement.run(values);
      return Promise.resolve([]);
    };
    return { run, close: () => database.close() };
  }
  const connection = await createConnection(url);
  const run: Run = async (sql, values = []) => {
    const [rows] = await connection.query(sql, [...values] as string[]);
    return Array.isArray(rows) ? (rows as Row[]) : [];
  };
  return { run, close: () => connection.end() };
}
