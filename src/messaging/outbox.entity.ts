import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { HASH, ID, INSTANT, LONG_TEXT } from '../database/index.js';
import { type Urgency } from '../policy/index.js';
import { type Audience, type Channel, type Language } from './domain/message.js';
import { type MessageState } from './domain/message-state.js';
import { type ErrorKind } from './domain/next-step.js';
import { type ReceiptStatus } from './domain/receipt.js';

/** A message to be sent, written with what it is about in one transaction; and what became of it. */
@Entity('outbox')
@Index('ux_outbox_key', ['messageKey'], { unique: true })
@Index('ux_outbox_provider', ['channel', 'providerId'], { unique: true })
@Index('ix_outbox_due', ['nextAt'])
@Index('ix_outbox_state', ['state', 'channel', 'id'])
@Index('ix_outbox_person', ['personId', 'id'])
@Index('ix_outbox_task', ['taskId', 'id'])
@Index('ix_outbox_address', ['addressHash', 'sentAt'])
export class OutboxEntity {
  /** Also the provider's idempotency key: every attempt of this message carries it. */
  @PrimaryColumn({ ...ID })
  id: string;

  /** What the caller calls it: the unique key that makes it once. */
  @Column({ name: 'message_key', type: 'varchar', length: 128 })
  messageKey: string;

  @Column({ type: 'varchar', length: 16 })
  channel: Channel;

  @Column({ type: 'varchar', length: 64 })
  template: string;

  /** Version and hash of the template's file. */
  @Column({ name: 'template_revision', type: 'varchar', length: 16 })
  templateRevision: string;

  @Column({ type: 'varchar', length: 8 })
  language: Language;

  @Column({ type: 'varchar', length: 8 })
  audience: Audience;

  @Column({ type: 'varchar', length: 16 })
  urgency: Urgency;

  @Column({ name: 'task_id', ...ID, nullable: true })
  taskId: string | null;

  /** Whom it is about. */
  @Column({ name: 'person_id', ...ID, nullable: true })
  personId: string | null;

  /** Keyed hash of the address, by which an answer finds its message. */
  @Column({ name: 'address_hash', ...HASH })
  addressHash: string;

  /** Address and content, encrypted. */
  @Column({ ...LONG_TEXT })
  sealed: string;

  @Column({ type: 'varchar', length: 16 })
  state: MessageState;

  @Column({ type: 'int' })
  attempts: number;

  /** While waiting: when it is due. While sending: when the lease ends. Null once it is settled. */
  @Column({ name: 'next_at', ...INSTANT, nullable: true })
  nextAt: Date | null;

  /** Which process is sending it. */
  @Column({ ...ID, nullable: true })
  holder: string | null;

  /** Why it last did not leave or arrive. */
  @Column({ name: 'error_kind', type: 'varchar', length: 16, nullable: true })
  errorKind: ErrorKind | null;

  /** The server's own code, such as `550` or `isv.AMOUNT_NOT_ENOUGH`; never its words, which may quote an address. */
  @Column({ name: 'error_code', type: 'varchar', length: 64, nullable: true })
  errorCode: string | null;

  /** What the provider calls it. */
  @Column({ name: 'provider_id', type: 'varchar', length: 128, nullable: true })
  providerId: string | null;

  /** The message that this one was sent again for. */
  @Column({ name: 'resend_of', ...ID, nullable: true })
  resendOf: string | null;

  @Column({ name: 'created_at', ...INSTANT })
  createdAt: Date;

  /** When the channel took it. */
  @Column({ name: 'sent_at', ...INSTANT, nullable: true })
  sentAt: Date | null;

  @Column({ name: 'updated_at', ...INSTANT })
  updatedAt: Date;
}

/** What a provider reported of a message, each report once. */
@Entity('message_receipt')
@Index('ux_message_receipt', ['receiptKey'], { unique: true })
@Index('ix_message_receipt_message', ['messageId'])
@Index('ix_message_receipt_provider', ['channel', 'providerId'])
export class MessageReceiptEntity {
  @PrimaryColumn({ ...ID })
  id: string;

  /** Hash of what was reported: the same report comes again when an answer was lost. */
  @Column({ name: 'receipt_key', ...HASH })
  receiptKey: string;

  @Column({ type: 'varchar', length: 16 })
  channel: Channel;

  /** Null while no message is known that it could be of. */
  @Column({ name: 'message_id', ...ID, nullable: true })
  messageId: string | null;

  @Column({ name: 'provider_id', type: 'varchar', length: 128, nullable: true })
  providerId: string | null;

  @Column({ type: 'varchar', length: 16 })
  status: ReceiptStatus;

  @Column({ name: 'error_code', type: 'varchar', length: 64, nullable: true })
  errorCode: string | null;

  /** What was answered, encrypted. */
  @Column({ ...LONG_TEXT, nullable: true })
  sealed: string | null;

  /** When it happened, by the provider's clock. */
  @Column({ ...INSTANT })
  at: Date;

  @Column({ name: 'received_at', ...INSTANT })
  receivedAt: Date;
}

/** A person's wish, or their relatives', for no more messages by a channel. */
@Entity('message_opt_out')
@Index('ux_message_opt_out_open', ['openKey'], { unique: true })
@Index('ix_message_opt_out_person', ['personId'])
export class MessageOptOutEntity {
  @PrimaryColumn({ ...ID })
  id: string;

  @Column({ name: 'person_id', ...ID })
  personId: string;

  @Column({ type: 'varchar', length: 16 })
  channel: Channel;

  /** `person:channel` while it holds, `person:channel:family` of the relatives': one of each at a time. */
  @Column({ name: 'open_key', type: 'varchar', length: 64, nullable: true })
  openKey: string | null;

  @Column({ ...INSTANT })
  since: Date;

  /** `reply`, `family-reply`, or who noted it. */
  @Column({ name: 'made_by', type: 'varchar', length: 64 })
  madeBy: string;

  @Column({ name: 'ended_at', ...INSTANT, nullable: true })
  endedAt: Date | null;

  @Column({ name: 'ended_by', type: 'varchar', length: 64, nullable: true })
  endedBy: string | null;
}
