import { type MigrationInterface, type QueryRunner, TableColumn } from 'typeorm';
import { ID } from '../src/database/index.js';

/** Which assessment a doctor's own level stood beside: of a merged record it is another's. */
export class OverrideAssessment1700000001850 implements MigrationInterface {
  name = 'OverrideAssessment1700000001850';

  async up(runner: QueryRunner): Promise<void> {
    const column = new TableColumn({
      name: 'assessment_id',
      type: ID.type,
      length: String(ID.length),
      isNullable: true,
    });
    await runner.addColumn('level_override', column);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn('level_override', 'assessment_id');
  }
}
