import { Injectable } from '@nestjs/common';
import { type EntityManager, In, IsNull } from 'typeorm';
import { askNow, DIALECTS, insertRowsNow, placeholders, sendWaiting, UnitOfWork } from '../database/index.js';
import { LAST_ID, newId } from '../kernel/index.js';
import { isPlaced } from './domain/result-key.js';
import { type StoredResult } from './domain/stored-result.js';
import { ObservationEntity, ObservationVersionEntity } from './observation.entity.js';
import { observationRows } from './observation-rows.js';
import { selectResults, selectResultsOf } from './select-results.js';

/** Fit into one statement, with their components. */
const FEW = 100;

/** The version of a result that counts, and what its other versions say. */
export interface KnownVersions {
  current: StoredResult;
  otherHashes: Set<string>;
}

/** Stored results: the current version of each in `observation`, the others in `observation_version`. */
@Injectable()
export class ObservationRepository {
  #areThereFormerKeys: boolean | undefined;

  constructor(private readonly work: UnitOfWork) {}

  /**
   * Whether results are stored under keys of version 0.1.0. Looked up once: none are added. Keys that say where they lie
   * stand together in the index, whatever its collation; so one that does not is at an end of it.
   */
  async areThereFormerKeys(manager: EntityManager): Promise<boolean> {
    if (this.#areThereFormerKeys === undefined) {
      const [row]: Record<string, string | null>[] = await manager.query(
        'SELECT (SELECT min(identity_key) FROM observation) AS low, (SELECT max(identity_key) FROM observation) AS high',
      );
      const ends = Object.values(row ?? {});
      this.#areThereFormerKeys = ends.some((key) => key !== null && !isPlaced(key));
    }
    return this.#areThereFormerKeys;
  }

  /**
   * Stores results that are believed to be new; the unique key decides.
   * @returns false when one of them was there already (nothing is stored then).
   */
  async tryInsert(manager: EntityManager, results: readonly StoredResult[]): Promise<boolean> {
    // Several statements: what the first have stored must go when a later one finds its key taken.
    const isLong = results.length > FEW;
    if (isLong) await sendWaiting(manager);
    try {
      if (isLong) await manager.transaction((inside) => this.insert(inside, results));
      else await this.insert(manager, results);
      return true;
    } catch (error) {
      if (DIALECTS[this.work.kind].isDuplicateKey(error)) return false;
      throw error;
    }
  }

  private async insert(manager: EntityManager, results: readonly StoredResult[]): Promise<void> {
    const { columns, rows, constants } = observationRows(results, DIALECTS[this.work.kind].instant);
    await insertRowsNow(manager, 'observation', columns, rows, constants);
  }

  /** The current versions under these identities, locked. */
  async findByIdentity(manager: EntityManager, keys: readonly string[]): Promise<Map<string, StoredResult>> {
    const found = await this.select(
      manager,
      `identity_key IN (${placeholders(keys.length)})`,
      [...keys].sort(),
      true,
    );
    return new Map(found.map((result) => [result.identityKey, result]));
  }

  /** Which of these identities are taken. */
  async existing(manager: EntityManager, keys: readonly string[]): Promise<Set<string>> {
    if (keys.length === 0) return new Set();
    const rows: { identity_key: string }[] = await manager.query(
      `SELECT DISTINCT identity_key FROM observation WHERE identity_key IN (${placeholders(keys.length)})`,
      [...keys],
    );
    return new Set(rows.map((row) => row.identity_key));
  }

  /**
   * Asks whether anything, result or other resource, waits under these keys, or is being stored at this moment. Ask after
   * the keys were written: who stores something for them later finds the person.
   */
  askAwaited(manager: EntityManager, subjectKeys: readonly string[]): () => Promise<boolean> {
    const { forShare } = DIALECTS[this.work.kind];
    const waiting = ['observation', 'clinical_resource'].map(
      (table) =>
        `EXISTS (SELECT 1 FROM ${table} WHERE subject_key IN (${placeholders(subjectKeys.length)})${forShare})`,
    );
    const answer = askNow(manager, `SELECT ${waiting.join(' OR ')} AS awaited`, [
      ...subjectKeys,
      ...subjectKeys,
    ]);
    return async () => {
      const [row] = (await answer()) as { awaited: unknown }[];
      return Number(row?.awaited) > 0;
    };
  }

  /** What waits for a person who is known by one of these keys. */
  findWaiting(manager: EntityManager, subjectKeys: readonly string[]): Promise<StoredResult[]> {
    if (subjectKeys.length === 0) return Promise.resolve([]);
    return this.select(manager, `subject_key IN (${placeholders(subjectKeys.length)})`, subjectKeys, true);
  }

  /** Results that have no person yet, from after one id to another, by id. */
  async waiting(
    manager: EntityManager,
    { after, until = LAST_ID }: { after: string; until?: string },
    limit: number,
  ): Promise<StoredResult[]> {
    const rows: { id: string }[] = await manager.query(
      'SELECT id FROM observation WHERE person_id IS NULL AND component = 0 AND id > ? AND id <= ? ORDER BY id LIMIT ?',
      [after, until, limit],
    );
    return this.byIds(
      manager,
      rows.map((row) => row.id),
    );
  }

  /** All current results by id, page by page. */
  page(manager: EntityManager, after: string, limit: number): Promise<StoredResult[]> {
    return selectResultsOf(
      manager,
      'SELECT id FROM observation WHERE component = 0 AND id > ? ORDER BY id LIMIT ?',
      [after, limit],
    );
  }

