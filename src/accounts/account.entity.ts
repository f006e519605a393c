import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { HASH, ID, INSTANT, LONG_TEXT } from '../database/index.js';
import { type AddressKind } from '../kernel/index.js';

/** Somebody who works here. */
@Entity('account')
@Index('ux_account_login', ['login'], { unique: true })
@Index('ux_account_practitioner', ['practitioner'], { unique: true })
export class AccountEntity {
  @PrimaryColumn({ ...ID })
  id: string;

  /** As `loginName` writes it. */
  @Column({ type: 'varchar', length: 64 })
  login: string;

  /** How colleagues call them. */
  @Column({ type: 'varchar', length: 64 })
  name: string;

  /** Separated by spaces. */
  @Column({ type: 'varchar', length: 128 })
  roles: string;

  /** Named for the sensitive compartments: may have confidential results shown. */
  @Column({ name: 'sees_sensitive', type: 'boolean', default: '0' })
  seesSensitive: boolean;

  /** argon2id with its parameters; null until it is chosen. */
  @Column({ name: 'password_hash', type: 'varchar', length: 255, nullable: true })
  passwordHash: string | null;

  /** Secret of the one-time codes, sealed. */
  @Column({ name: 'totp_sealed', ...LONG_TEXT, nullable: true })
  totpSealed: string | null;

  /** Null until a first code was right. */
  @Column({ name: 'totp_since', ...INSTANT, nullable: true })
  totpSince: Date | null;

  /** Step of the last code taken: none is taken twice. */
  @Column({ name: 'totp_step', type: 'int', nullable: true })
  totpStep: number | null;

  /** What the hospital's records call them, `system|value`: the attending doctor of an encounter is known by it. */
  @Column({ type: 'varchar', length: 128, nullable: true })
  practitioner: string | null;

  /** Whose people they see, as encounters name it (`Encounter.serviceProvider`); null: of every centre. */
  @Column({ type: 'varchar', length: 128, nullable: true })
  centre: string | null;

  @Column({ name: 'created_at', ...INSTANT })
  createdAt: Date;

  @Column({ name: 'last_sign_in_at', ...INSTANT, nullable: true })
  lastSignInAt: Date | null;

  @Column({ name: 'disabled_at', ...INSTANT, nullable: true })
  disabledAt: Date | null;
}

/** Where a message reaches somebody who works here. */
@Entity('account_address')
@Index('ux_account_address', ['accountId', 'channel'], { unique: true })
export class AccountAddressEntity {
  @PrimaryColumn({ ...ID })
  id: string;

  @Column({ name: 'account_id', ...ID })
  accountId: string;

  @Column({ type: 'varchar', length: 8 })
  channel: AddressKind;

  @Column({ type: 'varchar', length: 8 })
  language: 'zh' | 'en';

  /** The address, encrypted. */
  @Column({ ...LONG_TEXT })
  sealed: string;

  @Column({ name: 'updated_at', ...INSTANT })
  updatedAt: Date;
}

/** Somebody is signed in on one browser. Only the hash of what the browser holds is kept. */
@Entity('account_session')
@Index('ux_account_session_secret', ['secretHash'], { unique: true })
@Index('ix_account_session_account', ['accountId'])
export class SessionEntity {
  @PrimaryColumn({ ...ID })
  id: string;

  @Column({ name: 'account_id', ...ID })
  accountId: string;

  @Column({ name: 'secret_hash', ...HASH })
  secretHash: string;

  @Column({ name: 'created_at', ...INSTANT })
  createdAt: Date;

  @Column({ name: 'last_seen_at', ...INSTANT })
  lastSeenAt: Date;

  @Column({ name: 'expires_at', ...INSTANT })
  expiresAt: Date;

  @Column({ name: 'ended_at', ...INSTANT, nullable: true })
  endedAt: Date | null;
}

/** With it somebody chooses their password, once. */
@Entity('set_up_link')
@Index('ux_set_up_link_secret', ['secretHash'], { unique: true })
@Index('ix_set_up_link_account', ['accountId'])
export class SetUpLinkEntity {
  @PrimaryColumn({ ...ID })
  id: string;

  @Column({ name: 'account_id', ...ID })
  accountId: string;

  @Column({ name: 'secret_hash', ...HASH })
  secretHash: string;

  @Column({ name: 'created_at', ...INSTANT })
  createdAt: Date;

  @Column({ name: 'expires_at', ...INSTANT })
  expiresAt: Date;

  /** Used, or overtaken by a newer one. */
  @Column({ name: 'ended_at', ...INSTANT, nullable: true })
  endedAt: Date | null;
}

/** Attempts to sign in under a name, whether anybody has it or not, since the last that went well. */
@Entity('sign_in_attempt')
@Index('ix_sign_in_attempt_last', ['lastAt'])
export class SignInAttemptEntity {
  /** Keyed hash: what was typed may be a password. */
  @PrimaryColumn({ name: 'name_hash', ...HASH })
  nameHash: string;

  @Column({ type: 'int' })
  count: number;

  @Column({ name: 'last_at', ...INSTANT })
  lastAt: Date;
}
