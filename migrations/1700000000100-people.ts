import { type MigrationInterface, type QueryRunner } from 'typeorm';
import { BYTES, HASH, ID, INSTANT, LONG_TEXT } from '../src/database/index.js';
import { filled, flag, index, INTEGER, optional, primary, table, TEXT } from './describe.js';

/** Persons, their messages, results and what could not be judged. */
export class People1700000000100 implements MigrationInterface {
  name = 'People1700000000100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      table(
        'person',
        primary('id', ID),
        optional('id_chosen_by', ID),
        optional('name', TEXT(255)),
        optional('sex', TEXT(8)),
        optional('birth_date', TEXT(10)),
        flag('is_deceased'),
        flag('has_guardian'),
        optional('merged_into', ID),
        filled('version', INTEGER),
        filled('content_hash', HASH),
        filled('resource', BYTES),
        filled('created_at', INSTANT),
        filled('updated_at', INSTANT),
      ),
    );
    await runner.createIndex('person', index('ix_person_updated', 'updated_at'));
    await runner.createTable(
      table('person_key', primary('key_hash', HASH), filled('person_id', ID), filled('kind', TEXT(16))),
    );
    await runner.createIndex('person_key', index('ix_person_key_person', 'person_id'));
    await runner.createTable(
      table(
        'person_contact',
        primary('id', ID),
        filled('person_id', ID),
        filled('system', TEXT(16)),
        filled('value_hash', HASH),
        filled('value_sealed', LONG_TEXT),
        filled('known_since', INSTANT),
      ),
    );
    await runner.createIndex('person_contact', index('ux_person_contact', 'person_id', 'value_hash'));
    await runner.createIndex('person_contact', index('ix_person_contact_value', 'value_hash'));
    await runner.createTable(
      table(
        'message',
        primary('id', ID),
        filled('feed_id', ID),
        flag('is_history'),
        filled('entry_count', INTEGER),
        filled('received_at', INSTANT),
        filled('payload', BYTES),
      ),
    );
    await runner.createTable(
      table(
        'message_part',
        primary('id', ID),
        filled('message_id', ID),
        filled('part', INTEGER),
        filled('payload', BYTES),
      ),
    );
    await runner.createIndex('message_part', index('ux_message_part', 'message_id', 'part'));
    await runner.createTable(
      table(
        'person_conflict',
        primary('id', ID),
        filled('feed_id', ID),
        filled('path', TEXT(255)),
        filled('person_ids', LONG_TEXT),
        filled('content_hash', HASH),
        filled('payload', BYTES),
        filled('received_at', INSTANT),
        optional('resolved_at', INSTANT),
      ),
    );
    await runner.createIndex('person_conflict', index('ux_person_conflict', 'content_hash'));
    await this.createResults(runner);
  }

  private async createResults(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      table(
        'observation',
        primary('id', ID),
        primary('component', INTEGER),
        optional('person_id', ID),
        optional('subject_key', HASH),
        filled('identity_key', HASH),
        filled('content_hash', HASH),
        filled('resource_type', TEXT(20)),
        filled('version', INTEGER),
        filled('status', TEXT(20)),
        filled('message_id', ID),
        filled('entry', INTEGER),
        filled('codes', TEXT(512)),
        optional('analyte', TEXT(64)),
        optional('measurement', LONG_TEXT),
        filled('at', INSTANT),
        optional('issued', INSTANT),
        optional('sent_updated', INSTANT),
        filled('received_at', INSTANT),
      ),
    );
    await runner.createIndex('observation', index('ux_observation_identity', 'identity_key', 'component'));
    await runner.createIndex('observation', index('ix_observation_person', 'person_id', 'analyte', 'at'));
    await runner.createIndex('observation', index('ix_observation_waiting', 'subject_key'));
    await runner.createTable(
      table(
        'observation_version',
        primary('id', ID),
        filled('observation_id', ID),
        filled('version', INTEGER),
        filled('content_hash', HASH),
        optional('person_id', ID),
        filled('status', TEXT(20)),
        filled('message_id', ID),
        filled('entry', INTEGER),
        filled('received_at', INSTANT),
      ),
    );
    await runner.createIndex(
      'observation_version',
      index('ux_observation_version', 'observation_id', 'content_hash', 'person_id'),
    );
    await runner.createTable(
      table(
        'clinical_resource',
        primary('id', ID),
        filled('type', TEXT(40)),
        optional('person_id', ID),
        optional('subject_key', HASH),
        filled('identity_key', HASH),
        optional('sender_key', HASH),
        filled('content_hash', HASH),
        filled('version', INTEGER),
        optional('status', TEXT(32)),
        filled('codes', TEXT(512)),
        filled('message_id', ID),
        filled('entry', INTEGER),
        filled('updated_at', INSTANT),
      ),
    );
    await runner.createIndex('clinical_resource', index('ux_clinical_resource_identity', 'identity_key'));
    await runner.createIndex('clinical_resource', index('ix_clinical_resource_person', 'person_id', 'type'));
    await runner.createIndex('clinical_resource', index('ix_clinical_resource_waiting', 'subject_key'));
    await runner.createIndex('clinical_resource', index('ix_clinical_resource_sender', 'sender_key'));
    await runner.createIndex('clinical_resource', index('ix_clinical_resource_type', 'type', 'updated_at'));
    await runner.createTable(
      table(
        'data_quality',
        primary('id', ID),
        optional('person_id', ID),
        filled('observation_id', ID),
        filled('component', INTEGER),
        filled('reason', TEXT(20)),
        filled('detail', TEXT(255)),
        filled('created_at', INSTANT),
        optional('resolved_at', INSTANT),
      ),
    );
    await runner.createIndex(
      'data_quality',
      index('ux_data_quality', 'observation_id', 'component', 'reason'),
    );
    await runner.createIndex('data_quality', index('ix_data_quality_reason', 'reason', 'resolved_at'));
  }

  async down(runner: QueryRunner): Promise<void> {
    const tables = [
      'data_quality',
      'clinical_resource',
      'observation_version',
      'observation',
      'person_conflict',
      'message_part',
      'message',
      'person_contact',
      'person_key',
      'person',
    ];
    for (const name of tables) await runner.dropTable(name);
  }
}
