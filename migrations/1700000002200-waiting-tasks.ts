import { type MigrationInterface, type QueryRunner } from 'typeorm';
import { index } from './describe.js';

/** Open tasks that wait for their time are found by their status, in the order of the queue. */
export class WaitingTasks1700000002200 implements MigrationInterface {
  name = 'WaitingTasks1700000002200';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createIndex(
      'task',
      index('ix_task_open_status', 'closed_at', 'status', 'urgency', 'due_at', 'attempts', 'id'),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('task', 'ix_task_open_status');
  }
}
