import { type MigrationInterface, type QueryRunner } from 'typeorm';
import { ID, INSTANT, LONG_TEXT } from '../src/database/index.js';
import { filled, index, primary, table, TEXT } from './describe.js';

/** What findings were before results or rules made something else of them: a decision is explained as it was made. */
export class EarlierFindings1700000000700 implements MigrationInterface {
  name = 'EarlierFindings1700000000700';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      table(
        'finding_earlier',
        primary('id', ID),
        filled('finding_id', ID),
        filled('rule_set_version', TEXT(64)),
        filled('replaced_at', INSTANT),
        filled('finding', LONG_TEXT),
      ),
    );
    await runner.createIndex('finding_earlier', index('ix_finding_earlier_finding', 'finding_id'));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('finding_earlier');
  }
}
