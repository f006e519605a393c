import { type MigrationInterface, type QueryRunner } from 'typeorm';
import { index } from './describe.js';

const COLUMNS = [
  ['person', 'initials', 'varchar(64)'],
  ['person_contact', 'tail_hash', 'varchar(27)'],
] as const;
const INDEXES = [
  ['person', index('ix_person_name', 'name', 'id')],
  ['person', index('ix_person_initials', 'initials', 'id')],
  ['person_contact', index('ix_person_contact_tail', 'tail_hash', 'person_id')],
] as const;

/** People are found by name, by first letters and by the end of a telephone number. The service fills in those of before. */
export class FindingPeople1700000001600 implements MigrationInterface {
  name = 'FindingPeople1700000001600';

  async up(runner: QueryRunner): Promise<void> {
    for (const [table, name, type] of COLUMNS) {
      if (await runner.hasColumn(table, name)) continue;
      await runner.query(`ALTER TABLE ${table} ADD COLUMN ${name} ${type}`);
    }
    for (const [table, made] of INDEXES) await runner.createIndex(table, made);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const [table, made] of INDEXES) await runner.dropIndex(table, made.name!);
    for (const [table, name] of COLUMNS) await runner.query(`ALTER TABLE ${table} DROP COLUMN ${name}`);
  }
}
