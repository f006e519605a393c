import { Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { AppError } from '../kernel/index.js';
import {
  type Admitted,
  AmbiguousPerson,
  type IncomingPatient,
  type KnownPerson,
  PersonRegistry,
  PersonRepository,
  senderKey,
  shortHash,
} from '../people/index.js';
import { BY_HAND } from './domain/by-hand.js';
import { withEmployerNamed } from './domain/employer-told.js';
import { type IncomingEntry, type IncomingMessage, type IncomingResource } from './domain/incoming.js';
import { MessageReferences, type SubjectReference } from './domain/references.js';

/** Whom a resource is about: a person, or the key of one who is not known yet, or nobody. */
export interface Subject {
  person: KnownPerson | null;
  waitingKey: string | null;
}

/** A record that was merged again and again; a longer chain would be a loop. */
const LONGEST_CHAIN = 20;
const NOBODY: Subject = { person: null, waitingKey: null };

/** The people of one message: its Patients admitted, its references followed. */
export class People {
  constructor(
    readonly references: MessageReferences,
    readonly admitted: ReadonlyMap<IncomingEntry, Admitted>,
    private readonly byKey: ReadonlyMap<string, KnownPerson>,
    private readonly keysOf: (subject: SubjectReference) => string[],
    private readonly byId: ReadonlyMap<string, KnownPerson>,
  ) {}

  subject(resource: IncomingResource): Subject {
    return this.meant(this.references.subject(resource));
  }

  /** The person that a reference means, or the key by which they will be known. */
  meant(reference: SubjectReference): Subject {
    if (reference.to === 'entry')
      return { person: this.admitted.get(reference.entry)?.person ?? null, waitingKey: null };
    const keys = this.keysOf(reference);
    const person =
      keys.map((key) => this.byKey.get(key)).find((one) => one) ??
      (reference.to === 'id' ? this.byId.get(reference.id) : undefined);
    if (person) return { person, waitingKey: null };
    // An identifier says who is meant wherever it comes from; a feed's id only within that feed.
    const waitingKey = keys.at(-1) ?? null;
    return waitingKey === null ? NOBODY : { person: null, waitingKey };
  }

  /** The Patients of this message. */
  get list(): Admitted[] {
    return [...this.admitted.values()];
  }

  /** Everyone whom this message brings or refers to. */
  get persons(): KnownPerson[] {
    return [
      ...new Map(
        [...this.byKey.values(), ...this.byId.values()].map((person) => [person.id, person]),
      ).values(),
    ];
  }

  isNew(person: KnownPerson): boolean {
    return this.isNewId(person.id);
  }

  isNewId(id: string | null): boolean {
    return this.list.some((admitted) => admitted.outcome === 'new' && admitted.person.id === id);
  }
}

interface LookedUp {
  references: MessageReferences;
  incoming: Map<IncomingEntry, IncomingPatient>;
  known: Map<string, KnownPerson>;
  byId: Map<string, KnownPerson>;
}

/** First step of the intake: who is this message about? Persons are found and locked, created or updated. */
@Injectable()
export class Admission {
  constructor(
    private readonly registry: PersonRegistry,
    private readonly persons: PersonRepository,
  ) {}

  /** @throws AppError when a record is ambiguous, or a `urn:` reference leads nowhere */
  async admit(
    manager: EntityManager,
    message: IncomingMessage,
    fingerprint: () => string,
    now: Date,
  ): Promise<People> {
    const found = await this.lookUp(manager, message, fingerprint);
    const admitted = new Map<IncomingEntry, Admitted>();
    for (const [entry, patient] of found.incoming) {
      admitted.set(entry, await this.registry.admit(manager, patient, message.feed.id, found.known, now));
    }
    const people = this.people(found, admitted, message);
    this.refuseTwoPersons(people, found.known, message);
    await this.followLinks(manager, people, found.known, message.feed.id);
    return people;
  }

  /** The same people, of a message that was taken before: nothing is created or changed. */
  async recall(manager: EntityManager, message: IncomingMessage, fingerprint: () => string): Promise<People> {
    const found = await this.lookUp(manager, message, fingerprint);
    const admitted = new Map<IncomingEntry, Admitted>();
    for (const [entry, patient] of found.incoming) {
      const { condition } = patient;
      const keys = [
        ...(condition ? [this.registry.identifierKey(condition.system, condition.value)] : []),
        ...this.registry.keysOf(patient, message.feed.id).map((key) => key.keyHash),
      ];
      const person = keys.flatMap((key) => found.known.get(key) ?? [])[0];
      if (person) admitted.set(entry, { person, outcome: 'unchanged', newKeys: [], isJudgedAnew: false });
    }
    return this.people(found, admitted, message);
  }

  /** A result whose reference leads to one person and whose identifier to another: nobody can tell whom to phone. */
  private refuseTwoPersons(
    people: People,
    known: ReadonlyMap<string, KnownPerson>,
    message: IncomingMessage,
  ): void {
    // Records that this very message makes one are not two.
    if (message.entries.some((entry) => linksOf(entry, people.references).length > 0)) return;
    for (const { resource, path } of message.entries) {
      const identifier = people.references.identifierBeside(resource);
      const key = identifier && this.registry.matchingKey(identifier);
      const named = key ? known.get(key) : undefined;
      const meant = named && people.subject(resource).person;
      if (meant && meant.id !== named.id) throw new AmbiguousPerson(`${path}.subject`, [meant.id, named.id]);
    }
  }

  /** A record that replaces, or is replaced by, one that nobody has sent yet: it will be known as both. */
  private async followLinks(
    manager: EntityManager,
    people: People,
    known: Map<string, KnownPerson>,
    feedId: string,
  ): Promise<void> {
    for (const [entry, { person, newKeys }] of people.admitted) {
      for (const { reference } of linksOf(entry, people.references)) {
        const { waitingKey } = people.meant(reference);
        if (waitingKey === null) continue;
        const kind =
          waitingKey === this.keysOf(reference, feedId)[0] && reference.to === 'id'
            ? 'sender-id'
            : 'identifier';
        const added = await this.persons.addKeys(manager, person.id, [{ keyHash: waitingKey, kind }]);
        newKeys.push(...added.map(({ keyHash }) => keyHash));
        known.set(waitingKey, person);
      }
    }
  }

  private async lookUp(
    manager: EntityManager,
    message: IncomingMessage,
    fingerprint: () => string,
  ): Promise<LookedUp> {
    const { feed } = message;
    const references = new MessageReferences(message.entries);
    const patients = message.entries.filter((entry) => entry.resource.resourceType === 'Patient');
    const incoming = new Map(patients.map((entry) => [entry, toIncoming(entry, references, fingerprint)]));
    const subjects = this.referredTo(message, references);
    const keys = [...incoming.values()].flatMap((patient) => [
      ...this.registry.keysOf(patient, feed.id).map((key) => key.keyHash),
      ...(patient.condition
        ? [this.registry.identifierKey(patient.condition.system, patient.condition.value)]
        : []),
    ]);
    const subjectKeys = subjects.flatMap((subject) => this.keysOf(subject, feed.id));
    const known = await this.persons.findByKeys(manager, [...keys, ...subjectKeys]);
    const ids = subjects.flatMap((subject) =>
      subject.to === 'id' && !this.keysOf(subject, feed.id).some((key) => known.has(key)) ? subject.id : [],
    );
    return { references, incoming, known, byId: await this.current(manager, ids, feed.id) };
  }

  private people(
    { references, known, byId }: LookedUp,
    admitted: Map<IncomingEntry, Admitted>,
    { feed }: IncomingMessage,
  ): People {
    return new People(references, admitted, known, (subject) => this.keysOf(subject, feed.id), byId);
  }

  private referredTo(message: IncomingMessage, references: MessageReferences): SubjectReference[] {
    const referred: SubjectReference[] = [];
    const note = (reference: SubjectReference, path: () => string): void => {
      if (reference.to === 'id' || reference.to === 'identifier') referred.push(reference);
      if (reference.to !== 'missing' || !reference.reference.startsWith('urn:')) return;
      throw new AppError(
        'unresolved-reference',
        'This urn: reference names no entry of the bundle.',
        `${path()}.reference`,
      );
    };
    for (const entry of message.entries) {
      note(references.subject(entry.resource), () => `${entry.path}.subject`);
      for (const { reference, path } of linksOf(entry, references)) note(reference, () => path);
    }
    return referred;
  }

  /** Under which keys a person may be known; the last is the one to wait for. */
  private keysOf(subject: SubjectReference, feedId: string): string[] {
    if (subject.to === 'id') {
      const byId = senderKey(feedId, 'Patient', subject.id);
      const identifier = subject.identifier && this.registry.matchingKey(subject.identifier);
      return identifier ? [byId, identifier] : [byId];
    }
    if (subject.to === 'identifier') return [this.registry.identifierKey(subject.system, subject.value)];
    return subject.to === 'missing' ? [shortHash(`${feedId}\n${subject.reference}`)] : [];
  }

  /** By the service's own ids; a merged record stands for the one it was merged into. An id that another feed chose is not ours to follow. */
  private async current(
    manager: EntityManager,
    ids: readonly string[],
    feedId: string,
  ): Promise<Map<string, KnownPerson>> {
    const result = new Map<string, KnownPerson>();
    for (const [id, person] of await this.persons.findByIds(manager, ids)) {
      // Who reports by hand chose the person from our own list.
      if (person.idChosenBy !== null && person.idChosenBy !== feedId && feedId !== BY_HAND) continue;
      result.set(id, await this.afterMerges(manager, person));
    }
    return result;
  }

  private async afterMerges(manager: EntityManager, person: KnownPerson): Promise<KnownPerson> {
    let last = person;
    for (let step = 0; last.mergedInto !== null && step < LONGEST_CHAIN; step++) {
      const next = (await this.persons.findByIds(manager, [last.mergedInto])).get(last.mergedInto);
      if (!next) break;
      last = next;
    }
    return last;
  }
}

/** Records that say of themselves that they replace, or are replaced by, another. */
export function linksOf(
  { resource, path }: IncomingEntry,
  references: MessageReferences,
): { type: string; reference: SubjectReference; path: string }[] {
  if (resource.resourceType !== 'Patient') return [];
  return (resource.link ?? []).flatMap((link, i) =>
    link.type === 'replaced-by' || link.type === 'replaces'
      ? {
          type: link.type,
          reference: references.person(link.other, resource),
          path: `${path}.link[${i}].other`,
        }
      : [],
  );
}

function toIncoming(
  entry: IncomingEntry,
  references: MessageReferences,
  fingerprint: () => string,
): IncomingPatient {
  return {
    path: entry.path,
    resource: withEmployerNamed(entry.resource as fhir4.Patient, references),
    condition: entry.condition,
    isCreate: entry.isCreate,
    chosenId: entry.chosenId,
    fingerprint: () => `${fingerprint()} ${entry.index}`,
  };
}
