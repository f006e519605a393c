import { type MigrationInterface, type QueryRunner } from 'typeorm';
import { ID, INSTANT, LONG_TEXT } from '../src/database/index.js';
import { filled, index, INTEGER, optional, primary, table, TEXT } from './describe.js';

/** Levels that doctors set themselves, and when levels moved. */
export class LevelOverrides1700000000900 implements MigrationInterface {
  name = 'LevelOverrides1700000000900';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      table(
        'level_override',
        primary('id', ID),
        filled('person_id', ID),
        optional('open_key', ID),
        filled('code', TEXT(8)),
        filled('reason', LONG_TEXT),
        filled('doctor', TEXT(64)),
        filled('made_by', TEXT(64)),
        filled('made_at', INSTANT),
        filled('until', INSTANT),
        filled('computed_version', INTEGER),
        filled('computed_code', TEXT(8)),
        filled('computed_text', TEXT(8)),
        filled('standing', LONG_TEXT),
        optional('ended_at', INSTANT),
        optional('ended_by', TEXT(64)),
        optional('ended_because', TEXT(16)),
      ),
    );
    await runner.createIndex('level_override', index('ux_level_override_open', 'open_key'));
    await runner.createIndex('level_override', index('ix_level_override_person', 'person_id', 'made_at'));
    await runner.createIndex('assessment_earlier', index('ix_assessment_earlier_assessed', 'assessed_at'));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('assessment_earlier', 'ix_assessment_earlier_assessed');
    await runner.dropTable('level_override');
  }
}
