import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { HASH, ID, INSTANT, LONG_TEXT } from '../database/index.js';

/**
 * 检验/检查结果, current version: one row a measurement (component 0 is the resource itself). Conclusions of
 * DiagnosticReports are results too and stand here beside Observations.
 */
@Entity('observation')
@Index('ux_observation_identity', ['identityKey', 'component'], { unique: true })
@Index('ix_observation_person', ['personId', 'analyte', 'at'])
@Index('ix_observation_waiting', ['subjectKey'])
export class ObservationEntity {
  @PrimaryColumn({ ...ID })
  id: string;

  @PrimaryColumn({ type: 'int' })
  component: number;

  /** Null while the person is not known. */
  @Column({ name: 'person_id', ...ID, nullable: true })
  personId: string | null;

  /** What the person will be known by, while waiting for them. */
  @Column({ name: 'subject_key', ...HASH, nullable: true })
  subjectKey: string | null;

  @Column({ name: 'identity_key', ...HASH })
  identityKey: string;

  /** Empty until somebody asks what was said: it follows from the source. */
  @Column({ name: 'content_hash', ...HASH })
  contentHash: string;

  @Column({ name: 'resource_type', type: 'varchar', length: 20 })
  resourceType: 'Observation' | 'DiagnosticReport';

  @Column({ type: 'int' })
  version: number;

  @Column({ type: 'varchar', length: 20 })
  status: string;

  @Column({ name: 'message_id', ...ID })
  messageId: string;

  /** Place in the message's bundle. */
  @Column({ type: 'int' })
  entry: number;

  /** Tokens `system|code`, each between spaces, for search. */
  @Column({ type: 'varchar', length: 512 })
  codes: string;

  @Column({ type: 'varchar', length: 64, nullable: true })
  analyte: string | null;

  /** The measurement as normalised (JSON), null when there is nothing to compare. */
  @Column({ ...LONG_TEXT, nullable: true })
  measurement: string | null;

  /** Effective, else issued, else received. */
  @Column({ ...INSTANT })
  at: Date;

  @Column({ ...INSTANT, nullable: true })
  issued: Date | null;

  /** `meta.lastUpdated` as the sender has it. */
  @Column({ name: 'sent_updated', ...INSTANT, nullable: true })
  sentUpdated: Date | null;

  @Column({ name: 'received_at', ...INSTANT })
  receivedAt: Date;
}

/** A version that is not the current one: overtaken, or late and lower in rank. Kept, changes nothing. */
@Entity('observation_version')
@Index('ux_observation_version', ['observationId', 'contentHash', 'personId'], { unique: true })
export class ObservationVersionEntity {
  @PrimaryColumn({ ...ID })
  id: string;

  @Column({ name: 'observation_id', ...ID })
  observationId: string;

  @Column({ type: 'int' })
  version: number;

  @Column({ name: 'content_hash', ...HASH })
  contentHash: string;

  /** Whose it was said to be; null while it waited for its person. */
  @Column({ name: 'person_id', ...ID, nullable: true })
  personId: string | null;

  @Column({ type: 'varchar', length: 20 })
  status: string;

  @Column({ name: 'message_id', ...ID })
  messageId: string;

  @Column({ type: 'int' })
  entry: number;

  @Column({ name: 'received_at', ...INSTANT })
  receivedAt: Date;
}
