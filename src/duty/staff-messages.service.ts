import { Inject, Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { StaffAddresses, type StaffMember } from '../accounts/index.js';
import { type Config, CONFIG } from '../config/index.js';
import { Clock, type AddressKind } from '../kernel/index.js';
import { type ErrorKind, type Language, MessagesService } from '../messaging/index.js';
import { onDuty, type Urgency } from '../policy/index.js';
import { RulesService } from '../rules/index.js';
import { doctorOf, type Recipients, recipientsOf } from './domain/recipients.js';
import { type Capacity, inWords } from './domain/words.js';

/** What staff are told, in whatever capacity. */
export interface StaffNotice {
  /** Names what is told by it; each address gets a key of its own under it: `KEY/0`, `KEY/1`. */
  key: string;
  template: string;
  urgency: Urgency;
  taskId: string | null;
  personId: string | null;
  /** What the template holds, besides the capacity. */
  values: (language: Language, channel: AddressKind) => Readonly<Record<string, string>>;
}

/** One message to one address. No address here: this is kept with the history. */
export interface SentTo {
  /** Of the account; null for somebody who has none. */
  account: string | null;
  user: string;
  by: AddressKind;
  /** Why it could not even be put together. */
  lost?: ErrorKind;
}

/** Whom a notice went to, in the order of their keys. */
export interface Noticed {
  by: Recipients<StaffMember>['by'];
  to: SentTo[];
  /** Who would have been told as well, and has been told of the same a moment ago in another capacity. */
  already?: string[];
}

/** Whether any message of it may arrive. */
export function isOnItsWay({ to, already = [] }: Pick<Noticed, 'to' | 'already'>): boolean {
  return already.length > 0 || to.some(({ lost }) => lost === undefined);
}

/** Messages to whoever is on duty, by each of their addresses, in the transaction of what they are about. */
@Injectable()
export class StaffMessages {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(RulesService) private readonly rules: RulesService,
    @Inject(StaffAddresses) private readonly addresses: StaffAddresses,
    @Inject(MessagesService) private readonly messages: MessagesService,
  ) {}

  /** Whom a role's messages would go to now. */
  async recipients(manager: EntityManager, role: Capacity): Promise<Recipients<StaffMember>> {
    return this.#ofRole(role, await this.addresses.inUse(manager));
  }

  /**
   * Tells whoever is on duty of a role.
   * @param told accounts that have been told of the same just now: nobody gets two messages of one moment
   */
  async tell(
    manager: EntityManager,
    role: Capacity,
    notice: StaffNotice,
    told: Set<string> = new Set(),
  ): Promise<Noticed> {
    const { to, by } = await this.recipients(manager, role);
    const already = to.filter(({ id }) => told.has(id)).map(({ login }) => login);
    const others = to.filter(({ id }) => !told.has(id));
    const noticed = await this.#send(manager, role, { to: others, by }, notice);
    for (const { account, lost } of noticed.to) if (account !== null && !lost) told.add(account);
    return already.length > 0 ? { ...noticed, already } : noticed;
  }

  /**
   * Tells one doctor, by what the hospital's records call them. One who has no account is told by the webhook, whose
   * receiver knows them by that name.
   */
  async tellDoctor(
    manager: EntityManager,
    practitioner: string | null,
    notice: StaffNotice,
  ): Promise<Noticed> {
    const found = doctorOf(practitioner, await this.addresses.inUse(manager));
    const role = 'attending-doctor';
    if (found.to.length > 0 || practitioner === null || this.config.messaging.webhook === null)
      return this.#send(manager, role, found, notice);
    const channel = 'webhook' as const;
    const to = { account: null, user: practitioner, by: channel };
    const lost = await this.#enqueue(manager, role, notice, 0, {
      channel,
      address: practitioner,
      language: 'zh',
    });
    return { by: 'rota', to: [{ ...to, ...(lost && { lost }) }] };
  }

  #ofRole(role: Capacity, staff: readonly StaffMember[]): Recipients<StaffMember> {
    const { policy } = this.rules.current;
    const isOnRota = role !== 'administrator' && role !== 'attending-doctor';
    const named = isOnRota ? onDuty(policy, role, this.clock.now(), this.config.timeZone) : [];
    return recipientsOf(role, named, staff);
  }

  async #send(
    manager: EntityManager,
    role: Capacity,
    { to, by }: Recipients<StaffMember>,
    notice: StaffNotice,
  ): Promise<Noticed> {
    const sent: SentTo[] = [];
    for (const { id, login, addresses } of to) {
      for (const address of addresses) {
        const lost = await this.#enqueue(manager, role, notice, sent.length, address);
        sent.push({ account: id, user: login, by: address.channel, ...(lost && { lost }) });
      }
    }
    return { by, to: sent };
  }

  /** @returns why it is lost already; null when it is on its way */
  async #enqueue(
    manager: EntityManager,
    role: Capacity,
    { key, template, urgency, taskId, personId, values }: StaffNotice,
    nth: number,
    { channel, address, language }: StaffMember['addresses'][number],
  ): Promise<ErrorKind | null> {
    const { because } = await this.messages.enqueue(manager, {
      ...{
        key: `${key}/${nth}`,
        channel,
        template,
        language,
        audience: 'staff',
        address,
        urgency,
        taskId,
        personId,
      },
      values: { ...values(language, channel), role: inWords(role, language) },
    });
    return because;
  }
}
