import { Inject, Injectable } from '@nestjs/common';
import { type EntityManager, IsNull, MoreThan, Not } from 'typeorm';
import { Reader } from '../database/index.js';
import { Admission, entriesOf, isResult } from '../intake/index.js';
import {
  MessageEntity,
  MessageStore,
  ObservationRepository,
  possibleKeys,
  resultHash,
  shortHash,
} from '../people/index.js';
import { type RulesVersion } from '../rules/index.js';
import { type Changes, StoredAgain } from './stored-again.js';

/**
 * Messages that another version of the rules has judged: they were under way when the rules changed, or an instance (or
 * a command) took them in that had not changed yet. Whom they are about is judged again.
 */
@Injectable()
export class StrayMessages {
  constructor(
    @Inject(Reader) private readonly reader: Reader,
    @Inject(MessageStore) private readonly messages: MessageStore,
    @Inject(Admission) private readonly admission: Admission,
    @Inject(ObservationRepository) private readonly observations: ObservationRepository,
    @Inject(StoredAgain) private readonly stored: StoredAgain,
  ) {}

  async page(after: string, version: string, limit: number): Promise<string[]> {
    const since = { id: MoreThan(after) };
    const rows = await this.reader.manager.find(MessageEntity, {
      select: { id: true },
      where: [
        { ...since, ruleSetVersion: Not(version) },
        { ...since, ruleSetVersion: IsNull() },
      ],
      order: { id: 'ASC' },
      take: limit,
    });
    return rows.map(({ id }) => id);
  }

  async again(manager: EntityManager, id: string, rules: RulesVersion): Promise<Changes> {
    const changes = { made: 0, changed: 0, retracted: 0 };
    const add = (more: Changes): void => {
      changes.made += more.made;
      changes.changed += more.changed;
      changes.retracted += more.retracted;
    };
    const about = await this.about(manager, id);
    add(await this.stored.persons(manager, about?.persons ?? [], rules));
    for (const resultId of about?.waiting ?? []) add(await this.stored.waiting(manager, resultId, rules));
    await manager.update(MessageEntity, { id }, { ruleSetVersion: rules.version });
    return changes;
  }

  /** Whom a message is about, and which of its results still wait for their person. */
  private async about(
    manager: EntityManager,
    id: string,
  ): Promise<{ persons: string[]; waiting: string[] } | null> {
    const message = await this.messages.load(manager, id);
    if (!message) return null;
    const { feedId, isHistory } = message.about;
    const entries = entriesOf(message);
    const people = await this.admission.recall(
      manager,
      { feed: { id: feedId, isHistory }, entries, source: message.text },
      () => shortHash(message.text),
    );
    const keys = entries.flatMap(({ resource }) => {
      const { person, waitingKey } = people.subject(resource);
      if (person || !isResult(resource)) return [];
      const hash = (): string => resultHash(resource, (reference) => people.references.stableName(reference));
      return possibleKeys(resource, feedId, waitingKey ?? '', hash);
    });
    const found = keys.length === 0 ? [] : await this.observations.findByIdentity(manager, keys);
    return {
      persons: [
        ...new Set([...people.persons, ...people.list.map(({ person }) => person)].map((one) => one.id)),
      ],
      waiting: [...found.values()].flatMap((result) => (result.personId === null ? result.id : [])),
    };
  }
}
