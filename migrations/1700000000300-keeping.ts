import { type MigrationInterface, type QueryRunner } from 'typeorm';
import { BYTES, HASH, ID, INSTANT, LONG_TEXT } from '../src/database/index.js';
import { filled, flag, index, optional, primary, table, TEXT } from './describe.js';

/** Rule sets, mappings, keys and the audit trail. */
export class Keeping1700000000300 implements MigrationInterface {
  name = 'Keeping1700000000300';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      table(
        'rule_set',
        primary('version', TEXT(64)),
        filled('files', LONG_TEXT),
        filled('in_force_since', INSTANT),
      ),
    );
    await runner.createTable(
      table(
        'terminology_mapping',
        primary('id', ID),
        filled('kind', TEXT(16)),
        filled('source', TEXT(191)),
        filled('target', TEXT(64)),
        filled('created_at', INSTANT),
      ),
    );
    await runner.createIndex('terminology_mapping', index('ux_terminology_mapping', 'kind', 'source'));
    await runner.createTable(
      table(
        'access_key',
        primary('id', ID),
        filled('name', TEXT(128)),
        filled('scope', TEXT(16)),
        flag('is_history'),
        filled('secret_hash', HASH),
        filled('created_at', INSTANT),
        optional('last_seen_at', INSTANT),
        optional('revoked_at', INSTANT),
      ),
    );
    await runner.createIndex('access_key', index('ux_access_key_secret', 'secret_hash'));
    await runner.createTable(
      table(
        'audit_event',
        primary('id', ID),
        filled('at', INSTANT),
        filled('actor', TEXT(64)),
        filled('action', TEXT(32)),
        optional('person_id', ID),
        filled('detail', TEXT(255)),
      ),
    );
    await runner.createIndex('audit_event', index('ix_audit_event_person', 'person_id', 'at'));
    await runner.createTable(
      table(
        'data_key',
        primary('purpose', TEXT(16)),
        filled('wrapped', BYTES),
        filled('created_at', INSTANT),
      ),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of ['data_key', 'audit_event', 'access_key', 'terminology_mapping', 'rule_set']) {
      await runner.dropTable(name);
    }
  }
}
