import { type MigrationInterface, type QueryRunner } from 'typeorm';
import { ID, INSTANT } from '../src/database/index.js';
import { filled, index, INTEGER, optional, primary, table, TEXT } from './describe.js';

/** Judging stored people again under another version of the rules; by which version each message was judged. */
export class Rejudging1700000000600 implements MigrationInterface {
  name = 'Rejudging1700000000600';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      table(
        'rejudge_job',
        primary('id', ID),
        optional('from_version', TEXT(64)),
        filled('to_version', TEXT(64)),
        filled('state', TEXT(16)),
        optional('open_key', TEXT(8)),
        filled('phase', TEXT(8)),
        filled('reached_id', ID),
        filled('strays_after', ID),
        filled('total', INTEGER),
        filled('judged', INTEGER),
        filled('failed', INTEGER),
        filled('made', INTEGER),
        filled('changed', INTEGER),
        filled('retracted', INTEGER),
        optional('holder', ID),
        optional('lease_until', INSTANT),
        filled('requested_at', INSTANT),
        optional('started_at', INSTANT),
        filled('updated_at', INSTANT),
        optional('finished_at', INSTANT),
      ),
    );
    await runner.createIndex('rejudge_job', index('ux_rejudge_job_open', 'open_key'));
    // As text: TypeORM would copy the whole table on SQLite. Done already where a start was killed after it.
    if (!(await runner.hasColumn('message', 'rule_set_version')))
      await runner.query('ALTER TABLE message ADD COLUMN rule_set_version varchar(64)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE message DROP COLUMN rule_set_version');
    await runner.dropTable('rejudge_job');
  }
}
