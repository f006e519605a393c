import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { ID, INSTANT, LONG_TEXT } from '../database/index.js';
import { type CareSetting } from '../kernel/index.js';

/** 通知任务, a doctor's review, or a correction call. */
@Entity('task')
@Index('ux_task_open', ['openKey'], { unique: true })
@Index('ix_task_person', ['personId'])
@Index('ix_task_queue', ['status', 'dueAt'])
@Index('ix_task_updated', ['updatedAt'])
@Index('ix_task_created', ['createdAt', 'id'])
@Index('ix_task_open', ['closedAt', 'urgency', 'dueAt', 'attempts', 'id'])
@Index('ix_task_open_code', ['closedAt', 'code', 'urgency', 'dueAt', 'attempts', 'id'])
@Index('ix_task_open_status', ['closedAt', 'status', 'urgency', 'dueAt', 'attempts', 'id'])
@Index('ix_task_open_owner', ['closedAt', 'owner'])
@Index('ix_task_lease', ['leaseUntil'])
@Index('ix_task_escalate', ['escalateAt'])
@Index('ix_task_route', ['routeAt'])
export class TaskEntity {
  @PrimaryColumn({ ...ID })
  id: string;

  @Column({ name: 'person_id', ...ID, nullable: true })
  personId: string | null;

  @Column({ type: 'varchar', length: 16 })
  code: 'notify' | 'review' | 'correction';

  @Column({ type: 'varchar', length: 16 })
  status: 'requested' | 'accepted' | 'in-progress' | 'on-hold' | 'completed' | 'cancelled';

  /** `code:person` while open, null when closed: the unique key that keeps one open task a person and code. */
  @Column({ name: 'open_key', type: 'varchar', length: 64, nullable: true })
  openKey: string | null;

  @Column({ type: 'varchar', length: 16 })
  urgency: 'A' | 'important' | 'B' | 'C';

  @Column({ name: 'due_at', ...INSTANT })
  dueAt: Date;

  /** The gravest, earliest finding standing in it. */
  @Column({ name: 'reason_finding_id', ...ID })
  reasonFindingId: string;

  @Column({ type: 'varchar', length: 36, nullable: true })
  owner: string | null;

  /** Since when it is the owner's. */
  @Column({ name: 'claimed_at', ...INSTANT, nullable: true })
  claimedAt: Date | null;

  /** When the claim ends by itself. */
  @Column({ name: 'lease_until', ...INSTANT, nullable: true })
  leaseUntil: Date | null;

  /** To whom its owner offers it; theirs once they accept. */
  @Column({ name: 'handover_to', ...ID, nullable: true })
  handoverTo: string | null;

  /** Nobody rings before. */
  @Column({ name: 'promised_at', ...INSTANT, nullable: true })
  promisedAt: Date | null;

  @Column({ type: 'int', default: '0' })
  attempts: number;

  @Column({ name: 'last_attempt_at', ...INSTANT, nullable: true })
  lastAttemptAt: Date | null;

  /** What laboratory or doctor say of the result; stops no clock. */
  @Column({ type: 'varchar', length: 16, nullable: true })
  confirmation: 'confirmed' | 'doubtful' | 'redraw' | 'rejected' | null;

  /** `haemolysis,clotting`: what was noted of the specimen. */
  @Column({ type: 'varchar', length: 64, default: '' })
  specimen: string;

  /** The person is still at the centre: tell now, escort. */
  @Column({ name: 'is_on_site', type: 'boolean', default: '0' })
  isOnSite: boolean;

  /** How many steps of the policy's ladder have been asked. */
  @Column({ name: 'ladder_steps', type: 'int', default: '0' })
  ladderSteps: number;

  /** From when on the steps of the ladder count; as it was opened, for tasks of before. */
  @Column({ name: 'ladder_since', ...INSTANT, nullable: true })
  ladderSince: Date | null;

  /** When the next step is asked; null when it is closed, or all have been. */
  @Column({ name: 'escalate_at', ...INSTANT, nullable: true })
  escalateAt: Date | null;

  /** Where the person was when the gravest result was made; null until its route is looked up, and where nobody says. */
  @Column({ name: 'care_setting', type: 'varchar', length: 16, nullable: true })
  careSetting: CareSetting | null;

  /** How many steps of the policy's route have been taken. */
  @Column({ name: 'route_steps', type: 'int', default: '0' })
  routeSteps: number;

  /** When the next step of the route is taken; null when there is none, or somebody has confirmed. */
  @Column({ name: 'route_at', ...INSTANT, nullable: true })
  routeAt: Date | null;

  /** Why it was closed, in words of the catalogue. */
  @Column({ name: 'closed_reason', type: 'varchar', length: 32, nullable: true })
  closedReason: string | null;

  @Column({ ...LONG_TEXT, nullable: true })
  note: string | null;

  @Column({ type: 'int' })
  version: number;

  @Column({ name: 'created_at', ...INSTANT })
  createdAt: Date;

  @Column({ name: 'updated_at', ...INSTANT })
  updatedAt: Date;

  @Column({ name: 'closed_at', ...INSTANT, nullable: true })
  closedAt: Date | null;
}

/** A finding in a task. */
@Entity('task_finding')
@Index('ix_task_finding_finding', ['findingId'])
export class TaskFindingEntity {
  @PrimaryColumn({ name: 'task_id', ...ID })
  taskId: string;

  @PrimaryColumn({ name: 'finding_id', ...ID })
  findingId: string;

  @Column({ name: 'joined_at', ...INSTANT })
  joinedAt: Date;

  /** Joined after somebody had taken the task; the claimant must read it before closing. */
  @Column({ name: 'is_new', type: 'boolean', default: '0' })
  isNew: boolean;
}
