import { Module, Controller, Get } from '@nestjs/common';
import { AccessService } from '../src/access/index.js';
import { Reader } from '../src/database/index.js';
import { startApp, type TestApp } from './support/app.js';
import { routesOf } from './support/routes.js';

const OPEN = [
  // Its body is signed, which stands in the place of a key.
  'POST /api/messages/receipts/:channel',
  'GET /health/live',
  'GET /health/ready',
  'GET /fhir/metadata',
  'POST /api/session',
  'GET /api/set-up/:token',
  'POST /api/set-up/:token',
];

describe('access', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app?.close());

  it('is declared by every route, and only these are open', () => {
    const routes = routesOf(app.nest);
    expect(routes.length).toBeGreaterThan(8);
    expect(routes.filter(({ access }) => access === undefined)).toEqual([]);
    const open = routes.filter(({ access }) => access === 'open').map(({ name }) => name);
    expect(open.sort()).toEqual([...OPEN].sort());
  });

  const cases = (scope: string, expected: Record<string, number>) =>
    Object.entries(expected).map(([what, status]) => [scope, what, status] as const);

  it.each([
    ...cases('none', {
      'GET /fhir/Task': 401,
      'GET /fhir/Patient/1': 401,
      'POST /fhir/Patient': 401,
      'DELETE /fhir/Task/1': 401,
    }),
    ...cases('feed', {
      'GET /fhir/Task': 403,
      'GET /fhir/Patient/1': 403,
      'POST /fhir/Task/_search': 403,
      'POST /fhir/Patient': 201,
    }),
    ...cases('read', {
      'GET /fhir/Task': 200,
      'GET /fhir/Patient/1': 404,
      'POST /fhir/Patient': 403,
      'PUT /fhir/Patient/1': 403,
    }),
    ...cases('read-contact', { 'GET /fhir/Task': 200, 'POST /fhir': 403, 'POST /fhir/Patient': 403 }),
    ...cases('admin', { 'GET /fhir/Task': 200, 'POST /fhir/Patient': 201 }),
  ])('of scope %s: %s is %i', async (scope, what, status) => {
    const [method, path] = what.split(' ') as [string, string];
    const body =
      method === 'GET' || method === 'DELETE' || path.endsWith('_search') ? undefined : patient(scope);
    const answer = await app.http<fhir4.OperationOutcome>(method, path, body, {
      key: scope === 'none' ? null : scope,
    });
    expect(answer.status).toBe(status);
    if (status >= 400) expect(answer.body.resourceType).toBe('OperationOutcome');
  });

  it.each([
    '',
    'Bearer',
    'Bearer ',
    'Basic YTpi',
    'Bearer fc_unknown',
    `Bearer ${'x'.repeat(5000)}`,
    'Bearer a b',
  ])('is refused to the header %j', async (authorization) => {
    const { status, headers } = await app.get('/fhir/Task', { key: null, headers: { authorization } });
    expect(status).toBe(401);
    expect(headers.get('www-authenticate')).toBe('Bearer');
  });

  it('is looked at before a body is read', async () => {
    const { status } = await app.http('POST', '/fhir', '{"broken', { key: 'fc_unknown' });
    expect(status).toBe(401);
  });

  it('ends when the key is revoked', async () => {
    const access = app.nest.get(AccessService);
    const { id, secret } = await access.createKey({ name: 'leaving', scope: 'read' });
    expect((await app.get('/fhir/Task', { key: secret })).status).toBe(200);
    expect(await access.revoke(id)).toBe(true);
    expect((await app.get('/fhir/Task', { key: secret })).status).toBe(401);
    expect(await access.revoke(id)).toBe(false);
  });

  it('ends within seconds when another instance revokes the key', async () => {
    const access = app.nest.get(AccessService);
    const { id, secret } = await access.createKey({ name: 'leaving too', scope: 'read' });
    expect((await app.get('/fhir/Task', { key: secret })).status).toBe(200);
    const elsewhere = await startApp({ database: app.database });
    try {
      await elsewhere.nest.get(AccessService).revoke(id);
    } finally {
      await elsewhere.close();
    }
    const deadline = performance.now() + 5_000;
    let status = 200;
    while (status === 200 && performance.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      status = (await app.get('/fhir/Task', { key: secret })).status;
    }
    expect(status).toBe(401);
  });

  it('keeps no secret, only its hash', async () => {
    const rows = await app.nest.get(Reader).query<Record<string, unknown>>('SELECT * FROM access_key');
    expect(rows.length).toBeGreaterThan(3);
    const stored = JSON.stringify(rows);
    for (const secret of Object.values(app.keys)) {
      expect(secret).toMatch(/^fc_[\w-]{43}$/);
      expect(stored).not.toContain(secret.slice(3));
    }
  });

  it('notes when a feed was heard', async () => {
    const keys = await app.nest.get(AccessService).list();
    expect(keys.find(({ scope }) => scope === 'feed')?.lastSeenAt?.toISOString()).toBe(
      '2026-03-02T02:00:00.000Z',
    );
  });
});

@Controller('forgotten')
class ForgottenController {
  @Get()
  secrets(): string {
    return 'secrets';
  }
}

@Module({ controllers: [ForgottenController] })
class ForgottenModule {}

it('a route that declares nothing is closed, even to admin', async () => {
  const app = await startApp({ modules: [ForgottenModule] });
  try {
    expect((await app.get('/forgotten')).status).toBe(403);
    expect((await app.get('/forgotten', { key: null })).status).toBe(401);
  } finally {
    await app.close();
  }
});

function patient(scope: string): fhir4.Patient {
  return { resourceType: 'Patient', identifier: [{ system: 'urn:mrn', value: `access-${scope}` }] };
}
