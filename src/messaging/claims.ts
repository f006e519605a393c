import { Inject, Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { type Config, CONFIG } from '../config/index.js';
import { UnitOfWork } from '../database/index.js';
import { AppError, Clock, newId } from '../kernel/index.js';
import { PersonRepository } from '../people/index.js';
import { quietUntil } from '../policy/index.js';
import { RulesService } from '../rules/index.js';
import { longestSpan, mayLeave, type Permission } from './domain/may-leave.js';
import { type Channel } from './domain/message.js';
import { after, type MessageEvent, type MessageState } from './domain/message-state.js';
import { type ErrorKind } from './domain/next-step.js';
import { nextAttempt } from './domain/retry.js';
import { MessageHooks } from './message-hooks.js';
import { OptOutRepository } from './opt-out.repository.js';
import { type OutboxEntity } from './outbox.entity.js';
import { OutboxRepository } from './outbox.repository.js';
import { newsOf, seen } from './settle.js';
import { Templates } from './templates.js';

/** Longer than any attempt takes; so long waits what a killed process was sending. */
export const LEASE_MS = 60_000;
/** How many are looked at for one that may leave: others may be about to take the first. */
const CANDIDATES = 20;

/** What looking for a message to send came to. */
export type Claim = { message: OutboxEntity } | 'looked' | 'nothing';

/** Takes messages that are due, each by one process at a time: by a conditional update, for the time of a lease. */
@Injectable()
export class Claims {
  /** This process, among all that send. */
  readonly #holder = newId();

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
    @Inject(RulesService) private readonly rules: RulesService,
    @Inject(PersonRepository) private readonly persons: PersonRepository,
    @Inject(Templates) private readonly templates: Templates,
    @Inject(OutboxRepository) private readonly outbox: OutboxRepository,
    @Inject(OptOutRepository) private readonly optOuts: OptOutRepository,
    @Inject(MessageHooks) private readonly hooks: MessageHooks,
  ) {}

  /** Takes the first message that is due by a channel and may leave; what may not is postponed or settled on the way. */
  async next(channel: Channel): Promise<Claim> {
    let at: OutboxEntity | null = null;
    try {
      return await this.work.run(async (manager) => {
        const now = this.clock.now();
        const due = await this.outbox.due(manager, channel, now, CANDIDATES);
        for (const message of due) {
          at = message;
          const taken = await this.#take(manager, message, now);
          if (taken) return { message: taken };
        }
        at = null;
        // A full page may have hidden others; of a short one nothing is left.
        return due.length === CANDIDATES ? 'looked' : 'nothing';
      });
    } catch (error) {
      if (at === null || (error instanceof AppError && error.code === 'try-again')) throw error;
      await this.#putOff(at);
      return 'looked';
    }
  }

  /** A message of which nobody can say whether it may leave keeps no other waiting: it is tried again as one that failed. */
  #putOff(message: OutboxEntity): Promise<void> {
    return this.work.run(async (manager) => {
      const now = this.clock.now();
      const attempts = message.attempts + 1;
      const nextAt = nextAttempt(this.templates.policy.retry_seconds[message.urgency], attempts, null, now);
      if (nextAt === null) return this.#settle(manager, message, 'exhaust', 'unreadable', now);
      const change = { state: after(message.state, 'postpone')!, attempts, nextAt, holder: null };
      await this.#change(manager, message, { ...change, errorKind: 'unreadable', updatedAt: now });
    });
  }

  async #take(manager: EntityManager, message: OutboxEntity, now: Date): Promise<OutboxEntity | null> {
    const permission = await this.#permission(manager, message, now);
    if (permission.may === 'not') {
      await this.#settle(manager, message, 'suppress', permission.because, now);
      return null;
    }
    if (permission.may === 'wait') {
      const change = { state: after(message.state, 'postpone')!, nextAt: permission.until, holder: null };
      await this.#change(manager, message, { ...change, errorKind: permission.because, updatedAt: now });
      return null;
    }
    // Whoever held it died of it, each time: a message that kills its sender must not go on for ever.
    if (message.attempts > this.templates.policy.retry_seconds[message.urgency].length) {
      await this.#settle(manager, message, 'exhaust', 'interrupted', now);
      return null;
    }
    const change: Partial<OutboxEntity> = {
      state: after(message.state, 'claim')!,
      attempts: message.attempts + 1,
      holder: this.#holder,
      nextAt: new Date(now.getTime() + LEASE_MS),
      updatedAt: now,
    };
    return (await this.#change(manager, message, change)) ? { ...message, ...change } : null;
  }

  async #permission(manager: EntityManager, message: OutboxEntity, now: Date): Promise<Permission> {
    const { audience, urgency, channel, personId, id } = message;
    const { policy } = this.rules.current;
    const zone = this.config.timeZone;
    const { caps, say_once_within_minutes: sayOnce } = this.templates.policy;
    const quiet = (at: Date): Date => quietUntil(policy, urgency, at, zone);
    const known = {
      ...{ audience, urgency, isOptedOut: false, hasFamilyRefused: false, objection: null },
      ...{ isDeceased: false, saidAt: null, sentAt: [] },
    };
    if (audience === 'staff' || personId === null) return mayLeave(known, caps, sayOnce, now, quiet);
    await this.outbox.lockPerson(manager, personId);
    const since = new Date(now.getTime() - longestSpan(caps) * 60_000);
    const refused = await this.optOuts.holds(manager, personId, channel);
    return mayLeave(
      {
        ...known,
        isDeceased: (await this.persons.read(manager, personId))?.isDeceased ?? false,
        isOptedOut: refused.person,
        hasFamilyRefused: refused.family,
        objection: audience === 'family' ? await this.#objection(manager, message) : null,
        saidAt: await this.#saidAt(manager, message, now),
        sentAt: await this.outbox.leftTo(manager, personId, id, since),
      },
      caps,
      sayOnce,
      now,
      quiet,
    );
  }

  /** A message that somebody sends again by hand is meant to be said again; so is one that was begun and not ended. */
  async #saidAt(manager: EntityManager, message: OutboxEntity, now: Date): Promise<Date | 'now' | null> {
    if (message.resendOf !== null || message.attempts > 0) return null;
    const minutes = this.templates.policy.say_once_within_minutes[message.urgency];
    return this.outbox.saidAt(manager, message, new Date(now.getTime() - minutes * 60_000));
  }

  async #objection(manager: EntityManager, message: OutboxEntity): Promise<ErrorKind | null> {
    const { messageKey: key } = await this.outbox.firstOf(manager, message);
    return this.hooks.objectionTo(manager, { ...seen(message), key, addressHash: message.addressHash });
  }

  async #settle(
    manager: EntityManager,
    message: OutboxEntity,
    event: Extract<MessageEvent, 'suppress' | 'exhaust'>,
    because: ErrorKind,
    now: Date,
  ): Promise<void> {
    const state = after(message.state, event) as Extract<MessageState, 'suppressed' | 'dead'>;
    const change = { state, errorKind: because, nextAt: null, holder: null, updatedAt: now };
    if (!(await this.#change(manager, message, change))) return;
    await this.hooks.settled(manager, newsOf(message, { state, because, at: now }));
  }

  /** Only while it is as it was seen: another process, or a receipt, may have been first. */
  #change(manager: EntityManager, seen: OutboxEntity, change: Partial<OutboxEntity>): Promise<boolean> {
    const { id, state, nextAt, attempts } = seen;
    return this.outbox.change(manager, { id, state, nextAt: nextAt!, attempts }, change);
  }
}
