import { type MigrationInterface, type QueryRunner } from 'typeorm';
import { ID, INSTANT, LONG_TEXT } from '../src/database/index.js';
import { filled, index, INTEGER, primary, table, TEXT } from './describe.js';

/** The level that each person is at, and the levels that they were at before. */
export class Levels1700000000800 implements MigrationInterface {
  name = 'Levels1700000000800';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      table(
        'assessment',
        primary('id', ID),
        filled('person_id', ID),
        filled('version', INTEGER),
        filled('code', TEXT(8)),
        filled('range_text', TEXT(8)),
        filled('rule_set_version', TEXT(64)),
        filled('assessed_at', INSTANT),
        filled('content', LONG_TEXT),
      ),
    );
    await runner.createIndex('assessment', index('ux_assessment_person', 'person_id'));
    await runner.createIndex('assessment', index('ix_assessment_assessed', 'assessed_at'));
    await runner.createTable(
      table(
        'assessment_earlier',
        primary('assessment_id', ID),
        primary('version', INTEGER),
        filled('code', TEXT(8)),
        filled('range_text', TEXT(8)),
        filled('rule_set_version', TEXT(64)),
        filled('assessed_at', INSTANT),
        filled('content', LONG_TEXT),
      ),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('assessment_earlier');
    await runner.dropTable('assessment');
  }
}
