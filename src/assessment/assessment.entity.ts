import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { ID, INSTANT, LONG_TEXT } from '../database/index.js';

/** What an assessment says, now or earlier. */
abstract class AssessmentColumns {
  /** Rises by one with each change. */
  abstract version: number;

  /** `1` … `5`, or `unknown`. */
  @Column({ type: 'varchar', length: 8 })
  code: string;

  /** The level, or the range that it may be in: `3`, `1–3`. */
  @Column({ name: 'range_text', type: 'varchar', length: 8 })
  text: string;

  /** The version of the rules that decided so. */
  @Column({ name: 'rule_set_version', type: 'varchar', length: 64 })
  ruleSetVersion: string;

  @Column({ name: 'assessed_at', ...INSTANT })
  assessedAt: Date;

  /** The whole level with its reasons (JSON). */
  @Column({ ...LONG_TEXT })
  content: string;
}

/** 评估: the level that a person is at, one row a person. */
@Entity('assessment')
@Index('ux_assessment_person', ['personId'], { unique: true })
@Index('ix_assessment_assessed', ['assessedAt'])
export class AssessmentEntity extends AssessmentColumns {
  @PrimaryColumn({ ...ID })
  id: string;

  @Column({ name: 'person_id', ...ID })
  personId: string;

  @Column({ type: 'int' })
  override version: number;
}

/** What it was before. */
@Entity('assessment_earlier')
@Index('ix_assessment_earlier_assessed', ['assessedAt'])
export class AssessmentEarlierEntity extends AssessmentColumns {
  @PrimaryColumn({ name: 'assessment_id', ...ID })
  assessmentId: string;

  @PrimaryColumn({ type: 'int' })
  override version: number;
}
