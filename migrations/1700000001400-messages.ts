import { type MigrationInterface, type QueryRunner } from 'typeorm';
import { HASH, ID, INSTANT, LONG_TEXT } from '../src/database/index.js';
import { filled, index, INTEGER, optional, primary, table, TEXT } from './describe.js';

/** Messages that leave: the outbox, what providers report of them, and who wants none. */
export class Messages1700000001400 implements MigrationInterface {
  name = 'Messages1700000001400';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      table(
        'outbox',
        primary('id', ID),
        filled('message_key', TEXT(128)),
        filled('channel', TEXT(16)),
        filled('template', TEXT(64)),
        filled('template_revision', TEXT(16)),
        filled('language', TEXT(8)),
        filled('audience', TEXT(8)),
        filled('urgency', TEXT(16)),
        optional('task_id', ID),
        optional('person_id', ID),
        filled('address_hash', HASH),
        filled('sealed', LONG_TEXT),
        filled('state', TEXT(16)),
        filled('attempts', INTEGER),
        optional('next_at', INSTANT),
        optional('holder', ID),
        optional('error_kind', TEXT(16)),
        optional('error_code', TEXT(64)),
        optional('provider_id', TEXT(128)),
        optional('resend_of', ID),
        filled('created_at', INSTANT),
        optional('sent_at', INSTANT),
        filled('updated_at', INSTANT),
      ),
    );
    await runner.createIndex('outbox', index('ux_outbox_key', 'message_key'));
    await runner.createIndex('outbox', index('ux_outbox_provider', 'channel', 'provider_id'));
    await runner.createIndex('outbox', index('ix_outbox_due', 'next_at'));
    await runner.createIndex('outbox', index('ix_outbox_state', 'state', 'channel', 'id'));
    await runner.createIndex('outbox', index('ix_outbox_person', 'person_id', 'id'));
    await runner.createIndex('outbox', index('ix_outbox_task', 'task_id', 'id'));
    await runner.createIndex('outbox', index('ix_outbox_address', 'address_hash', 'sent_at'));
    await runner.createTable(
      table(
        'message_receipt',
        primary('id', ID),
        filled('receipt_key', HASH),
        filled('channel', TEXT(16)),
        optional('message_id', ID),
        optional('provider_id', TEXT(128)),
        filled('status', TEXT(16)),
        optional('error_code', TEXT(64)),
        optional('sealed', LONG_TEXT),
        filled('at', INSTANT),
        filled('received_at', INSTANT),
      ),
    );
    await runner.createIndex('message_receipt', index('ux_message_receipt', 'receipt_key'));
    await runner.createIndex('message_receipt', index('ix_message_receipt_message', 'message_id'));
    await runner.createIndex(
      'message_receipt',
      index('ix_message_receipt_provider', 'channel', 'provider_id'),
    );
    await runner.createTable(
      table(
        'message_opt_out',
        primary('id', ID),
        filled('person_id', ID),
        filled('channel', TEXT(16)),
        optional('open_key', TEXT(64)),
        filled('since', INSTANT),
        filled('made_by', TEXT(64)),
        optional('ended_at', INSTANT),
        optional('ended_by', TEXT(64)),
      ),
    );
    await runner.createIndex('message_opt_out', index('ux_message_opt_out_open', 'open_key'));
    await runner.createIndex('message_opt_out', index('ix_message_opt_out_person', 'person_id'));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('message_opt_out');
    await runner.dropTable('message_receipt');
    await runner.dropTable('outbox');
  }
}
