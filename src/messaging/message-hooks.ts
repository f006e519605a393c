import { Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { type Urgency } from '../policy/index.js';
import { type Audience, type Channel } from './domain/message.js';
import { type MessageState } from './domain/message-state.js';
import { type ErrorKind, type NextStep } from './domain/next-step.js';
import { type ReplyMeaning } from './domain/receipt.js';

/** What a message is known by to whoever asked for it. */
export interface MessageSeen {
  id: string;
  /** As its caller named it. */
  key: string;
  channel: Channel;
  audience: Audience;
  urgency: Urgency;
  taskId: string | null;
  personId: string | null;
}

/** A message to a relative or guardian, before it leaves. */
export interface FamilyMessage extends MessageSeen {
  /** Keyed hash of the address it would go to. */
  addressHash: string;
}

/** What became of a message. */
export interface MessageNews extends MessageSeen {
  state: Extract<MessageState, 'sent' | 'delivered' | 'bounced' | 'failed' | 'dead' | 'suppressed'>;
  because: ErrorKind | null;
  nextStep: NextStep | null;
  at: Date;
}

/** What was answered to a message. Who holds the phone is not known by it. */
export interface ReplyNews extends MessageSeen {
  meaning: ReplyMeaning;
  at: Date;
}

/**
 * What a room above does when a message comes to something. It runs in the transaction that notes the news, and undoes
 * it when it fails: the news comes again then. It may run again, and does nothing outside the database.
 */
export interface MessageHook {
  onSettled?(manager: EntityManager, news: MessageNews): Promise<void>;
  onReply?(manager: EntityManager, reply: ReplyNews): Promise<void>;
  /**
   * Asked in the moment in which a message to family is about to leave: why what it is about does not allow it any more.
   * @returns null where it is allowed; undefined for a message that is another's
   */
  objectionTo?(manager: EntityManager, message: FamilyMessage): Promise<ErrorKind | null | undefined>;
}

/** Rooms above register here at start: this room knows none of them. */
@Injectable()
export class MessageHooks {
  readonly #hooks: MessageHook[] = [];

  register(hook: MessageHook): void {
    this.#hooks.push(hook);
  }

  async settled(manager: EntityManager, news: MessageNews): Promise<void> {
    for (const hook of this.#hooks) await hook.onSettled?.(manager, news);
  }

  /** Nobody to say that it is allowed is an objection: family is sent nothing that nobody answers for. */
  async objectionTo(manager: EntityManager, message: FamilyMessage): Promise<ErrorKind | null> {
    for (const hook of this.#hooks) {
      const objection = await hook.objectionTo?.(manager, message);
      if (objection !== undefined) return objection;
    }
    return 'no-consent';
  }

  async replied(manager: EntityManager, reply: ReplyNews): Promise<void> {
    for (const hook of this.#hooks) await hook.onReply?.(manager, reply);
  }
}
