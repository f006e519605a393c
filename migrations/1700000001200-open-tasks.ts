import { type MigrationInterface, type QueryRunner } from 'typeorm';
import { index } from './describe.js';

/** Open tasks of one code in the order of the queue, and their counts: read from the index alone. */
export class OpenTasks1700000001200 implements MigrationInterface {
  name = 'OpenTasks1700000001200';

  async up(runner: QueryRunner): Promise<void> {
    const columns = ['closed_at', 'code', 'urgency', 'due_at', 'attempts', 'id'] as const;
    await runner.createIndex('task', index('ix_task_open_code', ...columns));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('task', 'ix_task_open_code');
  }
}
