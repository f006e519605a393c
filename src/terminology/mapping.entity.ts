import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { ID, INSTANT } from '../database/index.js';

/** A centre's own mapping, added to the shipped vocabulary. */
@Entity('terminology_mapping')
@Index('ux_terminology_mapping', ['kind', 'source'], { unique: true })
export class TerminologyMappingEntity {
  @PrimaryColumn({ ...ID })
  id: string;

  @Column({ type: 'varchar', length: 16 })
  kind: 'code' | 'name' | 'unit';

  /** `system|code`, a local name, or a unit as spelled. */
  @Column({ type: 'varchar', length: 191 })
  source: string;

  /** Analyte id, or a UCUM unit. */
  @Column({ type: 'varchar', length: 64 })
  target: string;

  @Column({ name: 'created_at', ...INSTANT })
  createdAt: Date;
}
