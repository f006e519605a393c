import { AccountsService } from '../../src/accounts/index.js';
import { Reader } from '../../src/database/index.js';
import { type OwnSessionList } from '../../src/workbench/own-account.dto.js';
import { type SessionShown } from '../../src/workbench/session.dto.js';
import { type LinkMade, type UserList } from '../../src/workbench/users.dto.js';
import { startApp, type TestApp } from '../support/app.js';
import { BrowserSession, PASSWORD, signedInAs } from '../support/browser-session.js';

interface Problem {
  title: string;
  detail: string;
  errors: { path?: string }[];
}

describe('an account', () => {
  let app: TestApp;
  let accounts: AccountsService;
  beforeAll(async () => {
    app = await startApp();
    accounts = app.nest.get(AccountsService);
  });
  afterAll(() => app?.close());

  const browser = () => new BrowserSession(app);
  const actions = async (actor: string): Promise<string[]> => {
    const sql = 'SELECT action FROM audit_event WHERE actor = ? ORDER BY at, id';
    return (await app.nest.get(Reader).query<{ action: string }>(sql, [actor])).map(({ action }) => action);
  };

  it('changes its own password by the present one, and is signed out everywhere else', async () => {
    await accounts.create({ login: 'zhao', roles: ['nurse'], password: PASSWORD });
    const [here, there] = [browser(), browser()];
    await here.signIn('zhao');
    await there.signIn('zhao');
    const change = (present: string, password: string) =>
      here.post<Problem>('/api/me/password', { present, password });
    const weak = await change(PASSWORD, 'zhao zhao zhao');
    expect([weak.status, weak.body.errors[0]?.path]).toEqual([400, 'password']);
    const wrong = await change('not this one', 'a better battery');
    expect([wrong.status, wrong.body.errors[0]?.path]).toEqual([400, 'present']);
    expect((await change(PASSWORD, 'a better battery')).status).toBe(204);
    expect((await here.get('/api/me')).status).toBe(200);
    expect((await there.get('/api/me')).status).toBe(401);
    expect((await browser().signIn('zhao')).status).toBe(401);
    const { body } = await browser().signIn('zhao', 'a better battery');
    expect(await actions(`user:${body.id}`)).toEqual(
      expect.arrayContaining(['password refused', 'password changed']),
    );
    for (let i = 0; i < 5; i++) await change('not this one', 'yet another battery');
    const blocked = await change('a better battery', 'yet another battery');
    expect([blocked.status, blocked.headers.get('retry-after')]).toEqual([429, '30']);
  });

  it('sees where it is signed in, and ends its own sessions alone', async () => {
    const [zhou, wu] = [await signedInAs(app, 'zhou', 'nurse'), await signedInAs(app, 'wu', 'nurse')];
    const elsewhere = browser();
    await elsewhere.signIn('zhou');
    const { items } = (await zhou.get<OwnSessionList>('/api/me/sessions')).body;
    expect(items.map(({ isThis }) => isThis).sort()).toEqual([false, true]);
    const other = items.find(({ isThis }) => !isThis)!;
    expect((await wu.http('DELETE', `/api/me/sessions/${other.id}`)).status).toBe(404);
    expect((await elsewhere.get('/api/me')).status).toBe(200);
    expect((await zhou.http('DELETE', `/api/me/sessions/${other.id}`)).status).toBe(204);
    expect((await elsewhere.get('/api/me')).status).toBe(401);
    expect((await zhou.http('DELETE', `/api/me/sessions/${other.id}`)).status).toBe(404);
  });

  it('begins with a link, by which its person chooses a password, once', async () => {
    const { link } = await accounts.create({ login: 'Wang', name: '王秀兰', roles: ['nurse'] });
    const one = browser();
    expect((await one.get(`/api/set-up/${link!}`)).body).toEqual({ login: 'wang', name: '王秀兰' });
    expect((await browser().signIn('wang')).status).toBe(401);
    const weak = await one.post<Problem>(`/api/set-up/${link!}`, { password: '1234567890' });
    expect([weak.status, weak.body.errors[0]?.path]).toEqual([400, 'password']);
    const entered = await one.setUp(link!);
    expect(entered.body).toMatchObject({ name: '王秀兰', roles: ['nurse'], isPending: false });
    expect((await one.get<SessionShown>('/api/me')).body.may).toContain('read-queue');
    expect((await browser().setUp(link!)).status).toBe(404);
    expect((await browser().get(`/api/set-up/${link!}`)).status).toBe(404);
    expect((await browser().signIn(' WANG ')).status).toBe(200);
  });

  it('has a cookie that no script reads, that no other site has sent, and over TLS alone where there is TLS', async () => {
    await accounts.create({ login: 'cookie', roles: ['nurse'], password: PASSWORD });
    const body = { login: 'cookie', password: PASSWORD };
    const plain = await browser().post('/api/session', body);
    expect(plain.headers.get('set-cookie')).toMatch(
      /^firstcall=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/,
    );
    const headers = { 'x-forwarded-proto': 'https' };
    const secure = await browser().http('POST', '/api/session', body, { headers });
    expect(secure.headers.get('set-cookie')).toMatch(
      /^__Host-firstcall=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    );
  });

  it('changes nothing by a request that does not come from its own page', async () => {
    const nurse = await signedInAs(app, 'careful', 'nurse');
    const headers = { cookie: nurse.cookie! };
    const signOut = (extra: Record<string, string>) =>
      app.http('DELETE', '/api/session', undefined, { key: null, headers: { ...headers, ...extra } });
    expect((await signOut({})).status).toBe(403);
    expect((await signOut({ 'x-firstcall-token': 'x'.repeat(43) })).status).toBe(403);
    const token = { 'x-firstcall-token': nurse.token! };
    expect((await signOut({ ...token, 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await nurse.get('/api/me')).status).toBe(200);
    const elsewhere = { headers: { 'sec-fetch-site': 'same-site' } };
    const credentials = { login: 'careful', password: PASSWORD };
    expect((await browser().http('POST', '/api/session', credentials, elsewhere)).status).toBe(403);
    expect((await signOut({ ...token, 'sec-fetch-site': 'same-origin' })).status).toBe(204);
    expect((await nurse.get('/api/me')).status).toBe(401);
  });

  it('ends its session after half an hour of nobody, and after twelve hours in any case', async () => {
    const nurse = await signedInAs(app, 'tired', 'nurse');
    const me = async (headers: Record<string, string> = {}) =>
      (await nurse.http('GET', '/api/me', undefined, { headers })).status;
    app.clock.advance({ ms: 29 * 60_000 });
    expect(await me()).toBe(200);
    app.clock.advance({ ms: 29 * 60_000 });
    expect(await me({ 'x-firstcall-by-itself': '1' })).toBe(200);
    app.clock.advance({ ms: 60_000 });
    // What the page asked by itself did not count.
    expect(await me()).toBe(401);
    await nurse.signIn('tired');
    for (let half = 0; half < 47; half++) {
      app.clock.advance({ ms: 15 * 60_000 });
      expect(await me()).toBe(200);
    }
    app.clock.advance({ ms: 15 * 60_000 });
    expect(await me()).toBe(401);
  });

  it('waits longer and longer after wrong passwords, and says no more of a name that exists than of one that does not', async () => {
    await accounts.create({ login: 'guessed', roles: ['nurse'], password: PASSWORD });
    const told = async (login: string) => {
      const answers = [];
      for (let i = 0; i < 7; i++) answers.push(await browser().signIn(login, 'wrong password'));
      return answers.map(({ status, text, headers }) => [status, text, headers.get('retry-after')]);
    };
    const known = await told('guessed');
    expect(known.map(([status]) => status)).toEqual([401, 401, 401, 401, 401, 429, 429]);
    expect(known[5]![2]).toBe('30');
    expect(await told('nobody-at-all')).toEqual(known);
    expect((await browser().signIn('guessed')).status).toBe(429);
    app.clock.advance({ ms: 30_000 });
    expect((await browser().signIn('guessed')).status).toBe(200);
    expect((await browser().signIn('guessed', 'wrong password')).status).toBe(401);
  });

  it('counts attempts that are made at the same time', async () => {
    await accounts.create({ login: 'crowd', roles: ['nurse'], password: PASSWORD });
    const tries = Array.from({ length: 12 }, () => browser().signIn('crowd', 'wrong password'));
    const statuses = (await Promise.all(tries)).map(({ status }) => status).sort();
    expect(statuses).toEqual([...Array<number>(5).fill(401), ...Array<number>(7).fill(429)]);
  });

  it('of an administrator may do nothing before one-time codes are set up, and asks for one ever after', async () => {
    await accounts.create({ login: 'root', roles: ['administrator'], password: PASSWORD });
    const admin = browser();
    expect((await admin.signIn('root')).body).toMatchObject({ isPending: true, may: ['own-session'] });
    expect((await admin.get<Problem>('/api/users')).body.errors[0]?.path).toBe('second-factor');
    await admin.post('/api/me/second-factor');
    const wrong = await admin.post('/api/me/second-factor/confirm', { code: '000000' });
    expect(wrong.status).toBe(400);
    expect((await admin.setUpCodes()).body).toMatchObject({ isPending: false });
    expect((await admin.get('/api/users')).status).toBe(200);
    expect((await admin.post('/api/me/second-factor')).status).toBe(409);
    const without = await browser().signIn('root');
    expect([without.status, (without.body as unknown as Problem).errors[0]?.path]).toEqual([401, 'code']);
    // The code of this half minute was used to set them up.
    expect((await admin.signIn('root')).status).toBe(401);
    app.clock.advance({ ms: 30_000 });
    expect((await admin.signIn('root')).status).toBe(200);
  });

  it('is made, given a new link, and disabled by an administrator', async () => {
    const admin = await signedInAs(app, 'boss', 'administrator');
    const made = await admin.post<LinkMade>('/api/users', {
      login: 'li',
      name: '李敏',
      roles: ['head-nurse'],
    });
    expect(made.status).toBe(201);
    expect((await admin.post('/api/users', { login: 'LI', roles: ['nurse'] })).status).toBe(409);
    expect((await admin.post('/api/users', { login: 'x', roles: ['king'] })).status).toBe(400);
    const li = browser();
    const again = await admin.post<LinkMade>(`/api/users/${made.body.id}/link`);
    expect((await li.setUp(made.body.link.split('/').at(-1)!)).status).toBe(404);
    expect((await li.setUp(again.body.link.split('/').at(-1)!)).status).toBe(200);
    const { body } = await admin.get<UserList>('/api/users');
    expect(body.items.find(({ login }) => login === 'li')).toMatchObject({ name: '李敏', hasPassword: true });
    const disabled = (isDisabled: boolean) =>
      admin.post(`/api/users/${made.body.id}/disabled`, { isDisabled });
    expect((await disabled(true)).status).toBe(204);
    expect((await li.get('/api/me')).status).toBe(401);
    expect((await li.signIn('li')).status).toBe(401);
    expect((await disabled(false)).status).toBe(204);
    expect((await li.signIn('li')).status).toBe(200);
    expect((await admin.post('/api/users/nobody/disabled', { isDisabled: true })).status).toBe(404);
  });

  it('leaves a trail: who signed in, who looked, and what was refused', async () => {
    const nurse = await signedInAs(app, 'seen', 'nurse');
    const { body } = await nurse.get<SessionShown>('/api/me');
    await nurse.get('/api/queue');
    await nurse.http('DELETE', '/api/session');
    expect(await actions(`user:${body.id}`)).toEqual(['sign-in', 'read queue', 'sign-out']);
    await browser().signIn('seen', 'wrong password');
    expect(await actions('nobody')).toEqual(
      expect.arrayContaining([
        'sign-in refused',
        'sign-in blocked',
        'sign-in without code',
        'set-up refused',
      ]),
    );
  });

  it('is stored without password, link, cookie or secret of codes, and no attempt with the name that was typed', async () => {
    const { link } = await accounts.create({ login: 'hidden', roles: ['administrator'] });
    const admin = browser();
    await admin.setUp(link!);
    await admin.setUpCodes();
    await browser().signIn('typed-by-mistake', 'wrong password');
    const tables = ['account', 'account_session', 'set_up_link', 'sign_in_attempt', 'audit_event'];
    const rows = await Promise.all(tables.map((name) => app.nest.get(Reader).query(`SELECT * FROM ${name}`)));
    const stored = JSON.stringify(rows);
    expect(stored).toContain('$argon2id$v=19$m=19456,t=2,p=1$');
    for (const secret of [
      PASSWORD,
      link!,
      admin.cookie!.split('=')[1]!,
      admin.codeSecret!,
      'typed-by-mistake',
    ]) {
      expect(stored).not.toContain(secret);
    }
  });

  it.each([
    ['without length', { 'transfer-encoding': 'chunked' }],
    ['packed', { 'content-encoding': 'gzip' }],
  ])('reads no body of somebody unknown that comes %s', async (_what, headers) => {
    const body = JSON.stringify({ login: 'x', password: 'y' });
    const stream = new Blob([body]).stream();
    const answer = await fetch(`${app.base}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...('content-encoding' in headers ? headers : {}) },
      body: 'content-encoding' in headers ? body : stream,
      duplex: 'half',
    });
    expect(answer.status).toBe(413);
  });

  it('reads no long body of somebody unknown', async () => {
    const answer = await browser().post('/api/session', { login: 'x', password: 'y'.repeat(5000) });
    expect(answer.status).toBe(413);
  });
});
