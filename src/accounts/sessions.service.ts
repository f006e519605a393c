import { createHash, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { UnitOfWork, type Witness } from '../database/index.js';
import { Clock, newId } from '../kernel/index.js';
import { hashSecret, newSecret } from '../secrets/index.js';
import { type AccountEntity, SessionEntity } from './account.entity.js';
import { AccountsRepository } from './accounts.repository.js';
import { isRole, needsSecondFactor, type Role } from './domain/roles.js';
import { isAlive, isWorthNoting, LONGEST_MS } from './domain/session-life.js';

/** Somebody who is signed in. */
export interface SignedIn {
  sessionId: string;
  accountId: string;
  login: string;
  name: string;
  roles: readonly Role[];
  seesSensitive: boolean;
  /** Where they work; null where there is one centre, and for whoever works for all. */
  centre: string | null;
  /** What encounters call them. */
  practitioner: string | null;
  /** Their roles ask for one-time codes, and they have not set them up yet: nothing else is open to them. */
  isPending: boolean;
  /** One-time codes are set up. */
  hasSecondFactor: boolean;
  expiresAt: Date;
}

/** Writes down that somebody was let in, in the transaction that lets them in. */
export type Entered = (manager: EntityManager, who: SignedIn) => Promise<void>;

const LONGEST_SECRET = 128;

/** Who is signed in on which browser. */
@Injectable()
export class SessionsService {
  constructor(
    @Inject(AccountsRepository) private readonly accounts: AccountsRepository,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Begins a session in the transaction that let somebody in. */
  async begin(manager: EntityManager, account: AccountEntity): Promise<{ secret: string; who: SignedIn }> {
    const now = this.clock.now();
    const secret = newSecret();
    const session: SessionEntity = {
      id: newId(),
      accountId: account.id,
      secretHash: hashSecret(secret),
      createdAt: now,
      lastSeenAt: now,
      expiresAt: new Date(now.getTime() + LONGEST_MS),
      endedAt: null,
    };
    await manager.insert(SessionEntity, session);
    return { secret, who: signedIn(session, account) };
  }

  /**
   * Whoever holds this secret; null when nobody does (any more).
   * @param isInPerson the request comes from what a person did, not from a page that looks again by itself
   */
  async find(secret: string, isInPerson: boolean): Promise<SignedIn | null> {
    if (secret.length > LONGEST_SECRET) return null;
    const found = await this.accounts.session(hashSecret(secret));
    const now = this.clock.now();
    if (!found || found.account.disabledAt || !isAlive(found.session, now)) return null;
    const { session, account } = found;
    if (isInPerson && isWorthNoting(session, now)) {
      await this.work.run((manager) =>
        manager.update(SessionEntity, { id: session.id }, { lastSeenAt: now }),
      );
    }
    return signedIn(session, account);
  }

  async end(sessionId: string, witness?: Witness): Promise<void> {
    const endedAt = this.clock.now();
    await this.work.run(async (manager) => {
      await manager.update(SessionEntity, { id: sessionId }, { endedAt });
      await witness?.(manager, { subject: `session/${sessionId}` });
    });
  }
}

/** What a page must send with every change: another site's page can't read it. It follows from the session's secret. */
export function changeTokenOf(secret: string): string {
  return createHash('sha256').update(`change ${secret}`).digest('base64url');
}

export function isChangeToken(secret: string, token: unknown): boolean {
  const expected = Buffer.from(changeTokenOf(secret));
  const given = Buffer.from(typeof token === 'string' ? token : '');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

export function rolesOf({ roles }: Pick<AccountEntity, 'roles'>): Role[] {
  return roles.split(' ').filter(isRole);
}

function signedIn(session: SessionEntity, account: AccountEntity): SignedIn {
  const roles = rolesOf(account);
  return {
    sessionId: session.id,
    accountId: account.id,
    login: account.login,
    name: account.name,
    roles,
    seesSensitive: Boolean(account.seesSensitive),
    centre: account.centre,
    practitioner: account.practitioner,
    isPending: needsSecondFactor(roles) && account.totpSince === null,
    hasSecondFactor: account.totpSince !== null,
    expiresAt: session.expiresAt,
  };
}
