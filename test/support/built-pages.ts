import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig } from '../../src/config/index.js';
import { describeWhere } from './describe-where.js';

export const PAGES_DIR = readConfig().webDir;
const hasPages = existsSync(join(PAGES_DIR, 'index.html'));
const BROWSERS = [
  process.env.FIRSTCALL_TEST_BROWSER,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];
export const BROWSER = BROWSERS.find((path) => path !== undefined && existsSync(path));

const NO_PAGES = 'no build of the pages (npm run build)';
const NO_BROWSER = 'no Chromium (apt-get install chromium fonts-noto-cjk, or set FIRSTCALL_TEST_BROWSER)';

/** `describe` for tests of what `npm run build` makes of `web/`. */
export function describeWithPages(name: string, body: () => void): void {
  describeWhere(hasPages ? null : NO_PAGES, name, body);
}

/** `describe` for tests in a real browser on the built pages. */
export function describeInBrowser(name: string, body: () => void): void {
  describeWhere(!hasPages ? NO_PAGES : BROWSER === undefined ? NO_BROWSER : null, name, body);
}
