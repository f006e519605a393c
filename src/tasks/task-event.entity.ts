import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { ID, INSTANT, LONG_TEXT } from '../database/index.js';
import { type TaskAct } from './domain/task-life.js';

/** One step in the life of a task: who did what to it, when and why. Written with the step, never changed. */
@Entity('task_event')
@Index('ix_task_event_task', ['taskId', 'id'])
@Index('ix_task_event_at', ['at'])
export class TaskEventEntity {
  @PrimaryColumn({ ...ID })
  id: string;

  @Column({ name: 'task_id', ...ID })
  taskId: string;

  @Column({ ...INSTANT })
  at: Date;

  /** `key:ID` of whoever did it; `results` where the findings did, `clock` where time did. */
  @Column({ type: 'varchar', length: 64 })
  actor: string;

  @Column({ type: 'varchar', length: 24 })
  action: TaskAct;

  @Column({ name: 'from_status', type: 'varchar', length: 16, nullable: true })
  fromStatus: string | null;

  @Column({ name: 'to_status', type: 'varchar', length: 16 })
  toStatus: string;

  /** Of the task, after the step. */
  @Column({ type: 'int' })
  version: number;

  @Column({ ...LONG_TEXT, nullable: true })
  reason: string | null;

  /** What else tells what happened (JSON): findings that joined or left, to whom, until when. No result, no number. */
  @Column({ ...LONG_TEXT, nullable: true })
  detail: string | null;
}
