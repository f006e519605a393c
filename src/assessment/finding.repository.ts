import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { DIALECTS, insertRows, portions, UnitOfWork } from '../database/index.js';
import { type Finding, type FindingEvidence, type Told } from './domain/finding.js';
import { FindingEntity } from './finding.entity.js';

const COLUMNS = [
  'id', 'person_id', 'observation_id', 'component', 'rule_id', 'rule_set_version', 'kind', 'status', 'urgency', 'disposition',
  'disposition_reason', 'evidence', 'told_value', 'identified_at', 'updated_at', 'told_at', 'told_as', 'correction', 'decided_at',
]; // prettier-ignore

/** Findings and reviews, by person and by result. */
@Injectable()
export class FindingRepository {
  constructor(private readonly work: UnitOfWork) {}

  async insert(manager: EntityManager, findings: readonly Finding[]): Promise<void> {
    const { instant } = DIALECTS[this.work.kind];
    const rows = findings.map((one) => [
      one.id, one.personId, one.observationId, one.component, one.ruleId, one.ruleSetVersion, one.kind, one.status, one.urgency, one.disposition,
      one.reason, JSON.stringify(one.evidence), one.toldValue, instant(one.identifiedAt), instant(one.updatedAt),
      one.toldAt && instant(one.toldAt), one.toldAs && JSON.stringify(one.toldAs), one.correction, one.decidedAt && instant(one.decidedAt),
    ]); // prettier-ignore
    if (rows.length > 0) await insertRows(manager, 'finding', COLUMNS, rows);
  }

  async update(manager: EntityManager, finding: Finding): Promise<void> {
    await manager.update(FindingEntity, { id: finding.id }, toEntity(finding));
  }

  async ofPerson(manager: EntityManager, personId: string): Promise<Finding[]> {
    return (await manager.findBy(FindingEntity, { personId })).map(toFinding);
  }

  async ofObservations(manager: EntityManager, observationIds: readonly string[]): Promise<Finding[]> {
    if (observationIds.length === 0) return [];
    return (await manager.findBy(FindingEntity, { observationId: In([...observationIds]) })).map(toFinding);
  }

  async byIds(manager: EntityManager, ids: readonly string[]): Promise<Finding[]> {
    const rows: FindingEntity[] = [];
    for (const part of portions(ids)) rows.push(...(await manager.findBy(FindingEntity, { id: In(part) })));
    return rows.map(toFinding);
  }

  /**
   * One person's findings become another's. Where both have the same finding, the one that was told is kept.
   * @returns the findings that went, each with the one that stands for it now
   */
  async move(manager: EntityManager, from: string, to: string): Promise<{ gone: string; kept: string }[]> {
    const moving = await this.ofPerson(manager, from);
    const there = new Map((await this.ofPerson(manager, to)).map((one) => [keyOf(one), one]));
    const replaced = moving.flatMap((one) => {
      const other = there.get(keyOf(one));
      if (!other) return [];
      const [kept, gone] = one.toldAs && !other.toldAs ? [one, other] : [other, one];
      return { gone: gone.id, kept: kept.id };
    });
    await this.remove(
      manager,
      replaced.map(({ gone }) => gone),
    );
    await manager.update(FindingEntity, { personId: from }, { personId: to });
    return replaced;
  }

  async remove(manager: EntityManager, ids: readonly string[]): Promise<void> {
    for (const part of portions(ids)) await manager.delete(FindingEntity, { id: In(part) });
  }
}

function keyOf({ observationId, component, ruleId }: Finding): string {
  return `${observationId} ${component} ${ruleId}`;
}

function toEntity(finding: Finding): Partial<FindingEntity> {
  const { reason, evidence, toldAs, ...rest } = finding;
  return {
    ...rest,
    dispositionReason: reason,
    evidence: JSON.stringify(evidence),
    toldAs: toldAs && JSON.stringify(toldAs),
  };
}

function toFinding(row: FindingEntity): Finding {
  const { dispositionReason, evidence, toldAs, ...rest } = row;
  return {
    ...rest,
    reason: dispositionReason as Finding['reason'],
    evidence: JSON.parse(evidence) as FindingEvidence,
    toldAs: toldAs === null ? null : (JSON.parse(toldAs) as Told),
  };
}
