import { type CDPSession, type Page } from 'playwright-core';
import { Reader } from '../../src/database/index.js';
import { overflows, seriousFaults } from '../support/browser.js';
import { BrowserDesk, RECENT } from '../support/browser-desk.js';
import { PASSWORD } from '../support/browser-session.js';
import { describeInBrowser } from '../support/built-pages.js';
import { observation } from '../support/messages.js';

const LONG = `${'长'.repeat(120)} ${'Wolfeschlegelsteinhausenbergerdorff'.repeat(3)}`.slice(0, 200);
const NAMES = ['李建国', '陈静', '周涛', '吴敏', '郑强', LONG];

describeInBrowser('somebody in a hurry, in a real browser', () => {
  let desk: BrowserDesk;
  beforeAll(async () => {
    desk = await BrowserDesk.open();
    for (const [i, name] of NAMES.entries())
      await desk.send(name, [observation({ wbc: 2.1 }, RECENT)], { phone: `1380013${4400 + i}` });
  });
  afterAll(() => desk?.close());

  const nurse = async (login: string, name: string, options = {}) => {
    const opened = await desk.signedIn(login, name, ['nurse'], options);
    await opened.page.locator('.row').first().waitFor();
    return opened;
  };
  /** Claims the call of somebody; the form has the focus. */
  const claimed = async (page: Page, name: string) => {
    await page.locator('.row').filter({ hasText: name }).click();
    await page.getByRole('button', { name: '领取 C' }).click();
    await page.locator('.outcome input:focus').waitFor();
  };
  const told = async (outcome = 'told') =>
    (
      await desk.app.nest
        .get(Reader)
        .query<{ n: number }>('SELECT COUNT(*) AS n FROM contact WHERE outcome = ?', [outcome])
    ).map(({ n }) => Number(n))[0]!;
  /** Enter as browsers tell of it that end the composing of an input method first: by its code alone. */
  const enterOfInputMethod = (cdp: CDPSession) =>
    cdp.send('Input.dispatchKeyEvent', {
      type: 'keyDown',
      key: 'Enter',
      code: 'Enter',
      windowsVirtualKeyCode: 229,
      text: '\r',
    });

  it('loses nothing typed when the session ends in the middle of a call, and shows it to nobody else', async () => {
    const { page } = await nurse('wang', '王秀兰');
    await claimed(page, '李建国');
    await page.keyboard.type('ljg');
    await page.getByLabel('出生月日').fill('０３１４');
    await page.getByLabel('数值').fill('２．１');
    await page.getByLabel('单位').fill('10^9/L');
    await page.context().clearCookies();
    await page.keyboard.press('Control+Enter');
    await page.getByText('为保护隐私已锁定，登录后回到此处。').waitFor();
    const signIn = async (login: string) => {
      await page.getByLabel('用户名').fill(login);
      await page.getByLabel('密码').fill(PASSWORD);
      await page.keyboard.press('Enter');
    };
    await signIn('wang');
    await page.locator('.outcome').waitFor();
    expect(await page.getByLabel('姓名', { exact: true }).inputValue()).toBe('ljg');
    expect(await page.getByLabel('数值').inputValue()).toBe('２．１');
    const kept = () => page.evaluate<string>('JSON.stringify(sessionStorage)');
    expect(await kept()).toContain('ljg');
    await page.context().clearCookies();
    await page.getByText('为保护隐私已锁定').waitFor();
    await desk.signedIn('li', '李敏', ['nurse']).then(({ page: other }) => other.context().close());
    await signIn('li');
    await page.getByText('王秀兰').first().waitFor();
    expect(await kept()).not.toContain('ljg');
  });

  it('saves once by two clicks; full-width digits and first letters are what they say', async () => {
    const { page, complaints } = await nurse('sun', '孙丽');
    await claimed(page, '陈静');
    await page.keyboard.type('ｃｊ');
    await page.getByLabel('出生月日').fill('０３１４');
    await page.getByLabel('数值').fill('２．１');
    await page.getByLabel('单位').fill('10^9/L');
    await page.getByRole('button', { name: '保存' }).dblclick();
    await page.waitForURL(/\/queue$/);
    expect(await told()).toBe(1);
    await page.goBack();
    await page.locator('.sheet .banner').filter({ hasText: '陈静' }).waitFor();
    await page.locator('.sheet .notice').first().waitFor();
    expect(await page.locator('.outcome').count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it('a call whose answer is lost on its way counts once; going back leads to no second one', async () => {
    const { page } = await nurse('he', '何洁');
    await claimed(page, '周涛');
    await page.keyboard.type('zt');
    await page.getByLabel('出生月日').fill('0314');
    await page.getByLabel('数值').fill('2.1');
    await page.goBack();
    await page.goForward();
    await page.locator('.outcome').waitFor();
    expect(await page.getByLabel('数值').inputValue()).toBe('2.1');
    await page.getByLabel('单位').fill('10^9/L');
    const before = await told();
    let cut = 0;
    await page.route('**/calls', async (route) => {
      if (cut++ > 0) return route.continue();
      await route.fetch();
      return route.abort('connectionreset');
    });
    await page.keyboard.press('Control+Enter');
    await page.waitForURL(/\/queue$/);
    expect([cut > 1, (await told()) - before]).toEqual([true, 1]);
  });

  it('fits a tablet and a window that is zoomed twice, with the form open', async () => {
    const { page, complaints } = await nurse('wei', '魏然', { viewport: { width: 1024, height: 768 } });
    await claimed(page, '郑强');
    for (const [width, height] of [
      [1024, 768],
      [900, 640],
      [683, 320],
    ] as const) {
      await page.setViewportSize({ width, height });
      await page.getByRole('button', { name: '已告知，保存' }).scrollIntoViewIfNeeded();
      expect([width, await overflows(page), await seriousFaults(page)]).toEqual([width, false, []]);
    }
    await page.getByRole('button', { name: /^释放/ }).click();
    await page.getByRole('button', { name: '领取 C' }).waitFor();
    expect(complaints).toEqual([]);
  });

  it('Enter of an input method neither saves nor moves on, and its Escape closes nothing', async () => {
    const { page } = await nurse('zhao', '赵静');
    await claimed(page, '吴敏');
    const cdp = await page.context().newCDPSession(page);
    await page.getByRole('button', { name: '保存' }).waitFor();
    await page.getByLabel('姓名', { exact: true }).focus();
    await enterOfInputMethod(cdp);
    // What is missing would be told of at once by saving.
    await page.waitForTimeout(300);
    expect(await page.locator('.ant-form-item-explain-error').count()).toBe(0);
    await cdp.send('Input.dispatchKeyEvent', {
      type: 'keyDown',
      key: 'Escape',
      code: 'Escape',
      windowsVirtualKeyCode: 229,
    });
    expect(await page.locator('.sheet').count()).toBe(1);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await page.locator('.sheet').waitFor({ state: 'detached' });
    await page.keyboard.press('/');
    await page.keyboard.type('郑强');
    await enterOfInputMethod(cdp);
    expect(await page.evaluate<string>('document.activeElement.type')).toBe('search');
  });

  it('keys are the dialog’s while one is open; the list has the focus again when the sheet is closed', async () => {
    const { page } = await nurse('qian', '钱多');
    await page.keyboard.press('j');
    const active = () => page.locator('.row.active').getAttribute('id');
    const before = await active();
    await page.keyboard.press('?');
    await page.getByRole('dialog').waitFor();
    for (const key of ['j', 'j', 'c', 'g', 'm']) await page.keyboard.press(key);
    expect([await active(), new URL(page.url()).pathname]).toEqual([before, '/queue']);
    await page.keyboard.press('?');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('j');
    expect(await active()).not.toBe(before);
    for (const width of [1366, 900]) {
      await page.setViewportSize({ width, height: 640 });
      await page.keyboard.press('Enter');
      await page.locator('.sheet:focus').waitFor();
      await page.keyboard.press('Escape');
      await page.locator('.sheet').waitFor({ state: 'detached' });
      expect([width, await page.evaluate<string>('document.activeElement.getAttribute("role")')]).toEqual([
        width,
        'grid',
      ]);
    }
  });

  it('Tab goes through the page and out of it again: nothing holds the focus', async () => {
    const { page } = await nurse('feng', '冯程');
    await page.locator('.row').filter({ hasText: '郑强' }).click();
    await page.getByRole('button', { name: '领取 C' }).waitFor();
    const seen: string[] = [];
    for (let i = 0; i < 80; i++) {
      await page.keyboard.press('Tab');
      const at = await page.evaluate<string>(`(() => {
        const one = document.activeElement;
        window.places ??= new Map();
        if (!window.places.has(one)) window.places.set(one, window.places.size);
        return one === document.body ? 'out' : String(window.places.get(one));
      })()`);
      if (seen.includes(at)) break;
      seen.push(at);
    }
    expect(seen.length).toBeGreaterThan(15);
    expect(seen.length).toBeLessThan(80);
  });

  it('a name of 200 signs is whole and cuts nothing off, on the screen and on a tablet', async () => {
    for (const [login, viewport] of [
      ['bian', { width: 1366, height: 640 }],
      ['tang', { width: 820, height: 1180 }],
    ] as const) {
      const { page, complaints } = await nurse(login, `边${login}`, { viewport });
      await page.locator('.row').filter({ hasText: '长长长' }).click();
      await page.locator('.finding').first().waitFor();
      const banner = await page.locator('.sheet .banner').textContent();
      expect(banner).toContain(LONG);
      expect([login, await overflows(page), await seriousFaults(page)]).toEqual([login, false, []]);
      await page
        .getByRole('link', { name: LONG.slice(0, 20) })
        .first()
        .click();
      await page
        .getByRole('heading', { name: LONG.slice(0, 20) })
        .or(page.getByText(LONG))
        .first()
        .waitFor();
      expect([login, await overflows(page)]).toEqual([login, false]);
      expect(complaints).toEqual([]);
    }
  });
});
