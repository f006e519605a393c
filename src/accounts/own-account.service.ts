import { Inject, Injectable } from '@nestjs/common';
import { UnitOfWork, type Witness } from '../database/index.js';
import { AppError, Clock } from '../kernel/index.js';
import { AccountEntity, type SessionEntity } from './account.entity.js';
import { AccountsRepository } from './accounts.repository.js';
import { AccountsService } from './accounts.service.js';
import { isAlive } from './domain/session-life.js';
import { Passwords } from './passwords.js';
import { SignInService } from './sign-in.service.js';

/** Somebody is signed in with it, here or elsewhere. */
export type OwnSession = Pick<SessionEntity, 'id' | 'createdAt' | 'lastSeenAt' | 'expiresAt'>;

/** Whose it is, and the session that they ask from. */
interface Own {
  accountId: string;
  sessionId: string;
}

export type PasswordOutcome =
  { kind: 'changed' } | { kind: 'wrong' } | { kind: 'blocked'; retryAfterSeconds: number };

/** What people do with their own account. */
@Injectable()
export class OwnAccountService {
  constructor(
    @Inject(AccountsRepository) private readonly accounts: AccountsRepository,
    @Inject(AccountsService) private readonly making: AccountsService,
    @Inject(SignInService) private readonly signing: SignInService,
    @Inject(Passwords) private readonly passwords: Passwords,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /**
   * Changes the password of whoever knows the present one; a wrong one counts as an attempt to sign in. Other sessions,
   * and links that were not used yet, end.
   * @throws AppError `invalid-request` for a password that is none; `conflict` when it was changed at the same moment
   */
  async changePassword(
    { accountId, sessionId }: Own,
    present: string,
    wanted: string,
    witness: Witness,
  ): Promise<PasswordOutcome> {
    const account = await this.accounts.byId(accountId);
    if (!account) throw new AppError('not-found', 'There is no such account.');
    // What is no password is no attempt either.
    const passwordHash = await this.making.hashOf(wanted, account.login);
    const retryAfterSeconds = await this.signing.countAttempt(account.login);
    if (retryAfterSeconds !== null) return { kind: 'blocked', retryAfterSeconds };
    if (!(await this.passwords.isRight(account.passwordHash, present))) return { kind: 'wrong' };
    await this.work.run(async (manager) => {
      const now = this.clock.now();
      const asRead = { id: accountId, passwordHash: account.passwordHash! };
      const { affected } = await manager.update(AccountEntity, asRead, { passwordHash });
      if (affected !== 1) throw new AppError('conflict', 'The password was changed at the same moment.');
      await this.accounts.endSessions(manager, accountId, now, sessionId);
      await this.accounts.endLinks(manager, accountId, now);
      await this.signing.forgetAttempts(manager, account.login);
      await witness(manager, { subject: `account/${accountId}` });
    });
    return { kind: 'changed' };
  }

  /** Where they are signed in now, the latest first. */
  async sessions({ accountId }: Pick<Own, 'accountId'>): Promise<OwnSession[]> {
    const now = this.clock.now();
    return (await this.accounts.openSessions(accountId)).filter((session) => isAlive(session, now));
  }

  /** Ends one of their own sessions. @throws AppError `not-found` for one that is none of theirs, or is over */
  async endSession({ accountId }: Pick<Own, 'accountId'>, id: string, witness: Witness): Promise<void> {
    await this.work.run(async (manager) => {
      if (!(await this.accounts.endSession(manager, accountId, id, this.clock.now())))
        throw new AppError('not-found', 'There is no such session of yours.');
      await witness(manager, { subject: `session/${id}` });
    });
  }
}
