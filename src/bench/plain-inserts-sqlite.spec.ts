import Database from 'better-sqlite3';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copied, SqlitePlainInserts } from './plain-inserts-sqlite.js';

describe('the copy of the observation table', () => {
  it.each([
    ['CREATE TABLE "observation" ("id" varchar(36))', 'CREATE TABLE "observation_plain" ("id" varchar(36))'],
    ['CREATE TABLE observation(id)', 'CREATE TABLE "observation_plain"(id)'],
    [
      'CREATE UNIQUE INDEX "ux_observation_identity" ON "observation" ("identity_key")',
      'CREATE UNIQUE INDEX "ux_observation_identity_plain" ON "observation_plain" ("identity_key")',
    ],
    ['CREATE INDEX ix_a ON observation (a) ', 'CREATE INDEX "ix_a_plain" ON "observation_plain" (a) '],
  ])('is made by the same definition: %s', (sql, wanted) => expect(copied(sql)).toBe(wanted));
});

describe('plain inserts on SQLite', () => {
  const folder = mkdtempSync(join(tmpdir(), 'plain-inserts-'));
  const path = join(folder, 'db.sqlite');
  const service = new Database(path);
  const plain = new SqlitePlainInserts(path);
  afterAll(async () => {
    await plain.close();
    service.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('write the same rows again, in sixties, into a table with the same indexes, and do not count themselves', async () => {
    service.exec(
      'CREATE TABLE "observation" ("id" text, "component" integer, "value" text, PRIMARY KEY ("id", "component"))',
    );
    service.exec('CREATE UNIQUE INDEX "ux_value" ON "observation" ("value")');
    const insert = service.prepare('INSERT INTO observation VALUES (?, ?, ?)');
    const write = (from: number, to: number): void => {
      for (let i = from; i < to; i++) insert.run(String(i).padStart(6, '0'), i % 2, i % 7 ? `值${i}` : null);
    };
    write(0, 10);
    await plain.prepare();
    await plain.skipNewRows();
    write(10, 140);
    const before = await plain.size();
    const transactions = await plain.takeNewRows();
    expect(transactions.map(({ length }) => length)).toEqual([60, 60, 10]);
    expect(await plain.insert(transactions)).toBeGreaterThan(0);
    expect(await plain.takeNewRows()).toEqual([]);
    const rows = (table: string): unknown[] =>
      service.prepare(`SELECT * FROM ${table} WHERE id >= '000010' ORDER BY id`).all();
    expect(rows('observation_plain')).toEqual(rows('observation'));
    const indexes = service.prepare(
      `SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = 'observation_plain'`,
    );
    expect(indexes.all()).toHaveLength(2);
    expect(await plain.size()).toBe(before);
  });
});
