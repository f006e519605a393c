import { Inject, Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { UnitOfWork, type Witness } from '../database/index.js';
import { AppError, Clock, isAddress, newId, plainAddress } from '../kernel/index.js';
import { type SealedColumn, Vault } from '../secrets/index.js';
import { type Channel, type Content, type Draft } from './domain/message.js';
import { isLost } from './domain/message-state.js';
import { type ErrorKind } from './domain/next-step.js';
import { isPlainName } from './domain/provider-words.js';
import { render } from './domain/template.js';
import { MessageHooks } from './message-hooks.js';
import { OptOutRepository } from './opt-out.repository.js';
import { type OutboxEntity } from './outbox.entity.js';
import { OutboxRepository } from './outbox.repository.js';
import { newsOf } from './settle.js';
import { Templates } from './templates.js';

const LONGEST_KEY = 128;

/** A message that stands in the outbox now. */
export interface Enqueued {
  id: string;
  /** False when the same key was enqueued before: nothing was added. */
  isNew: boolean;
  /** `failed` at once where it cannot be put together, or its address cannot be one. */
  state: OutboxEntity['state'];
  because: ErrorKind | null;
}

/** What stands sealed in a row. */
export interface Sealed {
  address: string;
  content: Content;
}

/** Writes messages into the outbox, in the transaction of what they are about; the sender does the rest. */
@Injectable()
export class MessagesService {
  constructor(
    @Inject(Clock) private readonly clock: Clock,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
    @Inject(Vault) private readonly vault: Vault,
    @Inject(Templates) private readonly templates: Templates,
    @Inject(OutboxRepository) private readonly outbox: OutboxRepository,
    @Inject(OptOutRepository) private readonly optOuts: OptOutRepository,
    @Inject(MessageHooks) private readonly hooks: MessageHooks,
  ) {}

  /**
   * Adds a message, once a key. What goes to staff or family about a person whose result is confidential is the caller's
   * to choose: values are let through by their form alone.
   * @throws AppError `internal` for a template that does not exist, or is for another audience, and for a key too long
   */
  async enqueue(manager: EntityManager, draft: Draft): Promise<Enqueued> {
    const template = this.templates.named(draft.template);
    if (template.audience !== draft.audience || draft.key.length > LONGEST_KEY || draft.key === '') {
      throw new AppError('internal', `A message by template ${template.id} was asked for wrongly.`);
    }
    const { centre } = this.templates.policy;
    const known = { centre: centre.name[draft.language], 'centre-phone': centre.phone };
    const rendered = render(template, draft.channel, draft.language, { ...known, ...draft.values });
    const { channel } = draft;
    const address = channel === 'log' ? '' : plainAddress(channel, draft.address);
    const canBeSent = channel === 'log' || isAddress(channel, address);
    const because = 'because' in rendered ? rendered.because : canBeSent ? null : 'bad-address';
    const nothing: Content = { subject: null, text: '', values: {}, code: null };
    const content = 'content' in rendered ? rendered.content : nothing;
    return this.#add(manager, { ...draft, revision: template.revision }, { address, content }, because, null);
  }

  /**
   * Sends a lost message again, as a message of its own with a key of its own. Asked twice, it is sent again once.
   * @throws AppError `not-found`; `conflict` while it may still arrive, or has
   */
  async resend(id: string, witness?: Witness): Promise<{ message: OutboxEntity; isNew: boolean }> {
    return this.work.run(async (manager) => {
      const lost = await this.outbox.lock(manager, id);
      if (!lost) throw new AppError('not-found', 'There is no such message.');
      if (!isLost(lost.state)) {
        throw new AppError('conflict', `This message is ${lost.state}: only a lost one is sent again.`);
      }
      const sealed = this.open(lost);
      const because = isReady(lost, sealed) ? null : lost.errorKind;
      if (because !== null)
        throw new AppError('conflict', 'This message was never whole: mend its template.');
      const draft = { ...lost, key: `resend/${id}`, revision: lost.templateRevision };
      const { id: again, isNew } = await this.#add(manager, draft, sealed, null, id);
      const personIds = lost.personId === null ? [] : [lost.personId];
      const detail = `as ${again}${isNew ? '' : ', done before'}`;
      await witness?.(manager, { personIds, detail });
      return { message: (await this.outbox.byId(again, manager))!, isNew };
    });
  }

  /** Notes that a person wants no messages by a channel, or does again. Class A goes out in any case. */
  async setOptOut(
    personId: string,
    channel: Channel,
    isOut: boolean,
    actor: string,
    witness?: Witness,
  ): Promise<void> {
    const now = this.clock.now();
    await this.work.run(async (manager) => {
      if (isOut)
        await this.optOuts.add(manager, { personId, channel, audience: 'person', madeBy: actor, now });
      else await this.optOuts.end(manager, { personId, channel, endedBy: actor, now });
      await witness?.(manager, { personIds: [personId] });
    });
  }

  /** Address and content of a message. @throws Error when they were changed or sealed with another key */
  open({ id, sealed }: Pick<OutboxEntity, 'id' | 'sealed'>): Sealed {
    return JSON.parse(this.vault.open(Buffer.from(sealed, 'base64'), context(id)).toString()) as Sealed;
  }

  async #add(
    manager: EntityManager,
    draft: Omit<Draft, 'values' | 'address'> & { revision: string },
    sealed: Sealed,
    because: ErrorKind | null,
    resendOf: string | null,
  ): Promise<Enqueued> {
    const now = this.clock.now();
    const id = newId();
    const { key, channel, template, language, audience, urgency, taskId, personId, revision } = draft;
    const state = because === null ? 'waiting' : 'failed';
    const message: OutboxEntity = {
      ...{ id, messageKey: key, channel, template, templateRevision: revision, language, audience },
      ...{ urgency, taskId, personId, state, resendOf, attempts: 0, holder: null },
      addressHash: this.vault.searchHash(addressKey(channel, sealed.address)),
      sealed: this.vault.seal(Buffer.from(JSON.stringify(sealed)), context(id)).toString('base64'),
      nextAt: because === null ? now : null,
      ...{ errorKind: because, errorCode: null, providerId: null },
      ...{ createdAt: now, updatedAt: now, sentAt: null },
    };
    if (await this.outbox.insert(manager, message)) {
      if (because !== null) {
        await this.hooks.settled(manager, newsOf(message, { state: 'failed', because, at: now }));
      }
      return { id, isNew: true, state, because };
    }
    const there = (await this.outbox.byKey(manager, key))!;
    return { id: there.id, isNew: false, state: there.state, because: there.errorKind };
  }

  /** What a provider calls a message, as it is kept: what might be somebody's number is kept as a hash. */
  providerName(providerId: string): string {
    return isPlainName(providerId) ? providerId : `hash:${this.vault.hash(`provider ${providerId}`)}`;
  }

  /** The hashes by which an answer from an address finds the message to it. */
  addressHashes(channel: Channel, address: string): string[] {
    return this.vault.searchHashes(addressKey(channel, address));
  }
}

/** What is hashed of an address. A country code of China is left out. */
function addressKey(channel: string, address: string): string {
  const plain =
    channel === 'sms' ? address.replace(/\D/g, '').replace(/^(?:00)?86(?=1\d{10}$)/, '') : address;
  return `message ${channel} ${plain.toLowerCase()}`;
}

/** What this room seals. */
export const SEALED_MESSAGES: readonly SealedColumn[] = [
  {
    ...{ table: 'outbox', column: 'sealed', form: 'text', also: ['channel'] },
    context: ({ id }) => context(id as string),
    hashColumns: ['address_hash'],
    hashes: ({ channel }, plain, vault) => {
      const { address } = JSON.parse(plain.toString()) as Sealed;
      return { address_hash: vault.searchHash(addressKey(channel as string, address)) };
    },
  },
  {
    ...{ table: 'message_receipt', column: 'sealed', form: 'text' },
    context: ({ id }) => `message_receipt ${id as string}`,
  },
];

function isReady({ channel }: OutboxEntity, { content }: Sealed): boolean {
  return channel === 'log' || content.text !== '';
}

function context(id: string): string {
  return `outbox ${id}`;
}
