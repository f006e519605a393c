import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { HASH, ID, INSTANT } from '../../database/index.js';

/** Who saw or changed what, of whom, when, why, from where. Nothing of it is a name or a number of a person. */
@Entity('audit_event')
@Index('ix_audit_event_person', ['personId', 'at'])
@Index('ix_audit_event_at', ['at', 'id'])
@Index('ux_audit_event_seq', ['seq'], { unique: true })
export class AuditEventEntity {
  @PrimaryColumn({ ...ID })
  id: string;

  @Column({ ...INSTANT })
  at: Date;

  /** `user:ID`, `key:ID`, `command:NAME` (of the account on this machine), `nobody`. */
  @Column({ type: 'varchar', length: 64 })
  actor: string;

  /** As what: the roles of an account then, the scope of a key. */
  @Column({ type: 'varchar', length: 160, nullable: true })
  role: string | null;

  @Column({ type: 'varchar', length: 32 })
  action: string;

  @Column({ name: 'person_id', ...ID, nullable: true })
  personId: string | null;

  /** `kind/ID` of what was seen or changed. */
  @Column({ type: 'varchar', length: 80, nullable: true })
  subject: string | null;

  /** Why, in a word of ours, or where the words stand: `break-glass/ID`. */
  @Column({ type: 'varchar', length: 80, nullable: true })
  reason: string | null;

  /** From which address on the network. */
  @Column({ type: 'varchar', length: 45, nullable: true })
  source: string | null;

  @Column({ type: 'varchar', length: 255 })
  detail: string;

  /** Place in the chain, from 1; null until it is sealed. */
  @Column({ type: 'bigint', nullable: true })
  seq: number | null;

  /** Keyed hash of this event and of the hash before it. */
  @Column({ ...HASH, nullable: true })
  hash: string | null;
}

/** The last link of the chain: whoever links on takes it first. */
@Entity('audit_chain')
export class AuditChainEntity {
  @PrimaryColumn({ type: 'varchar', length: 16 })
  id: string;

  @Column({ type: 'bigint' })
  seq: number;

  @Column({ ...HASH })
  hash: string;
}
