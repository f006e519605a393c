import { Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { FindingRepository } from '../assessment/index.js';
import {
  ClinicalResourceRepository,
  DataQualityRepository,
  type KnownPerson,
  PersonRepository,
} from '../people/index.js';
import { type People } from './admission.js';
import { localReference } from './domain/references.js';

export interface Merge {
  from: KnownPerson;
  to: KnownPerson;
}

/** A record that says it was replaced (`Patient.link`) becomes part of the other, with its findings; its results are read again for the other. */
@Injectable()
export class Merging {
  constructor(
    private readonly persons: PersonRepository,
    private readonly clinical: ClinicalResourceRepository,
    private readonly quality: DataQualityRepository,
    private readonly findings: FindingRepository,
  ) {}

  async merge(manager: EntityManager, people: People, feedId: string, now: Date): Promise<Merge[]> {
    const merges: Merge[] = [];
    for (const [entry, { person }] of people.admitted) {
      for (const link of (entry.resource as fhir4.Patient).link ?? []) {
        const other = await this.other(manager, link, people, feedId);
        if (!other || other.id === person.id) continue;
        if (link.type === 'replaced-by') merges.push({ from: person, to: other });
        if (link.type === 'replaces') merges.push({ from: other, to: person });
      }
    }
    for (const one of merges) await this.move(manager, one, now);
    return merges;
  }

  private async other(
    manager: EntityManager,
    link: fhir4.PatientLink,
    people: People,
    feedId: string,
  ): Promise<KnownPerson | null> {
    const named = people.subject({
      resourceType: 'Basic',
      subject: link.other,
    } as unknown as fhir4.FhirResource).person;
    if (named) return named;
    const local = localReference(link.other.reference);
    if (local?.type !== 'Patient') return null;
    return this.persons.findByReference(manager, feedId, local.id);
  }

  private async move(manager: EntityManager, { from, to }: Merge, now: Date): Promise<void> {
    if (from.mergedInto === to.id) return;
    await this.persons.moveKeysAndContacts(manager, from.id, to.id);
    await this.clinical.move(manager, from.id, to.id);
    await this.quality.move(manager, from.id, to.id);
    await this.findings.move(manager, from.id, to.id);
    await this.persons.update(manager, from.id, { mergedInto: to.id, updatedAt: now });
    from.mergedInto = to.id;
  }
}
