import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { type Config, type DatabaseKind, databaseKind } from '../../src/config/index.js';

export interface FreshDatabase extends Pick<Config, 'database'> {
  drop(): Promise<void>;
}

/** An empty database of the kind under test; whoever asked for it drops it. */
export async function freshDatabase(kind: DatabaseKind = databaseKind()): Promise<FreshDatabase> {
  if (kind === 'sqlite') {
    const folder = mkdtempSync(join(tmpdir(), 'firstcall-test-'));
    return {
      database: { kind, url: `sqlite:${join(folder, 'db.sqlite')}` },
      drop: () => Promise.resolve(rmSync(folder, { recursive: true, force: true })),
    };
  }
  const server = process.env.TEST_MYSQL_URL!.replace(/\/+$/, '');
  const name = `firstcall_test_${process.pid}_${randomBytes(4).toString('hex')}`;
  await onServer(server, `CREATE DATABASE ${name} CHARACTER SET utf8mb4`);
  return {
    database: { kind, url: `${server}/${name}` },
    drop: () => onServer(server, `DROP DATABASE IF EXISTS ${name}`),
  };
}

async function onServer(url: string, sql: string): Promise<void> {
  const connection = await createConnection(url);
  try {
    await connection.query(sql);
  } finally {
    await connection.end();
  }
}
