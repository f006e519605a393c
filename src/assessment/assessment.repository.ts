import { Injectable } from '@nestjs/common';
import { type EntityManager, In, MoreThan } from 'typeorm';
import { DIALECTS, insertRows, runLater, UnitOfWork } from '../database/index.js';
import { newId } from '../kernel/index.js';
import { AssessmentEarlierEntity, AssessmentEntity } from './assessment.entity.js';
import { type Level } from './domain/level.js';

const COLUMNS = [
  'id', 'person_id', 'version', 'code', 'range_text', 'rule_set_version', 'assessed_at', 'content',
]; // prettier-ignore
const EARLIER_COLUMNS = [
  'assessment_id', 'version', 'code', 'range_text', 'rule_set_version', 'assessed_at', 'content',
]; // prettier-ignore

const UPDATE =
  'UPDATE assessment SET version = ?, code = ?, range_text = ?, rule_set_version = ?, assessed_at = ?, content = ? WHERE id = ?';

/** 评估: what a person's level is, or was, since when and by which rules. */
export interface Assessment {
  /** The same in all versions. */
  id: string;
  version: number;
  level: Level;
  ruleSetVersion: string;
  assessedAt: Date;
}

/** One assessment a person, updated in place; what it was is kept beside it. */
@Injectable()
export class AssessmentRepository {
  constructor(private readonly work: UnitOfWork) {}

  async ofPerson(manager: EntityManager, personId: string): Promise<Assessment | null> {
    const row = await manager.findOneBy(AssessmentEntity, { personId });
    return row && toAssessment(row.id, row);
  }

  /** Of several people at once, by person. */
  async ofPeople(manager: EntityManager, personIds: readonly string[]): Promise<Map<string, Assessment>> {
    const rows = await manager.findBy(AssessmentEntity, { personId: In([...personIds]) });
    return new Map(rows.map((row) => [row.personId, toAssessment(row.id, row)]));
  }

  /** All that it was before, latest first. @param since only versions after this one */
  async earlier(manager: EntityManager, id: string, since = 0): Promise<Assessment[]> {
    const rows = await manager.find(AssessmentEarlierEntity, {
      where: { assessmentId: id, version: MoreThan(since) },
      order: { version: 'DESC' },
    });
    return rows.map((row) => toAssessment(id, row));
  }

  /**
   * Writes what a person's level is, where it is not what it was.
   * @param before null when there is none yet
   */
  async put(
    manager: EntityManager,
    personId: string,
    before: Assessment | null,
    level: Level,
    ruleSetVersion: string,
    now: Date,
  ): Promise<void> {
    const content = JSON.stringify(level);
    const { instant } = DIALECTS[this.work.kind];
    const { code, text } = level;
    if (!before) {
      const row = [newId(), personId, 1, code, text, ruleSetVersion, instant(now), content];
      await insertRows(manager, 'assessment', COLUMNS, [row]);
      return;
    }
    const { id, version } = before;
    const was = JSON.stringify(before.level);
    if (was === content) return;
    const { level: old } = before;
    const kept = [id, version, old.code, old.text, before.ruleSetVersion, instant(before.assessedAt), was];
    await insertRows(manager, 'assessment_earlier', EARLIER_COLUMNS, [kept]);
    const change = [version + 1, code, text, ruleSetVersion, instant(now), content, id];
    await runLater(manager, UPDATE, change);
  }

  /** A person whose record became part of another's has no level of their own. */
  async remove(manager: EntityManager, personId: string): Promise<void> {
    const row = await manager.findOneBy(AssessmentEntity, { personId });
    if (!row) return;
    await manager.delete(AssessmentEarlierEntity, { assessmentId: row.id });
    await manager.delete(AssessmentEntity, { id: row.id });
  }
}

function toAssessment(id: string, row: Omit<AssessmentEarlierEntity, 'assessmentId'>): Assessment {
  const { version, code, text, ruleSetVersion, assessedAt, content } = row;
  const level = { ...(JSON.parse(content) as Level), code, text };
  return { id, version, ruleSetVersion, assessedAt, level };
}
