import { Inject, Injectable } from '@nestjs/common';
import { MessageStore, senderKey, type StoredMessage } from '../people/index.js';
import { openText, Vault } from '../secrets/index.js';
import { referenceIndex, type Target } from './domain/message-references.js';
import { renderPatient } from './domain/render-patient.js';
import { referencesOf, renderStored, type Resolve } from './domain/render-stored.js';
import { type StoredRow, StoredRepository } from './stored.repository.js';

/** A resource ready to be shown, with the person it is about. */
export interface Loaded {
  id: string;
  personId: string | null;
  resource: fhir4.FhirResource;
}

/** A resource as it was sent, with where its references lead. */
interface Opened {
  row: StoredRow;
  sent: object;
  feedId: string;
  subject: string | null;
  targets: Map<string, Target>;
}

/** Unpacked messages of a page kept at hand: neighbours in a page mostly come from one message. */
const MESSAGES_AT_HAND = 16;

/** Loads what feeds sent: the content lies in the messages, word for word. */
@Injectable()
export class StoredLoader {
  constructor(
    @Inject(StoredRepository) private readonly rows: StoredRepository,
    @Inject(MessageStore) private readonly messages: MessageStore,
    @Inject(Vault) private readonly vault: Vault,
  ) {}

  async patients(ids: readonly string[]): Promise<Loaded[]> {
    const loaded: Loaded[] = [];
    for (const row of await this.rows.patients(ids)) {
      const sent = JSON.parse(await openText(this.vault, row.sealed, `person ${row.id}`)) as fhir4.Patient;
      loaded.push({ id: row.id, personId: row.id, resource: renderPatient(sent, row, row.mergedInto) });
    }
    return loaded;
  }

  async results(type: string, ids: readonly string[]): Promise<Loaded[]> {
    return this.#render(await this.rows.results(type, ids));
  }

  async clinical(type: string, ids: readonly string[]): Promise<Loaded[]> {
    return this.#render(await this.rows.clinical(type, ids));
  }

  async #render(rows: readonly StoredRow[]): Promise<Loaded[]> {
    const opened = await this.#open(rows);
    const resolverFor = await this.#resolvers(opened);
    return opened.map((one) => ({
      id: one.row.id,
      personId: one.row.personId,
      resource: renderStored(one.sent, one.row, resolverFor(one)),
    }));
  }

  async #open(rows: readonly StoredRow[]): Promise<Opened[]> {
    const opened: Opened[] = [];
    const atHand = new Map<string, { message: StoredMessage; find: ReturnType<typeof referenceIndex> }>();
    for (const row of rows) {
      let at = atHand.get(row.messageId);
      if (!at) {
        const message = await this.messages.load(this.rows.manager, row.messageId);
        if (!message) throw new Error(`message ${row.messageId} of ${row.id} is missing`);
        at = { message, find: referenceIndex(message.payload) };
        if (atHand.size >= MESSAGES_AT_HAND) atHand.delete(atHand.keys().next().value!);
        atHand.set(row.messageId, at);
      }
      const sent = at.message.resource(row.entry);
      if (!sent) throw new Error(`message ${row.messageId} has no entry ${row.entry}, of ${row.id}`);
      const { find } = at;
      opened.push({
        row,
        sent,
        feedId: at.message.about.feedId,
        subject: subjectOf(sent),
        targets: new Map(referencesOf(sent).map((reference) => [reference, find(reference)])),
      });
    }
    return opened;
  }

  /** Two look-ups for the whole page: neighbours of the same messages, and what senders call the others. */
  async #resolvers(opened: readonly Opened[]): Promise<(one: Opened) => Resolve> {
    const others = opened.filter(({ subject, targets }) =>
      [...targets.keys()].some((ref) => ref !== subject),
    );
    const kept = await this.rows.keptOf(
      [...new Set(others.flatMap(({ row }) => row.personId ?? []))],
      [...new Set(others.map(({ row }) => row.messageId))],
    );
    const places = new Map(kept.map((one) => [`${one.messageId} ${one.entry}`, one.reference]));
    const keys = others.flatMap(({ feedId, subject, targets }) =>
      [...targets].flatMap(([reference, { sender }]) =>
        reference !== subject && sender ? senderKey(feedId, sender.type, sender.id) : [],
      ),
    );
    const bySender = await this.rows.bySenderKeys([...new Set(keys)]);
    return ({ row, feedId, subject, targets }) =>
      (reference) => {
        if (reference === subject) return row.personId === null ? null : `Patient/${row.personId}`;
        const target = targets.get(reference);
        if (!target) return null;
        const near = target.entry === null ? undefined : places.get(`${row.messageId} ${target.entry}`);
        if (near !== undefined || !target.sender) return near ?? null;
        return bySender.get(senderKey(feedId, target.sender.type, target.sender.id)) ?? null;
      };
  }
}

function subjectOf(sent: object): string | null {
  const { subject, patient } = sent as Partial<Record<'subject' | 'patient', { reference?: string }>>;
  return subject?.reference ?? patient?.reference ?? null;
}
