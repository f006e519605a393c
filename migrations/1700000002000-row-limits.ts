import { type MigrationInterface, type QueryRunner } from 'typeorm';
import { ID, INSTANT } from '../src/database/index.js';
import { filled, index, optional, primary, table, TEXT } from './describe.js';

/**
 * Where people are looked after and by whom, as their encounters say; at which centre an account is; who was opened by
 * break-glass. The service notes the encounters of before at its next start.
 */
export class RowLimits1700000002000 implements MigrationInterface {
  name = 'RowLimits1700000002000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      table(
        'encounter_care',
        primary('resource_id', ID),
        optional('centre', TEXT(128)),
        optional('attending', TEXT(128)),
        optional('until_at', INSTANT),
        optional('centre_ref', ID),
        optional('attending_ref', ID),
      ),
    );
    await runner.createIndex('encounter_care', index('ix_encounter_care_centre', 'centre_ref'));
    await runner.createIndex('encounter_care', index('ix_encounter_care_attending', 'attending_ref'));
    await runner.createTable(
      table(
        'break_glass',
        primary('id', ID),
        filled('account_id', ID),
        filled('person_id', ID),
        filled('words', TEXT(255)),
        filled('at', INSTANT),
        filled('until_at', INSTANT),
      ),
    );
    await runner.createIndex('break_glass', index('ix_break_glass_account', 'account_id', 'until_at'));
    if (!(await runner.hasColumn('account', 'centre')))
      await runner.query('ALTER TABLE account ADD COLUMN centre varchar(128)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE account DROP COLUMN centre');
    await runner.dropTable('break_glass');
    await runner.dropTable('encounter_care');
  }
}
