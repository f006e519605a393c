import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { DIALECTS, insertRows, placeholders, portions, readInstant, UnitOfWork } from '../database/index.js';
import { newId } from '../kernel/index.js';
import { type Finding, type FindingEvidence, type Told } from './domain/finding.js';
import { FindingEarlierEntity } from './finding-earlier.entity.js';
import { FindingEntity } from './finding.entity.js';

const COLUMNS = [
  'id', 'person_id', 'observation_id', 'component', 'rule_id', 'rule_set_version', 'kind', 'status', 'urgency', 'disposition',
  'disposition_reason', 'evidence', 'told_value', 'identified_at', 'updated_at', 'told_at', 'told_as', 'correction', 'decided_at',
] as const; // prettier-ignore
type Row = Record<(typeof COLUMNS)[number], unknown>;
const EARLIER_COLUMNS = ['id', 'finding_id', 'rule_set_version', 'replaced_at', 'finding'];

/** What a finding was, until when. */
export interface EarlierFinding {
  finding: Finding;
  replacedAt: Date;
}

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

  /** Keeps what findings were until now, so that each decision can be explained as it was made. */
  async keepEarlier(manager: EntityManager, findings: readonly Finding[], now: Date): Promise<void> {
    const at = DIALECTS[this.work.kind].instant(now);
    const rows = findings.map((one) => [newId(), one.id, one.ruleSetVersion, at, JSON.stringify(one)]);
    if (rows.length === 0) return;
    await insertRows(manager, 'finding_earlier', EARLIER_COLUMNS, rows);
  }

  /** What a finding was before, latest first. */
  async earlier(manager: EntityManager, id: string): Promise<EarlierFinding[]> {
    const rows = await manager.find(FindingEarlierEntity, {
      where: { findingId: id },
      order: { id: 'DESC' },
    });
    return rows.map(({ finding, replacedAt }) => ({ finding: asFinding(finding), replacedAt }));
  }

  ofPerson(manager: EntityManager, personId: string): Promise<Finding[]> {
    return this.ofPeople(manager, [personId]);
  }

  /** Of several people at once. */
  ofPeople(manager: EntityManager, personIds: readonly string[]): Promise<Finding[]> {
    return this.select(manager, 'person_id', personIds);
  }

  ofObservations(manager: EntityManager, observationIds: readonly string[]): Promise<Finding[]> {
    return this.select(manager, 'observation_id', observationIds);
  }

  byIds(manager: EntityManager, ids: readonly string[]): Promise<Finding[]> {
    return this.select(manager, 'id', ids);
  }

  private async select(
    manager: EntityManager,
    column: 'id' | 'person_id' | 'observation_id',
    values: readonly string[],
  ): Promise<Finding[]> {
    const found: Finding[] = [];
    for (const part of portions(values)) {
      const rows: Row[] = await manager.query(
        `SELECT ${COLUMNS.join(',')} FROM finding WHERE ${column} IN (${placeholders(part.length)})`,
        part,
      );
      found.push(...rows.map(toFinding));
    }
    return found;
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
    for (const { gone, kept } of replaced)
      await manager.update(FindingEarlierEntity, { findingId: gone }, { findingId: kept });
    await this.remove(
      manager,
      replaced.map(({ gone }) => gone),
    );
    await manager.update(FindingEntity, { personId: from }, { personId: to });
    return replaced;
  }

  async remove(manager: EntityManager, ids: readonly string[]): Promise<void> {
    for (const part of portions(ids)) {
      await manager.delete(FindingEntity, { id: In(part) });
      await manager.delete(FindingEarlierEntity, { findingId: In(part) });
    }
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

function toFinding(row: Row): Finding {
  const text = row as Record<Exclude<(typeof COLUMNS)[number], 'component'>, string>;
  return {
    id: text.id,
    personId: row.person_id as string | null,
    observationId: text.observation_id,
    component: row.component as number,
    ruleId: text.rule_id,
    ruleSetVersion: text.rule_set_version,
    kind: text.kind as Finding['kind'],
    status: text.status as Finding['status'],
    urgency: text.urgency as Finding['urgency'],
    disposition: text.disposition as Finding['disposition'],
    reason: text.disposition_reason as Finding['reason'],
    evidence: JSON.parse(text.evidence) as FindingEvidence,
    toldValue: text.told_value,
    identifiedAt: readInstant(row.identified_at),
    updatedAt: readInstant(row.updated_at),
    toldAt: readInstant(row.told_at, true),
    toldAs: row.told_as === null ? null : (JSON.parse(text.told_as) as Told),
    correction: text.correction as Finding['correction'],
    decidedAt: readInstant(row.decided_at, true),
  };
}

/** A finding that was kept as a whole. */
function asFinding(text: string): Finding {
  const kept = JSON.parse(text) as Kept;
  const at = (time: string | null): Date | null => (time === null ? null : new Date(time));
  return {
    ...kept,
    identifiedAt: new Date(kept.identifiedAt),
    updatedAt: new Date(kept.updatedAt),
    toldAt: at(kept.toldAt),
    decidedAt: at(kept.decidedAt),
  };
}

/** Times are texts in JSON. */
type Kept = Omit<Finding, 'identifiedAt' | 'updatedAt' | 'toldAt' | 'decidedAt'> & {
  identifiedAt: string;
  updatedAt: string;
  toldAt: string | null;
  decidedAt: string | null;
};
