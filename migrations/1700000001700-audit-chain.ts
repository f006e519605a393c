import { type MigrationInterface, type QueryRunner, TableColumn } from 'typeorm';
import { HASH } from '../src/database/index.js';
import { guardRows, unguardRows } from './append-only.js';
import { BIGINT, filled, index, primary, table, TEXT } from './describe.js';

const KEPT = ['id', 'at', 'actor', 'action', 'person_id', 'detail'];
const ADDED = { role: TEXT(160), subject: TEXT(80), reason: TEXT(80), source: TEXT(45) };

/** The audit trail says as what, what, why and from where; its events are sealed into a chain, and never changed. */
export class AuditChain1700000001700 implements MigrationInterface {
  name = 'AuditChain1700000001700';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      table('audit_chain', primary('id', TEXT(16)), filled('seq', BIGINT), filled('hash', HASH)),
    );
    for (const [name, shape] of Object.entries({ ...ADDED, seq: BIGINT, hash: HASH })) {
      const length = 'length' in shape ? { length: String(shape.length) } : {};
      await runner.addColumn(
        'audit_event',
        new TableColumn({ name, type: shape.type, ...length, isNullable: true }),
      );
    }
    await runner.createIndex('audit_event', index('ux_audit_event_seq', 'seq'));
    await runner.createIndex('audit_event', index('ix_audit_event_at', 'at', 'id'));
    await runner.query('DELETE FROM audit_chain');
    await runner.query(`INSERT INTO audit_chain (id, seq, hash) VALUES ('audit', 0, '')`);
    await guardRows(runner, {
      table: 'audit_event',
      kept: [...KEPT, ...Object.keys(ADDED)],
      sealedBy: 'seq',
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await unguardRows(runner, 'audit_event');
    await runner.dropIndex('audit_event', 'ix_audit_event_at');
    await runner.dropIndex('audit_event', 'ux_audit_event_seq');
    for (const name of ['hash', 'seq', ...Object.keys(ADDED).reverse()])
      await runner.dropColumn('audit_event', name);
    await runner.dropTable('audit_chain');
  }
}
