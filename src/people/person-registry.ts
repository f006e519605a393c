import { Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { AppError, newId } from '../kernel/index.js';
import { sealText, Vault } from '../secrets/index.js';
import { contentText, shortHash } from './domain/content.js';
import { senderKey } from './domain/identity.js';
import { contactPoints, demographics } from './domain/patient.js';
import { comparableValue, matchingIdentifiers } from './domain/person-identifiers.js';
import { type KnownPerson } from './known-person.js';
import { type NewPerson, PersonRepository } from './person.repository.js';

/** A Patient that a message brings. */
export interface IncomingPatient {
  /** FHIRPath of the resource, for refusals. */
  path: string;
  resource: fhir4.Patient;
  /** The identifier to match, of `ifNoneExist` or of a conditional update. */
  condition: { system: string; value: string } | null;
  /** With a condition: a match changes nothing. */
  isCreate: boolean;
  /** PUT: the id that the sender wants. */
  chosenId: string | null;
  /** Tells one anonymous Patient of a message from another, and the same message from a new one. */
  fingerprint: () => string;
}

export interface Admitted {
  person: KnownPerson;
  outcome: 'new' | 'updated' | 'unchanged';
  /** What the person is known by from now on: results that wait under these keys are theirs. */
  newKeys: string[];
  /** What judging depends on has changed: sex, birth date, death, guardian. */
  isJudgedAnew: boolean;
}

/** More than one record could be meant: refused, and kept for a person to sort out. */
export class AmbiguousPerson extends AppError {
  constructor(
    path: string,
    readonly personIds: readonly string[],
  ) {
    super(
      'ambiguous-person',
      'The identifiers of this record belong to different persons; records are never merged by themselves. Send one identifier, or a Patient.link of type replaced-by.',
      path,
    );
  }
}

/** Decides who is meant, by identifiers of trusted systems and by what the feed calls a person; never by name. */
@Injectable()
export class PersonRegistry {
  private untrusted: ReadonlySet<string> = new Set();

  constructor(
    private readonly persons: PersonRepository,
    private readonly vault: Vault,
  ) {}

  /** The systems whose identifiers a centre does not trust for matching. */
  distrust(systems: readonly string[]): void {
    this.untrusted = new Set(systems);
  }

  /** The key of a business identifier of a person. */
  identifierKey(system: string, value: string): string {
    return this.vault.hash(`${system}\n${comparableValue(value)}`);
  }

  /** The key of an identifier by which persons are matched; null for a placeholder or a system that is not trusted. */
  matchingKey(identifier: { system: string; value: string }): string | null {
    const [found] = matchingIdentifiers([identifier], this.untrusted);
    return found ? this.identifierKey(found.system, found.value) : null;
  }

  /** Every key under which a Patient may be known already. */
  keysOf(patient: IncomingPatient, feedId: string): NewPerson['keys'] {
    const identifiers = matchingIdentifiers(patient.resource.identifier, this.untrusted);
    const keys: NewPerson['keys'] = identifiers.map(({ system, value }) => ({
      keyHash: this.identifierKey(system, value),
      kind: 'identifier',
    }));
    const ids = new Set([patient.resource.id, patient.chosenId].filter((id) => id != null));
    for (const id of ids) keys.push({ keyHash: senderKey(feedId, 'Patient', id), kind: 'sender-id' });
    if (keys.length === 0)
      keys.push({ keyHash: shortHash(`anonymous\n${feedId}\n${patient.fingerprint()}`), kind: 'sender-id' });
    return [...new Map(keys.map((key) => [key.keyHash, key])).values()];
  }

  /**
   * Creates, updates or merely recognises the person of a Patient resource.
   * @param known persons found so far by key; what is admitted is added to it
   * @throws AmbiguousPerson (412) when the keys belong to different persons
   */
  async admit(
    manager: EntityManager,
    patient: IncomingPatient,
    feedId: string,
    known: Map<string, KnownPerson>,
    now: Date,
  ): Promise<Admitted> {
    const keys = this.keysOf(patient, feedId);
    const byCondition =
      patient.condition && known.get(this.identifierKey(patient.condition.system, patient.condition.value));
    const isUnchanged = byCondition != null && patient.isCreate;
    const matched = byCondition ? [byCondition] : [];
    if (!isUnchanged) matched.push(...keys.flatMap(({ keyHash }) => known.get(keyHash) ?? []));
    const chosen = patient.chosenId
      ? (await this.persons.findByIds(manager, [patient.chosenId])).get(patient.chosenId)
      : undefined;
    if (chosen && !chosen.mergedInto && (chosen.idChosenBy === null || chosen.idChosenBy === feedId))
      matched.push(chosen);
    const ids = [...new Set(matched.map((person) => person.id))];
    if (ids.length > 1) throw new AmbiguousPerson(patient.path, ids);
    const person = matched[0];
    const admitted = person
      ? await this.recognise(manager, patient, person, isUnchanged, keys, now)
      : await this.create(manager, patient, chosen ? null : patient.chosenId, feedId, keys, now);
    for (const { keyHash } of keys) known.set(keyHash, admitted.person);
    for (const [key, { id }] of known) if (id === admitted.person.id) known.set(key, admitted.person);
    return admitted;
  }

  private async create(
    manager: EntityManager,
    { resource }: IncomingPatient,
    chosenId: string | null,
    feedId: string,
    keys: NewPerson['keys'],
    now: Date,
  ): Promise<Admitted> {
    const id = chosenId ?? newId();
    const person: KnownPerson = {
      ...demographics(resource),
      id,
      version: 1,
      contentHash: comparable(resource),
      idChosenBy: chosenId ? feedId : null,
      mergedInto: null,
    };
    const sealed = await sealText(this.vault, keptText(resource), `person ${id}`);
    await this.persons.insert(
      manager,
      { ...person, resource: sealed, keys, contacts: contactPoints(resource) },
      now,
    );
    return { person, outcome: 'new', newKeys: keys.map((key) => key.keyHash), isJudgedAnew: false };
  }

  private async recognise(
    manager: EntityManager,
    { resource }: IncomingPatient,
    person: KnownPerson,
    isConditional: boolean,
    keys: NewPerson['keys'],
    now: Date,
  ): Promise<Admitted> {
    const contentHash = comparable(resource);
    // A record that was replaced says nothing new of the person who stays; their phones may still be good.
    const isReplaced = resource.link?.some(({ type }) => type === 'replaced-by') ?? false;
    if (isConditional || isReplaced || contentHash === person.contentHash) {
      const added = isConditional ? [] : await this.persons.addKeys(manager, person.id, keys);
      if (isReplaced && !isConditional)
        await this.persons.addContacts(manager, person.id, contactPoints(resource), now);
      return { person, outcome: 'unchanged', newKeys: added.map((key) => key.keyHash), isJudgedAnew: false };
    }
    const told = demographics(resource);
    // A record that leaves out sex or birth date does not take back what is known; a death is taken back in words.
    const next: KnownPerson = {
      ...person,
      name: told.name ?? person.name,
      sex: told.sex ?? person.sex,
      birthDate: told.birthDate ?? person.birthDate,
      isDeceased: told.isDeceased,
      hasGuardian: told.hasGuardian || person.hasGuardian,
      version: person.version + 1,
      contentHash,
    };
    const sealed = await sealText(this.vault, keptText(resource), `person ${person.id}`);
    await this.persons.update(manager, person.id, {
      name: next.name,
      sex: next.sex,
      birthDate: next.birthDate,
      isDeceased: next.isDeceased,
      hasGuardian: next.hasGuardian,
      version: next.version,
      contentHash,
      resource: sealed,
      updatedAt: now,
    });
    await this.persons.addContacts(manager, person.id, contactPoints(resource), now);
    const added = await this.persons.addKeys(manager, person.id, keys);
    const isJudgedAnew = (['sex', 'birthDate', 'isDeceased', 'hasGuardian'] as const).some(
      (field) => next[field] !== person[field],
    );
    return { person: next, outcome: 'updated', newKeys: added.map((key) => key.keyHash), isJudgedAnew };
  }
}

function comparable(resource: fhir4.Patient): string {
  return shortHash(contentText(resource, (reference) => reference));
}

/** Photographs and the like stay with their message: a person's row is read all day. */
const LARGEST_RECORD = 1 << 20;

function keptText(resource: fhir4.Patient): string {
  const text = JSON.stringify(resource);
  if (text.length <= LARGEST_RECORD) return text;
  const { photo: _photo, contained: _contained, text: _text, extension: _extension, ...rest } = resource;
  return JSON.stringify(rest);
}
