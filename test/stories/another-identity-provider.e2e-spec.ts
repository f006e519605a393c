import { Body, Controller, HttpCode, Inject, Injectable, Module, Post, Req, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { Open } from '../../src/access/index.js';
import { type IdentityProvider, type Proven, SignInService } from '../../src/accounts/index.js';
import { AccountEntity } from '../../src/accounts/account.entity.js';
import { AccountsService } from '../../src/accounts/index.js';
import { codeAt } from '../../src/accounts/domain/one-time-code.js';
import { Reader } from '../../src/database/index.js';
import { WorkbenchModule } from '../../src/workbench/index.js';
import { type SessionShown } from '../../src/workbench/session.dto.js';
import { SessionAnswers } from '../../src/workbench/session-answers.js';
import { startApp, type TestApp } from '../support/app.js';
import { BrowserSession, PASSWORD } from '../support/browser-session.js';

/** A hospital's own sign-on, as it would vouch for somebody: by a subject, signed. */
interface Assertion {
  subject: string;
  isSigned: boolean;
  code?: string;
}
/** Whose account a subject is: what an adapter would keep in a table. */
const ACCOUNTS = new Map([
  ['staff-4471', 'wang'],
  ['staff-0001', 'admin'],
  ['staff-0099', 'gone'],
]);

@Injectable()
class HospitalSignOn implements IdentityProvider<Assertion> {
  constructor(@Inject(Reader) private readonly reader: Reader) {}

  attemptedAs({ subject }: Assertion): string {
    return `hospital ${subject}`;
  }

  async prove({ subject, isSigned }: Assertion): Promise<Proven> {
    const login = ACCOUNTS.get(subject);
    const account =
      login === undefined ? null : await this.reader.manager.findOneBy(AccountEntity, { login });
    return { account, isProven: isSigned };
  }
}

@Controller('api/hospital-session')
class HospitalController {
  constructor(
    @Inject(HospitalSignOn) private readonly hospital: HospitalSignOn,
    @Inject(SignInService) private readonly signing: SignInService,
    @Inject(SessionAnswers) private readonly answers: SessionAnswers,
  ) {}

  @Open()
  @RouteConfig({ openBodyBytes: 4096 })
  @Post()
  @HttpCode(200)
  async signIn(
    @Body() body: Assertion,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionShown> {
    const entered = this.answers.entered(request, 'sign-in');
    return this.answers.answer(
      await this.signing.signIn(this.hospital, body, body.code, entered),
      request,
      reply,
    );
  }
}

@Module({ imports: [WorkbenchModule], controllers: [HospitalController], providers: [HospitalSignOn] })
class HospitalModule {}

describe('a second identity provider beside the password', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp({ modules: [HospitalModule] });
    const accounts = app.nest.get(AccountsService);
    await accounts.create({
      login: 'wang',
      name: '王秀兰',
      roles: ['nurse'],
      centre: 'W',
      password: PASSWORD,
    });
    await accounts.create({ login: 'admin', roles: ['administrator'] });
    const { id } = await accounts.create({ login: 'gone', roles: ['nurse'] });
    await accounts.setDisabled(id, true);
  });
  afterAll(() => app?.close());

  const asserted = async (assertion: Assertion, session = new BrowserSession(app)) => {
    const answer = await session.post<SessionShown>('/api/hospital-session', assertion);
    if (answer.status === 200) session.token = answer.body.token;
    return { session, ...answer };
  };
  const trail = async (): Promise<string[]> =>
    (
      await app.nest.get(Reader).query<{ action: string }>('SELECT action FROM audit_event ORDER BY at, id')
    ).map(({ action }) => action);

  it('begins the same session: roles, rows, the token of changes, signing out', async () => {
    const byPassword = new BrowserSession(app);
    const { body: other } = await byPassword.signIn('wang');
    const { session, status, body } = await asserted({ subject: 'staff-4471', isSigned: true });
    expect([status, body]).toEqual([200, { ...other, token: body.token, until: body.until }]);
    expect(session.cookie).toMatch(/^firstcall/);
    expect((await session.get('/api/queue')).status).toBe(200);
    expect((await session.get('/api/users')).status).toBe(403);
    const { token } = session;
    session.token = null;
    expect((await session.http('DELETE', '/api/session')).status).toBe(403);
    session.token = token;
    expect((await session.http('DELETE', '/api/session')).status).toBe(204);
    expect((await session.get('/api/me')).status).toBe(401);
    expect((await byPassword.get('/api/me')).status).toBe(200);
  });

  it('asks for one-time codes where the roles do', async () => {
    const { session, body } = await asserted({ subject: 'staff-0001', isSigned: true });
    expect(body.isPending).toBe(true);
    expect((await session.get('/api/users')).status).toBe(403);
    await session.setUpCodes();
    expect((await session.get('/api/users')).status).toBe(200);
    const again = await asserted({ subject: 'staff-0001', isSigned: true });
    expect([again.status, again.text]).toEqual([401, expect.stringContaining('one-time code')]);
    app.clock.advance({ seconds: 30 });
    const code = codeAt(session.codeSecret!, app.clock.now());
    expect((await asserted({ subject: 'staff-0001', isSigned: true, code })).status).toBe(200);
  });

  it('lets nobody in who is not proven, not known, or locked out; the trail has each, as with a password', async () => {
    const before = (await trail()).length;
    for (const assertion of [
      { subject: 'staff-4471', isSigned: false },
      { subject: 'staff-7777', isSigned: true },
      { subject: 'staff-0099', isSigned: true },
    ])
      expect((await asserted(assertion)).status).toBe(401);
    expect((await trail()).slice(before)).toEqual(Array.from({ length: 3 }, () => 'sign-in refused'));
  });

  it('counts wrong attempts under its own name: a wait there keeps nobody from the password', async () => {
    for (let i = 0; i < 5; i++) await asserted({ subject: 'staff-4471', isSigned: false });
    const blocked = await asserted({ subject: 'staff-4471', isSigned: true });
    expect([blocked.status, blocked.headers.get('retry-after')]).toEqual([429, '30']);
    expect((await new BrowserSession(app).signIn('wang')).status).toBe(200);
    app.clock.advance({ seconds: 31 });
    expect((await asserted({ subject: 'staff-4471', isSigned: true })).status).toBe(200);
  });
});
