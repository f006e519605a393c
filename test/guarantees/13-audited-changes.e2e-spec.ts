import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AccessService } from '../../src/access/index.js';
import { AccountsService, type Role } from '../../src/accounts/index.js';
import { RuleSetRepository, RulesService } from '../../src/rules/index.js';
import { TerminologyService } from '../../src/terminology/index.js';
import { type AuditPage } from '../../src/workbench/audit.dto.js';
import { startApp, type TestApp } from '../support/app.js';
import { BrowserSession, PASSWORD, signedInAs } from '../support/browser-session.js';
import { CLASS_A_AND_SENSITIVE, type OwnRules, ownRules } from '../support/own-rules.js';

const failing = () => Promise.reject(new Error('disk full'));
const FILE = 'test-pack/test.yaml';

describe('guarantee 13: a change and the record of it are one', () => {
  let rules: OwnRules;
  let app: TestApp;
  let chief: BrowserSession;
  const trail = async (action: string) =>
    (await app.get<AuditPage>(`/api/audit?action=${encodeURIComponent(action)}`)).body.items;
  const editRules = () => {
    const path = join(rules.folder, FILE);
    writeFileSync(path, readFileSync(path, 'utf8').replace('zh: 血钾高', 'zh: 血钾很高'));
  };
  beforeAll(async () => {
    rules = ownRules(CLASS_A_AND_SENSITIVE, FILE);
    app = await startApp({ env: { RULES_DIR: rules.folder } });
    chief = await signedInAs(app, 'chief', 'administrator', 'rule-reviewer');
  });
  afterAll(async () => {
    await app?.close();
    rules?.remove();
  });

  it('a key is not made or revoked where that can’t be recorded', async () => {
    const access = app.nest.get(AccessService);
    const before = await access.list();
    await expect(access.createKey({ name: 'new', scope: 'read' }, failing)).rejects.toThrow('disk full');
    expect(await access.list()).toEqual(before);
    await expect(access.revoke(before[0]!.id, failing)).rejects.toThrow('disk full');
    expect(await access.list()).toEqual(before);
  });

  it('a code is not mapped where that can’t be recorded', async () => {
    const terms = app.nest.get(TerminologyService);
    await expect(terms.add('code', 'urn:lis|HB9', 'hb', failing)).rejects.toThrow('disk full');
    expect(await terms.mappings()).toEqual([]);
  });

  it('other rules do not come into force where that can’t be recorded', async () => {
    const service = app.nest.get(RulesService);
    const before = [service.current.version, (await app.nest.get(RuleSetRepository).lastChange())?.version];
    editRules();
    const request = { cause: 'request' as const, actor: 'user:x', witness: failing };
    await expect(service.reload(request)).rejects.toThrow('disk full');
    const after = [service.current.version, (await app.nest.get(RuleSetRepository).lastChange())?.version];
    expect(after).toEqual(before);
  });

  it('what was done by administrators and doctors is told once each, with what it was done to', async () => {
    const made = await chief.post<{ id: string }>('/api/keys', { name: 'lis', scope: 'feed' });
    await chief.post(`/api/keys/${made.body.id}/revoke`);
    expect(await trail('key made')).toMatchObject([{ subject: `key/${made.body.id}`, detail: 'feed' }]);
    expect(await trail('key revoked')).toMatchObject([{ subject: `key/${made.body.id}` }]);
    expect((await chief.post('/api/keys/none/revoke')).status).toBe(404);
    expect(await trail('key revoked')).toHaveLength(1);
    await chief.post('/api/terms', { kind: 'code', source: 'urn:lis|HB9', target: 'hb' });
    expect(await trail('term mapped')).toMatchObject([
      { subject: expect.stringMatching(/^term\//) as string, detail: 'code → hb' },
    ]);
    const { body, text } = await chief.post<{ version: string }>('/api/rules/reload');
    expect(text).toContain(app.nest.get(RulesService).current.version);
    await chief.post('/api/rules/reload');
    const reloads = await trail('reload rules');
    expect(reloads.map(({ detail }) => detail)).toEqual(Array(2).fill(`in force ${body.version}`));
  });

  describe('what somebody may do', () => {
    let id: string;
    let nurse: BrowserSession;
    const post = (roles: Role[], more: object = {}) =>
      chief.http('PUT', `/api/users/${id}/post`, { roles, seesSensitive: false, ...more });
    beforeAll(async () => {
      const accounts = app.nest.get(AccountsService);
      ({ id } = await accounts.create({ login: 'zhang', roles: ['nurse'], password: PASSWORD }));
      nurse = new BrowserSession(app);
      await nurse.signIn('zhang');
    });

    it('becomes more without a new sign-in, and less with one', async () => {
      expect((await nurse.get('/api/level-moves?since=2026-03-01&until=2026-03-02')).status).toBe(403);
      expect((await post(['nurse', 'head-nurse'])).status).toBe(204);
      expect((await nurse.get('/api/level-moves?since=2026-03-01&until=2026-03-02')).status).toBe(200);
      expect((await post(['head-nurse'])).status).toBe(204);
      expect((await nurse.get('/api/me')).status).toBe(401);
    });

    it.each([
      ['the confidential results', { seesSensitive: true }, {}],
      ['other centres', {}, { centre: 'urn:hospital:centre|W' }],
    ])('signs out when %s are taken away', async (_, before, after) => {
      expect((await post(['head-nurse'], before)).status).toBe(204);
      await nurse.signIn('zhang');
      expect((await post(['head-nurse'], before)).status).toBe(204);
      expect((await nurse.get('/api/me')).status).toBe(200);
      expect((await post(['head-nurse'], after)).status).toBe(204);
      expect((await nurse.get('/api/me')).status).toBe(401);
    });

    it('is recorded with what it was, or not changed', async () => {
      const [, shrunk] = (await trail('account post set')).reverse();
      expect(shrunk).toMatchObject({
        subject: `account/${id}`,
        detail: 'nurse head-nurse -> head-nurse',
        actorName: 'chief',
      });
      const accounts = app.nest.get(AccountsService);
      const before = await accounts.list();
      const wanted = { roles: ['manager'] as Role[], seesSensitive: true, centre: null };
      await expect(accounts.setPost(id, wanted, failing)).rejects.toThrow('disk full');
      expect(await accounts.list()).toEqual(before);
    });

    it('is nothing that an administrator takes from themselves, or that nobody has', async () => {
      const { body } = await chief.get<{ id: string }>('/api/me');
      const own = await chief.http('PUT', `/api/users/${body.id}/post`, {
        roles: ['nurse'],
        seesSensitive: false,
      });
      expect(own.status).toBe(409);
      expect((await post([])).status).toBe(400);
      const nobody = await chief.http('PUT', '/api/users/none/post', {
        roles: ['nurse'],
        seesSensitive: false,
      });
      expect(nobody.status).toBe(404);
      expect((await nurse.http('PUT', `/api/users/${id}/post`, {})).status).toBe(401);
    });
  });
});
