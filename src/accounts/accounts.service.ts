import { Inject, Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { UnitOfWork, type Witness } from '../database/index.js';
import { AppError, Clock, newId } from '../kernel/index.js';
import { hashSecret, newSecret, Vault } from '../secrets/index.js';
import { AccountEntity, SetUpLinkEntity } from './account.entity.js';
import { AccountsRepository } from './accounts.repository.js';
import { loginName } from './domain/login-name.js';
import { type PasswordFault, passwordFault } from './domain/password-rule.js';
import { type Role } from './domain/roles.js';
import { Passwords } from './passwords.js';
import { type Entered, rolesOf, SessionsService, type SignedIn } from './sessions.service.js';

const LINK_LASTS_MS = 72 * 3_600_000;
const LONGEST_NAME = 64;
const LONGEST_CENTRE = 128;

export interface NewAccount {
  login: string;
  /** How colleagues call them; the login when left out. */
  name?: string;
  roles: readonly Role[];
  seesSensitive?: boolean;
  /** Whose people they see, as encounters name it; of every centre where it is left out. */
  centre?: string | null;
  /** When left out, a link is made with which they choose it. */
  password?: string;
}

/** What somebody may do, and whose people they may see. */
export interface PostWanted {
  roles: readonly Role[];
  seesSensitive: boolean;
  centre: string | null;
}

/** An account as it is listed. */
export interface AccountShown {
  id: string;
  login: string;
  name: string;
  roles: Role[];
  seesSensitive: boolean;
  practitioner: string | null;
  centre: string | null;
  hasPassword: boolean;
  hasSecondFactor: boolean;
  createdAt: Date;
  lastSignInAt: Date | null;
  disabledAt: Date | null;
}

const WORDS: Record<PasswordFault, string> = {
  'too-short': 'must have 10 characters or more',
  'too-long': 'must have 128 characters or fewer',
  'too-simple': 'is too easy to guess: few different characters, or a row of the keyboard',
  'holds-name': 'must not hold the sign-in name',
};

/** Makes accounts, and what goes with them. */
@Injectable()
export class AccountsService {
  constructor(
    @Inject(AccountsRepository) private readonly accounts: AccountsRepository,
    @Inject(Passwords) private readonly passwords: Passwords,
    @Inject(SessionsService) private readonly sessions: SessionsService,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
    @Inject(Vault) private readonly vault: Vault,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async list(): Promise<AccountShown[]> {
    return (await this.accounts.list()).map(shown);
  }

  /** One account; null when there is none by this id. */
  async find(id: string): Promise<AccountShown | null> {
    const account = await this.accounts.byId(id);
    return account && shown(account);
  }

  /** How colleagues call the people of these accounts; ids that are none are left out. */
  async namesOf(ids: readonly (string | null)[]): Promise<Map<string, string>> {
    const wanted = [...new Set(ids.filter((id) => id !== null))];
    const accounts = wanted.length === 0 ? [] : await this.accounts.byIds(wanted);
    return new Map(accounts.map(({ id, name }) => [id, name]));
  }

  /**
   * @returns the id, and the secret of the link to choose a password with where none was given
   * @throws AppError `invalid-request` naming what is wrong, `conflict` when the login is taken
   */
  async create(wanted: NewAccount, witness?: Witness): Promise<{ id: string; link: string | null }> {
    const login = loginName(wanted.login);
    if (!login)
      throw new AppError('invalid-request', 'must be 1 to 64 letters, digits, dots, - or _', 'login');
    const name = (wanted.name ?? wanted.login).trim();
    if (name === '' || [...name].length > LONGEST_NAME) {
      throw new AppError('invalid-request', `must have 1 to ${LONGEST_NAME} characters`, 'name');
    }
    if (wanted.roles.length === 0) throw new AppError('invalid-request', 'must name a role', 'roles');
    const passwordHash = wanted.password === undefined ? null : await this.hashOf(wanted.password, login);
    const account: AccountEntity = {
      ...{ id: newId(), login, name, passwordHash },
      roles: [...new Set(wanted.roles)].join(' '),
      seesSensitive: wanted.seesSensitive ?? false,
      ...{ totpSealed: null, totpSince: null, totpStep: null, lastSignInAt: null, disabledAt: null },
      practitioner: null,
      centre: plainCentre(wanted.centre ?? null),
      createdAt: this.clock.now(),
    };
    return this.work.run(async (manager) => {
      if (!(await this.accounts.insert(manager, account))) {
        throw new AppError('conflict', 'Somebody has this sign-in name already.', 'login');
      }
      await witness?.(manager, { subject: `account/${account.id}` });
      return { id: account.id, link: passwordHash ? null : await this.#makeLink(manager, account.id) };
    });
  }

  /**
   * A new link to choose a password with; earlier ones end. The password in force stays until it is used.
   * @param dropsSecondFactor for somebody who has lost it too: roles that ask for one ask again
   * @throws AppError `not-found`
   */
  async renewLink(
    id: string,
    { dropsSecondFactor = false, witness }: { dropsSecondFactor?: boolean; witness?: Witness } = {},
  ): Promise<string> {
    return this.work.run(async (manager) => {
      if (!(await manager.existsBy(AccountEntity, { id }))) throw noSuchAccount();
      if (dropsSecondFactor) await this.#dropSecondFactor(manager, id);
      await witness?.(manager, { subject: `account/${id}` });
      return this.#makeLink(manager, id);
    });
  }

  /**
   * Sets what somebody may do and whom they may see. Where that becomes less they are signed out everywhere.
   * @throws AppError `not-found`; `invalid-request` naming what is wrong
   */
  async setPost(id: string, wanted: PostWanted, witness?: Witness): Promise<void> {
    if (wanted.roles.length === 0) throw new AppError('invalid-request', 'must name a role', 'roles');
    const roles = [...new Set(wanted.roles)];
    const { seesSensitive } = wanted;
    const centre = plainCentre(wanted.centre);
    await this.work.run(async (manager) => {
      const before = await manager.findOneBy(AccountEntity, { id });
      if (!before) throw noSuchAccount();
      await manager.update(AccountEntity, { id }, { roles: roles.join(' '), seesSensitive, centre });
      await witness?.(manager, {
        subject: `account/${id}`,
        detail: `${before.roles} -> ${roles.join(' ')}${seesSensitive ? ', confidential' : ''}${centre === null ? '' : ', of a centre'}`,
      });
      if (isLess(before, { roles, seesSensitive, centre }))
        await this.accounts.endSessions(manager, id, this.clock.now());
    });
  }

  /** Lets nobody in by this account, and ends its sessions; or lets them in again. @throws AppError `not-found` */
  async setDisabled(id: string, isDisabled: boolean, witness?: Witness): Promise<void> {
    await this.work.run(async (manager) => {
      const now = this.clock.now();
      const { affected } = await manager.update(
        AccountEntity,
        { id },
        { disabledAt: isDisabled ? now : null },
      );
      if (affected !== 1) throw noSuchAccount();
      await witness?.(manager, { subject: `account/${id}` });
      if (!isDisabled) return;
      await this.accounts.endSessions(manager, id, now);
      await this.accounts.endLinks(manager, id, now);
    });
  }

  /** Whose link this is; null when it is none, was used, or is too old. */
  async ofLink(secret: string): Promise<{ login: string; name: string } | null> {
    const account = await this.#accountOfLink(secret);
    return account && { login: account.login, name: account.name };
  }

  /**
   * Chooses the password by a link, and signs in.
   * @returns null when the link is none, was used, or is too old
   * @throws AppError `invalid-request` for a password that is none
   */
  async setUp(
    secret: string,
    password: string,
    entered?: Entered,
  ): Promise<{ secret: string; who: SignedIn } | null> {
    const account = await this.#accountOfLink(secret);
    if (!account) return null;
    const passwordHash = await this.hashOf(password, account.login);
    const link = await this.accounts.link(hashSecret(secret));
    return this.work.run(async (manager) => {
      const now = this.clock.now();
      if (!link || !(await this.accounts.useLink(manager, link.id, now))) return null;
      await this.accounts.endSessions(manager, account.id, now);
      await this.accounts.forgetAttempts(manager, this.vault.hash(`sign-in ${account.login}`));
      await manager.update(AccountEntity, { id: account.id }, { passwordHash, lastSignInAt: now });
      const begun = await this.sessions.begin(manager, account);
      await entered?.(manager, begun.who);
      return begun;
    });
  }

  async #dropSecondFactor(manager: EntityManager, id: string): Promise<void> {
    await manager.update(AccountEntity, { id }, { totpSealed: null, totpSince: null, totpStep: null });
    await this.accounts.endSessions(manager, id, this.clock.now());
  }

  async #accountOfLink(secret: string): Promise<AccountEntity | null> {
    const link = await this.accounts.link(hashSecret(secret));
    if (!link || link.endedAt || link.expiresAt <= this.clock.now()) return null;
    const account = await this.accounts.byId(link.accountId);
    return account?.disabledAt === null ? account : null;
  }

  async #makeLink(manager: EntityManager, accountId: string): Promise<string> {
    const now = this.clock.now();
    const secret = newSecret();
    await this.accounts.endLinks(manager, accountId, now);
    await manager.insert(SetUpLinkEntity, {
      ...{ id: newId(), accountId, secretHash: hashSecret(secret), createdAt: now, endedAt: null },
      expiresAt: new Date(now.getTime() + LINK_LASTS_MS),
    });
    return secret;
  }

  /** @throws AppError `invalid-request` for a password that is none */
  async hashOf(password: string, login: string): Promise<string> {
    const fault = passwordFault(password, login);
    if (fault) throw new AppError('invalid-request', WORDS[fault], 'password');
    return this.passwords.hash(password);
  }
}

