import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { ID, INSTANT, LONG_TEXT } from '../database/index.js';

/** 闭环: what became of a finding after its person was told. Closed when the outcome is known, not when the phone rang. */
@Entity('finding_loop')
@Index('ix_finding_loop_person', ['personId', 'state'])
@Index('ix_finding_loop_due', ['state', 'dueAt'])
export class LoopEntity {
  @PrimaryColumn({ name: 'finding_id', ...ID })
  findingId: string;

  @Column({ name: 'person_id', ...ID })
  personId: string;

  @Column({ name: 'task_id', ...ID })
  taskId: string;

  /** `reopened`: a later result says the same or worse, and rings by itself. */
  @Column({ type: 'varchar', length: 16 })
  state: 'awaiting' | 'closed' | 'reopened' | 'lost';

  /** By when the outcome must be known (policy). */
  @Column({ name: 'due_at', ...INSTANT })
  dueAt: Date;

  /** The recheck that was agreed on. */
  @Column({ name: 'recheck_at', ...INSTANT, nullable: true })
  recheckAt: Date | null;

  @Column({ type: 'varchar', length: 24, nullable: true })
  outcome: string | null;

  /** Diagnosis, hospital, treatment, or why the person was lost (JSON). */
  @Column({ ...LONG_TEXT, nullable: true })
  words: string | null;

  /** The later result that closed or reopened it. */
  @Column({ name: 'observation_id', ...ID, nullable: true })
  observationId: string | null;

  @Column({ type: 'int' })
  version: number;

  @Column({ name: 'told_at', ...INSTANT })
  toldAt: Date;

  @Column({ name: 'closed_at', ...INSTANT, nullable: true })
  closedAt: Date | null;

  /** `key:ID`, or `results`. */
  @Column({ name: 'closed_by', type: 'varchar', length: 64, nullable: true })
  closedBy: string | null;

  @Column({ name: 'updated_at', ...INSTANT })
  updatedAt: Date;
}
