import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { DIALECTS, insertRows, placeholders, readInstant, UnitOfWork } from '../database/index.js';
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
  'said',
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
    const rows: Record<string, unknown>[] = await manager.query(
      `SELECT ${COLUMNS.join(',')} FROM clinical_resource WHERE identity_key IN (${placeholders(keys.length)})`,
      [...keys],
    );
    return new Map(rows.map((row) => [row['identity_key'] as string, toResource(row)]));
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

  /** A person's records of these types. */
  ofPerson(manager: EntityManager, personId: string, types: readonly string[]): Promise<ClinicalResource[]> {
    return this.ofPeople(manager, [personId], types);
  }

  /** The records of people that are of these types, by id. */
  async ofPeople(
    manager: EntityManager,
    personIds: readonly string[],
    types: readonly string[],
  ): Promise<ClinicalResource[]> {
    const rows: Record<string, unknown>[] = await manager.query(
      `SELECT ${COLUMNS.join(',')} FROM clinical_resource WHERE person_id IN (${placeholders(personIds.length)}) AND type IN (${placeholders(types.length)}) ORDER BY id`,
      [...personIds, ...types],
    );
    return rows.map(toResource);
  }

  findWaiting(manager: EntityManager, subjectKeys: readonly string[]): Promise<ClinicalResource[]> {
    return subjectKeys.length === 0
      ? Promise.resolve([])
      : manager.findBy(ClinicalResourceEntity, { subjectKey: In([...subjectKeys]) });
  }

  async insert(manager: EntityManager, resources: readonly ClinicalResource[]): Promise<void> {
    const { instant } = DIALECTS[this.work.kind];
    const rows = resources.map((one) => [one.id, one.type, one.personId, one.subjectKey, one.identityKey, one.senderKey, one.contentHash, one.version, one.status, one.codes, one.messageId, one.entry, instant(one.updatedAt), one.said]); // prettier-ignore
    if (rows.length > 0) await insertRows(manager, 'clinical_resource', COLUMNS, rows);
  }

  async update(manager: EntityManager, id: string, change: Partial<ClinicalResource>): Promise<void> {
    await manager.update(ClinicalResourceEntity, { id }, change);
  }

  async remove(manager: EntityManager, id: string): Promise<void> {
    await manager.delete(ClinicalResourceEntity, { id });
  }

  async move(manager: EntityManager, from: string, to: string): Promise<void> {
    await manager.update(ClinicalResourceEntity, { personId: from }, { personId: to });
  }
}

function toResource(row: Record<string, unknown>): ClinicalResource {
  return {
    id: row['id'] as string,
    type: row['type'] as string,
    personId: row['person_id'] as string | null,
    subjectKey: row['subject_key'] as string | null,
    identityKey: row['identity_key'] as string,
    senderKey: row['sender_key'] as string | null,
    contentHash: row['content_hash'] as string,
    version: row['version'] as number,
    status: row['status'] as string | null,
    codes: row['codes'] as string,
    messageId: row['message_id'] as string,
    entry: row['entry'] as number,
    updatedAt: readInstant(row['updated_at']),
    said: row['said'] as string | null,
  };
}
