import { Inject, Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { DIALECTS, insertRowsNow, Reader, UnitOfWork } from '../database/index.js';
import { newId } from '../kernel/index.js';
import { type Audience, type Channel } from './domain/message.js';
import { MessageOptOutEntity } from './outbox.entity.js';

const COLUMNS = ['id', 'person_id', 'channel', 'open_key', 'since', 'made_by'];

/** A wish for no more messages by a channel. */
export interface OptOut {
  personId: string;
  channel: Channel;
  audience: Exclude<Audience, 'staff'>;
  madeBy: string;
  now: Date;
}

/** Who wants no messages, and by which channel. */
@Injectable()
export class OptOutRepository {
  constructor(
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
    @Inject(Reader) private readonly reader: Reader,
  ) {}

  /** Whether a person wants no messages by a channel, and whether their relatives do not. */
  async holds(
    manager: EntityManager,
    personId: string,
    channel: Channel,
  ): Promise<Record<'person' | 'family', boolean>> {
    const keys = { person: openKey(personId, channel), family: openKey(personId, channel, 'family') };
    const there = await manager.findBy(MessageOptOutEntity, { openKey: In(Object.values(keys)) });
    const holds = (key: string): boolean => there.some((one) => one.openKey === key);
    return { person: holds(keys.person), family: holds(keys.family) };
  }

  /** Notes the wish, the person's or their relatives'; noting it again changes nothing. */
  async add(manager: EntityManager, { personId, channel, audience, madeBy, now }: OptOut): Promise<void> {
    const { instant, isDuplicateKey } = DIALECTS[this.work.kind];
    const row = [newId(), personId, channel, openKey(personId, channel, audience), instant(now), madeBy];
    await insertRowsNow(manager, 'message_opt_out', COLUMNS, [row]).catch((error: unknown) => {
      if (!isDuplicateKey(error)) throw error;
    });
  }

  /** Ends it, the relatives' too; false when there was none. */
  async end(
    manager: EntityManager,
    { personId, channel, endedBy, now }: { personId: string; channel: Channel; endedBy: string; now: Date },
  ): Promise<boolean> {
    const key = { openKey: In([openKey(personId, channel), openKey(personId, channel, 'family')]) };
    const { affected } = await manager.update(MessageOptOutEntity, key, {
      openKey: null,
      endedAt: now,
      endedBy,
    });
    return Boolean(affected);
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

/** Relatives refuse for themselves: what the person wants is another key. */
function openKey(
  personId: string,
  channel: Channel,
  audience: Exclude<Audience, 'staff'> = 'person',
): string {
  return `${personId}:${channel}${audience === 'family' ? ':family' : ''}`;
}
