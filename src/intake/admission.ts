import { Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { AppError } from '../kernel/index.js';
import {
  type Admitted,
  type IncomingPatient,
  type KnownPerson,
  PersonRegistry,
  PersonRepository,
  senderKey,
  shortHash,
} from '../people/index.js';
import { type IncomingEntry, type IncomingMessage, type IncomingResource } from './domain/incoming.js';
import { MessageReferences, type SubjectReference } from './domain/references.js';

/** Whom a resource is about: a person, or the key of one who is not known yet, or nobody. */
export interface Subject {
  person: KnownPerson | null;
  waitingKey: string | null;
}

const NOBODY: Subject = { person: null, waitingKey: null };

/** The people of one message: its Patients admitted, its references followed. */
export class People {
  constructor(
    readonly references: MessageReferences,
    readonly admitted: ReadonlyMap<IncomingEntry, Admitted>,
    private readonly byKey: ReadonlyMap<string, KnownPerson>,
    private readonly keyOf: (subject: SubjectReference) => string | null,
    private readonly byId: ReadonlyMap<string, KnownPerson>,
  ) {}

  subject(resource: IncomingResource): Subject {
    const reference = this.references.subject(resource);
    if (reference.to === 'entry')
      return { person: this.admitted.get(reference.entry)?.person ?? null, waitingKey: null };
    const key = this.keyOf(reference);
    const person =
      (key ? this.byKey.get(key) : undefined) ??
      (reference.to === 'id' ? this.byId.get(reference.id) : undefined);
    return person ? { person, waitingKey: null } : key ? { person: null, waitingKey: key } : NOBODY;
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
    return this.list.some((admitted) => admitted.outcome === 'new' && admitted.person.id === person.id);
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
    return this.people(found, admitted, message);
  }

  /** The same people, of a message that was taken before: nothing is created or changed. */
  async recall(manager: EntityManager, message: IncomingMessage, fingerprint: () => string): Promise<People> {
    const found = await this.lookUp(manager, message, fingerprint);
    const admitted = new Map<IncomingEntry, Admitted>();
    for (const [entry, patient] of found.incoming) {
      const person = this.registry
        .keysOf(patient, message.feed.id)
        .flatMap((key) => found.known.get(key.keyHash) ?? [])[0];
      if (person) admitted.set(entry, { person, outcome: 'unchanged', newKeys: [], isJudgedAnew: false });
    }
    return this.people(found, admitted, message);
  }

  private async lookUp(
    manager: EntityManager,
    message: IncomingMessage,
    fingerprint: () => string,
  ): Promise<LookedUp> {
    const { feed } = message;
    const references = new MessageReferences(message.entries);
    const patients = message.entries.filter((entry) => entry.resource.resourceType === 'Patient');
    const incoming = new Map(patients.map((entry) => [entry, toIncoming(entry, fingerprint)]));
    const subjects = this.referredTo(message, references);
    const keys = [...incoming.values()].flatMap((patient) => [
      ...this.registry.keysOf(patient, feed.id).map((key) => key.keyHash),
      ...(patient.condition
        ? [this.registry.identifierKey(patient.condition.system, patient.condition.value)]
        : []),
    ]);
    const subjectKeys = subjects.flatMap((subject) => this.keyOf(subject, feed.id) ?? []);
    const known = await this.persons.findByKeys(manager, [...keys, ...subjectKeys]);
    const ids = subjects.flatMap((subject) =>
      subject.to === 'id' && !known.has(this.keyOf(subject, feed.id) ?? '') ? subject.id : [],
    );
    return { references, incoming, known, byId: await this.current(manager, ids, feed.id) };
  }

  private people(
    { references, known, byId }: LookedUp,
    admitted: Map<IncomingEntry, Admitted>,
    { feed }: IncomingMessage,
  ): People {
    return new People(references, admitted, known, (subject) => this.keyOf(subject, feed.id), byId);
  }

  private referredTo(message: IncomingMessage, references: MessageReferences): SubjectReference[] {
    return message.entries.flatMap((entry) => {
      const subject = references.subject(entry.resource);
      if (subject.to === 'missing' && subject.reference.startsWith('urn:')) {
        throw new AppError(
          'unresolved-reference',
          'This urn: reference names no entry of the bundle.',
          `${entry.path}.subject.reference`,
        );
      }
      return subject.to === 'id' || subject.to === 'identifier' ? subject : [];
    });
  }

  private keyOf(subject: SubjectReference, feedId: string): string | null {
    if (subject.to === 'id') return senderKey(feedId, 'Patient', subject.id);
    if (subject.to === 'identifier') return this.registry.identifierKey(subject.system, subject.value);
    return subject.to === 'missing' ? shortHash(`${feedId}\n${subject.reference}`) : null;
  }

  /** By the service's own ids; a merged record stands for the one it was merged into. An id that another feed chose is not ours to follow. */
  private async current(
    manager: EntityManager,
    ids: readonly string[],
    feedId: string,
  ): Promise<Map<string, KnownPerson>> {
    const found = await this.persons.findByIds(manager, ids);
    const merged = [...found.values()].flatMap((person) => person.mergedInto ?? []);
    const targets = await this.persons.findByIds(manager, merged);
    const result = new Map<string, KnownPerson>();
    for (const [id, person] of found) {
      if (person.idChosenBy !== null && person.idChosenBy !== feedId) continue;
      result.set(id, (person.mergedInto && targets.get(person.mergedInto)) || person);
    }
    return result;
  }
}

function toIncoming(entry: IncomingEntry, fingerprint: () => string): IncomingPatient {
  return {
    path: entry.path,
    resource: entry.resource as fhir4.Patient,
    condition: entry.condition,
    isCreate: entry.isCreate,
    chosenId: entry.chosenId,
    fingerprint: () => `${fingerprint()} ${entry.index}`,
  };
}
