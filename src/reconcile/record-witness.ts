import { isDeepStrictEqual } from 'node:util';
import { Inject, Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import {
  type IncomingEntry,
  type People,
  type PersonRecords,
  Records,
  type Said,
  SPEAKING_TYPES,
  type SpeakingRecord,
} from '../intake/index.js';
import {
  type ClinicalResource,
  ClinicalResourceRepository,
  contentText,
  identityKey,
  shortHash,
} from '../people/index.js';
import { type Difference } from './domain/compare.js';

const SPEAKING = new Set<string>(SPEAKING_TYPES);

/** Conditions, medicines and encounters against their sources: is each there, and does it say what is kept of it? */
@Injectable()
export class RecordWitness {
  constructor(
    @Inject(ClinicalResourceRepository) private readonly resources: ClinicalResourceRepository,
    @Inject(Records) private readonly records: Records,
  ) {}

  /** What a person's records say, read from their sources. */
  async ofPerson(
    manager: EntityManager,
    personId: string,
  ): Promise<{ records: PersonRecords; differences: Difference[] }> {
    const differences: Difference[] = [];
    const speaking: SpeakingRecord[] = [];
    for (const row of await this.resources.ofPerson(manager, personId, SPEAKING_TYPES)) {
      const said = await this.records.read(manager, row);
      const about = `${row.type} ${row.id}`;
      if (!said) {
        const detail = `message ${row.messageId} entry ${row.entry}`;
        differences.push({ kind: 'missing-source', personId, about, detail });
        continue;
      }
      speaking.push({ row, said });
      if (row.said !== null && !saysAlike(JSON.parse(row.said) as Said, said))
        differences.push({ kind: 'wrong-record', personId, about, detail: 'says something else' });
    }
    return { records: this.records.from(speaking), differences };
  }

  /** Records that a message brought and that are not there. */
  async missing(
    manager: EntityManager,
    { id, feedId }: { id: string; feedId: string },
    entries: readonly IncomingEntry[],
    people: People,
  ): Promise<Difference[]> {
    const sent = entries.filter(({ resource }) => SPEAKING.has(resource.resourceType));
    const differences: Difference[] = [];
    for (const entry of sent) {
      if (await this.isThere(manager, entry, feedId, people)) continue;
      differences.push({
        kind: 'missing-record',
        personId: null,
        about: `message ${id} entry ${entry.index}`,
        detail: 'was acknowledged and is not stored',
      });
    }
    return differences;
  }

  /** Under its key, or (it was told apart while its person was not known) among its person's records. */
  private async isThere(
    manager: EntityManager,
    { resource, chosenId }: IncomingEntry,
    feedId: string,
    people: People,
  ): Promise<boolean> {
    const { person, waitingKey } = people.subject(resource);
    const hash = shortHash(contentText(resource, (reference) => people.references.stableName(reference)));
    const id = chosenId ?? resource.id;
    const key = identityKey({ ...resource, id }, feedId, person?.id ?? waitingKey ?? '', () => hash);
    if ((await this.resources.findByIdentity(manager, [key])).size > 0) return true;
    if (id && (await this.resources.findByReference(manager, [], [id])).length > 0) return true;
    const rows: ClinicalResource[] = person
      ? await this.resources.ofPerson(manager, person.id, [resource.resourceType])
      : [];
    return rows.some(({ contentHash }) => contentHash === hash);
  }
}

/** A record that was sent again with a later `meta.lastUpdated` says no more than before. */
function saysAlike({ updated: _kept, ...kept }: Said, { updated: _sent, ...sent }: Said): boolean {
  return isDeepStrictEqual(kept, JSON.parse(JSON.stringify(sent)));
}
