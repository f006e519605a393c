import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { DIALECTS, insertRows, placeholders, UnitOfWork } from '../database/index.js';
import { senderKey } from './domain/identity.js';
import { ClinicalResourceEntity } from './clinical-resource.entity.js';

const COLUMNS = [
  'id',
  'type',
  'person_id',
  'subject_key',
  'identity_key',
  'sender_key',
  'content_hash',
  'version',
  'status',
  'codes',
  'message_id',
  'entry',
  'updated_at',
];

export type ClinicalResource = ClinicalResourceEntity;

/** Encounters, specimens, conditions and the rest: found by identity, by what a sender calls them, or by person. */
@Injectable()
export class ClinicalResourceRepository {
  constructor(private readonly work: UnitOfWork) {}

  async findByIdentity(
    manager: EntityManager,
    keys: readonly string[],
  ): Promise<Map<string, ClinicalResource>> {
    if (keys.length === 0) return new Map();
    const known: { identity_key: string }[] = await manager.query(
      `SELECT identity_key FROM clinical_resource WHERE identity_key IN (${placeholders(keys.length)})`,
      [...keys],
    );
    // Most messages bring nothing that is known: only then is the whole row worth reading.
    if (known.length === 0) return new Map();
    const rows = await manager.findBy(ClinicalResourceEntity, {
      identityKey: In(known.map((row) => row.identity_key)),
    });
    return new Map(rows.map((row) => [row.identityKey, row]));
  }

  /** By what senders call them, or by the service's own ids. */
  async findByReference(
    manager: EntityManager,
    senderKeys: readonly string[],
    ids: readonly string[],
  ): Promise<ClinicalResource[]> {
    if (senderKeys.length + ids.length === 0) return [];
    return manager.find(ClinicalResourceEntity, {
      where: [{ senderKey: In([...senderKeys]) }, { id: In([...ids]) }],
    });
  }

  /** What a reference of a feed means: by the feed's own name for it, or by the service's id. */
  findBySender(
    manager: EntityManager,
    feedId: string,
    { type, id }: { type: string; id: string },
  ): Promise<ClinicalResource[]> {
    return this.findByReference(manager, [senderKey(feedId, type, id)], [id]);
  }

  findWaiting(manager: EntityManager, subjectKeys: readonly string[]): Promise<ClinicalResource[]> {
    return subjectKeys.length === 0
      ? Promise.resolve([])
      : manager.findBy(ClinicalResourceEntity, { subjectKey: In([...subjectKeys]) });
  }

  async insert(manager: EntityManager, resources: readonly ClinicalResource[]): Promise<void> {
    const { instant } = DIALECTS[this.work.kind];
    const rows = resources.map((one) => [one.id, one.type, one.personId, one.subjectKey, one.identityKey, one.senderKey, one.contentHash, one.version, one.status, one.codes, one.messageId, one.entry, instant(one.updatedAt)]); // prettier-ignore
    if (rows.length > 0) await insertRows(manager, 'clinical_resource', COLUMNS, rows);
  }

  async update(manager: EntityManager, id: string, change: Partial<ClinicalResource>): Promise<void> {
    await manager.update(ClinicalResourceEntity, { id }, change);
  }

  async move(manager: EntityManager, from: string, to: string): Promise<void> {
    await manager.update(ClinicalResourceEntity, { personId: from }, { personId: to });
  }
}
