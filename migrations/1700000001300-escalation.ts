import { type MigrationInterface, type QueryRunner } from 'typeorm';
import { index } from './describe.js';

const COLUMNS = [
  ['ladder_since', 'datetime(3)'],
  ['escalate_at', 'datetime(3)'],
] as const;

/** When a task goes to the next role. */
export class Escalation1700000001300 implements MigrationInterface {
  name = 'Escalation1700000001300';

  async up(runner: QueryRunner): Promise<void> {
    for (const [name, type] of COLUMNS) {
      if (await runner.hasColumn('task', name)) continue;
      await runner.query(`ALTER TABLE task ADD COLUMN ${name} ${type}`);
    }
    await runner.createIndex('task', index('ix_task_escalate', 'escalate_at'));
    // Tasks of before are looked at once, at the latest when they are due.
    await runner.query('UPDATE task SET escalate_at = due_at WHERE closed_at IS NULL');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('task', 'ix_task_escalate');
    for (const [name] of COLUMNS) await runner.query(`ALTER TABLE task DROP COLUMN ${name}`);
  }
}
