import { type MigrationInterface, type QueryRunner } from 'typeorm';
import { ID, INSTANT } from '../src/database/index.js';
import { filled, index, optional, primary, table, TEXT } from './describe.js';

/** What the watchdog raised. */
export class Alarms1700000001900 implements MigrationInterface {
  name = 'Alarms1700000001900';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      table(
        'alarm',
        primary('id', ID),
        filled('kind', TEXT(16)),
        filled('subject', TEXT(128)),
        optional('open_key', TEXT(160)),
        filled('since', INSTANT),
        filled('raised_at', INSTANT),
        optional('ended_at', INSTANT),
      ),
    );
    await runner.createIndex('alarm', index('ux_alarm_open', 'open_key'));
    await runner.createIndex('alarm', index('ix_alarm_raised', 'raised_at'));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('alarm');
  }
}
