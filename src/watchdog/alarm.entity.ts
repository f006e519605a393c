import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { ID, INSTANT } from '../database/index.js';
import { type AlarmKind } from './domain/alarms.js';

/** Something of the service itself that is, or was, not as it should be. */
@Entity('alarm')
@Index('ux_alarm_open', ['openKey'], { unique: true })
@Index('ix_alarm_raised', ['raisedAt'])
export class AlarmEntity {
  @PrimaryColumn({ ...ID })
  id: string;

  @Column({ type: 'varchar', length: 16 })
  kind: AlarmKind;

  /** Name of the feed; empty for what there is one of. */
  @Column({ type: 'varchar', length: 128 })
  subject: string;

  /** `kind:subject` while it lasts: it is raised once. */
  @Column({ name: 'open_key', type: 'varchar', length: 160, nullable: true })
  openKey: string | null;

  /** Since when it has been wrong. */
  @Column({ ...INSTANT })
  since: Date;

  @Column({ name: 'raised_at', ...INSTANT })
  raisedAt: Date;

  @Column({ name: 'ended_at', ...INSTANT, nullable: true })
  endedAt: Date | null;
}
