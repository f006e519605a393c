import { AccountsService, type Role } from '../../src/accounts/index.js';
import { codeAt } from '../../src/accounts/domain/one-time-code.js';
import { type SecondFactorShown, type SessionShown } from '../../src/workbench/session.dto.js';
import { type HttpAnswer, type HttpOptions, type TestApp } from './app.js';

export const PASSWORD = 'correct horse battery';
const JSON_TYPE = { 'content-type': 'application/json' };

/** Somebody at a browser: keeps the cookie it is given, and sends the page's token with what it changes. */
export class BrowserSession {
  cookie: string | null = null;
  token: string | null = null;
  /** Once one-time codes are set up. */
  codeSecret: string | null = null;

  constructor(private readonly app: TestApp) {}

  async http<T = unknown>(method: string, path: string, body?: unknown, options: HttpOptions = {}) {
    const headers: Record<string, string> = {
      ...(body !== undefined && JSON_TYPE),
      ...(this.cookie !== null && { cookie: this.cookie }),
      ...(this.token !== null && method !== 'GET' && { 'x-firstcall-token': this.token }),
      ...options.headers,
    };
    const answer = await this.app.http<T>(method, path, body, { key: null, ...options, headers });
    const set = answer.headers.get('set-cookie');
    if (set !== null) this.cookie = /^[^=]+=;/.test(set) ? null : set.split(';')[0]!;
    return answer;
  }

  get<T = unknown>(path: string): Promise<HttpAnswer<T>> {
    return this.http<T>('GET', path);
  }

  post<T = unknown>(path: string, body: unknown = {}): Promise<HttpAnswer<T>> {
    return this.http<T>('POST', path, body);
  }

  async signIn(login: string, password = PASSWORD): Promise<HttpAnswer<SessionShown>> {
    const code = this.codeSecret === null ? {} : { code: codeAt(this.codeSecret, this.app.clock.now()) };
    return this.#entered(await this.post<SessionShown>('/api/session', { login, password, ...code }));
  }

  async setUp(link: string, password = PASSWORD): Promise<HttpAnswer<SessionShown>> {
    return this.#entered(await this.post<SessionShown>(`/api/set-up/${link}`, { password }));
  }

  async setUpCodes(): Promise<HttpAnswer<SessionShown>> {
    const { body } = await this.post<SecondFactorShown>('/api/me/second-factor');
    this.codeSecret = body.secret;
    const code = codeAt(body.secret, this.app.clock.now());
    return this.post<SessionShown>('/api/me/second-factor/confirm', { code });
  }

  #entered(answer: HttpAnswer<SessionShown>): HttpAnswer<SessionShown> {
    if (answer.status === 200) this.token = answer.body.token;
    return answer;
  }
}

/** Makes an account of these roles and signs in by it, with one-time codes where the roles ask for them. */
export async function signedInAs(app: TestApp, login: string, ...roles: Role[]): Promise<BrowserSession> {
  await app.nest.get(AccountsService).create({ login, roles, password: PASSWORD });
  const session = new BrowserSession(app);
  const { status, body, text } = await session.signIn(login);
  if (status !== 200) throw new Error(`could not sign in: ${status} ${text}`);
  if (body.isPending) await session.setUpCodes();
  return session;
}
