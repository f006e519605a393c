import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { ID, INSTANT } from '../database/index.js';
import { type RejudgeJob } from './domain/rejudge-job.js';

/** How far judging again has come, and who is at it; what the columns mean is said in `RejudgeJob`. */
@Entity('rejudge_job')
@Index('ux_rejudge_job_open', ['openKey'], { unique: true })
export class RejudgeJobEntity implements RejudgeJob {
  @PrimaryColumn({ ...ID })
  id: string;

  @Column({ name: 'from_version', type: 'varchar', length: 64, nullable: true })
  fromVersion: string | null;

  @Column({ name: 'to_version', type: 'varchar', length: 64 })
  toVersion: string;

  @Column({ type: 'varchar', length: 16 })
  state: RejudgeJob['state'];

  /** The unique key that keeps one open at a time. */
  @Column({ name: 'open_key', type: 'varchar', length: 8, nullable: true })
  openKey: string | null;

  @Column({ type: 'varchar', length: 8 })
  phase: RejudgeJob['phase'];

  @Column({ name: 'reached_id', ...ID })
  reachedId: string;

  @Column({ name: 'strays_after', ...ID })
  straysAfter: string;

  @Column({ type: 'int' })
  total: number;

  @Column({ type: 'int' })
  judged: number;

  @Column({ type: 'int' })
  failed: number;

  @Column({ type: 'int' })
  made: number;

  @Column({ type: 'int' })
  changed: number;

  @Column({ type: 'int' })
  retracted: number;

  @Column({ ...ID, nullable: true })
  holder: string | null;

  @Column({ name: 'lease_until', ...INSTANT, nullable: true })
  leaseUntil: Date | null;

  @Column({ name: 'requested_at', ...INSTANT })
  requestedAt: Date;

  @Column({ name: 'started_at', ...INSTANT, nullable: true })
  startedAt: Date | null;

  @Column({ name: 'updated_at', ...INSTANT })
  updatedAt: Date;

  @Column({ name: 'finished_at', ...INSTANT, nullable: true })
  finishedAt: Date | null;
}
