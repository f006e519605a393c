import { Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { DIALECTS, insertRows, UnitOfWork } from '../database/index.js';
import { newId } from '../kernel/index.js';
import { openText, sealText, Vault } from '../secrets/index.js';
import { MessageEntity, MessagePartEntity } from './message.entity.js';

/** Bytes travel as hex, twice their size: well below the 16 MB packet that MySQL and MariaDB accept by default. */
export const LARGEST_PART = 4 << 20;

export interface SealedMessage {
  id: string;
  payload: Buffer;
}

/** Source payloads, kept whole: what a sender said, word for word. */
@Injectable()
export class MessageStore {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
  ) {}

  /** Compresses and seals; done before the transaction, which it would only make longer. */
  async seal(text: string | Buffer): Promise<SealedMessage> {
    const id = newId();
    return { id, payload: await sealText(this.vault, text, `message ${id}`) };
  }

  async insert(
    manager: EntityManager,
    message: SealedMessage,
    about: {
      feedId: string;
      isHistory: boolean;
      entryCount: number;
      receivedAt: Date;
      ruleSetVersion: string | null;
    },
  ): Promise<void> {
    const at = DIALECTS[this.work.kind].instant(about.receivedAt);
    await insertRows(
      manager,
      'message',
      ['id', 'feed_id', 'is_history', 'entry_count', 'received_at', 'payload', 'rule_set_version'],
      [
        [
          message.id,
          about.feedId,
          about.isHistory ? 1 : 0,
          about.entryCount,
          at,
          message.payload.subarray(0, LARGEST_PART),
          about.ruleSetVersion,
        ],
      ],
    );
    for (let part = 1; part * LARGEST_PART < message.payload.length; part++) {
      const payload = message.payload.subarray(part * LARGEST_PART, (part + 1) * LARGEST_PART);
      await manager.insert(MessagePartEntity, { id: newId(), messageId: message.id, part, payload });
    }
  }

  /** The payload as it came, parsed; null when there is no such message. */
  async load(manager: EntityManager, id: string): Promise<StoredMessage | null> {
    const row = await manager.findOneBy(MessageEntity, { id });
    return row ? this.open(manager, row) : null;
  }

  async open(manager: EntityManager, row: MessageEntity): Promise<StoredMessage> {
    let sealed = row.payload;
    if (sealed.length === LARGEST_PART) {
      const parts = await manager.find(MessagePartEntity, {
        where: { messageId: row.id },
        order: { part: 'ASC' },
      });
      sealed = Buffer.concat([sealed, ...parts.map((part) => part.payload)]);
    }
    return new StoredMessage(row, await openText(this.vault, sealed, `message ${row.id}`));
  }

  /** One resource of one message; null when it is not there. */
  async resourceAt(manager: EntityManager, messageId: string, entry: number): Promise<object | null> {
    return (await this.load(manager, messageId))?.resource(entry) ?? null;
  }
}

interface Payload {
  resourceType: string;
  entry?: { fullUrl?: string; resource?: object }[];
}

/** A message read back. */
export class StoredMessage {
  readonly payload: Payload;

  constructor(
    readonly about: MessageEntity,
    readonly text: string,
  ) {
    this.payload = JSON.parse(text) as Payload;
  }

  /** The resource at its place in the bundle; a message of one resource has just place 0. */
  resource(entry: number): object | null {
    if (this.payload.resourceType !== 'Bundle') return entry === 0 ? this.payload : null;
    return this.payload.entry?.[entry]?.resource ?? null;
  }

  /** The resource that a reference from within the message means by the `fullUrl` of its entry; null of any other. */
  entryAt(reference: string): { entry: number; resource: object } | null {
    const at = (this.payload.entry ?? []).findIndex(
      ({ fullUrl }) => fullUrl === reference || fullUrl?.endsWith(`/${reference}`),
    );
    const resource = at < 0 ? null : this.resource(at);
    return resource && { entry: at, resource };
  }
}
