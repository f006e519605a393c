import { Column, Entity, PrimaryColumn } from 'typeorm';
import { INSTANT, LONG_TEXT } from '../database/index.js';

/** Every rule set that was ever in force, by the hash of its content, so that old decisions can be explained. */
@Entity('rule_set')
export class RuleSetEntity {
  @PrimaryColumn({ type: 'varchar', length: 64 })
  version: string;

  /** The files: path → text (JSON). */
  @Column({ ...LONG_TEXT })
  files: string;

  @Column({ name: 'in_force_since', ...INSTANT })
  inForceSince: Date;
}
