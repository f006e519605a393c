import { Inject, Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { UnitOfWork } from '../database/index.js';
import { Clock } from '../kernel/index.js';
import { Vault } from '../secrets/index.js';
import { AccountEntity } from './account.entity.js';
import { AccountsRepository } from './accounts.repository.js';
import { blockedUntil, oneMore } from './domain/back-off.js';
import { loginName } from './domain/login-name.js';
import { Passwords } from './passwords.js';
import { SecondFactorService } from './second-factor.service.js';
import { type Entered, SessionsService, type SignedIn } from './sessions.service.js';

export interface Credentials {
  login: string;
  password: string;
  /** One-time code, where one is asked for. */
  code?: string;
}

/** How an attempt ended. `accountId` is for the audit trail: whoever tried is not told whether there is one. */
export type SignInOutcome =
  | { kind: 'signed-in'; secret: string; who: SignedIn }
  | { kind: 'refused' | 'code-needed'; accountId: string | null }
  | { kind: 'blocked'; retryAfterSeconds: number };

/** Lets people in. */
@Injectable()
export class SignInService {
  constructor(
    @Inject(AccountsRepository) private readonly accounts: AccountsRepository,
    @Inject(Passwords) private readonly passwords: Passwords,
    @Inject(SecondFactorService) private readonly codes: SecondFactorService,
    @Inject(SessionsService) private readonly sessions: SessionsService,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
    @Inject(Vault) private readonly vault: Vault,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** @throws AppError `try-again` when too many try at once */
  async signIn({ login: typed, password, code }: Credentials, entered?: Entered): Promise<SignInOutcome> {
    const login = loginName(typed);
    const retryAfterSeconds = await this.countAttempt(login ?? typed);
    if (retryAfterSeconds !== null) return { kind: 'blocked', retryAfterSeconds };
    const account = login === null ? null : await this.accounts.byLogin(login);
    const isRight = await this.passwords.isRight(account?.passwordHash ?? null, password);
    const refused = { kind: 'refused', accountId: account?.id ?? null } as const;
    if (!account || account.disabledAt || !isRight) return refused;
    const needsCode = account.totpSince !== null;
    if (needsCode && !code) return { kind: 'code-needed', accountId: account.id };
    const step = needsCode ? this.codes.stepOf(account, code!) : undefined;
    if (step === null) return refused;
    return this.#letIn(account, step, entered);
  }

  async #letIn(account: AccountEntity, step: number | undefined, entered?: Entered): Promise<SignInOutcome> {
    return this.work.run(async (manager): Promise<SignInOutcome> => {
      if (step !== undefined && !(await this.accounts.takeStep(manager, account.id, step))) {
        return { kind: 'refused', accountId: account.id };
      }
      await this.forgetAttempts(manager, account.login);
      await manager.update(AccountEntity, { id: account.id }, { lastSignInAt: this.clock.now() });
      const begun = await this.sessions.begin(manager, account);
      await entered?.(manager, begun.who);
      return { kind: 'signed-in', ...begun };
    });
  }

  /**
   * Counts an attempt before it is looked at, so that many at once count as many.
   * @returns seconds to wait, when the name may not be tried now
   */
  async countAttempt(login: string): Promise<number | null> {
    const nameHash = this.#nameHash(login);
    return this.work.run(async (manager) => {
      const now = this.clock.now();
      const before = await this.accounts.lockAttempts(manager, nameHash, now);
      const until = blockedUntil(before, now);
      if (until) return Math.ceil((until.getTime() - now.getTime()) / 1000);
      await this.accounts.keepAttempts(manager, nameHash, oneMore(before, now));
      return null;
    });
  }

  /** Whoever gets in has made no wrong attempts. */
  async forgetAttempts(manager: EntityManager, login: string): Promise<void> {
    await this.accounts.forgetAttempts(manager, this.#nameHash(login));
  }

  #nameHash(login: string): string {
    return this.vault.hash(`sign-in ${login}`);
  }
}
