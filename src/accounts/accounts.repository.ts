import { Inject, Injectable } from '@nestjs/common';
import { type EntityManager, In, IsNull, LessThan, MoreThan, Not } from 'typeorm';
import { DIALECTS, Reader, UnitOfWork } from '../database/index.js';
import { AccountEntity, SessionEntity, SetUpLinkEntity, SignInAttemptEntity } from './account.entity.js';
import { type Attempts, forgottenBefore } from './domain/back-off.js';

/** The tables of accounts. */
@Injectable()
export class AccountsRepository {
  constructor(
    @Inject(Reader) private readonly reader: Reader,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
  ) {}

  list(): Promise<AccountEntity[]> {
    return this.reader.manager.find(AccountEntity, { order: { login: 'ASC' } });
  }

  byId(id: string): Promise<AccountEntity | null> {
    return this.reader.manager.findOneBy(AccountEntity, { id });
  }

  byIds(ids: readonly string[]): Promise<AccountEntity[]> {
    return this.reader.manager.findBy(AccountEntity, { id: In([...ids]) });
  }

  /** MySQL's collation minds no accents: what it finds has to be the very name. */
  async byLogin(login: string): Promise<AccountEntity | null> {
    const account = await this.reader.manager.findOneBy(AccountEntity, { login });
    return account?.login === login ? account : null;
  }

  /** False when somebody has this login already. */
  async insert(manager: EntityManager, account: AccountEntity): Promise<boolean> {
    try {
      await manager.insert(AccountEntity, account);
      return true;
    } catch (error) {
      if (DIALECTS[this.work.kind].isDuplicateKey(error)) return false;
      throw error;
    }
  }

  async session(secretHash: string): Promise<{ session: SessionEntity; account: AccountEntity } | null> {
    const session = await this.reader.manager.findOneBy(SessionEntity, { secretHash });
    const account = session && (await this.byId(session.accountId));
    return session && account ? { session, account } : null;
  }

  /** Those that nobody has ended, the latest first; some of them may be over by time. */
  openSessions(accountId: string): Promise<SessionEntity[]> {
    const where = { accountId, endedAt: IsNull() };
    return this.reader.manager.find(SessionEntity, {
      where,
      order: { createdAt: 'DESC', id: 'DESC' },
      take: 100,
    });
  }

  /** @param but the session that goes on */
  async endSessions(manager: EntityManager, accountId: string, at: Date, but?: string): Promise<void> {
    const others = but === undefined ? {} : { id: Not(but) };
    await manager.update(SessionEntity, { accountId, endedAt: IsNull(), ...others }, { endedAt: at });
  }

  /** True when it was theirs, and open. */
  async endSession(manager: EntityManager, accountId: string, id: string, at: Date): Promise<boolean> {
    const open = { id, accountId, endedAt: IsNull() };
    const { affected } = await manager.update(SessionEntity, open, { endedAt: at });
    return affected === 1;
  }

  async endLinks(manager: EntityManager, accountId: string, at: Date): Promise<void> {
    await manager.update(SetUpLinkEntity, { accountId, endedAt: IsNull() }, { endedAt: at });
  }

  link(secretHash: string): Promise<SetUpLinkEntity | null> {
    return this.reader.manager.findOneBy(SetUpLinkEntity, { secretHash });
  }

  /** True for the first who uses it in its time. */
  async useLink(manager: EntityManager, id: string, at: Date): Promise<boolean> {
    const inForce = { id, endedAt: IsNull(), expiresAt: MoreThan(at) };
    const { affected } = await manager.update(SetUpLinkEntity, inForce, { endedAt: at });
    return affected === 1;
  }

  /** Takes a one-time code: false when it, or a later one, was taken before. */
  async takeStep(manager: EntityManager, accountId: string, step: number): Promise<boolean> {
    const { affected } = await manager
      .createQueryBuilder()
      .update(AccountEntity)
      .set({ totpStep: step })
      .where('id = :accountId AND (totp_step IS NULL OR totp_step < :step)', { accountId, step })
      .execute();
    return affected === 1;
  }

  /** The attempts under a name, none to begin with; until the transaction ends nobody else counts them. */
  async lockAttempts(manager: EntityManager, nameHash: string, now: Date): Promise<Attempts> {
    const none = { nameHash, count: 0, lastAt: now };
    return (
      (await this.#locked(manager, nameHash)) ??
      // Two may try a name for the first time at once: the later one waits for what the first has written.
      ((await this.#insertAttempts(manager, none)) ? none : (await this.#locked(manager, nameHash))!)
    );
  }

  /** What is forgotten anyway goes with it. */
  async keepAttempts(manager: EntityManager, nameHash: string, attempts: Attempts): Promise<void> {
    await manager.update(SignInAttemptEntity, { nameHash }, { ...attempts });
    await manager.delete(SignInAttemptEntity, { lastAt: LessThan(forgottenBefore(attempts.lastAt)) });
  }

  #locked(manager: EntityManager, nameHash: string): Promise<SignInAttemptEntity | null> {
    const lock = this.work.kind === 'mysql' ? { lock: { mode: 'pessimistic_write' as const } } : {};
    return manager.findOne(SignInAttemptEntity, { where: { nameHash }, ...lock });
  }

  async #insertAttempts(manager: EntityManager, row: SignInAttemptEntity): Promise<boolean> {
    try {
      await manager.insert(SignInAttemptEntity, row);
      return true;
    } catch (error) {
      if (DIALECTS[this.work.kind].isDuplicateKey(error)) return false;
      throw error;
    }
  }

  async forgetAttempts(manager: EntityManager, nameHash: string): Promise<void> {
    await manager.delete(SignInAttemptEntity, { nameHash });
  }
}
