import { Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { AppError } from '../kernel/index.js';
import {
  asNews,
  compareRank,
  type DataQualityItem,
  DataQualityRepository,
  isHistory,
  MessageStore,
  ObservationRepository,
  resultKeyWithId,
  type Stored,
  type StoredResult,
} from '../people/index.js';
import { type People } from './admission.js';
import { ClinicalStore } from './clinical-store.js';
import { BY_HAND, isByHand } from './domain/by-hand.js';
import { Contents } from './contents.js';
import { type EntryResult, type IncomingEntry, type IncomingMessage, isResult } from './domain/incoming.js';
import { KnownKeys, senderIdOf } from './known-keys.js';
import { type Origin, type ReadResult, ResultReader } from './result-reader.js';

const SERVER_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-/;
const LONGEST_ID = 36;

export interface StoredResults {
  answers: Map<IncomingEntry, EntryResult>;
  stored: Stored[];
}

/** Third step: every result stored once, under the identity it is known by; a correction takes the place of what it corrects. */
@Injectable()
export class ResultStore {
  constructor(
    private readonly reader: ResultReader,
    private readonly observations: ObservationRepository,
    private readonly knownKeys: KnownKeys,
    private readonly quality: DataQualityRepository,
    private readonly clinical: ClinicalStore,
    private readonly messages: MessageStore,
  ) {}

  async store(
    manager: EntityManager,
    message: IncomingMessage,
    messageId: string,
    people: People,
    now: Date,
  ): Promise<StoredResults> {
    const entries = message.entries.filter((entry) => isResult(entry.resource));
    const originOf = this.origins(message, messageId, people, now);
    const read = new Map<IncomingEntry, ReadResult>();
    for (const entry of entries) {
      const one = this.reader.read(manager, entry.resource as fhir4.Observation, originOf(entry));
      read.set(entry, one instanceof Promise ? await one : one);
    }
    await this.knownKeys.recognise(manager, read, originOf);
    tellApart(read);
    await this.honourChosenIds(manager, read);
    const first = new Map<string, ReadResult>();
    for (const one of read.values())
      if (!first.has(one.result.identityKey)) first.set(one.result.identityKey, one);
    const fresh = [...first.values()];
    const answers = new Map<IncomingEntry, EntryResult>();
    const stored: Stored[] = [];
    const isAllNew =
      fresh.length > 0 &&
      (await this.observations.tryInsert(
        manager,
        fresh.map(({ result }) => result),
      ));
    const known = isAllNew
      ? new Map<string, StoredResult>()
      : await this.observations.findByIdentity(manager, [...first.keys()]);
    const missing = isAllNew ? [] : fresh.filter(({ result }) => !known.has(result.identityKey));
    if (
      missing.length > 0 &&
      !(await this.observations.tryInsert(
        manager,
        missing.map(({ result }) => result),
      ))
    ) {
      // Somebody stored one of them since the look-up; results without a person are not held by its lock.
      throw new AppError('try-again', 'The same result came twice at the same moment; send the same again.');
    }
    const doubts: DataQualityItem[] = [];
    const contents = new Contents(this.messages);
    contents.know(messageId, message.entries, people.references);
    for (const [entry, one] of read) {
      const before = known.get(one.result.identityKey);
      if (before && isByHand(before) && message.feed.id !== BY_HAND)
        throw new AppError('forbidden', 'This is a report by hand: no sender changes it.', entry.path);
      const outcome = before
        ? await this.afterNews(
            manager,
            await this.next(manager, contents, before, one, entry.condition !== null && entry.isCreate),
            message.feed.isHistory,
          )
        : accept(one.result);
      known.set(one.result.identityKey, outcome.result);
      if (outcome.outcome === 'new' || outcome.outcome === 'version')
        doubts.push(...itemsOf(one, outcome.result));
      stored.push(outcome);
      answers.set(entry, answer(outcome));
    }
    await this.quality.insert(manager, doubts, now);
    return { answers, stored };
  }

  /** A result that is known: the same again, a version that counts, or one that comes too late. */
  private async next(
    manager: EntityManager,
    contents: Contents,
    before: StoredResult,
    { result }: ReadResult,
    changesNothing: boolean,
  ): Promise<Stored> {
    if (changesNothing) return { result: before, outcome: 'repeat', before: null };
    const rank = compareRank(result, before);
    const contentHash = (await contents.of(manager, result)) ?? '';
    const hashBefore = await contents.of(manager, before);
    if (contentHash === hashBefore && isOfTheSame(result, before))
      return this.repeat(manager, before, rank > 0 ? result : before);
    // A copy of an overtaken version changes nothing, unless its sender ranks it above the one that counts.
    if (rank <= 0 && (await this.observations.hasVersion(manager, before.id, { ...result, contentHash })))
      return { result: before, outcome: 'repeat', before: null };
    if (rank < 0) {
      const late = { ...result, version: before.version };
      await this.observations.keepVersion(manager, before.id, late, contentHash);
      return { result: before, outcome: 'late', before: null };
    }
    const wasNews = before.measurements.length > 0 && !isHistory(before);
    const after: StoredResult = {
      ...(wasNews ? asNews(result) : result),
      id: before.id,
      identityKey: before.identityKey,
      version: before.version + 1,
    };
    await this.observations.replace(manager, before, hashBefore ?? '', after);
    await this.quality.clear(manager, before.id);
    return { result: after, outcome: 'version', before };
  }

  /** What was loaded as history becomes news when a live feed sends it too, in whichever version: nobody has been told. */
  private async afterNews(manager: EntityManager, stored: Stored, isLoading: boolean): Promise<Stored> {
    const { outcome, result } = stored;
    if (isLoading || outcome === 'version' || !isHistory(result)) return stored;
    const news = asNews(result);
    await this.observations.rewrite(manager, news);
    return { result: news, outcome: 'live', before: null };
  }

  private async repeat(
    manager: EntityManager,
    before: StoredResult,
    { sentUpdated }: StoredResult,
  ): Promise<Stored> {
    if (sentUpdated !== null && sentUpdated !== before.sentUpdated)
      await this.observations.raise(manager, before.id, sentUpdated);
    return { result: { ...before, sentUpdated }, outcome: 'repeat', before: null };
  }

  /** Sixty of a message: what is the same of all is made once, and written out, which is quicker than spreading it. */
  private origins(
    { feed: { id: feedId, isHistory } }: IncomingMessage,
    messageId: string,
    people: People,
    receivedAt: Date,
  ): (entry: IncomingEntry) => Origin {
    const { references } = people;
    const stableName: Origin['stableName'] = (reference) => references.stableName(reference);
    const inMessage: Origin['inMessage'] = (reference) => references.entry(reference)?.resource ?? null;
    const stored: Origin['stored'] = (open, reference) => this.clinical.find(open, feedId, reference, people);
    return ({ resource, index: entry, chosenId }) => {
      const { person, waitingKey } = people.subject(resource);
      // prettier-ignore
      return { feedId, isHistory, messageId, entry, receivedAt, person, waitingKey, chosenId, stableName, inMessage, stored };
    };
  }

  /** PUT to an id of ours means that result; another id becomes the result's own where it is free. */
  private async honourChosenIds(
    manager: EntityManager,
    read: ReadonlyMap<IncomingEntry, ReadResult>,
  ): Promise<void> {
    const chosen = [...read].filter(([{ chosenId }]) => chosenId !== null && chosenId.length <= LONGEST_ID);
    if (chosen.length === 0) return;
    const taken = await this.observations.byIds(
      manager,
      chosen.map(([{ chosenId }]) => chosenId!),
    );
    for (const [{ chosenId }, { result }] of chosen) {
      const holder = taken.find((one) => one.id === chosenId);
      if (!holder) result.id = chosenId!;
      else if (SERVER_ID.test(chosenId!)) result.identityKey = holder.identityKey;
    }
  }
}

/** Of the same person, or waiting for the same one. */
function isOfTheSame(a: StoredResult, b: StoredResult): boolean {
  return a.personId === b.personId && (a.personId !== null || a.subjectKey === b.subjectKey);
}

/** Entries of one message with one identifier but different ids are different results. */
function tellApart(read: ReadonlyMap<IncomingEntry, ReadResult>): void {
  const keys = new Set<string>();
  for (const { result } of read.values()) keys.add(result.identityKey);
  if (keys.size === read.size) return;
  const groups = new Map<string, { entry: IncomingEntry; result: StoredResult }[]>();
  for (const [entry, { result }] of read) {
    const group = groups.get(result.identityKey);
    if (group) group.push({ entry, result });
    else groups.set(result.identityKey, [{ entry, result }]);
  }
  for (const group of groups.values()) {
    const ids = new Set(group.flatMap(({ entry }) => senderIdOf(entry) ?? []));
    if (ids.size < 2) continue;
    for (const { entry, result } of group)
      result.identityKey = resultKeyWithId(result.identityKey, { ...entry.resource, id: senderIdOf(entry) });
  }
}

function accept(result: StoredResult): Stored {
  return { result, outcome: 'new', before: null };
}

function itemsOf({ doubts }: ReadResult, result: StoredResult): DataQualityItem[] {
  return doubts.map(({ component, doubt }) => ({
    ...doubt,
    component,
    personId: result.personId,
    observationId: result.id,
  }));
}

function answer({ result, outcome }: Stored): EntryResult {
  return {
    status: outcome === 'new' ? 201 : 200,
    type: result.resourceType,
    id: result.id,
    version: result.version,
    lastModified: result.receivedAt,
    outcome: outcome === 'live' ? 'repeat' : outcome,
  };
}
