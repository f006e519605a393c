import { type MigrationInterface, type QueryRunner } from 'typeorm';
import { HASH, ID, INSTANT, LONG_TEXT } from '../src/database/index.js';
import { filled, flag, index, INTEGER, optional, primary, table, TEXT } from './describe.js';

/** People who sign in: accounts, sessions, links to choose a password, attempts. */
export class Accounts1700000001100 implements MigrationInterface {
  name = 'Accounts1700000001100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      table(
        'account',
        primary('id', ID),
        filled('login', TEXT(64)),
        filled('name', TEXT(64)),
        filled('roles', TEXT(128)),
        flag('sees_sensitive'),
        optional('password_hash', TEXT(255)),
        optional('totp_sealed', LONG_TEXT),
        optional('totp_since', INSTANT),
        optional('totp_step', INTEGER),
        filled('created_at', INSTANT),
        optional('last_sign_in_at', INSTANT),
        optional('disabled_at', INSTANT),
      ),
    );
    await runner.createIndex('account', index('ux_account_login', 'login'));
    await runner.createTable(
      table(
        'account_session',
        primary('id', ID),
        filled('account_id', ID),
        filled('secret_hash', HASH),
        filled('created_at', INSTANT),
        filled('last_seen_at', INSTANT),
        filled('expires_at', INSTANT),
        optional('ended_at', INSTANT),
      ),
    );
    await runner.createIndex('account_session', index('ux_account_session_secret', 'secret_hash'));
    await runner.createIndex('account_session', index('ix_account_session_account', 'account_id'));
    await runner.createTable(
      table(
        'set_up_link',
        primary('id', ID),
        filled('account_id', ID),
        filled('secret_hash', HASH),
        filled('created_at', INSTANT),
        filled('expires_at', INSTANT),
        optional('ended_at', INSTANT),
      ),
    );
    await runner.createIndex('set_up_link', index('ux_set_up_link_secret', 'secret_hash'));
    await runner.createIndex('set_up_link', index('ix_set_up_link_account', 'account_id'));
    await runner.createTable(
      table(
        'sign_in_attempt',
        primary('name_hash', HASH),
        filled('count', INTEGER),
        filled('last_at', INSTANT),
      ),
    );
    await runner.createIndex('sign_in_attempt', index('ix_sign_in_attempt_last', 'last_at'));
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of ['sign_in_attempt', 'set_up_link', 'account_session', 'account']) {
      await runner.dropTable(name);
    }
  }
}
