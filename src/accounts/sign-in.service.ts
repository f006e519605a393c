import { Inject, Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { UnitOfWork } from '../database/index.js';
import { Clock } from '../kernel/index.js';
import { Vault } from '../secrets/index.js';
import { AccountEntity } from './account.entity.js';
import { AccountsRepository } from './accounts.repository.js';
import { blockedUntil, oneMore } from './domain/back-off.js';
import { type IdentityProvider } from './identity-provider.js';
import { SecondFactorService } from './second-factor.service.js';
import { type Entered, SessionsService, type SignedIn } from './sessions.service.js';

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
    @Inject(SecondFactorService) private readonly codes: SecondFactorService,
    @Inject(SessionsService) private readonly sessions: SessionsService,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
    @Inject(Vault) private readonly vault: Vault,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /**
   * Lets in whoever an identity provider vouches for.
   * @param code one-time code, where one is asked for
   * @throws AppError `try-again` when too many try at once
   */
  async signIn<Proof>(
    provider: IdentityProvider<Proof>,
    proof: Proof,
    code?: string,
    entered?: Entered,
  ): Promise<SignInOutcome> {
    const attempted = provider.attemptedAs(proof);
    const retryAfterSeconds = await this.countAttempt(attempted);
    if (retryAfterSeconds !== null) return { kind: 'blocked', retryAfterSeconds };
    const { account, isProven } = await provider.prove(proof);
    const refused = { kind: 'refused', accountId: account?.id ?? null } as const;
    if (!account || account.disabledAt || !isProven) return refused;
    const needsCode = account.totpSince !== null;
    if (needsCode && !code) return { kind: 'code-needed', accountId: account.id };
    const step = needsCode ? this.codes.stepOf(account, code!) : undefined;
    if (step === null) return refused;
    return this.#letIn(account, attempted, step, entered);
  }

  async #letIn(
    account: AccountEntity,
    attempted: string,
    step: number | undefined,
    entered?: Entered,
  ): Promise<SignInOutcome> {
    return this.work.run(async (manager): Promise<SignInOutcome> => {
      if (step !== undefined && !(await this.accounts.takeStep(manager, account.id, step))) {
        return { kind: 'refused', accountId: account.id };
      }
      await this.forgetAttempts(manager, attempted);
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
  async countAttempt(name: string): Promise<number | null> {
    const nameHash = this.#nameHash(name);
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
  async forgetAttempts(manager: EntityManager, name: string): Promise<void> {
    await this.accounts.forgetAttempts(manager, this.#nameHash(name));
  }

  #nameHash(name: string): string {
    return this.vault.hash(`sign-in ${name}`);
  }
}
