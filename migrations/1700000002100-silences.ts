import { type MigrationInterface, type QueryRunner } from 'typeorm';
import { ID, INSTANT } from '../src/database/index.js';
import { filled, index, optional, primary, table, TEXT } from './describe.js';

/** Rules that doctors have silenced for one person, until when and why. */
export class Silences1700000002100 implements MigrationInterface {
  name = 'Silences1700000002100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      table(
        'silence',
        primary('id', ID),
        filled('person_id', ID),
        optional('open_key', TEXT(170)),
        filled('rule_id', TEXT(128)),
        filled('class', TEXT(16)),
        filled('reason', TEXT(200)),
        filled('made_by', TEXT(64)),
        filled('made_at', INSTANT),
        filled('until_at', INSTANT),
        optional('ended_at', INSTANT),
        optional('ended_by', TEXT(64)),
        optional('ended_because', TEXT(16)),
      ),
    );
    await runner.createIndex('silence', index('ux_silence_open', 'open_key'));
    await runner.createIndex('silence', index('ix_silence_person', 'person_id', 'made_at'));
    await runner.createIndex('silence', index('ix_silence_due', 'ended_at', 'until_at'));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('silence');
  }
}
