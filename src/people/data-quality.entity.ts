import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { ID, INSTANT } from '../database/index.js';
import { type DoubtReason } from '../kernel/index.js';

/** What could not be judged, and why. Open until `resolvedAt`. */
@Entity('data_quality')
@Index('ux_data_quality', ['observationId', 'component', 'reason'], { unique: true })
@Index('ix_data_quality_reason', ['reason', 'resolvedAt'])
export class DataQualityEntity {
  @PrimaryColumn({ ...ID })
  id: string;

  @Column({ name: 'person_id', ...ID, nullable: true })
  personId: string | null;

  @Column({ name: 'observation_id', ...ID })
  observationId: string;

  @Column({ type: 'int' })
  component: number;

  @Column({ type: 'varchar', length: 20 })
  reason: DoubtReason;

  @Column({ type: 'varchar', length: 255 })
  detail: string;

  @Column({ name: 'created_at', ...INSTANT })
  createdAt: Date;

  @Column({ name: 'resolved_at', ...INSTANT, nullable: true })
  resolvedAt: Date | null;
}
