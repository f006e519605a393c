import { Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import {
  type ClinicalResource,
  ClinicalResourceRepository,
  EncounterCareRepository,
  identityKey,
  type KnownPerson,
  MessageStore,
} from '../people/index.js';
import { type RecordChange } from './clinical-store.js';
import { compareSaid, type Said, SPEAKING_TYPES } from './domain/said.js';
import { entriesOf } from './stored-entries.js';

/** Records that waited for their person, or were another's, become a person's: known from now on as if sent of them. */
@Injectable()
export class RecordAdoption {
  constructor(
    private readonly resources: ClinicalResourceRepository,
    private readonly messages: MessageStore,
    private readonly care: EncounterCareRepository,
  ) {}

  /** @returns the records that rules may ask: the person's facts are not what they were */
  async adopt(manager: EntityManager, person: KnownPerson, keys: readonly string[]): Promise<RecordChange[]> {
    const waiting = await this.resources.findWaiting(manager, keys);
    for (const row of waiting) {
      await this.resources.update(manager, row.id, { personId: person.id, subjectKey: null });
    }
    return this.knownAsTheirs(
      manager,
      waiting.map((row) => ({ ...row, personId: person.id, subjectKey: null })),
      person,
    );
  }

  /** After a merge: what was keyed by the record that went is keyed by the person who stays. */
  async take(manager: EntityManager, person: KnownPerson): Promise<RecordChange[]> {
    const rows = await this.resources.ofPerson(manager, person.id, SPEAKING_TYPES);
    return this.knownAsTheirs(manager, rows, person);
  }

  /** A record told apart by its person is keyed anew; where it is there already under that key, the version that counts stays. */
  private async knownAsTheirs(
    manager: EntityManager,
    rows: readonly ClinicalResource[],
    person: KnownPerson,
  ): Promise<RecordChange[]> {
    const changes: RecordChange[] = [];
    for (const row of rows) {
      if (row.said === null) continue;
      const key = await this.keyFor(manager, row, person);
      const twin =
        key === row.identityKey ? undefined : (await this.resources.findByIdentity(manager, [key])).get(key);
      if (!twin) {
        if (key !== row.identityKey) await this.resources.update(manager, row.id, { identityKey: key });
        changes.push({ before: null, after: { ...row, identityKey: key } });
        continue;
      }
      const isNewer = compareSaid(JSON.parse(row.said) as Said, JSON.parse(twin.said ?? '{}') as Said) > 0;
      const { contentHash, status, codes, messageId, entry, said, senderKey } = row;
      const next = { contentHash, status, codes, messageId, entry, said, senderKey };
      await this.resources.remove(manager, row.id);
      await this.care.hand(manager, row.id, isNewer ? twin.id : null);
      if (!isNewer) continue;
      await this.resources.update(manager, twin.id, { ...next, version: twin.version + 1 });
      changes.push({ before: twin, after: { ...twin, ...next } });
    }
    return changes;
  }

  private async keyFor(manager: EntityManager, row: ClinicalResource, person: KnownPerson): Promise<string> {
    const message = await this.messages.load(manager, row.messageId);
    const sent = message && entriesOf(message).find(({ index }) => index === row.entry);
    if (!message || !sent) return row.identityKey;
    const identified = { ...sent.resource, id: sent.chosenId ?? sent.resource.id };
    return identityKey(identified, message.about.feedId, person.id, () => row.contentHash);
  }
}
