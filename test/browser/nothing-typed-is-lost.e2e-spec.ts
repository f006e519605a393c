import { type Page } from 'playwright-core';
import { BrowserDesk } from '../support/browser-desk.js';
import { PASSWORD } from '../support/browser-session.js';
import { describeInBrowser } from '../support/built-pages.js';
import { RulesFolder } from '../support/rules-folder.js';

const FILE = 'important-results/blood-count.yaml';

describeInBrowser('what was typed when a session ends, in a real browser', () => {
  let desk: BrowserDesk;
  let folder: RulesFolder;
  beforeAll(async () => {
    folder = new RulesFolder();
    desk = await BrowserDesk.open(folder.path);
    await desk.send('李建国', []);
  });
  afterAll(async () => {
    await desk?.close();
    folder?.remove();
  });

  /** Locked out, and in again. */
  async function relocked(page: Page, login: string): Promise<void> {
    await page.context().clearCookies();
    // Whoever comes back to the window is asked who they are.
    await page.evaluate(`dispatchEvent(new Event('visibilitychange'))`);
    await page.reload();
    await page.getByLabel('用户名').fill(login);
    await page.getByLabel('密码').fill(PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByLabel('用户名').waitFor({ state: 'detached' });
  }

  it('of a report by hand waits in its form, and goes when the form is put away', async () => {
    const { page } = await desk.signedIn('wang', '王秀兰', ['nurse']);
    await page.getByText('现在没有待通知的人。').waitFor();
    await page.keyboard.press('w');
    await page.getByRole('searchbox', { name: '受检者' }).fill('ljg');
    await page.getByRole('button', { name: /李建国/ }).click();
    await page.getByLabel('发现（按原话写').fill('左肺上叶占位');
    await relocked(page, 'wang');
    await page.getByRole('dialog', { name: '手工上报重要发现' }).waitFor();
    expect(await page.getByLabel('发现（按原话写').inputValue()).toBe('左肺上叶占位');
    expect(await page.locator('.chosen').textContent()).toContain('李建国');
    await page.getByRole('button', { name: '取消' }).click();
    await page.reload();
    await page.getByText('现在没有待通知的人。').waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(await page.evaluate<string>('JSON.stringify(sessionStorage)')).not.toContain('占位');
  });

  it('of a draft of rules waits in the editor, and is not saved over what somebody else saved since', async () => {
    const { page } = await desk.signedIn('guo', '郭规', ['rule-author'], {
      at: '/rules/important-results/wbc-low',
    });
    const editor = page.getByRole('textbox', { name: FILE });
    await page.getByText('白细胞减少').first().waitFor();
    await page.keyboard.press('e');
    await editor.waitFor();
    await page.keyboard.press('Control+Home');
    await page.keyboard.type('# 郭规的话\n');
    await page.getByText('尚未保存').waitFor();
    await relocked(page, 'guo');
    await page.getByText('# 郭规的话').waitFor();
    await page.getByText('尚未保存').waitFor();

    const other = await desk.signedIn('he', '何则', ['rule-author'], { at: new URL(page.url()).pathname });
    await other.page.getByRole('button', { name: FILE }).click();
    await other.page.getByRole('textbox', { name: FILE }).click();
    await other.page.keyboard.press('Control+Home');
    await other.page.keyboard.type('# 何则的话\n');
    await other.page.keyboard.press('Control+s');
    await other.page.getByText('已保存').waitFor();

    await page.bringToFront();
    await page.getByRole('button', { name: FILE }).click();
    await page.getByRole('button', { name: /^保存/ }).click();
    await page.getByRole('button', { name: '换成已保存的内容' }).waitFor();
    await page.getByText('# 郭规的话').waitFor();
    await page.getByRole('button', { name: '换成已保存的内容' }).click();
    await page.getByText('# 何则的话').waitFor();
    expect(await page.getByText('# 郭规的话').count()).toBe(0);
  });
});
