import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { ID, INSTANT } from '../../database/index.js';

/** Somebody opened one person who is not theirs, for a reason, for a time. */
@Entity('break_glass')
@Index('ix_break_glass_account', ['accountId', 'untilAt'])
export class BreakGlassEntity {
  @PrimaryColumn({ ...ID })
  id: string;

  @Column({ name: 'account_id', ...ID })
  accountId: string;

  @Column({ name: 'person_id', ...ID })
  personId: string;

  /** In their own words, for the auditor. */
  @Column({ type: 'varchar', length: 255 })
  words: string;

  @Column({ ...INSTANT })
  at: Date;

  @Column({ name: 'until_at', ...INSTANT })
  untilAt: Date;
}
