import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { ID, INSTANT, LONG_TEXT } from '../database/index.js';
import { type DraftState } from './domain/draft.js';
import { type ReplayState } from './domain/replay-state.js';

/** A change of rule files that somebody works on, until a second doctor puts it in force. */
@Entity('rule_draft')
@Index('ix_rule_draft_changed', ['changedAt'])
@Index('ux_rule_draft_publishing', ['publishing'], { unique: true })
export class RuleDraftEntity {
  @PrimaryColumn({ ...ID })
  id: string;

  /** Why it is made. */
  @Column({ type: 'varchar', length: 200 })
  title: string;

  @Column({ type: 'varchar', length: 16 })
  state: DraftState;

  /** Counts every change of its files: whoever saves, sends or approves names the one that they saw. */
  @Column({ type: 'integer' })
  revision: number;

  /** JSON: `FileChange[]`. */
  @Column({ ...LONG_TEXT })
  changes: string;

  /** As audit rows name somebody. */
  @Column({ type: 'varchar', length: 64 })
  author: string;

  @Column({ name: 'made_at', ...INSTANT })
  madeAt: Date;

  @Column({ name: 'changed_at', ...INSTANT })
  changedAt: Date;

  /** The version that it goes back to, where it does. */
  @Column({ name: 'rolls_back_to', type: 'varchar', length: 64, nullable: true })
  rollsBackTo: string | null;

  /** The version that came of it. */
  @Column({ type: 'varchar', length: 64, nullable: true })
  version: string | null;

  /** The same in every draft whose files are being written, null in all others: one at a time, whichever instance writes. */
  @Column({ type: 'varchar', length: 8, nullable: true })
  publishing: string | null;
}

/** What happened to a draft: who, when, at which revision. */
@Entity('rule_draft_event')
@Index('ix_rule_draft_event', ['draftId', 'id'])
export class RuleDraftEventEntity {
  @PrimaryColumn({ ...ID })
  id: string;

  @Column({ name: 'draft_id', ...ID })
  draftId: string;

  @Column({ type: 'varchar', length: 16 })
  action: string;

  @Column({ type: 'integer' })
  revision: number;

  @Column({ type: 'varchar', length: 64 })
  actor: string;

  @Column({ ...INSTANT })
  at: Date;

  /** What a reviewer said, or why it failed. */
  @Column({ type: 'varchar', length: 500, nullable: true })
  reason: string | null;
}

/** What one revision of a draft would change for stored people. */
@Entity('rule_draft_replay')
export class RuleDraftReplayEntity {
  @PrimaryColumn({ name: 'draft_id', ...ID })
  draftId: string;

  @PrimaryColumn({ type: 'integer' })
  revision: number;

  @Column({ type: 'varchar', length: 12 })
  state: ReplayState;

  /** The version that it was held against. */
  @Column({ name: 'in_force', type: 'varchar', length: 64 })
  inForce: string;

  /** The version that the draft would make. */
  @Column({ type: 'varchar', length: 64 })
  draft: string;

  @Column({ name: 'started_at', ...INSTANT })
  startedAt: Date;

  /** When it last said that it goes on. */
  @Column({ name: 'seen_at', ...INSTANT })
  seenAt: Date;

  /** People, and results that wait for theirs. */
  @Column({ type: 'integer' })
  total: number;

  @Column({ type: 'integer' })
  done: number;

  /** JSON: `ReplayResult`; null until it is done. */
  @Column({ ...LONG_TEXT, nullable: true })
  result: string | null;
}
