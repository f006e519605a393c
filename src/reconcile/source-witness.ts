import { Inject, Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import {
  Admission,
  Contents,
  entriesOf,
  type IncomingEntry,
  isResult,
  type People,
} from '../intake/index.js';
import {
  type KnownVersions,
  type MessageEntity,
  MessageStore,
  ObservationRepository,
  possibleKeys,
  resultHash,
  shortHash,
  type StoredMessage,
} from '../people/index.js';
import { type Difference } from './domain/compare.js';
import { RecordWitness } from './record-witness.js';

/** First question of the second witness: is every result that a message brought still there? */
@Injectable()
export class SourceWitness {
  constructor(
    @Inject(MessageStore) private readonly messages: MessageStore,
    @Inject(ObservationRepository) private readonly observations: ObservationRepository,
    @Inject(Admission) private readonly admission: Admission,
    @Inject(RecordWitness) private readonly records: RecordWitness,
  ) {}

  async examine(
    manager: EntityManager,
    row: MessageEntity,
  ): Promise<{ results: number; differences: Difference[] }> {
    const message = await this.messages.open(manager, row);
    const entries = entriesOf(message);
    const results = entries.filter((entry) => isResult(entry.resource));
    const people = await this.peopleOf(manager, message, entries);
    const differences = await this.records.missing(manager, row, entries, people);
    if (results.length === 0) return { results: 0, differences };
    const sent = results.map((entry) => this.sent(entry, row.feedId, people));
    const found = await this.observations.versionsOf(
      manager,
      sent.flatMap(({ keys }) => keys),
      sent.flatMap(({ id }) => id ?? []),
    );
    const contents = new Contents(this.messages);
    contents.know(row.id, entries, people.references);
    for (const one of sent) {
      const known = [...new Set([...one.keys, one.id ?? ''].flatMap((key) => found.get(key) ?? []))];
      // A conditional create that matched changed nothing: another content under its key is as it should be.
      if (one.isConditional && known.length > 0) continue;
      if (await isAmong(manager, known, one, row.id, contents)) continue;
      differences.push({
        kind: 'missing-result',
        personId: null,
        about: `message ${row.id} entry ${one.entry}`,
        detail: 'was acknowledged and is not stored',
      });
    }
    return { results: results.length, differences };
  }

  private peopleOf(
    manager: EntityManager,
    { about, text }: StoredMessage,
    entries: IncomingEntry[],
  ): Promise<People> {
    const feed = { id: about.feedId, isHistory: about.isHistory };
    return this.admission.recall(manager, { feed, entries, source: text }, () => shortHash(text));
  }

  private sent(entry: IncomingEntry, feedId: string, people: People): Sent {
    const { resource } = entry;
    const { person, waitingKey } = people.subject(resource);
    const hash = (): string => resultHash(resource, (reference) => people.references.stableName(reference));
    const keys = possibleKeys(resource, feedId, person?.id ?? waitingKey ?? '', hash);
    return {
      entry: entry.index,
      hash,
      keys,
      id: resource.id ?? null,
      isConditional: entry.condition !== null,
    };
  }
}

interface Sent {
  entry: number;
  hash: () => string;
  keys: string[];
  id: string | null;
  isConditional: boolean;
}

/** Whether one of the known results is this one, or says what it says, or did in an earlier version. */
async function isAmong(
  manager: EntityManager,
  known: readonly KnownVersions[],
  { entry, hash }: Sent,
  messageId: string,
  contents: Contents,
): Promise<boolean> {
  if (known.some(({ current }) => current.messageId === messageId && current.entry === entry)) return true;
  for (const { current, otherHashes } of known) {
    if (otherHashes.has(hash()) || (await contents.of(manager, current)) === hash()) return true;
  }
  return false;
}
