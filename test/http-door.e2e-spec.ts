import { request } from 'node:http';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { LARGEST_BODY_BYTES } from '../src/server/json-body.js';
import { startApp, type TestApp } from './support/app.js';

type Outcome = fhir4.OperationOutcome;

const PATIENT = { resourceType: 'Patient', identifier: [{ system: 'urn:mrn', value: 'door-1' }] };
const TEXT = JSON.stringify(PATIENT);

const NESTED = `{"resourceType":"Patient"${',"extension":[{"url":"urn:x"'.repeat(40)}${'}]'.repeat(40)}}`;

describe('the HTTP door', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app?.close());

  const post = (body: string | Uint8Array, headers: Record<string, string> = {}) =>
    app.post<Outcome>('/fhir/Patient', body, { headers });

  it.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
  ])('takes a body packed by %s', async (encoding, pack) => {
    const { status, text } = await post(pack(TEXT), { 'content-encoding': encoding });
    expect([200, 201]).toContain(status);
    expect(text).not.toContain('OperationOutcome');
  });

  it('takes a byte order mark and full-width spaces', async () => {
    const { status } = await post(`\uFEFF${JSON.stringify({ ...PATIENT, name: [{ text: '张\u3000三' }] })}`);
    expect(status).toBe(200);
  });

  it.each([
    ['cut short', '{"resourceType":"Patient"', {}, 400, 'line 1, column 26'],
    ['with a fault on its third line', '{\n"resourceType":\n"Patient" 1}', {}, 400, 'line 3, column 11'],
    ['that is no gzip', TEXT, { 'content-encoding': 'gzip' }, 400, 'does not unpack as gzip'],
    ['in an unknown packing', TEXT, { 'content-encoding': 'zstd' }, 415, 'Content-Encoding'],
    ['in GB18030', Buffer.from([0x7b, 0x22, 0xd5, 0xc5, 0x22, 0x7d]), {}, 400, 'UTF-8'],
    ['of XML', '<Patient/>', { 'content-type': 'application/fhir+xml' }, 415, 'application/fhir+json'],
    ['nested too deeply', NESTED, {}, 400, '64'],
  ])('refuses a body %s and says where', async (_what, body, headers, status, words) => {
    const answer = await post(body, headers);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toContain('application/fhir+json');
    expect(answer.body.resourceType).toBe('OperationOutcome');
    expect(answer.body.issue[0]?.diagnostics).toContain(words);
  });

  it.each([
    ['/fhir/Observation', 'application/fhir+json', '_search'],
    ['/api/queue', 'application/problem+json', 'too long'],
  ])('says of %s that its address is too long, in its own form', async (path, type, words) => {
    const answer = await app.get<Outcome & { detail?: string }>(`${path}?code=${'1'.repeat(40_000)}`, {
      key: 'read',
    });
    expect(answer.status).toBe(431);
    expect(answer.headers.get('content-type')).toContain(type);
    expect(answer.body.issue?.[0]?.diagnostics ?? answer.body.detail).toContain(words);
    expect(answer.text).not.toContain('1111');
  });

  it.each(['application/fhir+json', 'application/json', 'text/plain'])(
    'refuses a search whose body is %s, and says what it wants',
    async (type) => {
      const { status, body } = await app.http<Outcome>(
        'POST',
        '/fhir/Observation/_search',
        JSON.stringify({ patient: 'somebody' }),
        { key: 'read', headers: { 'content-type': type } },
      );
      expect([status, body.resourceType]).toEqual([415, 'OperationOutcome']);
      expect(body.issue[0]?.diagnostics).toContain('application/x-www-form-urlencoded');
    },
  );

  it('repeats nothing of a body that it could not read', async () => {
    const { text } = await post('{"name":"张三" "phone":"13800004471"}');
    expect(text).not.toMatch(/张三|1380000/);
  });

  it('refuses what unpacks to more than it holds, without unpacking all of it', async () => {
    const bomb = gzipSync(Buffer.alloc(LARGEST_BODY_BYTES + 1, 0x20));
    expect(bomb.length).toBeLessThan(200_000);
    const { status, body } = await post(bomb, { 'content-encoding': 'gzip' });
    expect(status).toBe(413);
    expect(body.resourceType).toBe('OperationOutcome');
  });

  it.each(['DELETE', 'PATCH'])('%s is not done', async (method) => {
    for (const path of ['/fhir', '/fhir/Observation/1', '/fhir/Observation?_id=1']) {
      const { status, body } = await app.http<Outcome>(method, path);
      expect([path, status, body.resourceType]).toEqual([path, 405, 'OperationOutcome']);
    }
  });

  it('knows no type that R4 does not have', async () => {
    const read = await app.get<Outcome>('/fhir/Nope');
    expect([read.status, read.body.resourceType]).toEqual([404, 'OperationOutcome']);
    const posted = await app.post<Outcome>('/fhir/Nope', { resourceType: 'Nope' });
    expect(posted.status).toBeGreaterThanOrEqual(400);
    expect(posted.status).toBeLessThan(500);
  });

  it('answers an unknown address with a problem, not with a page', async () => {
    const { status, headers, body } = await app.get<{ status: number }>('/nothing/here?phone=13800004471');
    expect(status).toBe(404);
    expect(headers.get('content-type')).toContain('application/problem+json');
    expect(body).toMatchObject({ status: 404, title: 'not-found' });
    expect(JSON.stringify(body)).not.toContain('1380000');
  });

  it.each([
    '/fhir/Patient/%',
    '/fhir/Patient/%00',
    `/fhir/Patient/${'x'.repeat(300)}`,
    '/fhir/../etc/passwd',
  ])('answers the strange address %s in the 400s', async (path) => {
    const { status } = await app.get(path);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
  });

  it('says that it lives, that it is ready, what it does and how it fares, to anyone', async () => {
    expect((await app.get('/health/live', { key: null })).status).toBe(200);
    const ready = await app.get('/health/ready', { key: null });
    expect(ready.status).toBe(200);
    expect(ready.body).toMatchObject({ checks: { database: null } });
    const metadata = await app.get<fhir4.CapabilityStatement>('/fhir/metadata', { key: null });
    expect(metadata.body).toMatchObject({ resourceType: 'CapabilityStatement', fhirVersion: '4.0.1' });
    expect(metadata.body.implementation?.url).toBe(`${app.base}/fhir`);
    expect((await app.get('/api/docs', { key: null })).status).toBe(200);
    expect((await app.get('/api/docs-json', { key: null })).body).toHaveProperty('openapi');
  });

  it('lets no cache keep an answer', async () => {
    for (const path of ['/fhir/Task', '/fhir/Patient/nobody', '/api/nothing']) {
      const { headers } = await app.get(path);
      expect([path, headers.get('cache-control'), headers.get('x-content-type-options')]).toEqual([
        path,
        'no-store',
        'nosniff',
      ]);
    }
  });

  it('tells how long a feed has been silent, and how long requests took', async () => {
    await post(TEXT);
    const { text } = await app.get('/metrics');
    expect(text).toMatch(/^firstcall_feed_silence_seconds\{feed="feed"\} \d/m);
    expect(text).toMatch(
      /^firstcall_http_request_seconds_count\{method="POST",route="\/fhir\/:type",status="200"\} [1-9]/m,
    );
    expect(text).toMatch(/^firstcall_database_up 1$/m);
    expect(text).toMatch(/^process_resident_memory_bytes \d/m);
  });
});

it('a service that is told to stop finishes what it was sent, and then stops at once', async () => {
  const app = await startApp();
  const sending = request(`${app.base}/fhir/Patient`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${app.keys.feed}`,
      'content-type': 'application/fhir+json',
      'content-length': Buffer.byteLength(TEXT),
      connection: 'keep-alive',
    },
  });
  const answered = new Promise<number | undefined>((resolve, reject) => {
    sending.on('error', reject);
    sending.on('response', (response) => {
      response.resume();
      resolve(response.statusCode);
    });
  });
  sending.write(TEXT.slice(0, 10));
  await new Promise((resolve) => setTimeout(resolve, 100));
  const closed = app.close();
  await expect(app.get('/health/live')).rejects.toThrow();
  sending.end(TEXT.slice(10));
  expect(await answered).toBe(201);
  const answeredAt = performance.now();
  await closed;
  expect(performance.now() - answeredAt).toBeLessThan(3_000);
});
