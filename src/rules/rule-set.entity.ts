import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { ID, INSTANT, LONG_TEXT } from '../database/index.js';

/** Every version that was ever in force, by the hash of its content, so that it can judge again. */
@Entity('rule_set')
export class RuleSetEntity {
  @PrimaryColumn({ type: 'varchar', length: 64 })
  version: string;

  /** Its files: path → hash of the text in `rule_file` (JSON). */
  @Column({ ...LONG_TEXT })
  files: string;

  /** When it was kept, which is when it first came into force. */
  @Column({ name: 'in_force_since', ...INSTANT })
  inForceSince: Date;
}

/** The text of a file, once for all versions that hold it. */
@Entity('rule_file')
export class RuleFileEntity {
  /** SHA-256 of the text. */
  @PrimaryColumn({ type: 'varchar', length: 64 })
  hash: string;

  @Column({ ...LONG_TEXT })
  text: string;
}

/** What put a version in force: the start of an instance, its watch of the files, a request to reload, or a draft that was approved. */
export type ChangeCause = 'start' | 'watch' | 'request' | 'draft';

/** A version came into force on an instance. */
@Entity('rule_set_change')
@Index('ix_rule_set_change_instance', ['instance', 'at'])
@Index('ix_rule_set_change_at', ['at'])
export class RuleSetChangeEntity {
  @PrimaryColumn({ ...ID })
  id: string;

  @Column({ type: 'varchar', length: 64 })
  version: string;

  @Column({ ...INSTANT })
  at: Date;

  @Column({ type: 'varchar', length: 16 })
  cause: ChangeCause;

  /** `host:port` */
  @Column({ type: 'varchar', length: 128 })
  instance: string;

  /** Who asked for it, where somebody did. */
  @Column({ type: 'varchar', length: 64, nullable: true })
  actor: string | null;
}