  /** All current results of a person, or those that measure one of `analytes` (and are not older than `since`). */
  ofPerson(
    manager: EntityManager,
    personId: string,
    analytes?: readonly string[],
    since: Date | null = null,
  ): Promise<StoredResult[]> {
    if (!analytes) return this.select(manager, 'person_id = ?', [personId]);
    if (analytes.length === 0) return Promise.resolve([]);
    const { instant } = DIALECTS[this.work.kind];
    return selectResultsOf(
      manager,
      `SELECT id FROM observation WHERE person_id = ? AND analyte IN (${placeholders(analytes.length)})${since ? ' AND at >= ?' : ''}`,
      [personId, ...analytes, ...(since ? [instant(since)] : [])],
    );
  }

  /** All current results of several people at once, by person. */
  async ofPeople(manager: EntityManager, personIds: readonly string[]): Promise<Map<string, StoredResult[]>> {
    const byPerson = new Map<string, StoredResult[]>(personIds.map((id) => [id, []]));
    const where = `person_id IN (${placeholders(personIds.length)})`;
    for (const result of await this.select(manager, where, personIds))
      byPerson.get(result.personId!)?.push(result);
    return byPerson;
  }

  /** How many rows there are of each of these people; of whoever is not named there is none. */
  async countOf(manager: EntityManager, personIds: readonly string[]): Promise<Map<string, number>> {
    const rows: { id: string; n: number | string }[] = await manager.query(
      `SELECT person_id AS id, COUNT(*) AS n FROM observation WHERE person_id IN (${placeholders(personIds.length)}) GROUP BY person_id`,
      [...personIds],
    );
    return new Map(rows.map(({ id, n }) => [id, Number(n)]));
  }

  byIds(manager: EntityManager, ids: readonly string[]): Promise<StoredResult[]> {
    if (ids.length === 0) return Promise.resolve([]);
    return this.select(manager, `id IN (${placeholders(ids.length)})`, ids);
  }

  /** Puts a new version in the place of the current one, which goes to the history. */
  async replace(
    manager: EntityManager,
    before: StoredResult,
    beforeHash: string,
    after: StoredResult,
  ): Promise<void> {
    await this.keepVersion(manager, before.id, before, beforeHash);
    await manager.delete(ObservationEntity, { id: before.id });
    await this.insert(manager, [after]);
  }

  /** The same version with another reading of it: the vocabulary, the person or its context became known. */
  async rewrite(manager: EntityManager, result: StoredResult): Promise<void> {
    await manager.delete(ObservationEntity, { id: result.id });
    await this.insert(manager, [result]);
  }

  async remove(manager: EntityManager, id: string): Promise<void> {
    await manager.delete(ObservationEntity, { id });
  }

  /** Keeps a version that does not count, once. */
  async keepVersion(
    manager: EntityManager,
    observationId: string,
    version: StoredResult,
    contentHash: string,
  ): Promise<void> {
    if (await this.hasVersion(manager, observationId, { ...version, contentHash })) return;
    await manager.insert(ObservationVersionEntity, {
      id: newId(),
      observationId,
      version: version.version,
      contentHash,
      personId: version.personId,
      status: version.status,
      messageId: version.messageId,
      entry: version.entry,
      receivedAt: version.receivedAt,
    });
  }

  /** Whether this was already said of this person (or while the person was not known), in a version that does not count any more. */
  hasVersion(
    manager: EntityManager,
    observationId: string,
    { contentHash, personId }: { contentHash: string; personId: string | null },
  ): Promise<boolean> {
    return manager.existsBy(
      ObservationVersionEntity,
      [...new Set([personId, null])].map((one) => ({
        observationId,
        contentHash,
        personId: one ?? IsNull(),
      })),
    );
  }

  /** The version that counts was sent again with a later `meta.lastUpdated`: it outranks what lies between. */
  async raise(manager: EntityManager, id: string, sentUpdated: Date): Promise<void> {
    await manager.update(ObservationEntity, { id }, { sentUpdated });
  }

  /** What was said of one person counts as said of another, into whom they were merged. */
  async moveVersions(manager: EntityManager, observationId: string, from: string, to: string): Promise<void> {
    for (const version of await manager.findBy(ObservationVersionEntity, { observationId, personId: from })) {
      if (await this.hasVersion(manager, observationId, { ...version, personId: to }))
        await manager.delete(ObservationVersionEntity, { id: version.id });
      else await manager.update(ObservationVersionEntity, { id: version.id }, { personId: to });
    }
  }

  /** Every version under these identities (or ids): by key, and by id. */
  async versionsOf(
    manager: EntityManager,
    keys: readonly string[],
    ids: readonly string[],
  ): Promise<Map<string, KnownVersions>> {
    const found = new Map<string, KnownVersions>();
    if (keys.length + ids.length === 0) return found;
    const current = [
      ...(keys.length > 0
        ? await this.select(manager, `identity_key IN (${placeholders(keys.length)})`, keys)
        : []),
      ...(await this.byIds(manager, ids)),
    ];
    for (const one of current) {
      const versions = found.get(one.id) ?? { current: one, otherHashes: new Set() };
      found.set(one.identityKey, versions).set(one.id, versions);
    }
    if (found.size === 0) return found;
    const observationId = In(current.map(({ id }) => id));
    const versions = await manager.find(ObservationVersionEntity, {
      select: { observationId: true, contentHash: true },
      where: { observationId },
    });
    for (const version of versions) found.get(version.observationId)?.otherHashes.add(version.contentHash);
    return found;
  }

  private select(
    manager: EntityManager,
    where: string,
    values: readonly unknown[],
    isLocked = false,
  ): Promise<StoredResult[]> {
    return selectResults(manager, where, values, isLocked ? DIALECTS[this.work.kind].forUpdate : '');
  }
}
