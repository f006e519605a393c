import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';

/** Addresses of pages; a browser that opens one is given the workbench, which finds its page by itself. */
export const PAGES = [
  '/',
  '/sign-in',
  '/set-up/:token',
  '/queue',
  '/queue/:task',
  '/people',
  '/people/:id',
  '/people/:id/:part',
  '/rules',
  '/rules/drafts',
  '/rules/:pack/:rule',
  '/rules/drafts/:id/:part',
  '/welcome',
  '/quality',
  '/quality/:reason',
  '/manager',
  '/manager/:part',
  '/admin',
  '/admin/:part',
  '/audit',
  '/me',
];
const NONCE_BYTES = 16;
/** What the build writes where the nonce of each answer belongs. */
const PLACE_OF_NONCE = /__NONCE__/g;
const A_YEAR_SECONDS = 365 * 24 * 3600;

/**
 * Serves the built workbench from a folder: `index.html` anew each time, with a nonce of its own; what has its hash in its name
 * for a year. Without a build there are no pages, and everything else works.
 */
export function servePages(app: NestFastifyApplication, folder: string): void {
  const index = join(folder, 'index.html');
  if (!existsSync(index)) return;
  const page = readFileSync(index, 'utf8');
  const server = app.getHttpAdapter().getInstance();
  for (const address of PAGES) {
    server.get(address, async (_request, reply) => {
      const nonce = randomBytes(NONCE_BYTES).toString('base64');
      await reply
        .headers({ 'content-security-policy': policy(nonce), 'referrer-policy': 'no-referrer' })
        .type('text/html; charset=utf-8')
        .send(page.replace(PLACE_OF_NONCE, nonce));
    });
  }
  app.useStaticAssets({
    root: join(folder, 'assets'),
    prefix: '/assets/',
    index: false,
    decorateReply: false,
    preCompressed: true,
    immutable: true,
    maxAge: A_YEAR_SECONDS * 1000,
  });
}

/** Nothing from elsewhere, nothing to elsewhere, no code in the page itself; styles are ours or carry the nonce. */
function policy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}