function shown(account: AccountEntity): AccountShown {
  const { id, login, name, practitioner, centre, createdAt, lastSignInAt, disabledAt } = account;
  return {
    ...{ id, login, name, practitioner, centre, createdAt, lastSignInAt, disabledAt },
    roles: rolesOf(account),
    seesSensitive: Boolean(account.seesSensitive),
    hasPassword: account.passwordHash !== null,
    hasSecondFactor: account.totpSince !== null,
  };
}

/** @throws AppError `invalid-request` */
function plainCentre(centre: string | null): string | null {
  const text = centre?.trim() ?? '';
  if (text.length > LONGEST_CENTRE)
    throw new AppError('invalid-request', `must have ${LONGEST_CENTRE} characters or fewer`, 'centre');
  return text === '' ? null : text;
}

/** Whether something is taken away: a role, the confidential results, or the people of other centres. */
function isLess(before: AccountEntity, after: PostWanted): boolean {
  const isRoleGone = rolesOf(before).some((role) => !after.roles.includes(role));
  const isNarrower = after.centre !== null && after.centre !== before.centre;
  return isRoleGone || isNarrower || (Boolean(before.seesSensitive) && !after.seesSensitive);
}

function noSuchAccount(): AppError {
  return new AppError('not-found', 'There is no such account.');
}
