import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';

/** An empty database that is thrown away afterwards. */
export interface FreshDatabase {
  url: string;
  /** Folder for logs and the like; for SQLite the file lies here too. */
  folder: string;
  drop(): Promise<void>;
}

/** A folder for what a run leaves behind, and how it is taken away. */
export function freshFolder(): { folder: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'firstcall-rig-'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** A SQLite file in a temporary folder, or a new schema on the given server. */
export async function freshDatabase(db: 'sqlite' | 'mysql', server: string): Promise<FreshDatabase> {
  const { folder, remove } = freshFolder();
  if (db === 'sqlite') {
    return {
      url: `sqlite:${join(folder, 'rig.sqlite')}`,
      folder,
      drop: () => Promise.resolve(remove()),
    };
  }
  const schema = `firstcall_rig_${process.pid}_${folder.slice(-6).replaceAll(/\W/g, '_').toLowerCase()}`;
  await statement(server, `CREATE DATABASE ${schema} CHARACTER SET utf8mb4`);
  const url = new URL(server);
  url.pathname = `/${schema}`;
  const drop = async (): Promise<void> => {
    remove();
    await statement(server, `DROP DATABASE IF EXISTS ${schema}`);
  };
  return { url: url.toString(), folder, drop };
}

/** Runs one statement on a connection of its own. */
export async function statement(server: string, sql: string): Promise<void> {
  const connection = await createConnection(server);
  try {
    await connection.query(sql);
  } finally {
    await connection.end();
  }
}
