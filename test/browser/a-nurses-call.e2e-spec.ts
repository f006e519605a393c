import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, type Page } from 'playwright-core';
import { AccountsService } from '../../src/accounts/index.js';
import { Reader } from '../../src/database/index.js';
import { startApp, TEST_NOW, type TestApp } from '../support/app.js';
import { pictures } from '../support/browser-desk.js';
import { launch, openPage, overflows, seriousFaults } from '../support/browser.js';
import { PASSWORD } from '../support/browser-session.js';
import { describeInBrowser } from '../support/built-pages.js';
import { bundleOf, observation, person } from '../support/messages.js';

/** `FIRSTCALL_PICTURES=docs/pictures/workbench` keeps what was seen. */
const PICTURES = process.env.FIRSTCALL_PICTURES;
const RECENT = { effectiveDateTime: TEST_NOW, issued: TEST_NOW };

describeInBrowser('a nurse, in a real browser', () => {
  let app: TestApp;
  let browser: Browser;
  beforeAll(async () => {
    app = await startApp({ env: { RULES_DIR: 'rules' } });
    const people: [string, string, Parameters<typeof observation>[0]][] = [
      ['李建国', '1968-03-14', { hb: 45 }],
      ['阿卜杜热合曼·买买提江·阿布都克里木', '1975-11-02', { wbc: 2.1 }],
      ['欧阳梓萱', '1995-01-30', { plt: 28 }],
    ];
    for (const [name, birthDate, values] of people) {
      const patient = {
        ...person(),
        name: [{ text: name }],
        gender: 'male' as const,
        birthDate,
        telecom: [{ system: 'phone' as const, value: '13800134471' }],
      };
      const { status, text } = await app.post('/fhir', bundleOf(patient, [observation(values, RECENT)]));
      if (status !== 200) throw new Error(text);
    }
    browser = await launch();
  });
  afterAll(async () => {
    await browser?.close();
    await app?.close();
  });

  const picture = async (page: Page, name: string) => {
    if (PICTURES === undefined) return;
    mkdirSync(PICTURES, { recursive: true });
    await page.mouse.move(0, 0);
    await page.screenshot({ path: join(PICTURES, `${name}.png`) });
  };
  const inBothLanguages = async (page: Page, name: string, complaints: readonly string[]) => {
    for (const language of ['zh', 'en']) {
      expect([name, language, await seriousFaults(page)]).toEqual([name, language, []]);
      expect([name, language, await overflows(page)]).toEqual([name, language, false]);
      await picture(page, `${name}-${language}`);
      const other = language === 'zh' ? 'English' : '中文';
      await page.getByRole('button', { name: other, exact: true }).click();
    }
    expect(complaints).toEqual([]);
  };

  it('chooses a password by her link, finds the call, sees what to say, rings, and saves: by the keyboard', async () => {
    const accounts = app.nest.get(AccountsService);
    const { id, link } = await accounts.create({ login: 'wang', name: '王秀兰', roles: ['nurse'] });
    const { page, complaints } = await openPage(browser, app.base);

    await page.goto('/queue');
    await page.getByLabel('用户名').waitFor();
    await inBothLanguages(page, 'sign-in', complaints);

    await page.goto(`/set-up/${link!}`);
    await page.getByText('王秀兰，您好').waitFor();
    await inBothLanguages(page, 'set-up', complaints);
    await page.getByLabel('新密码').focus();
    await page.keyboard.type(PASSWORD);
    await page.keyboard.press('Tab');
    await page.keyboard.type(PASSWORD);
    await page.keyboard.press('Enter');

    await page.getByRole('row').first().waitFor();
    expect(await page.getByRole('row').count()).toBe(3);
    expect(await page.getByText('尾号4471').count()).toBe(3);
    await inBothLanguages(page, 'queue', complaints);

    await page.keyboard.press('j');
    const active = page.locator('.row.active');
    while (!(await active.textContent())?.includes('李建国')) await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    const sheet = page.getByRole('region', { name: '任务' });
    await sheet.getByText('1968-03-14').waitFor();
    await sheet.getByText('45 g/L', { exact: true }).first().waitFor();
    expect(await sheet.textContent()).toContain('138****4471');
    expect(await page.content()).not.toContain('13800134471');
    await sheet.getByRole('button', { name: '领取' }).waitFor();
    await inBothLanguages(page, 'sheet', complaints);

    await sheet.focus();
    await page.keyboard.press('s');
    await sheet.getByText('138 0013 4471').waitFor();
    expect(await sheet.getByRole('link', { name: '拨打' }).getAttribute('href')).toBe('tel:13800134471');

    await page.keyboard.press('c');
    await sheet.getByText('您已领取').waitFor();
    const other = await signedIn('sun', '孙洁');
    await other.goto(page.url());
    await other.getByText(/^王秀兰已在 10:00:0\d 领取。$/).waitFor();
    await other.getByRole('button', { name: '经过' }).click();
    await other
      .getByRole('listitem')
      .filter({ hasText: /检查结果 结果到达，产生任务$/ })
      .waitFor();
    await other
      .getByRole('listitem')
      .filter({ hasText: /王秀兰 领取$/ })
      .waitFor();
    await inBothLanguages(other, 'history', []);

    // The form has the focus: she types what she hears, wrong at first.
    await page.keyboard.type('李建国');
    await page.keyboard.press('Tab');
    await page.keyboard.type('0314');
    await sheet.getByLabel('数值').fill('54');
    await sheet.getByLabel('单位').fill('g/L');
    await inBothLanguages(page, 'call', complaints);
    await page.getByLabel('备注').press('Control+Enter');
    await sheet.getByText('复述与结果不一致，请再确认一次。').waitFor();
    await pictures(page, 'read-back-differs');
    await sheet.getByLabel('数值').fill('45');
    await page.keyboard.press('Control+Enter');
    await page.waitForURL(/\/queue$/);
    await page.getByRole('row').nth(2).waitFor({ state: 'detached' });

    const sql = 'SELECT action FROM audit_event WHERE actor = ? ORDER BY at, id';
    const trail = await app.nest.get(Reader).query<{ action: string }>(sql, [`user:${id}`]);
    expect(trail.map(({ action }) => action)).toEqual(
      expect.arrayContaining([
        'set-up',
        'read queue',
        'read task',
        'contacts revealed',
        'task claim',
        'task call told',
      ]),
    );
    expect(complaints).toEqual([]);
  });

  it('keeps what was typed when the connection breaks, saves it when it is back, and says so', async () => {
    const page = await signedIn('li', '李敏');
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: '领取' }).click();
    await page.getByLabel('备注').fill('忙线两次');
    await page.context().setOffline(true);
    await page.getByRole('button', { name: '忙线' }).click();
    await page.getByText('尚未保存，正在重试。请勿关闭。').waitFor();
    await pictures(page, 'not-saved');
    await page.context().setOffline(false);
    await page.waitForURL(/\/queue$/);
    const sql = "SELECT outcome FROM contact WHERE outcome = 'busy'";
    expect(await app.nest.get(Reader).query(sql)).toHaveLength(1);
  });

  it('is locked out when her session is over, and comes back to where she was', async () => {
    const page = await signedIn('zhao', '赵静');
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.locator('.finding').first().waitFor();
    const address = page.url();
    await page.context().clearCookies();
    await page.getByText('为保护隐私已锁定，登录后回到此处。').waitFor();
    expect(await page.content()).not.toContain('g/L');
    await page.getByLabel('用户名').fill('zhao');
    await page.getByLabel('密码').fill(PASSWORD);
    await page.keyboard.press('Enter');
    await page.locator('.finding').first().waitFor();
    expect(page.url()).toBe(address);
  });

  it('of another role sees no queue, and is told whom to ask', async () => {
    const page = await signedIn('shen', '沈计', 'auditor');
    await page.getByText('您的角色不能查看此页，请联系管理员。').waitFor();
    await pictures(page, 'no-permission');
  });

  async function signedIn(login: string, name: string, role: 'nurse' | 'auditor' = 'nurse'): Promise<Page> {
    await app.nest.get(AccountsService).create({ login, name, roles: [role], password: PASSWORD });
    const { page } = await openPage(browser, app.base);
    await page.goto('/queue');
    await page.getByLabel('用户名').fill(login);
    await page.getByLabel('密码').fill(PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByText(name).waitFor();
    if (role === 'nurse') await page.getByRole('row').first().waitFor();
    return page;
  }
});
