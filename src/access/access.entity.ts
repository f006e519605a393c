import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { HASH, ID, INSTANT } from '../database/index.js';

export const SCOPES = ['feed', 'read', 'read-contact', 'admin'] as const;
export type Scope = (typeof SCOPES)[number];

/** A machine's key. Only its hash is kept. */
@Entity('access_key')
@Index('ux_access_key_secret', ['secretHash'], { unique: true })
export class AccessKeyEntity {
  @PrimaryColumn({ ...ID })
  id: string;

  @Column({ type: 'varchar', length: 128 })
  name: string;

  @Column({ type: 'varchar', length: 16 })
  scope: Scope;

  /** What it sends is history and rings nobody. */
  @Column({ name: 'is_history', type: 'boolean', default: '0' })
  isHistory: boolean;

  @Column({ name: 'secret_hash', ...HASH })
  secretHash: string;

  @Column({ name: 'created_at', ...INSTANT })
  createdAt: Date;

  @Column({ name: 'last_seen_at', ...INSTANT, nullable: true })
  lastSeenAt: Date | null;

  @Column({ name: 'revoked_at', ...INSTANT, nullable: true })
  revokedAt: Date | null;
}
