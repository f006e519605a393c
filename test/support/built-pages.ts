import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig } from '../../src/config/index.js';

export const PAGES_DIR = readConfig().webDir;
const hasPages = existsSync(join(PAGES_DIR, 'index.html'));
const BROWSERS = [
  process.env.FIRSTCALL_TEST_BROWSER,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];
export const BROWSER = BROWSERS.find((path) => path !== undefined && existsSync(path));

function describeWhere(isThere: boolean, what: string) {
  // What CI runs must be there; elsewhere a missing one is said aloud.
  if (!isThere && !process.env.CI) process.stderr.write(`\nSKIPPED: there is no ${what}\n`);
  return isThere || process.env.CI ? describe : describe.skip;
}

/** For tests of what `npm run build` makes of `web/`. */
export const describeWithPages = describeWhere(hasPages, 'build of the pages (npm run build)');

/** For tests in a real browser on the built pages. */
export const describeInBrowser = describeWhere(
  hasPages && BROWSER !== undefined,
  hasPages
    ? 'Chromium (apt-get install chromium fonts-noto-cjk, or FIRSTCALL_TEST_BROWSER)'
    : 'build of the pages (npm run build)',
);
