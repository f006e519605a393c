import { type Page } from 'playwright-core';
import { BrowserDesk, inBothLanguages, RECENT } from '../support/browser-desk.js';
import { describeInBrowser } from '../support/built-pages.js';
import { observation } from '../support/messages.js';

const CONFIRMED = /孙洁在 10:00:\d\d 核实结果/;

describeInBrowser('an act that comes too late, in a real browser', () => {
  let desk: BrowserDesk;
  let li: Page;
  let head: Page;
  let complaints: string[];
  const names = ['李建国', '陈静', '周涛', '吴敏', '郑强', '冯程'];
  beforeAll(async () => {
    desk = await BrowserDesk.open();
    for (const [i, name] of names.entries())
      await desk.send(name, [observation({ wbc: 2.1 }, RECENT)], { phone: `1380013440${i}` });
    await desk.send('孙丽', [observation({ wbc: 2.2 }, RECENT)], { phone: '13800134410' });
    ({ page: li, complaints } = await desk.signedIn('li', '李敏', ['nurse', 'duty-doctor']));
    ({ page: head } = await desk.signedIn('sun', '孙洁', ['head-nurse', 'duty-doctor']));
    // Of a page that has not heard of it.
    await li.route('**/api/queue/stream', (route) => route.abort());
    await li.reload();
  });
  afterAll(() => desk?.close());

  const open = async (page: Page, name: string) => {
    await page.locator('.row').filter({ hasText: name }).click();
    await page.locator('.sheet .banner').filter({ hasText: name }).waitFor();
    await page.getByRole('button', { name: '确认结果 Y' }).waitFor();
  };
  const claim = async (page: Page, name: string) => {
    await open(page, name);
    await page.getByRole('button', { name: '领取 C' }).click();
    await page.locator('.outcome input:focus').waitFor();
  };
  /** The head nurse says of a result that it is right. */
  const confirmed = async (name: string) => {
    await open(head, name);
    await head.getByRole('button', { name: '确认结果 Y' }).click();
    await head.getByLabel('确认结果：').fill('电话核对');
    await head.keyboard.press('Control+Enter');
    await head.getByText('医生或检验科已确认结果。').waitFor();
  };
  const fault = (text: RegExp) => li.locator('.fault').filter({ hasText: text }).first().waitFor();

  it('of a claim says who has it, in one sentence', async () => {
    await open(li, '李建国');
    await claim(head, '李建国');
    await li.getByRole('button', { name: '领取 C' }).click();
    await li.getByRole('alert').filter({ hasText: /^孙洁已在 10:00:\d\d 领取。$/ }).waitFor(); // prettier-ignore
    expect(await li.locator('.fault').count()).toBe(0);
  });

  it('of the outcome of a call, and of one where nobody answered, says who did what', async () => {
    await claim(li, '陈静');
    await li.keyboard.type('cj');
    await li.getByLabel('出生月日').fill('0314');
    await li.getByLabel('数值').fill('2.1');
    await li.getByLabel('单位').fill('10^9/L');
    await confirmed('陈静');
    await li.keyboard.press('Control+Enter');
    await fault(CONFIRMED);
    complaints.splice(0);
    await inBothLanguages(li, 'stale-save', complaints);
    await li.keyboard.press('Escape');

    await claim(li, '周涛');
    await confirmed('周涛');
    await li.getByRole('button', { name: '忙线' }).click();
    await fault(CONFIRMED);
    // What was read again is what the next one is said of.
    await li.getByRole('button', { name: '忙线' }).click();
    await li.waitForURL(/\/queue$/);
  });

  it('of handing over, of waiting and of what is said of the result says who did what', async () => {
    await claim(li, '吴敏');
    await confirmed('吴敏');
    await li.getByRole('button', { name: '移交 H' }).click();
    await li.getByLabel('交给谁').fill('sj');
    await li.getByRole('button', { name: '孙洁', exact: true }).click();
    await fault(/^任务刚刚有变化（孙洁在 10:00:\d\d 核实结果）/);

    await open(li, '郑强');
    await confirmed('郑强');
    await li.getByRole('button', { name: '稍后再打 L' }).click();
    await li.getByRole('button', { name: '15 分钟后' }).click();
    await fault(CONFIRMED);

    await open(li, '冯程');
    await confirmed('冯程');
    await li.getByRole('button', { name: '标本不合格' }).click();
    await li.getByLabel('标本不合格：').fill('溶血');
    await li.keyboard.press('Control+Enter');
    await fault(CONFIRMED);
    expect(complaints).toEqual([]);
  });

  it('of a reassignment says who did what', async () => {
    await open(head, '孙丽');
    await head.route('**/api/queue/stream', (route) => route.abort());
    await head.reload();
    await head.getByRole('button', { name: '转给 M' }).waitFor();
    await claim(li, '孙丽');
    await head.getByRole('button', { name: '转给 M' }).click();
    await head.getByLabel('交给谁').fill('lm');
    await head.getByRole('button', { name: '李敏', exact: true }).click();
    await head
      .locator('.fault')
      .filter({ hasText: /李敏在 10:00:\d\d 领取/ })
      .waitFor();
  });
});
