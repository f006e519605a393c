import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { BYTES, HASH, ID, INSTANT, LONG_TEXT } from '../database/index.js';

/** A message that was refused because one record matched several persons: kept for somebody to sort out. */
@Entity('person_conflict')
@Index('ux_person_conflict', ['contentHash'], { unique: true })
export class PersonConflictEntity {
  @PrimaryColumn({ ...ID })
  id: string;

  @Column({ name: 'feed_id', ...ID })
  feedId: string;

  /** Element of the message that could mean several persons. */
  @Column({ type: 'varchar', length: 255 })
  path: string;

  /** Ids of the persons it could mean (JSON). */
  @Column({ name: 'person_ids', ...LONG_TEXT })
  personIds: string;

  /** The same refused message sent again is one conflict. */
  @Column({ name: 'content_hash', ...HASH })
  contentHash: string;

  /** The message, compressed and encrypted. */
  @Column({ ...BYTES })
  payload: Buffer;

  @Column({ name: 'received_at', ...INSTANT })
  receivedAt: Date;

  @Column({ name: 'resolved_at', ...INSTANT, nullable: true })
  resolvedAt: Date | null;
}
