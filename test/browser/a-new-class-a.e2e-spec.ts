import { type Page } from 'playwright-core';
import { BrowserDesk, RECENT } from '../support/browser-desk.js';
import { describeInBrowser } from '../support/built-pages.js';
import { observation } from '../support/messages.js';

/** Tones that the page has begun. */
const TONES = `(() => {
  window.tones = 0;
  const start = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (...when) {
    window.tones++;
    return start.apply(this, when);
  };
})()`;

describeInBrowser('a new class A, in a real browser', () => {
  let desk: BrowserDesk;
  let people = 0;
  beforeAll(async () => {
    desk = await BrowserDesk.open();
    await desk.send('李建国', [observation({ wbc: 2.1 }, RECENT)]);
  });
  afterAll(() => desk?.close());

  const comes = (name: string) => {
    desk.app.clock.advance({ seconds: 1 });
    return desk.send(name, [observation({ hb: 45 }, RECENT)], { phone: `1380013${5000 + people++}` });
  };
  const tones = (page: Page) => page.evaluate<number>('window.tones');
  const until = async (holds: () => Promise<boolean>) => {
    for (let i = 0; i < 100 && !(await holds()); i++) await new Promise((next) => setTimeout(next, 100));
    expect(await holds()).toBe(true);
  };
  const rung = (page: Page, times: number) => until(async () => (await tones(page)) >= times);
  const titled = (page: Page, start: string) => until(async () => (await page.title()).startsWith(start));
  const nurse = async (login: string, name: string) => {
    const opened = await desk.signedIn(login, name, ['nurse']);
    const { page } = opened;
    await page.addInitScript(TONES);
    await page.reload();
    await page.locator('.row').first().waitFor();
    // Browsers let nothing sound before somebody has touched the page.
    await page.locator('.no-sheet').click();
    return opened;
  };

  it('rings while a sheet is only looked at and where a filter hides it, and not in a call', async () => {
    const { page, complaints } = await nurse('wang', '王秀兰');
    await page.locator('.row').filter({ hasText: '李建国' }).click();
    await page.locator('.finding').first().waitFor();
    await comes('陈静');
    await page.locator('.row').filter({ hasText: '陈静' }).waitFor();
    await rung(page, 1);

    await page.getByRole('button', { name: '领取 C' }).click();
    await page.locator('.outcome').waitFor();
    const before = await tones(page);
    await comes('周涛');
    await page.locator('.row').filter({ hasText: '周涛' }).waitFor();
    expect(await tones(page)).toBe(before);
    expect(await page.title()).toMatch(/^\(2\) ◆/);

    await page.getByRole('button', { name: /^释放/ }).click();
    await rung(page, before + 1);
    await page.getByRole('button', { name: /^重要/ }).click();
    await page.locator('.row').filter({ hasText: '周涛' }).waitFor({ state: 'detached' });
    await titled(page, '(2) ◆');
    const then = await tones(page);
    await comes('吴敏');
    await titled(page, '(3) ◆');
    await rung(page, then + 1);
    expect(complaints).toEqual([]);
  });

  it('rings on the pages beside the queue too, and leads back to it; however many tabs, one listens', async () => {
    const { page, complaints } = await nurse('li', '李敏');
    const streams: string[] = [];
    page.context().on('request', (request) => {
      if (request.url().endsWith('/api/queue/stream')) streams.push(request.url());
    });
    await page.getByRole('link', { name: '受检者' }).click();
    const before = await tones(page);
    await comes('郑强');
    await page.getByText('新的 A 类任务 1 项').waitFor();
    await rung(page, before + 1);
    expect(await page.title()).toMatch(/^\(\d\) ◆/);

    const other = await page.context().newPage();
    await other.goto('/queue');
    await other.locator('.row').first().waitFor();
    await comes('孙丽');
    await other.locator('.row').filter({ hasText: '孙丽' }).waitFor({ timeout: 5000 });
    await page.getByText('新的 A 类任务 2 项').waitFor();
    expect(streams).toHaveLength(0);
    // The one that listened goes: the other takes its place.
    await page.close();
    await comes('冯程');
    await other.locator('.row').filter({ hasText: '冯程' }).waitFor({ timeout: 5000 });
    expect(streams).toHaveLength(1);
    expect(complaints).toEqual([]);
  });
});
