import { createHash } from 'node:crypto';
import { type MigrationInterface, type QueryRunner } from 'typeorm';
import { ID, INSTANT, LONG_TEXT } from '../src/database/index.js';
import { newId } from '../src/kernel/index.js';
import { filled, index, optional, primary, table, TEXT } from './describe.js';

interface File {
  path: string;
  text: string;
}
interface Listed {
  path: string;
  hash: string;
}
interface Kept {
  version: string;
  files: string;
}

/** The files of rule sets are kept once each, and when a version came into force where is kept too. */
export class RuleVersions1700000000500 implements MigrationInterface {
  name = 'RuleVersions1700000000500';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(table('rule_file', primary('hash', TEXT(64)), filled('text', LONG_TEXT)));
    await runner.createTable(
      table(
        'rule_set_change',
        primary('id', ID),
        filled('version', TEXT(64)),
        filled('at', INSTANT),
        filled('cause', TEXT(16)),
        filled('instance', TEXT(128)),
        optional('actor', TEXT(64)),
      ),
    );
    await runner.createIndex('rule_set_change', index('ix_rule_set_change_instance', 'instance', 'at'));
    await runner.createIndex('rule_set_change', index('ix_rule_set_change_at', 'at'));
    for (const { version, files } of await allKept(runner)) await split(runner, version, files);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const { version, files } of await allKept(runner)) {
      const whole: File[] = [];
      for (const { path, hash } of JSON.parse(files) as Listed[]) {
        const [row] = (await runner.query('SELECT text FROM rule_file WHERE hash = ?', [hash])) as {
          text: string;
        }[];
        if (row) whole.push({ path, text: row.text });
      }
      await runner.query('UPDATE rule_set SET files = ? WHERE version = ?', [JSON.stringify(whole), version]);
    }
    await runner.dropTable('rule_set_change');
    await runner.dropTable('rule_file');
  }
}

/** The set is marked as split last: where this was interrupted, it is done again, and passes over what is there. */
async function split(runner: QueryRunner, version: string, files: string): Promise<void> {
  const kept = JSON.parse(files) as (File | Listed)[];
  if (kept.some((file) => 'hash' in file)) return;
  const listed: Listed[] = [];
  for (const { path, text } of kept as File[]) {
    const hash = createHash('sha256').update(text).digest('hex');
    listed.push({ path, hash });
    if (await isThere(runner, 'rule_file', 'hash', hash)) continue;
    await runner.query('INSERT INTO rule_file (hash, text) VALUES (?, ?)', [hash, text]);
  }
  if (!(await isThere(runner, 'rule_set_change', 'version', version))) {
    await runner.query(
      `INSERT INTO rule_set_change (id, version, at, cause, instance) SELECT ?, version, in_force_since, 'start', '' FROM rule_set WHERE version = ?`,
      [newId(), version],
    );
  }
  await runner.query('UPDATE rule_set SET files = ? WHERE version = ?', [JSON.stringify(listed), version]);
}

async function isThere(runner: QueryRunner, table: string, column: string, value: string): Promise<boolean> {
  const rows = (await runner.query(`SELECT 1 AS one FROM ${table} WHERE ${column} = ?`, [
    value,
  ])) as unknown[];
  return rows.length > 0;
}

function allKept(runner: QueryRunner): Promise<Kept[]> {
  return runner.query('SELECT version, files FROM rule_set') as Promise<Kept[]>;
}
