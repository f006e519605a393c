import { Inject, Injectable, Logger } from '@nestjs/common';
import { type EntityManager, In, IsNull } from 'typeorm';
import { DIALECTS, UnitOfWork, type Witness } from '../database/index.js';
import { type AddressKind, AppError, Clock, isAddress, newId, plainAddress } from '../kernel/index.js';
import { type SealedColumn, Vault } from '../secrets/index.js';
import { AccountAddressEntity, AccountEntity } from './account.entity.js';
import { type Role } from './domain/roles.js';
import { secondFactorContext } from './second-factor.service.js';
import { rolesOf } from './sessions.service.js';

/** An address as it is set. */
export interface StaffAddress {
  channel: AddressKind;
  address: string;
  language: 'zh' | 'en';
}

/** A member of staff to whom messages may go. */
export interface StaffMember {
  id: string;
  login: string;
  roles: Role[];
  practitioner: string | null;
  /** In the order of the channels' names; empty where nothing reaches them. */
  addresses: StaffAddress[];
}

const PRACTITIONER = /^[^\s|]{1,100}\|[^\s|]{1,64}$/;
const LONGEST_PRACTITIONER = 128;

/** How people who work here are reached, each by one address a channel; encrypted, and shown to nobody. */
@Injectable()
export class StaffAddresses {
  readonly #logger = new Logger('StaffAddresses');

  constructor(
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
    @Inject(Vault) private readonly vault: Vault,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /**
   * Sets all addresses of an account, and what the hospital's records call its person; what is left out is removed.
   * @throws AppError `not-found`; `invalid-request` naming what cannot be one; `conflict` when another is called that
   */
  async set(
    accountId: string,
    addresses: readonly StaffAddress[],
    practitioner: string | null,
    witness?: Witness,
  ): Promise<void> {
    const plain = addresses.map((one, i) => ({ ...one, address: checked(one, i, addresses) }));
    const isPractitioner =
      practitioner === null ||
      (practitioner.length <= LONGEST_PRACTITIONER && PRACTITIONER.test(practitioner));
    if (!isPractitioner) throw new AppError('invalid-request', 'must be system|value', 'practitioner');
    const now = this.clock.now();
    await this.work.run(async (manager) => {
      if (!(await manager.existsBy(AccountEntity, { id: accountId })))
        throw new AppError('not-found', 'There is no such account.');
      await this.#call(manager, accountId, practitioner);
      await manager.delete(AccountAddressEntity, { accountId });
      for (const { channel, address, language } of plain) {
        const id = newId();
        const sealed = this.vault.seal(Buffer.from(address), context(id)).toString('base64');
        await manager.insert(AccountAddressEntity, {
          id,
          accountId,
          channel,
          language,
          sealed,
          updatedAt: now,
        });
      }
      await witness?.(manager, { subject: `account/${accountId}` });
    });
  }

  /** Everybody whose account is in use, with their addresses. */
  async inUse(manager: EntityManager): Promise<StaffMember[]> {
    const accounts = await manager.find(AccountEntity, {
      where: { disabledAt: IsNull() },
      order: { login: 'ASC' },
    });
    const rows = await this.#rows(manager, accounts);
    return accounts.map((account) => ({
      ...{ id: account.id, login: account.login, practitioner: account.practitioner },
      roles: rolesOf(account),
      addresses: rows.filter(({ accountId }) => accountId === account.id).flatMap((row) => this.#open(row)),
    }));
  }

  /** By which channels each of these accounts is reached. */
  async channelsOf(
    manager: EntityManager,
    accountIds: readonly string[],
  ): Promise<Map<string, AddressKind[]>> {
    const rows = await this.#rows(
      manager,
      accountIds.map((id) => ({ id })),
    );
    return new Map(
      accountIds.map((id) => [
        id,
        rows.filter(({ accountId }) => accountId === id).map(({ channel }) => channel),
      ]),
    );
  }

  #rows(manager: EntityManager, accounts: readonly { id: string }[]): Promise<AccountAddressEntity[]> {
    return manager.find(AccountAddressEntity, {
      where: { accountId: In(accounts.map(({ id }) => id)) },
      order: { channel: 'ASC' },
    });
  }

  async #call(manager: EntityManager, id: string, practitioner: string | null): Promise<void> {
    try {
      await manager.update(AccountEntity, { id }, { practitioner });
    } catch (error) {
      if (!DIALECTS[this.work.kind].isDuplicateKey(error)) throw error;
      throw new AppError('conflict', 'Another account is known by this.', 'practitioner');
    }
  }

  /** One that does not open must not keep messages from everybody else. */
  #open({ id, accountId, channel, language, sealed }: AccountAddressEntity): StaffAddress[] {
    try {
      const address = this.vault.open(Buffer.from(sealed, 'base64'), context(id)).toString();
      return [{ channel, language, address }];
    } catch {
      this.#logger.error(`the address of account ${accountId} by ${channel} cannot be opened: set it again`);
      return [];
    }
  }
}

/** What this room seals. */
export const SEALED_ACCOUNTS: readonly SealedColumn[] = [
  {
    ...{ table: 'account_address', column: 'sealed', form: 'text' },
    context: ({ id }) => context(id as string),
  },
  {
    ...{ table: 'account', column: 'totp_sealed', form: 'text' },
    context: ({ id }) => secondFactorContext(id as string),
  },
];

function checked({ channel, address }: StaffAddress, i: number, all: readonly StaffAddress[]): string {
  const path = `addresses[${i}]`;
  if (all.findIndex((other) => other.channel === channel) !== i)
    throw new AppError('invalid-request', 'one address a channel', path);
  const plain = plainAddress(channel, address);
  if (!isAddress(channel, plain)) throw new AppError('invalid-request', 'is no such address', path);
  return plain;
}

function context(id: string): string {
  return `account_address ${id}`;
}
