import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { startApp, type TestApp } from './support/app.js';

const SCRIPT = 'export const a = 1;';

describe('the pages', () => {
  let app: TestApp;
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'firstcall-web-'));
    mkdirSync(join(folder, 'assets'));
    writeFileSync(
      join(folder, 'index.html'),
      '<!doctype html><meta nonce="__NONCE__"><link nonce="__NONCE__">',
    );
    writeFileSync(join(folder, 'secret.txt'), 'not for the web');
    writeFileSync(join(folder, 'assets/a-1.js'), SCRIPT);
    writeFileSync(join(folder, 'assets/a-1.js.br'), brotliCompressSync(SCRIPT));
    app = await startApp({ webDir: folder });
  });
  afterAll(async () => {
    await app?.close();
    rmSync(folder, { recursive: true });
  });
  const get = (path: string, headers = {}) => app.get(path, { key: null, headers });

  it.each(['/', '/sign-in', '/set-up/abc', '/me', '/audit', '/queue', '/queue/0197', '/queue?class=A'])(
    '%s is the one page, with a nonce of its own, kept by no cache, asking nobody else',
    async (path) => {
      const answers = [await get(path), await get(path)];
      const nonces = answers.map(({ status, headers, text }) => {
        expect(status).toBe(200);
        expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
        expect(headers.get('cache-control')).toBe('no-store');
        expect(headers.get('referrer-policy')).toBe('no-referrer');
        const policy = headers.get('content-security-policy')!;
        const [, nonce] = /style-src 'self' 'nonce-([\w+/=]{24})'/.exec(policy)!;
        expect(policy).toMatch(/^default-src 'none'; script-src 'self'; .*frame-ancestors 'none'$/);
        expect(policy).not.toContain('unsafe');
        expect(text).toBe(`<!doctype html><meta nonce="${nonce}"><link nonce="${nonce}">`);
        return nonce;
      });
      expect(nonces[0]).not.toBe(nonces[1]);
    },
  );

  it('have scripts that are kept for a year, packed for whoever can unpack them', async () => {
    const { status, headers, text } = await get('/assets/a-1.js', { 'accept-encoding': 'br' });
    expect([status, text]).toEqual([200, SCRIPT]);
    expect(headers.get('content-encoding')).toBe('br');
    expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(headers.get('content-type')).toMatch(/^(?:text|application)\/javascript/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect((await get('/assets/a-1.js', { 'accept-encoding': 'identity' })).text).toBe(SCRIPT);
  });

  it.each([
    '/assets/',
    '/assets/none.js',
    '/assets/..%2fsecret.txt',
    '/secret.txt',
    '/index.html',
    '/queues',
  ])('%s is none of them', async (path) => {
    const { status, headers, text } = await get(path);
    expect([403, 404]).toContain(status);
    expect(headers.get('content-type')).toContain('application/problem+json');
    expect(text).not.toContain('not for the web');
  });

  it('are not there without a build, and everything else is', async () => {
    const without = await startApp({ webDir: join(folder, 'none') });
    try {
      expect((await without.get('/queue', { key: null })).status).toBe(404);
      expect((await without.get('/api/queue')).status).toBe(200);
    } finally {
      await without.close();
    }
  });
});
