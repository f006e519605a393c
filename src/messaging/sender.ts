import { Inject, Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { DIALECTS, UnitOfWork } from '../database/index.js';
import { Clock } from '../kernel/index.js';
import { CHANNELS_OUT, type ChannelsOut } from './channels/channels-out.js';
import { notTaken, type Sending } from './channels/channel.js';
import { Claims } from './claims.js';
import { type Channel } from './domain/message.js';
import { after, type MessageEvent } from './domain/message-state.js';
import { codeIn } from './domain/provider-words.js';
import { nextAttempt } from './domain/retry.js';
import { MessageHooks, type MessageNews } from './message-hooks.js';
import { MessagesService, type Sealed } from './messages.service.js';
import { type OutboxEntity } from './outbox.entity.js';
import { OutboxRepository } from './outbox.repository.js';
import { Receipts } from './receipts.service.js';
import { newsOf } from './settle.js';
import { Templates } from './templates.js';

/**
 * Sends what is due. Each channel has a lane of its own, so that a gateway that hangs holds up nobody else; a pass sends
 * no more than a batch, so that a day's downtime is caught up with in order and without a storm.
 */
@Injectable()
export class Sender implements OnModuleDestroy {
  readonly #logger = new Logger('Messages');
  readonly #lanes = new Map<Channel, Promise<void>>();
  #isStopping = false;

  constructor(
    @Inject(Clock) private readonly clock: Clock,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
    @Inject(Claims) private readonly claims: Claims,
    @Inject(Templates) private readonly templates: Templates,
    @Inject(OutboxRepository) private readonly outbox: OutboxRepository,
    @Inject(MessagesService) private readonly messages: MessagesService,
    @Inject(Receipts) private readonly receipts: Receipts,
    @Inject(MessageHooks) private readonly hooks: MessageHooks,
    @Inject(CHANNELS_OUT) private readonly channels: ChannelsOut,
  ) {}

  /** Begins to send what is due, by each channel that is not at it already, and waits for none of them. Never fails. */
  async begin(): Promise<void> {
    for (const channel of await this.#due()) if (!this.#lanes.has(channel)) void this.#lane(channel);
  }

  /** Sends what is due now, a batch by each channel, and waits until it is done. Never fails. */
  async look(): Promise<void> {
    await Promise.all((await this.#due()).map((channel) => this.#lane(channel)));
    // What a pass under way has taken is due no longer, and may not have left yet.
    await Promise.all(this.#lanes.values());
  }

  /** What cannot be asked now is asked at the next look. */
  async #due(): Promise<Channel[]> {
    if (this.#isStopping) return [];
    try {
      return await this.outbox.dueChannels(this.clock.now());
    } catch (error) {
      this.#logger.warn(`messages could not be looked for now: ${nameOf(error)}`);
      return [];
    }
  }

  /** What is under way is brought to its end, so that nothing is left to a lease. */
  async onModuleDestroy(): Promise<void> {
    this.#isStopping = true;
    await Promise.all(this.#lanes.values());
  }

  /** One pass by a channel after the one under way, so that what was due when it was asked for has had its turn. */
  async #lane(channel: Channel): Promise<void> {
    await this.#lanes.get(channel);
    const running = this.#lanes.get(channel);
    if (running) return running;
    const lane = this.#pass(channel)
      .catch((error: unknown) => this.#logger.warn(`messages by ${channel} wait: ${nameOf(error)}`))
      .finally(() => this.#lanes.delete(channel));
    this.#lanes.set(channel, lane);
    return lane;
  }

  async #pass(channel: Channel): Promise<void> {
    const { batch, concurrency } = this.templates.policy;
    let left = batch;
    const send = async (): Promise<void> => {
      while (!this.#isStopping && left-- > 0) if (!(await this.#sendNext(channel))) return;
    };
    await Promise.all(Array.from({ length: Math.min(concurrency[channel], batch) }, send));
  }

  /** @returns false when there is nothing more to send */
  async #sendNext(channel: Channel): Promise<boolean> {
    const claim = await this.claims.next(channel);
    if (typeof claim === 'string') return claim === 'looked';
    const { message } = claim;
    const sending = await this.#attempt(message);
    await this.work.run((manager) => this.#record(manager, message, sending));
    return true;
  }

  async #attempt(message: OutboxEntity): Promise<Sending> {
    let sealed: Sealed;
    try {
      sealed = this.messages.open(message);
    } catch {
      return notTaken('unreadable', { isFinal: true });
    }
    try {
      return await this.channels[message.channel].send({ ...message, ...sealed });
    } catch (error) {
      this.#logger.warn(`message ${message.id} could not be given to ${message.channel}: ${nameOf(error)}`);
      return notTaken('unclear');
    }
  }

  /** Notes how an attempt ended, unless the message came to something else meanwhile. */
  async #record(manager: EntityManager, message: OutboxEntity, sending: Sending): Promise<void> {
    const now = this.clock.now();
    const { event, nextAt } = this.#outcome(message, sending, now);
    const state = after('sending', event)!;
    const because = sending.taken ? null : sending.because;
    const { id, holder, attempts } = message;
    const change: Partial<OutboxEntity> = {
      ...{ state, nextAt, holder: null, updatedAt: now, errorKind: because },
      errorCode: sending.taken ? null : codeIn(sending.code),
      ...(sending.taken && { sentAt: now }),
    };
    const isMine = await this.outbox.change(
      manager,
      { id, state: 'sending', holder: holder!, attempts },
      change,
    );
    const providerId =
      sending.taken && sending.providerId !== null ? this.messages.providerName(sending.providerId) : null;
    if (sending.taken) await this.#noteProvider(manager, message, providerId, now);
    if (isMine && state !== 'waiting') {
      const news = { state: state as MessageNews['state'], because, at: now };
      await this.hooks.settled(manager, newsOf(message, news));
    }
    // A gateway may report of a message before we have noted that it took it, by our name and by its own.
    if (providerId !== null) {
      await this.receipts.adopt(manager, id, message.channel, providerId);
    }
  }

  #outcome(
    { urgency, attempts }: OutboxEntity,
    sending: Sending,
    now: Date,
  ): { event: MessageEvent; nextAt: Date | null } {
    if (sending.taken) return { event: 'accept', nextAt: null };
    if (sending.isFinal) return { event: 'refuse', nextAt: null };
    const plan = this.templates.policy.retry_seconds[urgency];
    const nextAt = nextAttempt(plan, attempts, sending.retryAfterSeconds, now);
    return { event: nextAt ? 'retry' : 'exhaust', nextAt };
  }

  /** By what its receipts will know it; also where a receipt was faster than this note. */
  async #noteProvider(
    manager: EntityManager,
    { id, channel }: OutboxEntity,
    providerId: string | null,
    now: Date,
  ): Promise<void> {
    const other = providerId === null ? null : await this.outbox.idOfProvider(manager, channel, providerId);
    const isFree = providerId !== null && providerId.length <= 128 && other === null;
    try {
      await this.outbox.noteTaken(manager, id, isFree ? providerId : null, now);
    } catch (error) {
      // Two messages of one name: the gateway is at fault, and receipts by our own id still find theirs.
      if (!DIALECTS[this.work.kind].isDuplicateKey(error)) throw error;
    }
  }
}

/** No message of an error is logged: drivers and servers quote what they were given. */
function nameOf(error: unknown): string {
  const { name, code } = (error ?? {}) as { name?: unknown; code?: unknown };
  return [name, code].filter((each) => typeof each === 'string').join(' ') || typeof error;
}
