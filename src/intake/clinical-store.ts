import { Inject, Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { type Config, CONFIG } from '../config/index.js';
import { newId } from '../kernel/index.js';
import {
  type ClinicalResource,
  ClinicalResourceRepository,
  codeTokens,
  contentText,
  identityKey,
  isReachableGuardian,
  MessageStore,
  PersonRepository,
  senderKey,
  shortHash,
} from '../people/index.js';
import { type People } from './admission.js';
import { CareNotes, type Touched } from './care-notes.js';
import { type EntryResult, type IncomingEntry, type IncomingMessage, isClinical } from './domain/incoming.js';
import { localReference } from './domain/references.js';
import { compareSaid, readSaid, type Said } from './domain/said.js';

const SERVER_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-/;
const LONGEST_ID = 36;

export interface StoredClinical {
  answers: Map<IncomingEntry, EntryResult>;
  /** What became known or changed and bears on results stored before: by what their senders call it. */
  contextKeys: string[];
  /** Of these, whom they are about, where that person is not known yet. */
  contextOf: string[];
  /** Keys of persons not known yet for whom something was stored. */
  waitingFor: string[];
  /** Persons whose guardian became known. */
  guardiansOf: string[];
  /** Records that rules may ask, new or changed. */
  changes: RecordChange[];
}

/** A record that rules may ask, as it was (null: not there) and as it is. */
export interface RecordChange {
  before: ClinicalResource | null;
  after: ClinicalResource;
}

/** Second step: encounters, specimens, relatives and the rest, around the results. */
@Injectable()
export class ClinicalStore {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly resources: ClinicalResourceRepository,
    private readonly messages: MessageStore,
    private readonly persons: PersonRepository,
    private readonly care: CareNotes,
  ) {}

  /** @param isRetry a taken key has made the message start again: nothing is believed to be new any more */
  async store(
    manager: EntityManager,
    message: IncomingMessage,
    messageId: string,
    people: People,
    now: Date,
    isRetry = false,
  ): Promise<StoredClinical> {
    const stored: StoredClinical = {
      answers: new Map(),
      contextKeys: [],
      contextOf: [],
      waitingFor: [],
      guardiansOf: [],
      changes: [],
    };
    const entries = message.entries.filter((entry) => isClinical(entry.resource));
    if (entries.length === 0) return stored;
    const rows = entries.map((entry) => this.toRow(entry, message, messageId, people, now));
    // What comes with new persons is nearly always new: the unique key decides, and saves a look-up.
    const areNew = !isRetry && rows.every(({ personId }) => people.isNewId(personId));
    const known = await this.resources.findByIdentity(
      manager,
      areNew ? [] : rows.map((row) => row.identityKey),
    );
    for (const row of await this.byChosenId(manager, entries)) known.set(`id ${row.id}`, row);
    const fresh = new Map<string, ClinicalResource>();
    const touched: Touched[] = [];
    for (const [i, entry] of entries.entries()) {
      const row = rows[i]!;
      const before =
        known.get(`id ${entry.chosenId}`) ?? known.get(row.identityKey) ?? fresh.get(row.identityKey);
      if (!before) {
        if (entry.chosenId && entry.chosenId.length <= LONGEST_ID && !known.has(`id ${entry.chosenId}`))
          row.id = entry.chosenId;
        fresh.set(row.identityKey, row);
      } else if (before.contentHash === row.contentHash || (entry.condition && entry.isCreate)) {
        if (!(entry.condition && entry.isCreate)) await this.raise(manager, before, row, fresh);
        stored.answers.set(entry, answer(200, before));
        continue;
      } else if (rank(row, before) < 0) {
        // A version that was overtaken before it came changes nothing.
        stored.answers.set(entry, answer(200, before));
        continue;
      } else {
        const next = {
          ...row,
          id: before.id,
          identityKey: before.identityKey,
          senderKey: row.senderKey ?? before.senderKey,
          version: before.version + 1,
        };
        if (fresh.has(before.identityKey)) fresh.set(before.identityKey, next);
        else await this.resources.update(manager, before.id, next);
        Object.assign(row, next);
        // A second version in the same message is held against this one.
        if (known.has(before.identityKey)) known.set(before.identityKey, row);
      }
      stored.answers.set(entry, answer(before ? 200 : 201, row));
      touched.push({ resource: entry.resource, row: fresh.get(row.identityKey) ?? row });
      if (row.subjectKey) stored.waitingFor.push(row.subjectKey);
      if (row.said !== null) stored.changes.push({ before: before ?? null, after: row });
      await this.followUp(manager, entry, row, people, stored);
    }
    await this.resources.insert(manager, [...fresh.values()]);
    await this.care.note(
      manager,
      message,
      people.references,
      touched,
      new Set([...fresh.values()].map(({ id }) => id)),
    );
    return stored;
  }

  /** An encounter or specimen that results refer to: of the same message, contained, or stored before. */
  async find<T extends fhir4.FhirResource>(
    manager: EntityManager,
    feedId: string,
    reference: string | undefined,
    people: People,
  ): Promise<T | null> {
    const entry = people.references.entry(reference);
    if (entry) return entry.resource as T;
    const local = localReference(reference);
    if (!local) return null;
    const [row] = await this.resources.findBySender(manager, feedId, local);
    return row ? ((await this.messages.resourceAt(manager, row.messageId, row.entry)) as T | null) : null;
  }

  /** The version that counts was sent again with a later `meta.lastUpdated`: it outranks what lies between. */
  private async raise(
    manager: EntityManager,
    before: ClinicalResource,
    again: ClinicalResource,
    fresh: ReadonlyMap<string, ClinicalResource>,
  ): Promise<void> {
    if (rank(again, before) <= 0) return;
    before.said = again.said;
    if (!fresh.has(before.identityKey)) await this.resources.update(manager, before.id, { said: again.said });
  }

  private byChosenId(manager: EntityManager, entries: readonly IncomingEntry[]): Promise<ClinicalResource[]> {
    const ids = entries.flatMap(({ chosenId }) => (chosenId && SERVER_ID.test(chosenId) ? chosenId : []));
    return this.resources.findByReference(manager, [], ids);
  }

  private toRow(
    entry: IncomingEntry,
    message: IncomingMessage,
    messageId: string,
    people: People,
    now: Date,
  ): ClinicalResource {
    const { resource } = entry;
    const { person, waitingKey } = people.subject(resource);
    const contentHash = shortHash(
      contentText(resource, (reference) => people.references.stableName(reference)),
    );
    const id = entry.chosenId ?? resource.id;
    const said = readSaid(resource, this.config.timeZone);
    return {
      id: newId(),
      type: resource.resourceType,
      personId: person?.id ?? null,
      subjectKey: waitingKey,
      identityKey: identityKey(
        { ...resource, id },
        message.feed.id,
        person?.id ?? waitingKey ?? '',
        () => contentHash,
      ),
      senderKey: id ? senderKey(message.feed.id, resource.resourceType, id) : null,
      contentHash,
      version: 1,
      status: statusOf(resource),
      codes: codeTokens((resource as { code?: fhir4.CodeableConcept }).code),
      messageId,
      entry: entry.index,
      updatedAt: now,
      said: said && JSON.stringify(said),
    };
  }

  private async followUp(
    manager: EntityManager,
    entry: IncomingEntry,
    row: ClinicalResource,
    people: People,
    stored: StoredClinical,
  ): Promise<void> {
    const { resource } = entry;
    if ((resource.resourceType === 'Specimen' || resource.resourceType === 'Encounter') && row.senderKey) {
      stored.contextKeys.push(row.senderKey);
      if (row.subjectKey) stored.contextOf.push(row.subjectKey);
    }
    const { person } = people.subject(resource);
    if (
      resource.resourceType === 'RelatedPerson' &&
      person &&
      !person.hasGuardian &&
      isReachableGuardian(resource)
    ) {
      person.hasGuardian = true;
      stored.guardiansOf.push(person.id);
      await this.persons.update(manager, person.id, { hasGuardian: true });
    }
  }
}

/** Of two versions of a record the one that counts (see `compareSaid`); 0 for what says nothing to rules: the later to come. */
function rank(a: ClinicalResource, b: ClinicalResource): number {
  return a.said === null || b.said === null
    ? 0
    : compareSaid(JSON.parse(a.said) as Said, JSON.parse(b.said) as Said);
}

function statusOf(resource: fhir4.FhirResource): string | null {
  const { status } = resource as { status?: unknown };
  return typeof status === 'string' ? status : null;
}

function answer(status: 200 | 201, row: ClinicalResource): EntryResult {
  return { status, type: row.type, id: row.id, version: row.version, lastModified: row.updatedAt };
}
