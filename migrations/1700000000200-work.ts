import { type MigrationInterface, type QueryRunner } from 'typeorm';
import { HASH, ID, INSTANT, LONG_TEXT } from '../src/database/index.js';
import { filled, flag, index, INTEGER, optional, primary, table, TEXT } from './describe.js';

/** Findings and the tasks that follow from them. */
export class Work1700000000200 implements MigrationInterface {
  name = 'Work1700000000200';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      table(
        'finding',
        primary('id', ID),
        optional('person_id', ID),
        filled('observation_id', ID),
        filled('component', INTEGER),
        filled('rule_id', TEXT(128)),
        filled('rule_set_version', TEXT(64)),
        filled('kind', TEXT(8)),
        filled('status', TEXT(16)),
        filled('urgency', TEXT(16)),
        filled('disposition', TEXT(8)),
        filled('disposition_reason', TEXT(24)),
        filled('evidence', LONG_TEXT),
        filled('told_value', HASH),
        filled('identified_at', INSTANT),
        filled('updated_at', INSTANT),
        optional('told_at', INSTANT),
        optional('told_as', LONG_TEXT),
        filled('correction', TEXT(8)),
        optional('decided_at', INSTANT),
      ),
    );
    await runner.createIndex(
      'finding',
      index('ux_finding', 'observation_id', 'component', 'rule_id', 'person_id'),
    );
    await runner.createIndex('finding', index('ix_finding_person', 'person_id'));
    await runner.createIndex('finding', index('ix_finding_updated', 'updated_at'));
    await runner.createTable(
      table(
        'task',
        primary('id', ID),
        optional('person_id', ID),
        filled('code', TEXT(16)),
        filled('status', TEXT(16)),
        optional('open_key', TEXT(64)),
        filled('urgency', TEXT(16)),
        filled('due_at', INSTANT),
        filled('reason_finding_id', ID),
        optional('owner', ID),
        optional('closed_reason', TEXT(32)),
        optional('note', LONG_TEXT),
        filled('version', INTEGER),
        filled('created_at', INSTANT),
        filled('updated_at', INSTANT),
        optional('closed_at', INSTANT),
      ),
    );
    await runner.createIndex('task', index('ux_task_open', 'open_key'));
    await runner.createIndex('task', index('ix_task_person', 'person_id'));
    await runner.createIndex('task', index('ix_task_queue', 'status', 'due_at'));
    await runner.createIndex('task', index('ix_task_updated', 'updated_at'));
    await runner.createTable(
      table(
        'task_finding',
        primary('task_id', ID),
        primary('finding_id', ID),
        filled('joined_at', INSTANT),
        flag('is_new'),
      ),
    );
    await runner.createIndex('task_finding', index('ix_task_finding_finding', 'finding_id'));
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of ['task_finding', 'task', 'finding']) await runner.dropTable(name);
  }
}
