import { type Page } from 'playwright-core';
import { Reader } from '../../src/database/index.js';
import { BrowserDesk, inBothLanguages, pictures, RECENT } from '../support/browser-desk.js';
import { describeInBrowser } from '../support/built-pages.js';
import { observation } from '../support/messages.js';

const NAMES = ['李建国', '单雄信', '欧阳梓萱', '陈静', '周涛', '吴敏', '郑强', '孙丽', '马超', '高洁'];

describeInBrowser('a shift at the queue, in a real browser', () => {
  let desk: BrowserDesk;
  beforeAll(async () => {
    desk = await BrowserDesk.open();
    for (const [i, name] of NAMES.entries()) {
      await desk.send(name, [observation({ wbc: 2.1 }, RECENT)], {
        birthDate: `1970-05-${10 + i}`,
        phone: `1380013${4400 + i}`,
      });
    }
  });
  afterAll(() => desk?.close());

  const active = (page: Page) => page.locator('.row.active');
  const rows = async (page: Page, n: number) => {
    if (n > 0)
      await page
        .locator('.row')
        .nth(n - 1)
        .waitFor({ state: 'attached' });
    await page.locator('.row').nth(n).waitFor({ state: 'detached' });
  };

  it('is worked without the mouse: ten people claimed, told, read back and saved, and the next one selected', async () => {
    const { page, complaints } = await desk.signedIn('wang', '王秀兰', ['nurse']);
    await rows(page, NAMES.length);
    await page.keyboard.press('j');
    for (let left = NAMES.length; left > 0; left--) {
      const row = (await active(page).locator('strong').textContent())!;
      const day = 10 + NAMES.indexOf(row);
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: '领取 C' }).waitFor();
      await page.keyboard.press('c');
      await page.getByLabel('姓名', { exact: true }).waitFor();
      await page.locator('input:focus').waitFor();
      await page.keyboard.type(row);
      await page.keyboard.press('Tab');
      await page.keyboard.type(`05${day}`);
      await page.keyboard.press('Tab');
      await page.keyboard.press('Tab');
      await page.keyboard.type('2.1');
      await page.keyboard.press('Tab');
      await page.keyboard.type('10^9/L');
      await page.keyboard.press('Control+Enter');
      await page.waitForURL(/\/queue$/);
      if (left > 1) await rows(page, left - 1);
    }
    await page.getByText('现在没有待通知的人。最近一条 10:00 完成。').waitFor();
    const told = await desk.app.nest.get(Reader).query("SELECT id FROM contact WHERE outcome = 'told'");
    expect(told).toHaveLength(NAMES.length);

    await page.getByRole('button', { name: '待复查' }).click();
    await page.getByText('李建国').waitFor();
    await inBothLanguages(page, 'rechecks', complaints);
    const one = page.locator('.recheck').filter({ hasText: '李建国' });
    await one.getByRole('button', { name: '记录结果' }).click();
    await one.getByRole('button', { name: '排除' }).click();
    await one.waitFor({ state: 'detached' });
  });

  it('tells at once of a new class A, by title and words, and finds people by letters and by the end of a number', async () => {
    const { page } = await desk.signedIn('li', '李敏', ['nurse']);
    await page.getByText('现在没有待通知的人。').waitFor();
    await desk.send('阿卜杜热合曼·买买提', [observation({ plt: 8 }, RECENT)], { phone: '13900005678' });
    await desk.send('李军歌', [observation({ wbc: 1.9 }, RECENT)], { phone: '13900001234' });
    await desk.send('周杰', [observation({ wbc: 1.8 }, RECENT)], { phone: '13900004321' });
    await page.getByText('新的 A 类任务 3 项').waitFor({ state: 'attached' });
    expect(await page.title()).toBe('(3) ◆ 第一时间');
    await rows(page, 3);
    for (const [typed, name] of [
      ['ljg', '李军歌'],
      ['5678', '阿卜杜热合曼·买买提'],
      ['周', '周杰'],
    ]) {
      await page.keyboard.press('/');
      await page.keyboard.type(typed!);
      await rows(page, 1);
      await page.keyboard.press('Enter');
      expect(await active(page).locator('strong').textContent()).toBe(name);
      expect(page.url()).not.toContain(typed);
      await page.keyboard.press('/');
      await page.keyboard.press('Escape');
      await rows(page, 3);
      await page.keyboard.press('Escape');
    }
    await page.keyboard.press('/');
    await page.keyboard.type('zzz');
    await page.getByRole('button', { name: '清除筛选' }).click();
    await rows(page, 3);
  });

  it('hands a task over by initials; the colleague takes it; the head nurse gives it to another', async () => {
    const { page: zhao } = await desk.signedIn('zhao', '赵静', ['nurse']);
    const { page: head, complaints } = await desk.signedIn('sun', '孙洁', ['head-nurse']);
    for (const page of [zhao, head]) await rows(page, 3);
    await zhao.keyboard.press('j');
    await zhao.keyboard.press('Enter');
    await zhao.getByRole('button', { name: '领取 C' }).waitFor();
    await zhao.keyboard.press('c');
    await zhao.getByRole('button', { name: '移交 H' }).click();
    await zhao.getByLabel('交给谁').fill('sj');
    await zhao.keyboard.press('Enter');
    await zhao.getByText('已请 孙洁 接手').waitFor();

    await head.goto(zhao.url());
    await head.getByText('有人请您接手这个任务。').waitFor();
    await inBothLanguages(head, 'hand-over', complaints);
    await head.getByRole('button', { name: '接手', exact: true }).click();
    await head.getByText('您已领取').waitFor();
    await head.getByRole('region', { name: '任务' }).focus();
    await head.keyboard.press('m');
    await head.getByRole('button', { name: '李敏' }).waitFor();
    // A mere Enter names nobody.
    await head.keyboard.press('Enter');
    await head.getByLabel('交给谁').fill('李敏');
    await pictures(head, 'reassign');
    await head.getByLabel('交给谁').press('Enter');
    await head.getByText(/^李敏已在 10:00:0\d 领取。$/).waitFor();
    await zhao.getByText(/^李敏已在 10:00:0\d 领取。$/).waitFor();
  });

  it('lets a call wait, and shows until when', async () => {
    const { page } = await desk.signedIn('qian', '钱芳', ['nurse']);
    await rows(page, 3);
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: '稍后再打 L' }).waitFor();
    await page.getByRole('region', { name: '任务' }).focus();
    await page.keyboard.press('l');
    await page.keyboard.press('Enter');
    await page.getByText('约定 10:15 后再打').waitFor();
  });

  it('shows and dials the number by one key, and says by a digit that nobody answered', async () => {
    const { page } = await desk.signedIn('zhou', '周敏', ['nurse']);
    await desk.send('林静', [observation({ wbc: 2.2 }, RECENT)], { phone: '13900007788' });
    await page.locator('.row').filter({ hasText: '林静' }).click();
    await page.getByRole('button', { name: '领取 C' }).waitFor();
    await page.evaluate(`addEventListener('click', (event) => {
      const link = event.target.closest('a[href^="tel:"]');
      if (!link) return;
      event.preventDefault();
      (window.dialled ??= []).push(link.href);
    })`);
    await page.keyboard.press('d');
    await page.getByText('139 0000 7788').waitFor();
    expect(await page.evaluate('window.dialled')).toEqual(['tel:13900007788']);
    await page.keyboard.press('c');
    await page.locator('.outcome input:focus').waitFor();
    await page.keyboard.press('Escape');
    for (const key of ['n', '2', 'Enter']) await page.keyboard.press(key);
    await page.waitForURL(/\/queue$/);
    const [task] = await desk.app.nest
      .get(Reader)
      .query<{ outcome: string }>("SELECT outcome FROM contact WHERE outcome <> 'told'");
    expect(task).toEqual({ outcome: 'busy' });
  });
});
