import { Inject, Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { type Config, CONFIG } from '../config/index.js';
import { openText, Vault } from '../secrets/index.js';
import { ClinicalResourceRepository } from './clinical-resource.repository.js';
import { type Consented, consentFor, covers, nameKey, namesOf } from './domain/consent.js';
import { relativeReference, withKnownActors } from './domain/consent-actors.js';
import { type Language, languageOf } from './domain/language.js';
import { type ContactPoint, isGuardian } from './domain/patient.js';
import { MessageStore, type StoredMessage } from './message.store.js';
import { PersonEntity } from './person.entity.js';

/** Somebody on record as a person's relative or guardian, as far as it decides whether they may be asked to ring. */
export interface Relative {
  /** Null of a guardian whom the record does not name. */
  name: string | null;
  sex: 'male' | 'female' | null;
  /** What they read, or the person does where their record says nothing; null where nobody's does. */
  language: Language | null;
  isGuardian: boolean;
  /** Telephone numbers and addresses that are in use now. */
  contacts: ContactPoint[];
  /** What the person's consents allow of telling them now; null when nothing does. */
  consent: Consented | null;
}

interface Records {
  related: (fhir4.RelatedPerson & { id: string })[];
  consents: fhir4.Consent[];
}

/** Who is on record as a person's relative, and what the person's consents allow of telling them. */
@Injectable()
export class Relatives {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly records: ClinicalResourceRepository,
    private readonly messages: MessageStore,
    private readonly vault: Vault,
  ) {}

  /** Whether a relative who gives this name may be told: they are on record, and a consent permits it now. */
  async hasConsent(manager: EntityManager, personId: string, name: string, now: Date): Promise<boolean> {
    const { related, consents } = await this.#records(manager, personId);
    const { timeZone: zone } = this.config;
    return related.some(
      (one) =>
        this.#isInUse(one, now) &&
        namesOf(one.name).some((known) => nameKey(known) === nameKey(name)) &&
        consentFor(consents, named(one), now, zone) !== null,
    );
  }

  /** Everybody on record as a relative or guardian now, the guardians that the person's own record names among them. */
  async of(manager: EntityManager, personId: string, now: Date): Promise<Relative[]> {
    const { related, consents } = await this.#records(manager, personId);
    const { timeZone: zone } = this.config;
    const patient = await this.#patient(manager, personId);
    const theirs = languageOf(patient?.communication);
    const relatives = related
      .filter((one) => this.#isInUse(one, now))
      .map((one) => ({
        name: namesOf(one.name)[0] ?? null,
        sex: sexOf(one.gender),
        language: languageOf(one.communication) ?? theirs,
        isGuardian: isGuardian(one.relationship),
        contacts: this.#contacts(one.telecom, now),
        consent: consentFor(consents, named(one), now, zone),
      }));
    const guardians = (patient?.contact ?? [])
      .filter((one) => isGuardian(one.relationship) && covers(one.period, now, zone))
      .map((one) => ({
        name: namesOf(one.name && [one.name])[0] ?? null,
        sex: sexOf(one.gender),
        language: theirs,
        isGuardian: true,
        contacts: this.#contacts(one.telecom, now),
        consent: null,
      }));
    return [...relatives, ...guardians];
  }

  #isInUse({ active, period }: fhir4.RelatedPerson, now: Date): boolean {
    return active !== false && covers(period, now, this.config.timeZone);
  }

  #contacts(telecom: readonly fhir4.ContactPoint[] | undefined, now: Date): ContactPoint[] {
    return (telecom ?? [])
      .filter(({ value, use, period }) => value && use !== 'old' && covers(period, now, this.config.timeZone))
      .sort((a, b) => (a.rank ?? 99) - (b.rank ?? 99))
      .map(({ system = 'other', value }) => ({ system, value: value!.trim() }));
  }

  async #records(manager: EntityManager, personId: string): Promise<Records> {
    const rows = await this.records.ofPerson(manager, personId, ['RelatedPerson', 'Consent']);
    const opened = new Map<string, StoredMessage | null>();
    const related: Records['related'] = [];
    const consents: fhir4.Consent[] = [];
    for (const { id, messageId, entry } of rows) {
      if (!opened.has(messageId)) opened.set(messageId, await this.messages.load(manager, messageId));
      const message = opened.get(messageId);
      const resource = message?.resource(entry) as fhir4.FhirResource | null | undefined;
      // By the service's own id: senders' are theirs alone.
      if (resource?.resourceType === 'RelatedPerson') related.push({ ...resource, id });
      if (message && resource?.resourceType === 'Consent') {
        const entryAt = (reference: string): ReturnType<StoredMessage['entryAt']> =>
          message.entryAt(reference);
        const source = { feedId: message.about.feedId, messageId, entryAt };
        const relatives = rows.filter(({ type }) => type === 'RelatedPerson');
        consents.push(withKnownActors(resource, source, relatives));
      }
    }
    return { related, consents };
  }

  /** What the person reads; null where their record does not say it. */
  async languageOf(manager: EntityManager, personId: string): Promise<Language | null> {
    return languageOf((await this.#patient(manager, personId))?.communication);
  }

  /** The person's own record, opened. */
  async #patient(manager: EntityManager, personId: string): Promise<fhir4.Patient | null> {
    const row = await manager.findOne(PersonEntity, {
      select: { id: true, resource: true },
      where: { id: personId },
    });
    return (
      row && (JSON.parse(await openText(this.vault, row.resource, `person ${personId}`)) as fhir4.Patient)
    );
  }
}

function named({ id, name, identifier = [] }: Records['related'][number]): Parameters<typeof consentFor>[1] {
  return {
    reference: relativeReference(id),
    names: namesOf(name),
    identifiers: identifier.flatMap(({ system, value }) => (value ? `${system ?? ''}|${value}` : [])),
  };
}

function sexOf(gender: string | undefined): 'male' | 'female' | null {
  return gender === 'male' || gender === 'female' ? gender : null;
}
