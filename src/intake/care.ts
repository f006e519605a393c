import { Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { type CareSetting } from '../kernel/index.js';
import {
  businessIdentifier,
  type ClinicalResource,
  ClinicalResourceRepository,
  MessageStore,
  ObservationRepository,
  type StoredMessage,
} from '../people/index.js';
import { attendingOf, practitionerOf } from './domain/attending.js';
import { fixedSetting, namesOfEncounter } from './domain/encounter-name.js';
import { encounterOf } from './domain/facts-of.js';
import { localReference } from './domain/references.js';
import { type Said } from './domain/said.js';

/** In whose care somebody was when a result was made. */
export interface Care {
  setting: CareSetting | null;
  /** What the hospital calls the attending doctor, `system|value`; null when it does not say. */
  practitioner: string | null;
}

/** Where the person of a result was, and whose patient: read from the encounter as it was sent, when somebody asks. */
@Injectable()
export class CareOfResults {
  constructor(
    private readonly observations: ObservationRepository,
    private readonly resources: ClinicalResourceRepository,
    private readonly messages: MessageStore,
  ) {}

  async of(manager: EntityManager, observationId: string): Promise<Care> {
    const [result] = await this.observations.byIds(manager, [observationId]);
    const name = result && encounterOf(result);
    if (!result?.personId || !name) return { setting: null, practitioner: null };
    const fixed = fixedSetting(name);
    if (fixed) return { setting: fixed, practitioner: null };
    const row = await this.#encounter(manager, result.personId, name);
    if (!row) return { setting: null, practitioner: null };
    const { setting = null } = JSON.parse(row.said!) as Said;
    return { setting, practitioner: await this.#attending(manager, row) };
  }

  /** 体检号 of a result: the first identifier of its encounter; null where it has none. */
  async number(manager: EntityManager, observationId: string): Promise<string | null> {
    const [result] = await this.observations.byIds(manager, [observationId]);
    const name = result && encounterOf(result);
    if (!result?.personId || !name || fixedSetting(name)) return null;
    const row = await this.#encounter(manager, result.personId, name);
    const resource = row && (await this.messages.resourceAt(manager, row.messageId, row.entry));
    return (resource && businessIdentifier(resource as fhir4.Encounter)?.value) || null;
  }

  async #encounter(manager: EntityManager, personId: string, name: string): Promise<ClinicalResource | null> {
    const rows = await this.resources.ofPerson(manager, personId, ['Encounter']);
    const named = (row: ClinicalResource): boolean =>
      row.said !== null && namesOfEncounter(row, (JSON.parse(row.said) as Said).id).includes(name);
    return rows.find(named) ?? null;
  }

  async #attending(manager: EntityManager, row: ClinicalResource): Promise<string | null> {
    const message = await this.messages.load(manager, row.messageId);
    const encounter = message?.resource(row.entry) as fhir4.Encounter | null | undefined;
    if (!message || !encounter) return null;
    for (const one of attendingOf(encounter, (reference) => near(message, reference))) {
      if ('practitioner' in one) return one.practitioner;
      const found = await this.#practitioner(manager, message.about.feedId, one.reference);
      if (found) return found;
    }
    return null;
  }

  /** A practitioner that came in another message of the same feed. */
  async #practitioner(manager: EntityManager, feedId: string, reference: string): Promise<string | null> {
    const local = localReference(reference);
    if (local?.type !== 'Practitioner') return null;
    const [row] = await this.resources.findBySender(manager, feedId, local);
    const resource = row && (await this.messages.resourceAt(manager, row.messageId, row.entry));
    return resource ? (practitionerOf(resource as fhir4.FhirResource)?.practitioner ?? null) : null;
  }
}

/** An entry of the same message, by its full URL, or by type and id. */
export function near({ payload }: StoredMessage, reference: string): fhir4.FhirResource | null {
  const entries = (payload as fhir4.Bundle).entry ?? [];
  const local = localReference(reference);
  const found = entries.find(
    ({ fullUrl, resource }) =>
      fullUrl === reference ||
      (local !== null && resource?.resourceType === local.type && resource.id === local.id),
  );
  return (found?.resource ?? null) as fhir4.FhirResource | null;
}
