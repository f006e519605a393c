import { Inject, Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { DIALECTS, insertRowsNow, Reader, UnitOfWork } from '../database/index.js';
import { newId } from '../kernel/index.js';
import { type Channel } from './domain/message.js';
import { MessageOptOutEntity } from './outbox.entity.js';

const COLUMNS = ['id', 'person_id', 'channel', 'open_key', 'since', 'made_by'];

/** Who wants no messages, and by which channel. */
@Injectable()
export class OptOutRepository {
  constructor(
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
    @Inject(Reader) private readonly reader: Reader,
  ) {}

  async holds(manager: EntityManager, personId: string, channel: Channel): Promise<boolean> {
    return manager.existsBy(MessageOptOutEntity, { openKey: openKey(personId, channel) });
  }

  /** Notes the wish; noting it again changes nothing. */
  async add(
    manager: EntityManager,
    { personId, channel, madeBy, now }: { personId: string; channel: Channel; madeBy: string; now: Date },
  ): Promise<void> {
    const { instant, isDuplicateKey } = DIALECTS[this.work.kind];
    const row = [newId(), personId, channel, openKey(personId, channel), instant(now), madeBy];
    await insertRowsNow(manager, 'message_opt_out', COLUMNS, [row]).catch((error: unknown) => {
      if (!isDuplicateKey(error)) throw error;
    });
  }

  /** Ends it; false when there was none. */
  async end(
    manager: EntityManager,
    { personId, channel, endedBy, now }: { personId: string; channel: Channel; endedBy: string; now: Date },
  ): Promise<boolean> {
    const key = { openKey: openKey(personId, channel) };
    const { affected } = await manager.update(MessageOptOutEntity, key, {
      openKey: null,
      endedAt: now,
      endedBy,
    });
    return affected === 1;
  }

  /** Newest first, ended ones too. */
  ofPerson(personId: string): Promise<MessageOptOutEntity[]> {
    return this.reader.manager.find(MessageOptOutEntity, {
      where: { personId },
      order: { since: 'DESC', id: 'DESC' },
      take: 100,
    });
  }
}

function openKey(personId: string, channel: Channel): string {
  return `${personId}:${channel}`;
}
