import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { type Config, CONFIG } from '../config/index.js';
import { DIALECTS, UnitOfWork } from '../database/index.js';
import {
  type ClinicalResource,
  ClinicalResourceRepository,
  type EncounterCare,
  EncounterCareRepository,
  MessageStore,
} from '../people/index.js';
import { near } from './care.js';
import { careNoted, nameOfParty } from './domain/care-noted.js';
import { type IncomingMessage } from './domain/incoming.js';
import { type MessageReferences } from './domain/references.js';

/** A record that a message has just added or changed. */
export interface Touched {
  resource: fhir4.FhirResource;
  row: ClinicalResource;
}

/** Encounters of before that are noted by one transaction. */
const AT_ONCE = 200;

/** Notes of each encounter at which centre it is, and whose inpatient it makes somebody. */
@Injectable()
export class CareNotes implements OnApplicationBootstrap {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly work: UnitOfWork,
    private readonly care: EncounterCareRepository,
    private readonly resources: ClinicalResourceRepository,
    private readonly messages: MessageStore,
  ) {}

  /** Encounters of before are noted from the next start on. */
  async onApplicationBootstrap(): Promise<void> {
    for (;;) {
      const rows = await this.care.unnoted(AT_ONCE);
      if (rows.length === 0) return;
      await this.#fill(rows);
    }
  }

  async #fill(rows: readonly { id: string; messageId: string; entry: number }[]): Promise<void> {
    try {
      await this.work.run(async (manager) => {
        const list: EncounterCare[] = [];
        for (const row of rows) list.push(await this.#reread(manager, row));
        await this.care.replace(manager, list);
      });
    } catch (error) {
      // Another instance has noted some of them meanwhile: those are not asked for again.
      if (!DIALECTS[this.work.kind].isDuplicateKey(error)) throw error;
    }
  }

  /** @param fresh ids of the records that are new */
  async note(
    manager: EntityManager,
    { feed }: IncomingMessage,
    references: MessageReferences,
    touched: readonly Touched[],
    fresh: ReadonlySet<string>,
  ): Promise<void> {
    const look = (reference: string) => references.entry(reference)?.resource ?? null;
    const noted = new Map<string, EncounterCare>();
    for (const { resource, row } of touched) {
      if (resource.resourceType === 'Encounter')
        noted.set(row.id, {
          resourceId: row.id,
          ...(await this.#known(manager, careNoted(resource, look, feed.id, this.config.timeZone))),
        });
      await this.#resolve(manager, resource, row);
    }
    const all = [...noted.values()];
    await this.care.insert(
      manager,
      all.filter(({ resourceId }) => fresh.has(resourceId)),
    );
    await this.care.replace(
      manager,
      all.filter(({ resourceId }) => !fresh.has(resourceId)),
    );
  }

  /** An organisation or a practitioner whom encounters of before may have named by reference. */
  async #resolve(
    manager: EntityManager,
    resource: fhir4.FhirResource,
    { id, senderKey }: ClinicalResource,
  ): Promise<void> {
    const name = nameOfParty(resource);
    if (name === null) return;
    const refs = senderKey === null ? [id] : [id, senderKey];
    await this.care.resolve(
      manager,
      resource.resourceType === 'Organization' ? 'centre' : 'attending',
      refs,
      name,
    );
  }

  async #reread(
    manager: EntityManager,
    { id: resourceId, messageId, entry }: { id: string; messageId: string; entry: number },
  ): Promise<EncounterCare> {
    const nothing = { centre: null, attending: null, untilAt: null, centreRef: null, attendingRef: null };
    const message = await this.messages.load(manager, messageId);
    const encounter = message?.resource(entry) as fhir4.Encounter | null | undefined;
    if (!message || encounter?.resourceType !== 'Encounter') return { resourceId, ...nothing };
    const { feedId } = message.about;
    const noted = careNoted(encounter, (reference) => near(message, reference), feedId, this.config.timeZone);
    return { resourceId, ...(await this.#known(manager, noted)) };
  }

  /** What a reference to somebody who came in another message means by now. */
  async #known<T extends Omit<EncounterCare, 'resourceId'>>(manager: EntityManager, noted: T): Promise<T> {
    const centre = noted.centre ?? (await this.#nameOf(manager, noted.centreRef));
    const attending = noted.attending ?? (await this.#nameOf(manager, noted.attendingRef));
    return { ...noted, centre, attending };
  }

  async #nameOf(manager: EntityManager, ref: string | null): Promise<string | null> {
    if (ref === null) return null;
    const [row] = await this.resources.findByReference(manager, [ref], [ref]);
    const found = row && (await this.messages.resourceAt(manager, row.messageId, row.entry));
    return found ? nameOfParty(found as fhir4.FhirResource) : null;
  }
}
