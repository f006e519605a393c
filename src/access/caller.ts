import { type Role } from '../accounts/index.js';
import { EVERYBODY, type Rows } from '../database/index.js';
import { AppError } from '../kernel/index.js';
import { type AccessKey } from './access.repository.js';
import { type Limit } from './rows/row-limits.js';

/** A machine, known by its key. */
export type KeyCaller = Readonly<
  { kind: 'key' } & Pick<AccessKey, 'id' | 'name' | 'scope' | 'isHistory'> & {
      /** Address on the network that the request came from. */
      from?: string | null;
    }
>;

/** Somebody who is signed in. */
export interface UserCaller {
  readonly kind: 'user';
  /** Of the account. */
  readonly id: string;
  /** How colleagues call them. */
  readonly name: string;
  readonly login: string;
  readonly roles: readonly Role[];
  readonly seesSensitive: boolean;
  /** Where they work; null where there is one centre, and for whoever works for all. */
  readonly centre: string | null;
  /** One-time codes have to be set up first. */
  readonly isPending: boolean;
  /** They are set up. */
  readonly hasSecondFactor: boolean;
  readonly sessionId: string;
  /** What the page has to send with a change. */
  readonly changeToken: string;
  readonly expiresAt: Date;
  /** Whom they may see. */
  readonly rows: Rows;
  /** Of these, whom they have opened by break-glass, with why. */
  readonly opened: Limit['opened'];
  /** Address on the network that the request came from. */
  readonly from?: string | null;
}

/** Who is asking. */
export type Caller = KeyCaller | UserCaller;

/** A request after the door, which has noted who is asking. */
export interface CallersRequest {
  readonly caller: Caller;
}

/** How records name somebody: `key:ID`, `user:ID`; `nobody` before it is known who it is. */
export function actorOf(caller: Caller | null): string {
  return caller ? `${caller.kind}:${caller.id}` : 'nobody';
}

/** Whom a caller may see: whatever lists people or tasks asks for it. Keys see everybody. */
export function rowsOfCaller(caller: Caller): Rows {
  return caller.kind === 'key' ? EVERYBODY : caller.rows;
}

/** Whether values of sensitive compartments may be shown to them; that they asked is recorded. */
export function mayReveal(caller: Caller): boolean {
  return caller.kind === 'key' ? caller.scope === 'admin' : caller.seesSensitive;
}

/** @throws AppError `forbidden` when confidential results are asked for by somebody who may not see them */
export function refuseToReveal(isAsked: boolean, caller: Caller): void {
  if (isAsked && !mayReveal(caller)) {
    const who = caller.kind === 'key' ? `A key of scope ${caller.scope}` : 'Whoever is not named for them';
    throw new AppError('forbidden', `${who} may not reveal confidential results.`);
  }
}
