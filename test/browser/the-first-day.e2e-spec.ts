import { AccessService } from '../../src/access/index.js';
import { AccountsService } from '../../src/accounts/index.js';
import { codeAt } from '../../src/accounts/domain/one-time-code.js';
import { openPage } from '../support/browser.js';
import { BrowserDesk, inBothLanguages } from '../support/browser-desk.js';
import { PASSWORD } from '../support/browser-session.js';
import { describeInBrowser } from '../support/built-pages.js';

describeInBrowser('the first day of an installation, in a real browser', () => {
  let desk: BrowserDesk;
  beforeAll(async () => {
    desk = await BrowserDesk.open();
    const keys = desk.app.nest.get(AccessService);
    for (const { id, scope } of await keys.list()) if (scope === 'feed') await keys.revoke(id);
  });
  afterAll(() => desk?.close());

  const dayOne = async (at: string) => {
    const accounts = desk.app.nest.get(AccountsService);
    const login = `root${at.length}`;
    const { id } = await accounts.create({ login, name: '管理员甲', roles: ['administrator'] });
    const link = await accounts.renewLink(id);
    return { login, link, ...(await openPage(desk.browser, desk.app.base)) };
  };
  type Opened = Awaited<ReturnType<typeof dayOne>>['page'];
  const setUpCodes = async (page: Opened) => {
    const secret = (await page.locator('.secret code').textContent())!.replace(/\s/g, '');
    await page.getByLabel('验证码').fill(codeAt(secret, desk.app.clock.now()));
    await page.keyboard.press('Enter');
  };

  it('leads from the link to the password, the codes, and through every step to the first call', async () => {
    const { page, complaints, link } = await dayOne('/');
    await page.goto(`/set-up/${link}`);
    await page.getByLabel('新密码').fill(PASSWORD);
    await page.getByLabel('再输一次').fill(PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: '退出' }).waitFor();
    await setUpCodes(page);
    await page.waitForURL(/\/welcome$/);
    const step = (name: string) => page.getByRole('listitem').filter({ hasText: name });
    const isDone = (name: string) => step(name).getByText('已完成').waitFor();
    await isDone('您的帐号');
    await isDone('规则包');
    await inBothLanguages(page, 'first-run', complaints);
    await step('中心').getByRole('button', { name: '核对无误' }).click();
    await step('设备').getByRole('button', { name: '没有设备' }).click();
    await isDone('设备');
    const users = desk.app.nest.get(AccountsService);
    await users.create({ login: 'wang', name: '王秀兰', roles: ['nurse'], password: PASSWORD });
    await users.create({ login: 'zhao', name: '赵医生', roles: ['duty-doctor'], password: PASSWORD });
    await step('数据源').getByRole('link', { name: '新建密钥' }).click();
    await page.getByText('开始使用：还有').waitFor();
    await page.getByRole('button', { name: '新建密钥' }).click();
    await page.getByLabel('用于哪个系统').fill('检验系统');
    await page.getByRole('button', { name: '生成密钥' }).click();
    const key = (await page.locator('.secret-text').textContent())!;
    await page.getByRole('link', { name: '继续' }).click();
    const file = async (name: string) => {
      const href = await page.getByRole('link', { name }).getAttribute('href');
      return decodeURIComponent(href!.slice(href!.indexOf(',') + 1));
    };
    const [first, second] = [await file('第一个文件'), await file('第二个文件')];
    expect((await desk.app.http('POST', '/fhir', first, { key })).status).toBe(200);
    const open = () => desk.app.search<fhir4.Task>('Task', { code: 'notify', status: 'requested' });
    expect(await open()).toHaveLength(1);
    expect((await desk.app.http('POST', '/fhir', second, { key })).status).toBe(200);
    expect(await open()).toHaveLength(0);
    await page.reload();
    await page.getByText('都完成了').waitFor();
    await page.getByRole('button', { name: '进入管理' }).click();
    await page.getByRole('heading', { name: '管理' }).waitFor();
    expect(await page.getByText('开始使用').count()).toBe(0);
    await page.goto('/');
    await page.waitForURL(/\/admin$/);
    expect(complaints).toEqual([]);
  });

  it('comes back to the page that was asked for once the codes are set up', async () => {
    const { page, login, link } = await dayOne('/admin/health?x=1');
    await desk.app.nest.get(AccountsService).setUp(link, PASSWORD);
    await page.goto('/admin/health?x=1');
    await page.getByLabel('用户名').fill(login);
    await page.getByLabel('密码').fill(PASSWORD);
    await page.keyboard.press('Enter');
    await setUpCodes(page);
    await page.waitForURL(/\/admin\/health\?x=1$/);
    await page.getByText('运行正常，可以接收结果。').waitFor();
  });

  it('shows where to sign in to whoever comes by a link that was used', async () => {
    const { page } = await dayOne('/again');
    await page.goto('/set-up/none');
    await page.getByText('这个链接已用过').waitFor();
    await page.getByRole('link', { name: '登录' }).click();
    await page.getByLabel('用户名').waitFor();
  });

  it('lists the devices that a gateway tells of, and not who wears them', async () => {
    const { secret: key } = await desk.app.nest
      .get(AccessService)
      .createKey({ name: '手表网关', scope: 'feed' });
    const device: fhir4.Device = {
      resourceType: 'Device',
      identifier: [{ system: 'urn:gateway', value: 'W-17' }],
      status: 'active',
      deviceName: [{ name: '血压手表', type: 'user-friendly-name' }],
      manufacturer: '康泰',
      modelNumber: 'BP-2',
    };
    expect((await desk.app.http('POST', '/fhir/Device', device, { key })).status).toBe(201);
    const { page, complaints } = await desk.signedIn('admin', '管理员乙', ['administrator'], {
      at: '/admin/devices',
    });
    await page.getByRole('row', { name: /血压手表.*康泰 BP-2.*使用中.*未分配.*手表网关/ }).waitFor();
    await inBothLanguages(page, 'admin-devices', complaints);
  });
});
