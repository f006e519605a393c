import { type EntityManager } from 'typeorm';
import { type MessageStore, resultHash, type StoredMessage, type StoredResult } from '../people/index.js';
import { type IncomingEntry } from './domain/incoming.js';
import { MessageReferences } from './domain/references.js';
import { entriesOf } from './stored-entries.js';

/** A message with what its references mean. */
interface Source {
  entries: ReadonlyMap<number, IncomingEntry>;
  references: MessageReferences;
}

/**
 * What results say, as comparable hashes. They are worked out from the source when something of the same identity comes
 * again; for nearly all results nothing does, and hashing each as it is stored would cost a tenth of the intake.
 */
export class Contents {
  readonly #sources = new Map<string, Source | null>();

  constructor(private readonly messages: MessageStore) {}

  /** A message that is being taken in, and not stored yet. */
  know(messageId: string, entries: readonly IncomingEntry[], references: MessageReferences): void {
    this.#sources.set(messageId, { entries: byPlace(entries), references });
  }

  /** Null when the source is missing: then it is like nothing else. */
  async of(manager: EntityManager, { contentHash, messageId, entry }: StoredResult): Promise<string | null> {
    if (contentHash !== null) return contentHash;
    const source = await this.source(manager, messageId);
    const resource = source?.entries.get(entry)?.resource;
    return resource ? resultHash(resource, (reference) => source.references.stableName(reference)) : null;
  }

  private async source(manager: EntityManager, messageId: string): Promise<Source | null> {
    let source = this.#sources.get(messageId);
    if (source === undefined) {
      source = sourceOf(await this.messages.load(manager, messageId));
      this.#sources.set(messageId, source);
    }
    return source;
  }
}

function sourceOf(message: StoredMessage | null): Source | null {
  if (!message) return null;
  const entries = entriesOf(message);
  return { entries: byPlace(entries), references: new MessageReferences(entries) };
}

function byPlace(entries: readonly IncomingEntry[]): Map<number, IncomingEntry> {
  return new Map(entries.map((entry) => [entry.index, entry]));
}
