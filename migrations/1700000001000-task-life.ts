import { type MigrationInterface, type QueryRunner } from 'typeorm';
import { HASH, ID, INSTANT, LONG_TEXT } from '../src/database/index.js';
import { filled, index, INTEGER, optional, primary, table, TEXT } from './describe.js';

/**
 * Columns of `task` that people move. Each is empty, or has a default, for what an earlier release writes beside this
 * one. `integer` and `boolean` as TypeORM spells them on either database.
 */
const COLUMNS = [
  ['claimed_at', 'datetime(3)'],
  ['lease_until', 'datetime(3)'],
  ['handover_to', 'varchar(36)'],
  ['promised_at', 'datetime(3)'],
  ['attempts', "integer NOT NULL DEFAULT ('0')"],
  ['last_attempt_at', 'datetime(3)'],
  ['confirmation', 'varchar(16)'],
  ['specimen', "varchar(64) NOT NULL DEFAULT ''"],
  ['is_on_site', "boolean NOT NULL DEFAULT ('0')"],
  ['ladder_steps', "integer NOT NULL DEFAULT ('0')"],
] as const;

/** Claims, attempts, what happened to a task and what became of its findings. */
export class TaskLife1700000001000 implements MigrationInterface {
  name = 'TaskLife1700000001000';

  async up(runner: QueryRunner): Promise<void> {
    // As text: TypeORM would copy the whole table on SQLite. Done already where a start was killed after it.
    for (const [name, type] of COLUMNS) {
      if (await runner.hasColumn('task', name)) continue;
      await runner.query(`ALTER TABLE task ADD COLUMN ${name} ${type}`);
    }
    // Open tasks alone have no `closed_at`: the queue is read from its front, however many are closed.
    await runner.createIndex(
      'task',
      index('ix_task_open', 'closed_at', 'urgency', 'due_at', 'attempts', 'id'),
    );
    await runner.createIndex('task', index('ix_task_open_owner', 'closed_at', 'owner'));
    await runner.createIndex('task', index('ix_task_lease', 'lease_until'));
    await runner.createTable(
      table(
        'task_event',
        primary('id', ID),
        filled('task_id', ID),
        filled('at', INSTANT),
        filled('actor', TEXT(64)),
        filled('action', TEXT(24)),
        optional('from_status', TEXT(16)),
        filled('to_status', TEXT(16)),
        filled('version', INTEGER),
        optional('reason', LONG_TEXT),
        optional('detail', LONG_TEXT),
      ),
    );
    await runner.createIndex('task_event', index('ix_task_event_task', 'task_id', 'id'));
    await runner.createIndex('task_event', index('ix_task_event_at', 'at'));
    await runner.createTable(
      table(
        'contact',
        primary('id', ID),
        filled('task_id', ID),
        optional('person_id', ID),
        filled('status', TEXT(16)),
        filled('channel', TEXT(16)),
        optional('number', TEXT(64)),
        filled('outcome', TEXT(24)),
        optional('answered_by', TEXT(16)),
        filled('identified', TEXT(64)),
        filled('read_back', TEXT(16)),
        filled('told', LONG_TEXT),
        optional('note', LONG_TEXT),
        filled('actor', TEXT(64)),
        optional('request_key', HASH),
        filled('at', INSTANT),
        filled('updated_at', INSTANT),
      ),
    );
    await runner.createIndex('contact', index('ux_contact_request', 'request_key'));
    await runner.createIndex('contact', index('ix_contact_task', 'task_id', 'id'));
    await runner.createIndex('contact', index('ix_contact_person', 'person_id'));
    await runner.createIndex('contact', index('ix_contact_updated', 'updated_at'));
    await runner.createTable(
      table(
        'finding_loop',
        primary('finding_id', ID),
        filled('person_id', ID),
        filled('task_id', ID),
        filled('state', TEXT(16)),
        filled('due_at', INSTANT),
        optional('recheck_at', INSTANT),
        optional('outcome', TEXT(24)),
        optional('words', LONG_TEXT),
        optional('observation_id', ID),
        filled('version', INTEGER),
        filled('told_at', INSTANT),
        optional('closed_at', INSTANT),
        optional('closed_by', TEXT(64)),
        filled('updated_at', INSTANT),
      ),
    );
    await runner.createIndex('finding_loop', index('ix_finding_loop_person', 'person_id', 'state'));
    await runner.createIndex('finding_loop', index('ix_finding_loop_due', 'state', 'due_at'));
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of ['finding_loop', 'contact', 'task_event']) await runner.dropTable(name);
    for (const name of ['ix_task_lease', 'ix_task_open_owner', 'ix_task_open'])
      await runner.dropIndex('task', name);
    for (const [name] of [...COLUMNS].reverse()) await runner.query(`ALTER TABLE task DROP COLUMN ${name}`);
  }
}
