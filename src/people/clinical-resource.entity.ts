import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { HASH, ID, INSTANT, LONG_TEXT } from '../database/index.js';

/** Everything else that is read: encounters, conditions, medication, specimens, organisations … Content lies in the message. */
@Entity('clinical_resource')
@Index('ux_clinical_resource_identity', ['identityKey'], { unique: true })
@Index('ix_clinical_resource_person', ['personId', 'type'])
@Index('ix_clinical_resource_waiting', ['subjectKey'])
@Index('ix_clinical_resource_sender', ['senderKey'])
@Index('ix_clinical_resource_type', ['type', 'updatedAt'])
export class ClinicalResourceEntity {
  @PrimaryColumn({ ...ID })
  id: string;

  @Column({ type: 'varchar', length: 40 })
  type: string;

  @Column({ name: 'person_id', ...ID, nullable: true })
  personId: string | null;

  @Column({ name: 'subject_key', ...HASH, nullable: true })
  subjectKey: string | null;

  @Column({ name: 'identity_key', ...HASH })
  identityKey: string;

  /** What its sender calls it, for references that arrive apart from it. */
  @Column({ name: 'sender_key', ...HASH, nullable: true })
  senderKey: string | null;

  @Column({ name: 'content_hash', ...HASH })
  contentHash: string;

  @Column({ type: 'int' })
  version: number;

  @Column({ type: 'varchar', length: 32, nullable: true })
  status: string | null;

  @Column({ type: 'varchar', length: 512 })
  codes: string;

  /** What it says of its person, as far as rules may ask (JSON); null for a type that says nothing, or was stored before this was read. */
  @Column({ ...LONG_TEXT, nullable: true })
  said: string | null;

  @Column({ name: 'message_id', ...ID })
  messageId: string;

  @Column({ type: 'int' })
  entry: number;

  @Column({ name: 'updated_at', ...INSTANT })
  updatedAt: Date;
}
