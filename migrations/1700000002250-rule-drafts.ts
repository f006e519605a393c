import { type MigrationInterface, type QueryRunner } from 'typeorm';
import { ID, INSTANT, LONG_TEXT } from '../src/database/index.js';
import { filled, index, INTEGER, optional, primary, table, TEXT } from './describe.js';

/** Drafts of rule files, what happened to them, and what they would change for stored people. */
export class RuleDrafts1700000002250 implements MigrationInterface {
  name = 'RuleDrafts1700000002250';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      table(
        'rule_draft',
        primary('id', ID),
        filled('title', TEXT(200)),
        filled('state', TEXT(16)),
        filled('revision', INTEGER),
        filled('changes', LONG_TEXT),
        filled('author', TEXT(64)),
        filled('made_at', INSTANT),
        filled('changed_at', INSTANT),
        optional('rolls_back_to', TEXT(64)),
        optional('version', TEXT(64)),
        optional('publishing', TEXT(8)),
      ),
    );
    await runner.createIndex('rule_draft', index('ix_rule_draft_changed', 'changed_at'));
    await runner.createIndex('rule_draft', index('ux_rule_draft_publishing', 'publishing'));
    await runner.createTable(
      table(
        'rule_draft_event',
        primary('id', ID),
        filled('draft_id', ID),
        filled('action', TEXT(16)),
        filled('revision', INTEGER),
        filled('actor', TEXT(64)),
        filled('at', INSTANT),
        optional('reason', TEXT(500)),
      ),
    );
    await runner.createIndex('rule_draft_event', index('ix_rule_draft_event', 'draft_id', 'id'));
    await runner.createTable(
      table(
        'rule_draft_replay',
        primary('draft_id', ID),
        primary('revision', INTEGER),
        filled('state', TEXT(12)),
        filled('in_force', TEXT(64)),
        filled('draft', TEXT(64)),
        filled('started_at', INSTANT),
        filled('seen_at', INSTANT),
        filled('total', INTEGER),
        filled('done', INTEGER),
        optional('result', LONG_TEXT),
      ),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of ['rule_draft_replay', 'rule_draft_event', 'rule_draft']) await runner.dropTable(name);
  }
}
