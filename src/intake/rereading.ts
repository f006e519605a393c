import { Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import {
  ClinicalResourceRepository,
  DataQualityRepository,
  isHistory,
  isPlaced,
  type KnownPerson,
  MessageStore,
  ObservationRepository,
  type StoredMessage,
  type StoredResult,
} from '../people/index.js';
import { type People } from './admission.js';
import { type RecordChange } from './clinical-store.js';
import { localReference, MessageReferences } from './domain/references.js';
import { RecordAdoption } from './record-adoption.js';
import { type Origin, ResultReader } from './result-reader.js';
import { entriesOf } from './stored-entries.js';

/** Persons known by new keys, by id. */
export type Newcomers = ReadonlyMap<string, { keys: readonly string[]; isAwaited: () => Promise<boolean> }>;

/** Reads stored results again from their source: their person came, or what they depend on became known or changed. */
@Injectable()
export class Rereading {
  constructor(
    private readonly reader: ResultReader,
    private readonly observations: ObservationRepository,
    private readonly clinical: ClinicalResourceRepository,
    private readonly quality: DataQualityRepository,
    private readonly messages: MessageStore,
    private readonly records: RecordAdoption,
  ) {}

  /** Whom a message made known by new keys. Asks at once whether anything waits for them; the answer is wanted later. */
  newcomers(manager: EntityManager, people: People): Newcomers {
    const keys = new Map<string, string[]>();
    for (const { person, newKeys } of people.list)
      if (newKeys.length > 0) keys.set(person.id, [...(keys.get(person.id) ?? []), ...newKeys]);
    return new Map(
      [...keys].map(([id, own]) => [
        id,
        { keys: own, isAwaited: this.observations.askAwaited(manager, own) },
      ]),
    );
  }

  /** What waited for a person who is known now becomes theirs. @param changes is told of records that rules may ask */
  async adopt(
    manager: EntityManager,
    person: KnownPerson,
    keys: readonly string[],
    now: Date,
    changes: RecordChange[] = [],
  ): Promise<StoredResult[]> {
    changes.push(...(await this.records.adopt(manager, person, keys)));
    return this.reread(manager, await this.observations.findWaiting(manager, keys), person, now);
  }

  /** Results of these persons that refer to a specimen or encounter that has just come or changed. */
  async withContext(
    manager: EntityManager,
    person: KnownPerson,
    contextKeys: readonly string[],
    except: ReadonlySet<string>,
    now: Date,
    formerly: StoredResult[] = [],
  ): Promise<StoredResult[]> {
    if (contextKeys.length === 0) return [];
    const stored = await this.observations.ofPerson(manager, person.id, [
      'glucose',
      'glucose-fasting',
      'glucose-2h',
    ]);
    return this.reread(manager, depending(stored, contextKeys, except), person, now, formerly);
  }

  /** The same of results that still wait for their person. */
  async waitingWithContext(
    manager: EntityManager,
    { contextKeys, contextOf }: { contextKeys: readonly string[]; contextOf: readonly string[] },
    except: ReadonlySet<string>,
    now: Date,
  ): Promise<StoredResult[]> {
    const stored = await this.observations.findWaiting(manager, [...new Set(contextOf)]);
    return this.reread(manager, depending(stored, contextKeys, except), null, now);
  }

  /** Everything of a record that was merged becomes the other person's. */
  async take(manager: EntityManager, from: KnownPerson, to: KnownPerson, now: Date): Promise<StoredResult[]> {
    await this.records.take(manager, to);
    const taken = await this.observations.ofPerson(manager, from.id);
    for (const { id } of taken) await this.observations.moveVersions(manager, id, from.id, to.id);
    return this.reread(manager, taken, to, now);
  }

  /** Everything of a person: sex, age or record have changed. */
  async ofPerson(
    manager: EntityManager,
    person: KnownPerson,
    except: ReadonlySet<string>,
    now: Date,
    formerly: StoredResult[] = [],
  ): Promise<StoredResult[]> {
    const stored = await this.observations.ofPerson(manager, person.id);
    return this.reread(
      manager,
      stored.filter((result) => !except.has(result.id)),
      person,
      now,
      formerly,
    );
  }

  /**
   * @param formerly is told of readings that stood before and measured something else
   * @returns the results as they read now; one that turns out to be known already under its person is dropped
   */
  async reread(
    manager: EntityManager,
    results: readonly StoredResult[],
    person: KnownPerson | null,
    now: Date,
    formerly: StoredResult[] = [],
  ): Promise<StoredResult[]> {
    const sources = new Map<string, StoredMessage | null>();
    const again: StoredResult[] = [];
    for (const before of results) {
      if (!sources.has(before.messageId)) {
        sources.set(before.messageId, await this.messages.load(manager, before.messageId));
      }
      const source = sources.get(before.messageId);
      const resource = source?.resource(before.entry) as fhir4.Observation | null;
      if (!source || !resource) throw new Error(`the source of observation ${before.id} is missing`);
      const after = await this.rereadOne(manager, before, resource, this.origin(source, before, person), now);
      if (measured(after) !== measured(before)) formerly.push(before);
      again.push(after);
    }
    return again;
  }

  /** How a stored result reads now, changing nothing; null when its source is missing. */
  async readNow(
    manager: EntityManager,
    stored: StoredResult,
    person: KnownPerson | null,
    sources: Map<string, StoredMessage | null>,
  ): Promise<StoredResult | null> {
    if (!sources.has(stored.messageId)) {
      sources.set(stored.messageId, await this.messages.load(manager, stored.messageId));
    }
    const source = sources.get(stored.messageId);
    const resource = source?.resource(stored.entry) as fhir4.Observation | null;
    if (!source || !resource) return null;
    const { result } = await this.reader.read(manager, resource, this.origin(source, stored, person));
    return { ...result, id: stored.id, identityKey: stored.identityKey, version: stored.version };
  }

  private async rereadOne(
    manager: EntityManager,
    before: StoredResult,
    resource: fhir4.Observation,
    origin: Origin,
    now: Date,
  ): Promise<StoredResult> {
    const read = await this.reader.read(manager, resource, origin);
    const result = { ...read.result, id: before.id, version: before.version };
    // What was told apart in another way than by its person keeps its key.
    const scope = before.personId ?? before.subjectKey ?? '';
    const key = (about: string): string =>
      isPlaced(before.identityKey)
        ? this.reader.identity(resource, origin, about)
        : this.reader.formerIdentity(resource, origin, about);
    const isKeyedByPerson = key(scope) === before.identityKey;
    result.identityKey = isKeyedByPerson
      ? key(origin.person?.id ?? origin.waitingKey ?? '')
      : before.identityKey;
    await this.quality.clear(manager, before.id);
    if (result.identityKey !== before.identityKey) {
      const twins = await this.observations.findByIdentity(manager, [
        result.identityKey,
        read.result.identityKey,
      ]);
      if (twins.size > 0) {
        // The same result is there already under its person: this one goes, and its findings with it.
        await this.observations.remove(manager, before.id);
        return { ...result, status: 'entered-in-error', measurements: [] };
      }
    }
    await this.observations.rewrite(manager, result);
    const items = read.doubts.map(({ component, doubt }) => ({
      ...doubt,
      component,
      personId: result.personId,
      observationId: result.id,
    }));
    await this.quality.insert(manager, items, now);
    return result;
  }

  private origin(source: StoredMessage, before: StoredResult, person: KnownPerson | null): Origin {
    const { feedId } = source.about;
    const references = new MessageReferences(entriesOf(source));
    return {
      feedId,
      isHistory: isHistory(before),
      messageId: before.messageId,
      entry: before.entry,
      receivedAt: before.receivedAt,
      person,
      waitingKey: person ? null : before.subjectKey,
      chosenId: null,
      stableName: (reference) => references.stableName(reference),
      inMessage: (reference) => references.entry(reference)?.resource ?? null,
      stored: async (manager, reference) => {
        const local = localReference(reference);
        const [row] = local ? await this.clinical.findBySender(manager, feedId, local) : [];
        return row
          ? ((await this.messages.resourceAt(manager, row.messageId, row.entry)) as fhir4.FhirResource | null)
          : null;
      },
    };
  }
}

/** What a result is a result of. */
function measured({ measurements }: StoredResult): string {
  return measurements.map(({ analyte }) => analyte).join(' ');
}

/** Results that refer to one of these specimens or encounters. */
function depending(
  stored: readonly StoredResult[],
  contextKeys: readonly string[],
  except: ReadonlySet<string>,
): StoredResult[] {
  const keys = new Set(contextKeys);
  return stored.filter(
    (result) =>
      !except.has(result.id) &&
      result.measurements.some(({ contextKeys: own }) => own?.some((key) => keys.has(key))),
  );
}
