import { Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { ClinicalResourceRepository } from './clinical-resource.repository.js';
import { MessageStore } from './message.store.js';

/**
 * Whether a named relative may be told: they are on record as the person's relative, and a consent of the person that is
 * active now, and speaks of them or of nobody in particular, permits it.
 */
@Injectable()
export class Relatives {
  constructor(
    private readonly records: ClinicalResourceRepository,
    private readonly messages: MessageStore,
  ) {}

  async hasConsent(manager: EntityManager, personId: string, name: string, now: Date): Promise<boolean> {
    const rows = await this.records.ofPerson(manager, personId, ['RelatedPerson', 'Consent']);
    const sent: object[] = [];
    for (const { messageId, entry } of rows) {
      const resource = await this.messages.resourceAt(manager, messageId, entry);
      if (resource) sent.push(resource);
    }
    const related = sent.filter(isOf<fhir4.RelatedPerson>('RelatedPerson'));
    const consents = sent.filter(isOf<fhir4.Consent>('Consent'));
    return (
      related.some(
        (one) =>
          one.active !== false &&
          covers(one.period, now) &&
          (one.name ?? []).some((known) => isName(known, name)),
      ) && consents.some((consent) => permits(consent, name, now))
    );
  }
}

function permits({ status, provision }: fhir4.Consent, name: string, now: Date): boolean {
  if (status !== 'active' || provision?.type === 'deny' || !covers(provision?.period, now)) return false;
  const actors = provision?.actor ?? [];
  return actors.length === 0 || actors.some(({ reference }) => key(reference.display ?? '') === key(name));
}

/** A period without an end goes on; a day ends when it is over, wherever the centre is. */
function covers(period: fhir4.Period | undefined, now: Date): boolean {
  const { start, end } = period ?? {};
  if (start && now < new Date(start)) return false;
  return !end || now < new Date(end.length <= 10 ? `${end}T23:59:59.999Z` : end);
}

function isName({ text, family, given = [] }: fhir4.HumanName, name: string): boolean {
  return [text, [family, ...given].join(''), [...given, family].join('')].some(
    (known) => known !== undefined && known !== '' && key(known) === key(name),
  );
}

function key(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s·•.]/g, '');
}

function isOf<T extends fhir4.FhirResource>(type: T['resourceType']) {
  return (resource: object): resource is T => (resource as fhir4.FhirResource).resourceType === type;
}
