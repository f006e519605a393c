import { Inject, Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { DIALECTS, insertRowsNow, UnitOfWork } from '../database/index.js';
import { Clock, newId } from '../kernel/index.js';
import { Vault } from '../secrets/index.js';
import { type Channel } from './domain/message.js';
import { after, type MessageState } from './domain/message-state.js';
import { meaningOf, type ReceiptStatus, settledBy } from './domain/receipt.js';
import { MessageHooks } from './message-hooks.js';
import { MessagesService } from './messages.service.js';
import { OptOutRepository } from './opt-out.repository.js';
import { MessageReceiptEntity, type OutboxEntity } from './outbox.entity.js';
import { OutboxRepository } from './outbox.repository.js';
import { newsOf, seen } from './settle.js';
import { Templates } from './templates.js';

/** What a provider reports: of a message by our id or its own, or a reply from an address. */
export interface Receipt {
  messageId?: string;
  providerId?: string;
  status: ReceiptStatus;
  /** When it happened. */
  at: Date;
  /** The provider's code of a bounce. */
  code?: string;
  /** Of a reply: the address it came from, and its text. */
  from?: string;
  text?: string;
}

/** What was done with what came. */
export interface ReceiptsTaken {
  received: number;
  /** Had come before. */
  repeated: number;
  /** Belong to no message that is known; kept, and looked at again when the message is. */
  unmatched: number;
}

const COLUMNS = [
  'id',
  'receipt_key',
  'channel',
  'message_id',
  'provider_id',
  'status',
  'error_code',
  'sealed',
  'at',
  'received_at',
];

/** Takes receipts and replies: each once, in any order, all of a request or none. */
@Injectable()
export class Receipts {
  constructor(
    @Inject(Clock) private readonly clock: Clock,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
    @Inject(Vault) private readonly vault: Vault,
    @Inject(Templates) private readonly templates: Templates,
    @Inject(OutboxRepository) private readonly outbox: OutboxRepository,
    @Inject(OptOutRepository) private readonly optOuts: OptOutRepository,
    @Inject(MessagesService) private readonly messages: MessagesService,
    @Inject(MessageHooks) private readonly hooks: MessageHooks,
  ) {}

  /** Whose signature the request bears has been seen to. */
  take(channel: Channel, receipts: readonly Receipt[]): Promise<ReceiptsTaken> {
    return this.work.run(async (manager) => {
      const taken = { received: receipts.length, repeated: 0, unmatched: 0 };
      for (const { providerId: name, ...receipt } of receipts) {
        const providerId = name === undefined ? undefined : this.messages.providerName(name);
        const outcome = await this.#takeOne(manager, channel, { ...receipt, providerId });
        if (outcome !== 'taken') taken[outcome]++;
      }
      return taken;
    });
  }

  /** Gives a message the receipts that came before it was known what the provider calls it. */
  async adopt(
    manager: EntityManager,
    messageId: string,
    channel: Channel,
    providerId: string,
  ): Promise<void> {
    const { affected } = await manager
      .createQueryBuilder()
      .update(MessageReceiptEntity)
      .set({ messageId })
      .where('channel = :channel AND provider_id = :providerId AND message_id IS NULL', {
        channel,
        providerId,
      })
      .execute();
    if (affected) await this.#settle(manager, (await this.outbox.lock(manager, messageId))!);
  }

  async #takeOne(
    manager: EntityManager,
    channel: Channel,
    receipt: Receipt,
  ): Promise<'taken' | 'repeated' | 'unmatched'> {
    const id = await this.#messageOf(manager, channel, receipt);
    // Held first: two receipts of one message must not each miss the other.
    const message = id === null ? null : await this.outbox.lock(manager, id);
    if (!(await this.#insert(manager, channel, receipt, message))) return 'repeated';
    if (!message) return 'unmatched';
    if (receipt.status === 'reply') await this.#reply(manager, message, receipt);
    else await this.#settle(manager, message);
    return 'taken';
  }

  async #messageOf(
    manager: EntityManager,
    channel: Channel,
    { messageId, providerId, from, text = '' }: Receipt,
  ): Promise<string | null> {
    if (messageId !== undefined) {
      const found = await this.outbox.byId(messageId, manager);
      return found?.channel === channel ? found.id : null;
    }
    if (providerId !== undefined) return this.outbox.idOfProvider(manager, channel, providerId);
    if (from === undefined) return null;
    const days = this.templates.policy.reply_within_days;
    // Who wants no more messages is obeyed however long ago the last one was.
    const isStop = meaningOf(text) === 'stops';
    const since = new Date(isStop ? 0 : this.clock.now().getTime() - days * 86_400_000);
    return this.outbox.lastTo(manager, channel, this.messages.addressHashes(channel, from), since);
  }

  /** @returns false when the same was reported before */
  async #insert(
    manager: EntityManager,
    channel: Channel,
    receipt: Receipt,
    message: OutboxEntity | null,
  ): Promise<boolean> {
    const { instant, isDuplicateKey } = DIALECTS[this.work.kind];
    const { providerId = null, status, at, code = null, from, text } = receipt;
    const id = newId();
    const said = text === undefined ? null : Buffer.from(JSON.stringify({ from, text }));
    const sealed = said && this.vault.seal(said, `message_receipt ${id}`).toString('base64');
    const row = [
      ...[
        id,
        this.vault.hash(wordsOf(channel, receipt)),
        channel,
        message?.id ?? null,
        providerId,
        status,
        code,
        sealed,
      ],
      ...[instant(at), instant(this.clock.now())],
    ];
    try {
      await insertRowsNow(manager, 'message_receipt', COLUMNS, [row]);
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }

  /** The state that all receipts of a message speak for. */
  async #settle(manager: EntityManager, message: OutboxEntity): Promise<void> {
    const receipts = await manager.findBy(MessageReceiptEntity, { messageId: message.id });
    const outcome = settledBy(receipts);
    if (outcome === null || outcome === message.state) return;
    const state = after(message.state, outcome === 'delivered' ? 'deliver' : 'bounce') as Extract<
      MessageState,
      'delivered' | 'bounced'
    > | null;
    if (state === null) return;
    const because = state === 'bounced' ? ('bounced' as const) : null;
    const errorCode = state === 'bounced' ? lastCode(receipts) : null;
    const now = this.clock.now();
    const change = { state, errorKind: because, errorCode, nextAt: null, updatedAt: now };
    await this.outbox.change(manager, { id: message.id, state: message.state }, change);
    await this.hooks.settled(manager, newsOf(message, { state, because, at: now }));
  }

  async #reply(manager: EntityManager, message: OutboxEntity, { text = '', at }: Receipt): Promise<void> {
    const meaning = meaningOf(text);
    const { channel, personId, audience } = message;
    if (meaning === 'stops' && audience !== 'staff' && personId !== null) {
      const madeBy = audience === 'family' ? 'family-reply' : 'reply';
      await this.optOuts.add(manager, { personId, channel, audience, madeBy, now: this.clock.now() });
    }
    const first = await this.outbox.firstOf(manager, message);
    await this.hooks.replied(manager, { ...seen(message), key: first.messageKey, meaning, at });
  }
}

/** Code of the latest bounce. */
function lastCode(receipts: readonly MessageReceiptEntity[]): string | null {
  const bounces = receipts.filter(({ status }) => status === 'bounced');
  return bounces.sort((a, b) => b.at.getTime() - a.at.getTime())[0]?.errorCode ?? null;
}

/** What was said, by which the same report is known again: providers number their repeats anew. */
function wordsOf(channel: Channel, { messageId, providerId, status, at, code, from, text }: Receipt): string {
  return JSON.stringify(['receipt', channel, messageId, providerId, status, at.getTime(), code, from, text]);
}
