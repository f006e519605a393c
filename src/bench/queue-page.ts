import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { Command, Option } from 'commander';
import { type Browser, chromium, type Page } from 'playwright-core';
import { Cleanup, freshDatabase, serverOption, ServiceProcess } from '../rig/index.js';
import { QueueRows } from './queue-rows.js';
import { median } from './statistics.js';

/**
 * `npm run bench:page`: the queue page in Chromium on a slowed processor, with a few open tasks and then with many. Prints how
 * soon it is usable, how fast it follows the keys, and how long its first page of the queue takes. The goals are printed; what
 * fails is many tasks that make the page slower than the few did, in the same run on the same machine.
 */
const GOALS_MS = { usable: 2000, key: 200 } as const;
/** With the many, by the medians, at most so many times what it is with the few. */
const MOST_TIMES = 1.5;
/** Enough for as many keys. */
const FEW = 200;
const KEYS = 40;
/** The nurse's screen: 1366 × 768 less what the browser itself takes. */
const SCREEN = { width: 1366, height: 640 };
const BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

interface Options {
  open: number;
  slowed: number;
  times: number;
  url: string;
  browser?: string;
}

interface PageTimes {
  usable: number[];
  key: number[];
  list: number[];
}

const options = new Command('bench:page')
  .addOption(new Option('--open <n>', 'open tasks').default(10_000).argParser(Number))
  .addOption(
    new Option('--slowed <n>', 'how many times the processor of the page is slowed')
      .default(4)
      .argParser(Number),
  )
  .addOption(new Option('--times <n>', 'loads of the page').default(5).argParser(Number))
  .addOption(new Option('--browser <path>', 'the Chromium to use'))
  .addOption(serverOption())
  .parse()
  .opts<Options>();
const cleanup = new Cleanup().onInterrupt();

try {
  await measure();
} finally {
  await cleanup.run();
}

async function measure(): Promise<void> {
  const executablePath = options.browser ?? BROWSERS.find((path) => existsSync(path));
  if (executablePath === undefined) throw new Error('no Chromium found: name one with --browser');
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  cleanup.add(() => browser.close());
  const few = await withOpen(browser, FEW);
  const many = await withOpen(browser, options.open);
  console.log(`the queue page, processor slowed ${options.slowed} times, ${options.times} loads each`);
  compare('usable', 'usable after', few, many);
  compare('key', 'a key', few, many);
  compare('list', 'first page of the queue', few, many);
}

/** The page of a nurse of a centre with so many open tasks. */
async function withOpen(browser: Browser, open: number): Promise<PageTimes> {
  const database = await freshDatabase('mysql', options.url);
  cleanup.add(() => database.drop());
  const service = await ServiceProcess.create({ databaseUrl: database.url, folder: database.folder });
  cleanup.add(() => service.stop());
  await service.start();
  const address = `http://127.0.0.1:${service.port}`;
  const words = ['users', 'create', '--name', 'wang', '--role', 'nurse', '--address', address];
  const made = await service.command(...words);
  if (made.code !== 0) throw new Error(`no account was made: ${made.err.slice(-2000)}`);
  await service.stop();
  const rows = await QueueRows.on(database.url);
  await rows.fill(open, 0, (what) => process.stderr.write(`\r${what}          `));
  await rows.close();
  process.stderr.write('\r                              \r');
  await service.start();
  const context = await browser.newContext({ baseURL: address, viewport: SCREEN, locale: 'zh-CN' });
  try {
    return await timesOf(await signedIn(await context.newPage(), made.out.split('\n').at(-1)!));
  } finally {
    await context.close();
    await service.stop();
  }
}

/** Chooses a password by the link of a new account, which signs in. */
async function signedIn(page: Page, link: string): Promise<Page> {
  const password = randomBytes(18).toString('base64url');
  await page.goto(link);
  for (const label of ['新密码', '再输一次']) await page.getByLabel(label).fill(password);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: '退出' }).waitFor();
  return page;
}

async function timesOf(page: Page): Promise<PageTimes> {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: options.slowed });
  const times: PageTimes = { usable: [], key: [], list: [] };
  for (let load = 0; load < options.times; load++) {
    await page.goto('/queue');
    await page.locator('[role=row]').nth(5).waitFor();
    times.usable.push(await page.evaluate<number>('performance.now()'));
    await page.keyboard.press('j');
    const from = performance.now();
    for (let key = 0; key < KEYS; key++) await page.keyboard.press('j');
    await page.evaluate('new Promise((done) => requestAnimationFrame(() => done(0)))');
    times.key.push((performance.now() - from) / KEYS);
    times.list.push(
      await page.evaluate<number>(
        `(async () => { const from = performance.now(); await (await fetch('/api/queue?limit=50')).text(); return performance.now() - from; })()`,
      ),
    );
  }
  return times;
}

/** Prints both, and fails where many tasks cost more than few. */
function compare(what: keyof PageTimes, name: string, few: PageTimes, many: PageTimes): void {
  const [mine, reference] = [median(many[what]), median(few[what])];
  const isSlow = mine > MOST_TIMES * reference;
  if (isSlow) process.exitCode = 1;
  const goal = what === 'list' ? '' : `, goal ${GOALS_MS[what]} ms${mine > GOALS_MS[what] ? ': MISSED' : ''}`;
  const times = `${(mine / reference).toFixed(2)} times${isSlow ? ` — TOO SLOW, at most ${MOST_TIMES}` : ''}`;
  console.log(
    `  ${name.padEnd(24)} ${mine.toFixed(0)} ms (${Math.min(...many[what]).toFixed(0)} to ${Math.max(...many[what]).toFixed(0)}) with ${options.open} open, ` +
      `${reference.toFixed(0)} ms with ${FEW}: ${times}${goal}`,
  );
}
