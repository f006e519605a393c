import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { ID, INSTANT, LONG_TEXT } from '../database/index.js';

/** What a finding was, before its results or the rules made something else of it. */
@Entity('finding_earlier')
@Index('ix_finding_earlier_finding', ['findingId'])
export class FindingEarlierEntity {
  /** Rises with time. */
  @PrimaryColumn({ ...ID })
  id: string;

  @Column({ name: 'finding_id', ...ID })
  findingId: string;

  /** The version of the rules that decided so. */
  @Column({ name: 'rule_set_version', type: 'varchar', length: 64 })
  ruleSetVersion: string;

  @Column({ name: 'replaced_at', ...INSTANT })
  replacedAt: Date;

  /** The whole finding as it was (JSON). */
  @Column({ ...LONG_TEXT })
  finding: string;
}
