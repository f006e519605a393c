import { type Page } from 'playwright-core';
import { BrowserDesk, inBothLanguages, RECENT } from '../support/browser-desk.js';
import { describeInBrowser } from '../support/built-pages.js';
import { observation } from '../support/messages.js';

describeInBrowser('what changes while somebody works, in a real browser', () => {
  let desk: BrowserDesk;
  let li: fhir4.Patient;
  beforeAll(async () => {
    desk = await BrowserDesk.open();
    li = await desk.send('李建国', [observation({ wbc: 2.1 }, RECENT)]);
    await desk.send('陈静', [observation({ wbc: 2.2 }, RECENT)], { phone: '13800134400' });
  });
  afterAll(() => desk?.close());

  const row = (page: Page, name: string) => page.locator('.row').filter({ hasText: name });
  const topOf = async (page: Page, name: string) => (await row(page, name).boundingBox())!.y;

  it('is named where a claim comes too late for it', async () => {
    const { page, complaints } = await desk.signedIn('wang', '王秀兰', ['nurse']);
    // Of a page that has not heard of it.
    await page.route('**/api/queue/stream', (route) => route.abort());
    await page.reload();
    await row(page, '李建国').click();
    await page.getByRole('button', { name: '领取 C' }).waitFor();
    await desk.send('李建国', [observation({ hb: 45 }, RECENT)], { more: { identifier: li.identifier } });
    await page.getByRole('button', { name: '领取 C' }).click();
    await page.getByText(/^没有领到，任务刚刚有变化（新增：血红蛋白 45 g\/L.*）。$/).waitFor();
    await page.locator('article.finding').filter({ hasText: '血红蛋白' }).waitFor();
    complaints.splice(0);
    await inBothLanguages(page, 'claim-stale', complaints);
    await page.getByRole('button', { name: '领取 C' }).click();
    await page.getByText('您已领取').waitFor();
  });

  it('leaves the row under the mouse where it is, and shows what came above once the mouse has gone', async () => {
    const { page, complaints } = await desk.signedIn('zhao', '赵静', ['nurse']);
    await row(page, '陈静').hover();
    const before = await topOf(page, '陈静');
    await desk.send('周涛', [observation({ plt: 8 }, RECENT)], { phone: '13800134401' });
    await row(page, '周涛').waitFor({ state: 'attached' });
    expect(await topOf(page, '陈静')).toBe(before);
    await page.mouse.move(1200, 500);
    expect(await topOf(page, '陈静')).toBeGreaterThan(before);
    expect(await topOf(page, '周涛')).toBeLessThan(await topOf(page, '陈静'));
    expect(complaints).toEqual([]);
  });

  it('gives the task to whom Enter named before the list of colleagues was there', async () => {
    await desk.signedIn('qian', '钱芳', ['nurse']);
    const { page, complaints } = await desk.signedIn('sun', '孙洁', ['head-nurse']);
    let listed: () => void = () => undefined;
    const held = new Promise<void>((free) => (listed = free));
    await page.route('**/colleagues', async (route) => {
      await held;
      await route.continue();
    });
    await row(page, '陈静').click();
    await page.getByRole('button', { name: '转给 M' }).click();
    await page.getByLabel('交给谁').fill('qf');
    await page.keyboard.press('Enter');
    await page.getByText('正在取同事名单').waitFor();
    listed();
    await page.getByText(/^钱芳已在 .* 领取。$/).waitFor();
    expect(complaints).toEqual([]);
  });
});
