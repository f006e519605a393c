import { Inject, Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { type Config, CONFIG } from '../config/index.js';
import { openText, Vault } from '../secrets/index.js';
import { ClinicalResourceRepository } from './clinical-resource.repository.js';
import { type Consented, consentFor, covers, nameKey, namesOf } from './domain/consent.js';
import { type ContactPoint, isGuardian } from './domain/patient.js';
import { MessageStore } from './message.store.js';
import { PersonEntity } from './person.entity.js';

/** Somebody on record as a person's relative or guardian, as far as it decides whether they may be asked to ring. */
export interface Relative {
  /** Null of a guardian whom the record does not name. */
  name: string | null;
  sex: 'male' | 'female' | null;
  isGuardian: boolean;
  /** Telephone numbers and addresses that are in use now. */
  contacts: ContactPoint[];
  /** What the person's consents allow of telling them now; null when nothing does. */
  consent: Consented | null;
}

interface Records {
  related: fhir4.RelatedPerson[];
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
    const relatives = related
      .filter((one) => this.#isInUse(one, now))
      .map((one) => ({
        name: namesOf(one.name)[0] ?? null,
        sex: sexOf(one.gender),
        isGuardian: isGuardian(one.relationship),
        contacts: this.#contacts(one.telecom, now),
        consent: consentFor(consents, named(one), now, zone),
      }));
    const guardians = (await this.#contactsOf(manager, personId))
      .filter((one) => isGuardian(one.relationship) && covers(one.period, now, zone))
      .map((one) => ({
        name: namesOf(one.name && [one.name])[0] ?? null,
        sex: sexOf(one.gender),
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
    const sent: object[] = [];
    for (const { messageId, entry } of rows) {
      const resource = await this.messages.resourceAt(manager, messageId, entry);
      if (resource) sent.push(resource);
    }
    return {
      related: sent.filter(isOf<fhir4.RelatedPerson>('RelatedPerson')),
      consents: sent.filter(isOf<fhir4.Consent>('Consent')),
    };
  }

  /** `Patient.contact`. */
  async #contactsOf(manager: EntityManager, personId: string): Promise<fhir4.PatientContact[]> {
    const row = await manager.findOne(PersonEntity, {
      select: { id: true, resource: true },
      where: { id: personId },
    });
    if (!row) return [];
    const patient = JSON.parse(
      await openText(this.vault, row.resource, `person ${personId}`),
    ) as fhir4.Patient;
    return patient.contact ?? [];
  }
}

function named({ name, identifier = [] }: fhir4.RelatedPerson): Parameters<typeof consentFor>[1] {
  return {
    names: namesOf(name),
    identifiers: identifier.flatMap(({ system, value }) => (value ? `${system ?? ''}|${value}` : [])),
  };
}

function sexOf(gender: string | undefined): 'male' | 'female' | null {
  return gender === 'male' || gender === 'female' ? gender : null;
}

function isOf<T extends fhir4.FhirResource>(type: T['resourceType']) {
  return (resource: object): resource is T => (resource as fhir4.FhirResource).resourceType === type;
}
