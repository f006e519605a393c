import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { ID, INSTANT, LONG_TEXT } from '../database/index.js';
import { type Ending } from './domain/level-override.js';

/** 改定: a doctor's own level for a person. Rows are ended, never changed otherwise. */
@Entity('level_override')
@Index('ux_level_override_open', ['openKey'], { unique: true })
@Index('ix_level_override_person', ['personId', 'madeAt'])
export class LevelOverrideEntity {
  @PrimaryColumn({ ...ID })
  id: string;

  @Column({ name: 'person_id', ...ID })
  personId: string;

  /** The person's id until it is ended: one at most a person. */
  @Column({ name: 'open_key', ...ID, nullable: true })
  openKey: string | null;

  @Column({ type: 'varchar', length: 8 })
  code: string;

  /** Sealed (see the repository). */
  @Column({ ...LONG_TEXT })
  reason: string;

  @Column({ type: 'varchar', length: 64 })
  doctor: string;

  @Column({ name: 'made_by', type: 'varchar', length: 64 })
  madeBy: string;

  @Column({ name: 'made_at', ...INSTANT })
  madeAt: Date;

  /** The first instant at which it does not count any more. */
  @Column({ ...INSTANT })
  until: Date;

  /** The assessment that it stood beside; null where it was made before this was kept. */
  @Column({ name: 'assessment_id', ...ID, nullable: true })
  assessmentId: string | null;

  /** Version, code and text of what was computed when the doctor decided. */
  @Column({ name: 'computed_version', type: 'int' })
  computedVersion: number;

  @Column({ name: 'computed_code', type: 'varchar', length: 8 })
  computedCode: string;

  @Column({ name: 'computed_text', type: 'varchar', length: 8 })
  computedText: string;

  /** What proved it then (JSON). */
  @Column({ ...LONG_TEXT })
  standing: string;

  @Column({ name: 'ended_at', ...INSTANT, nullable: true })
  endedAt: Date | null;

  @Column({ name: 'ended_by', type: 'varchar', length: 64, nullable: true })
  endedBy: string | null;

  @Column({ name: 'ended_because', type: 'varchar', length: 16, nullable: true })
  endedBecause: Ending | null;
}
