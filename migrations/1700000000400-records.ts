import { type MigrationInterface, type QueryRunner, TableColumn } from 'typeorm';
import { LONG_TEXT } from '../src/database/index.js';

/** What a record says of its person, read once when it is stored: rules ask for history, family and medication. */
export class Records1700000000400 implements MigrationInterface {
  name = 'Records1700000000400';

  async up(runner: QueryRunner): Promise<void> {
<<<<<<< HEAD
    // A start that was killed may have left it: MySQL commits at once. (SQLite adds it in place this way, without a copy.)
    if (await runner.hasColumn('clinical_resource', 'said')) return;
    await runner.query(`ALTER TABLE clinical_resource ADD COLUMN said ${LONG_TEXT.type}`);
=======
    const said = new TableColumn({ name: 'said', type: LONG_TEXT.type, isNullable: true });
    await runner.addColumn('clinical_resource', said);
>>>>>>> main
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn('clinical_resource', 'said');
  }
}
