import { Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { businessIdentifier, ObservationRepository, resultKeyWithId } from '../people/index.js';
import { type IncomingEntry } from './domain/incoming.js';
import { type Origin, type ReadResult, ResultReader } from './result-reader.js';

/** Results that are stored under another key than they would be given today are known by that one. */
@Injectable()
export class KnownKeys {
  constructor(
    private readonly reader: ResultReader,
    private readonly observations: ObservationRepository,
  ) {}

  /** Gives what was read the keys that it is stored under, where these are others. */
  async recognise(
    manager: EntityManager,
    read: ReadonlyMap<IncomingEntry, ReadResult>,
    originOf: (entry: IncomingEntry) => Origin,
  ): Promise<void> {
    const areThereFormer = await this.observations.areThereFormerKeys(manager);
    const candidates = [...read].map(([entry, { result }]) => ({
      result,
      keys: [
        ...toldApart(entry, result.identityKey),
        ...(areThereFormer ? this.former(entry, originOf(entry)) : []),
      ],
    }));
    const taken = await this.observations.existing(
      manager,
      candidates.flatMap(({ keys }) => keys),
    );
    for (const { result, keys } of candidates) {
      const key = keys.find((one) => taken.has(one));
      if (key !== undefined) result.identityKey = key;
    }
  }

  private former(entry: IncomingEntry, origin: Origin): string[] {
    const resource = { ...entry.resource, id: entry.resource.id ?? entry.chosenId ?? undefined };
    const scope = origin.person?.id ?? origin.waitingKey ?? '';
    const key = this.reader.formerIdentity(resource as fhir4.Observation, origin, scope);
    return [...toldApart(entry, key), key];
  }
}

/** What its sender calls a result. */
export function senderIdOf(entry: IncomingEntry): string | undefined {
  return entry.chosenId ?? entry.resource.id;
}

/** The key of a result that was told apart by its id before: it is known by it when it comes alone, too. */
function toldApart(entry: IncomingEntry, key: string): string[] {
  const id = senderIdOf(entry);
  if (id === undefined || !businessIdentifier(entry.resource)) return [];
  return [resultKeyWithId(key, { ...entry.resource, id })];
}
