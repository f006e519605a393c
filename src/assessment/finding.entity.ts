import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { HASH, ID, INSTANT, LONG_TEXT } from '../database/index.js';

/** 阳性发现: a rule that fired on a result, with its evidence; or one that could fire and waits for a doctor (`review`). */
@Entity('finding')
@Index('ux_finding', ['observationId', 'component', 'ruleId', 'personId'], { unique: true })
@Index('ix_finding_person', ['personId'])
@Index('ix_finding_updated', ['updatedAt'])
export class FindingEntity {
  @PrimaryColumn({ ...ID })
  id: string;

  /** Null while the result waits for its person; only a `review` can stand that long. */
  @Column({ name: 'person_id', ...ID, nullable: true })
  personId: string | null;

  @Column({ name: 'observation_id', ...ID })
  observationId: string;

  @Column({ type: 'int' })
  component: number;

  /** `pack/rule`. */
  @Column({ name: 'rule_id', type: 'varchar', length: 128 })
  ruleId: string;

  @Column({ name: 'rule_set_version', type: 'varchar', length: 64 })
  ruleSetVersion: string;

  @Column({ type: 'varchar', length: 8 })
  kind: 'finding' | 'review';

  @Column({ type: 'varchar', length: 16 })
  status: 'final' | 'preliminary' | 'retracted';

  @Column({ type: 'varchar', length: 16 })
  urgency: 'A' | 'important' | 'B' | 'C';

  /** Whom it goes to, and why: see dispose.ts. */
  @Column({ type: 'varchar', length: 8 })
  disposition: 'call' | 'doctor' | 'none';

  @Column({ name: 'disposition_reason', type: 'varchar', length: 24 })
  dispositionReason: string;

  /** Rule, leaves, sentences and the version judged: everything that explains it (JSON). */
  @Column({ ...LONG_TEXT })
  evidence: string;

  /** Hash of what would be told; differs exactly when a person who was told has to be told again. */
  @Column({ name: 'told_value', ...HASH })
  toldValue: string;

  @Column({ name: 'identified_at', ...INSTANT })
  identifiedAt: Date;

  @Column({ name: 'updated_at', ...INSTANT })
  updatedAt: Date;

  @Column({ name: 'told_at', ...INSTANT, nullable: true })
  toldAt: Date | null;

  /** What the person was told (JSON: value hash and sentences), kept for the correction call. */
  @Column({ name: 'told_as', ...LONG_TEXT, nullable: true })
  toldAs: string | null;

  /** Whether the person must hear that what they were told has changed. */
  @Column({ type: 'varchar', length: 8 })
  correction: 'none' | 'due' | 'done';

  /** A doctor has decided a review. */
  @Column({ name: 'decided_at', ...INSTANT, nullable: true })
  decidedAt: Date | null;
}
