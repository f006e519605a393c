import { Inject, Injectable } from '@nestjs/common';
import { changeTokenOf, isChangeToken, SessionsService } from '../accounts/index.js';
import { AppError } from '../kernel/index.js';
import { AccessService } from './access.service.js';
import { type Caller, type KeyCaller, type UserCaller } from './caller.js';
import { RowLimits } from './rows/row-limits.js';
import { sessionSecretOf } from './session-cookie.js';

/** What the door knows of a request before its body is read. */
export interface KnownRequest {
  method: string;
  headers: Record<string, string | string[] | undefined>;
  /** Address on the network that it came from. */
  ip?: string;
  caller?: Caller;
}

const READING = ['GET', 'HEAD', 'OPTIONS'];

/** Sent by a page with what it asks by itself, so that an open page alone keeps nobody signed in. */
const BY_ITSELF = 'x-firstcall-by-itself';
/** A page of another site can have a browser send its cookie, but can't read this, and can't send it unasked. */
export const CHANGE_TOKEN = 'x-firstcall-token';

/** Finds out who is asking: a machine by its key, a person by the cookie of their session. */
@Injectable()
export class Recognition {
  constructor(
    @Inject(AccessService) private readonly keys: AccessService,
    @Inject(SessionsService) private readonly sessions: SessionsService,
    @Inject(RowLimits) private readonly limits: RowLimits,
  ) {}

  /**
   * Notes on the request who is asking.
   * @throws AppError `unauthenticated` without a key or session, or with one that is unknown or over; `forbidden` for a
   *   change that does not come from a page of ours
   */
  async identify(request: KnownRequest): Promise<Caller> {
    const { authorization } = request.headers;
    const known = authorization === undefined ? await this.#user(request) : await this.#key(authorization);
    if (!known) {
      throw new AppError('unauthenticated', 'Sign in, or send a key in force: Authorization: Bearer KEY.');
    }
    request.caller = { ...known, from: request.ip ?? null };
    return request.caller;
  }

  async #key(authorization: string | string[]): Promise<KeyCaller | null> {
    const secret =
      typeof authorization === 'string' ? /^Bearer +(\S+) *$/i.exec(authorization)?.[1] : undefined;
    return secret ? this.keys.authenticate(secret) : null;
  }

  async #user({ method, headers }: KnownRequest): Promise<UserCaller | null> {
    const secret = sessionSecretOf(headers['cookie']);
    if (!secret) return null;
    const found = await this.sessions.find(secret, headers[BY_ITSELF] === undefined);
    if (!found) return null;
    const isChange = !READING.includes(method);
    if (isChange && (isFromElsewhere(headers) || !isChangeToken(secret, headers[CHANGE_TOKEN]))) {
      throw new AppError('forbidden', 'A change must come from a page of this service.');
    }
    const { accountId: id, ...rest } = found;
    return {
      ...{ kind: 'user', id, ...rest, changeToken: changeTokenOf(secret) },
      ...(await this.limits.of(id, found)),
    };
  }
}

/** Browsers say where a request comes from (Fetch Metadata); an old one that says nothing has to send the token all the same. */
export function isFromElsewhere(headers: KnownRequest['headers']): boolean {
  const site = headers['sec-fetch-site'];
  return site !== undefined && site !== 'same-origin';
}
