import { BrowserDesk, inBothLanguages, pictures, RECENT } from '../support/browser-desk.js';
import { describeInBrowser } from '../support/built-pages.js';
import { observation } from '../support/messages.js';

describeInBrowser('those who answer for the centre, in a real browser', () => {
  let desk: BrowserDesk;
  beforeAll(async () => {
    desk = await BrowserDesk.open();
    for (const [i, name] of ['李建国', '陈静', '周涛', '吴敏', '郑强', '孙丽'].entries()) {
      const more = { gender: i % 2 === 0 ? ('male' as const) : ('female' as const) };
      await desk.send(name, [observation(i === 0 ? { hb: 45 } : { wbc: 2.1 }, RECENT)], { more });
    }
  });
  afterAll(() => desk?.close());

  it('the manager sees what was found and told, and whose each number is; small groups stay hidden', async () => {
    const { page, complaints } = await desk.signedIn('lin', '林主任', ['manager'], { at: '/manager' });
    await page.getByText('发现并通知').first().waitFor();
    await inBothLanguages(page, 'manager', complaints);
    const since = page.getByLabel('从');
    expect(await since.inputValue()).toMatch(/^2026-\d\d-\d\d$/);
    await since.fill('2026-02-31x');
    await since.press('Enter');
    await since.fill('2026-02-01');
    await since.press('Enter');
    await page.waitForURL(/from=2026-02-01/);
    await page.getByRole('link', { name: /^发现并通知/ }).click();
    await page.getByText('李建国').first().waitFor();
    await inBothLanguages(page, 'manager-list', complaints);
    const [file] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('x')]);
    expect(file.suggestedFilename()).toMatch(/^register-.*\.csv$/);
    await page.getByRole('link', { name: '人群分级' }).click();
    await page.getByText('少于 5 人的数字不显示', { exact: false }).waitFor();
    await inBothLanguages(page, 'manager-groups', complaints);
  });

  it('the administrator invites, locks out, makes and revokes a key, and sees that all is well', async () => {
    const { page, complaints } = await desk.signedIn('admin', '管理员甲', ['administrator'], {
      at: '/admin',
    });
    await page.getByRole('button', { name: '邀请用户' }).click();
    await page.getByLabel('用户名').fill('xin');
    await page.getByLabel('姓名').fill('新护士');
    await page.getByLabel('护士', { exact: true }).check();
    await inBothLanguages(page, 'admin-invite', complaints);
    await page.getByRole('button', { name: '生成邀请链接' }).click();
    await page.getByText(/\/set-up\//).waitFor();
    const link = (await page.locator('.secret-text').textContent())!;
    const other = await page.context().browser()!.newContext();
    const guest = await other.newPage();
    await guest.goto(link);
    await guest.getByText('新护士，您好').waitFor();
    await other.close();
    await page.getByRole('button', { name: '停用 新护士' }).click();
    await page.getByRole('button', { name: '恢复 新护士' }).waitFor();
    await pictures(page, 'admin-users');

    await page.getByRole('link', { name: '密钥' }).click();
    await page.getByRole('button', { name: '新建密钥' }).click();
    await page.getByLabel('用于哪个系统').fill('检验系统');
    await page.getByRole('button', { name: '生成密钥' }).click();
    await page.locator('.secret-text').waitFor();
    await page.getByRole('button', { name: '吊销 检验系统' }).click();
    await page.getByRole('button', { name: '确定吊销 检验系统' }).click();
    await page.getByRole('row', { name: /检验系统.*已吊销/ }).waitFor();
    await inBothLanguages(page, 'admin-keys', complaints);

    await page.getByRole('link', { name: '消息' }).click();
    await page.getByText('没有这样的消息。').waitFor();
    await inBothLanguages(page, 'admin-messages', complaints);
    await page.getByRole('link', { name: '系统状态' }).click();
    await page.getByText('运行正常，可以接收结果。').waitFor();
    await inBothLanguages(page, 'admin-health', complaints);
  });

  it('a nurse is told that neither page is hers', async () => {
    const { page } = await desk.signedIn('wang', '王秀兰', ['nurse'], { at: '/admin' });
    await page.getByText('您的角色不能查看此页，请联系管理员。').waitFor();
    await page.goto('/manager');
    await page.getByText('您的角色不能查看此页，请联系管理员。').waitFor();
  });
});
