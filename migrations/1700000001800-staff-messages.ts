import { type MigrationInterface, type QueryRunner } from 'typeorm';
import { ID, INSTANT, LONG_TEXT } from '../src/database/index.js';
import { filled, index, primary, table, TEXT } from './describe.js';

/** As text: TypeORM would copy the whole table on SQLite. */
const COLUMNS = [
  ['account', 'practitioner', 'varchar(128)'],
  ['task', 'care_setting', 'varchar(16)'],
  ['task', 'route_steps', "integer NOT NULL DEFAULT ('0')"],
  ['task', 'route_at', 'datetime(3)'],
] as const;

/** How members of staff are reached, what the hospital knows them by, and where a task is on its route. */
export class StaffMessages1700000001800 implements MigrationInterface {
  name = 'StaffMessages1700000001800';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      table(
        'account_address',
        primary('id', ID),
        filled('account_id', ID),
        filled('channel', TEXT(8)),
        filled('language', TEXT(8)),
        filled('sealed', LONG_TEXT),
        filled('updated_at', INSTANT),
      ),
    );
    await runner.createIndex('account_address', index('ux_account_address', 'account_id', 'channel'));
    for (const [owner, name, type] of COLUMNS) {
      if (await runner.hasColumn(owner, name)) continue;
      await runner.query(`ALTER TABLE ${owner} ADD COLUMN ${name} ${type}`);
    }
    await runner.createIndex('account', index('ux_account_practitioner', 'practitioner'));
    await runner.createIndex('task', index('ix_task_route', 'route_at'));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('task', 'ix_task_route');
    await runner.dropIndex('account', 'ux_account_practitioner');
    for (const [owner, name] of [...COLUMNS].reverse())
      await runner.query(`ALTER TABLE ${owner} DROP COLUMN ${name}`);
    await runner.dropTable('account_address');
  }
}
