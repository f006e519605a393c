import { type AccountShown } from '../../src/accounts/index.js';
import { startApp, type TestApp } from '../support/app.js';
import { BrowserSession } from '../support/browser-session.js';
import { firstcall, lastLine } from '../support/command-line.js';
import { type FreshDatabase, freshDatabase } from '../support/database.js';

let database: FreshDatabase;
let app: TestApp;
const before = process.env.DATABASE_URL;
beforeAll(async () => {
  database = await freshDatabase();
  process.env.DATABASE_URL = database.database.url;
  app = await startApp({ database, now: new Date().toISOString() });
});
afterAll(async () => {
  await app?.close();
  process.env.DATABASE_URL = before;
  await database.drop();
});

const add = (...words: string[]) => firstcall('users', 'add', '--name', 'wang', ...words);
const list = async () => lastLine<AccountShown[]>(await firstcall('users', 'list', '--json'));

describe('firstcall users', () => {
  it('prints a link alone, with which somebody chooses a password on the running service', async () => {
    const { code, out, err } = await add(
      '--full-name',
      '王秀兰',
      '--role',
      'nurse',
      '--address',
      'https://fc.cn/',
    );
    expect([code, err]).toEqual([0, '']);
    const link = /^https:\/\/fc\.cn\/set-up\/([\w-]{43})\n$/.exec(out)?.[1];
    const { status, body } = await new BrowserSession(app).setUp(link!);
    expect([status, body.name]).toEqual([200, '王秀兰']);
    expect(await list()).toMatchObject([{ login: 'wang', roles: ['nurse'], hasPassword: true }]);
  });

  it('gives somebody who forgot it another, and puts somebody out who leaves', async () => {
    const link = (await firstcall('users', 'link', 'WANG')).out.trim().split('/').at(-1)!;
    const wang = new BrowserSession(app);
    expect((await wang.setUp(link, 'another good password')).status).toBe(200);
    expect((await firstcall('users', 'disable', 'wang')).code).toBe(0);
    expect((await wang.get('/api/me')).status).toBe(401);
    expect((await firstcall('users', 'list')).out).toContain('disabled');
    expect((await firstcall('users', 'enable', 'wang')).code).toBe(0);
    expect((await wang.signIn('wang', 'another good password')).status).toBe(200);
  });

  it.each([
    ['a name that is taken', ['--role', 'nurse'], 'has this sign-in name'],
    ['no role', [], "required option '--role"],
    ['a role that there is none of', ['--role', 'king'], 'one of nurse, head-nurse'],
  ])('refuses %s, and makes nothing', async (_what, words, expected) => {
    const { code, out, err } = await add(...words);
    expect([code === 0, out]).toEqual([false, '']);
    expect(err).toContain(expected);
    expect(await list()).toHaveLength(1);
  });

  it('says of a name that nobody has it', async () => {
    expect(await firstcall('users', 'disable', 'nobody')).toMatchObject({
      code: 1,
      err: 'nobody signs in as nobody\n',
    });
  });
});
