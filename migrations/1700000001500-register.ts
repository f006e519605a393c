import { type MigrationInterface, type QueryRunner } from 'typeorm';
import { index } from './describe.js';

/** The register is read by the day on which calls were opened. */
export class Register1700000001500 implements MigrationInterface {
  name = 'Register1700000001500';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createIndex('task', index('ix_task_created', 'created_at', 'id'));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('task', 'ix_task_created');
  }
}
