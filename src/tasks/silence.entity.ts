import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { ID, INSTANT } from '../database/index.js';
import { type Urgency } from '../policy/index.js';
import { type Silence } from './domain/silence.js';

/** 停叫: a rule that rings nobody for one person, until when and why. Rows are ended, never changed otherwise. */
@Entity('silence')
@Index('ux_silence_open', ['openKey'], { unique: true })
@Index('ix_silence_person', ['personId', 'madeAt'])
@Index('ix_silence_due', ['endedAt', 'until'])
export class SilenceEntity {
  @PrimaryColumn({ ...ID })
  id: string;

  @Column({ name: 'person_id', ...ID })
  personId: string;

  /** Person and rule until it is ended: one at most of each. */
  @Column({ name: 'open_key', type: 'varchar', length: 170, nullable: true })
  openKey: string | null;

  @Column({ name: 'rule_id', type: 'varchar', length: 128 })
  ruleId: string;

  /** The gravest class that it keeps silent. */
  @Column({ type: 'varchar', length: 16 })
  class: Urgency;

  /** As the policy has it: no words about a person stand here. */
  @Column({ type: 'varchar', length: 200 })
  reason: string;

  @Column({ name: 'made_by', type: 'varchar', length: 64 })
  madeBy: string;

  @Column({ name: 'made_at', ...INSTANT })
  madeAt: Date;

  @Column({ name: 'until_at', ...INSTANT })
  until: Date;

  @Column({ name: 'ended_at', ...INSTANT, nullable: true })
  endedAt: Date | null;

  @Column({ name: 'ended_by', type: 'varchar', length: 64, nullable: true })
  endedBy: string | null;

  @Column({ name: 'ended_because', type: 'varchar', length: 16, nullable: true })
  endedBecause: Silence['endedBecause'];
}
