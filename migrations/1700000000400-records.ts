import { type MigrationInterface, type QueryRunner } from 'typeorm';
import { LONG_TEXT } from '../src/database/index.js';

/** What a record says of its person, read once when it is stored: rules ask for history, family and medication. */
export class Records1700000000400 implements MigrationInterface {
  name = 'Records1700000000400';

  async up(runner: QueryRunner): Promise<void> {
    // A start that was killed may have left it: MySQL commits at once. (SQLite adds it in place this way, without a copy.)
    if (await runner.hasColumn('clinical_resource', 'said')) return;
    await runner.query(`ALTER TABLE clinical_resource ADD COLUMN said ${LONG_TEXT.type}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE clinical_resource DROP COLUMN said');
  }
}
