import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { HASH, ID, INSTANT, LONG_TEXT } from '../database/index.js';

/** 联系记录: one attempt to tell somebody, whatever became of it. */
@Entity('contact')
@Index('ux_contact_request', ['requestKey'], { unique: true })
@Index('ix_contact_task', ['taskId', 'id'])
@Index('ix_contact_person', ['personId'])
@Index('ix_contact_updated', ['updatedAt'])
export class ContactEntity {
  @PrimaryColumn({ ...ID })
  id: string;

  @Column({ name: 'task_id', ...ID })
  taskId: string;

  @Column({ name: 'person_id', ...ID, nullable: true })
  personId: string | null;

  /** FHIR's Communication.status. */
  @Column({ type: 'varchar', length: 16 })
  status: 'completed' | 'in-progress' | 'not-done';

  @Column({ type: 'varchar', length: 16 })
  channel: 'phone' | 'message' | 'in-person';

  /** Masked, as `138****4471`. */
  @Column({ type: 'varchar', length: 64, nullable: true })
  number: string | null;

  @Column({ type: 'varchar', length: 24 })
  outcome: string;

  @Column({ name: 'answered_by', type: 'varchar', length: 16, nullable: true })
  answeredBy: string | null;

  /** The two identifiers that agreed: `name,birth-date`. */
  @Column({ type: 'varchar', length: 64 })
  identified: string;

  @Column({ name: 'read_back', type: 'varchar', length: 16 })
  readBack: 'none' | 'matched' | 'differs';

  /** What was told (JSON): finding, and hash and sentence of what it said. */
  @Column({ ...LONG_TEXT })
  told: string;

  /** What was advised, what the person answered, and a note of whoever called. */
  @Column({ ...LONG_TEXT, nullable: true })
  note: string | null;

  @Column({ type: 'varchar', length: 64 })
  actor: string;

  /** Hash of the caller's idempotency key: the same request again makes no second call. */
  @Column({ name: 'request_key', ...HASH, nullable: true })
  requestKey: string | null;

  @Column({ ...INSTANT })
  at: Date;

  @Column({ name: 'updated_at', ...INSTANT })
  updatedAt: Date;
}
