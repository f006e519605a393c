import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { BYTES, ID, INSTANT } from '../database/index.js';

/** The source payload as it came, compressed and encrypted: what every decision can be re-run from. */
@Entity('message')
export class MessageEntity {
  @PrimaryColumn({ ...ID })
  id: string;

  /** The access key that sent it. */
  @Column({ name: 'feed_id', ...ID })
  feedId: string;

  /** Loaded as history: rings nobody. */
  @Column({ name: 'is_history', type: 'boolean', default: '0' })
  isHistory: boolean;

  @Column({ name: 'entry_count', type: 'int' })
  entryCount: number;

  @Column({ name: 'received_at', ...INSTANT })
  receivedAt: Date;

  @Column({ ...BYTES })
  payload: Buffer;

  /** By which version of the rules its results were judged when it came, or since; null where it was not noted yet. */
  @Column({ name: 'rule_set_version', type: 'varchar', length: 64, nullable: true })
  ruleSetVersion: string | null;
}

/** The rest of a payload that is too large for one packet to the database. */
@Entity('message_part')
@Index('ux_message_part', ['messageId', 'part'], { unique: true })
export class MessagePartEntity {
  @PrimaryColumn({ ...ID })
  id: string;

  @Column({ name: 'message_id', ...ID })
  messageId: string;

  @Column({ type: 'int' })
  part: number;

  @Column({ ...BYTES })
  payload: Buffer;
}
