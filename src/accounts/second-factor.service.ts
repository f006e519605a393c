import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { type EntityManager, IsNull } from 'typeorm';
import { UnitOfWork, type Witness } from '../database/index.js';
import { AppError, Clock } from '../kernel/index.js';
import { Vault } from '../secrets/index.js';
import { AccountEntity } from './account.entity.js';
import { AccountsRepository } from './accounts.repository.js';
import { enrolmentAddress, secretFrom, stepOfCode } from './domain/one-time-code.js';

const SECRET_BYTES = 20;

/** One-time codes of an authenticator on the telephone. */
@Injectable()
export class SecondFactorService {
  constructor(
    @Inject(AccountsRepository) private readonly accounts: AccountsRepository,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
    @Inject(Vault) private readonly vault: Vault,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** The step of a right code that was not taken yet, else null. */
  stepOf(account: AccountEntity, code: string): number | null {
    const secret = this.#secretOf(account);
    return secret === null ? null : stepOfCode(secret, code, this.clock.now(), account.totpStep);
  }

  /**
   * Makes the secret that the authenticator is given. Asked again, it makes another: only a right code puts one in force.
   * @throws AppError `conflict` when one is in force
   */
  async begin(accountId: string): Promise<{ secret: string; address: string }> {
    const secret = secretFrom(randomBytes(SECRET_BYTES));
    const totpSealed = this.vault
      .seal(Buffer.from(secret), secondFactorContext(accountId))
      .toString('base64');
    const { login } = await this.#account(accountId);
    const { affected } = await this.work.run((manager) =>
      manager.update(AccountEntity, { id: accountId, totpSince: IsNull() }, { totpSealed, totpStep: null }),
    );
    if (affected !== 1) throw new AppError('conflict', 'One-time codes are in force already.');
    return { secret, address: enrolmentAddress(secret, login) };
  }

  /** False when the code is wrong; from a right one on, codes are asked for at every sign-in. */
  async confirm(accountId: string, code: string, witness?: Witness): Promise<boolean> {
    const account = await this.#account(accountId);
    const step = account.totpSince === null ? this.stepOf(account, code) : null;
    if (step === null) return false;
    return this.work.run(async (manager) => {
      // The secret that the code was compared with, and no other that was made meanwhile.
      const { totpSealed } = (await manager.findOneBy(AccountEntity, { id: accountId })) ?? {};
      if (totpSealed !== account.totpSealed) return false;
      if (!(await this.accounts.takeStep(manager, accountId, step))) return false;
      await manager.update(AccountEntity, { id: accountId }, { totpSince: this.clock.now() });
      await witness?.(manager, { subject: `account/${accountId}` });
      return true;
    });
  }

  /** Whether a code is right; it is taken then, and good for nothing else. Codes must be in force. */
  async take(manager: EntityManager, accountId: string, code: string): Promise<boolean> {
    const account = await this.#account(accountId);
    const step = account.totpSince === null ? null : this.stepOf(account, code);
    return step !== null && (await this.accounts.takeStep(manager, accountId, step));
  }

  async #account(id: string): Promise<AccountEntity> {
    const account = await this.accounts.byId(id);
    if (!account) throw new AppError('not-found', 'There is no such account.');
    return account;
  }

  #secretOf({ id, totpSealed }: AccountEntity): string | null {
    return totpSealed === null
      ? null
      : this.vault.open(Buffer.from(totpSealed, 'base64'), secondFactorContext(id)).toString();
  }
}

export function secondFactorContext(accountId: string): string {
  return `totp ${accountId}`;
}
