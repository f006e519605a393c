import { BrowserDesk, inBothLanguages, RECENT } from '../support/browser-desk.js';
import { describeInBrowser } from '../support/built-pages.js';
import { CENTRE, encounterOf } from '../support/centres.js';
import { bundleOf, observation, person } from '../support/messages.js';

const EAST = `${CENTRE}|东院`;
const WEST = `${CENTRE}|西院`;

describeInBrowser('whose people somebody sees, in a real browser', () => {
  let desk: BrowserDesk;
  const at = async (name: string, centre: string): Promise<string> => {
    const patient = { ...person(), name: [{ text: name }], gender: 'male' as const, birthDate: '1968-03-14' };
    const encounter = encounterOf({
      more: { serviceProvider: { identifier: { system: CENTRE, value: centre } } },
    });
    const sent = bundleOf(patient, [encounter, observation({ hb: 45 }, RECENT)]);
    const { body, text, status } = await desk.app.post<fhir4.Bundle>('/fhir', sent);
    if (status !== 200) throw new Error(text);
    return /Patient\/([\w-]+)/.exec(body.entry![0]!.response!.location!)![1]!;
  };
  beforeAll(async () => {
    desk = await BrowserDesk.open();
    await at('李建国', '东院');
  });
  afterAll(() => desk?.close());

  it('a nurse sees her own centre, and somebody else’s person with a reason, which an auditor reads', async () => {
    const id = await at('周西城', '西院');
    const { page, complaints } = await desk.signedIn('wang', '王秀兰', ['nurse'], { centre: EAST });
    await page.getByText('李建国').first().waitFor();
    expect(await page.getByText('周西城').count()).toBe(0);
    await page.getByText('第一天？').waitFor();
    await inBothLanguages(page, 'first-hints', complaints);
    await page.getByRole('button', { name: '知道了' }).click();
    expect(await page.getByText('第一天？').count()).toBe(0);

    await page.goto(`/people/${id}`);
    await page.getByText('此人不在您的范围内').waitFor();
    // The browser itself notes what was not found: it is what the page is about.
    complaints.splice(0);
    await page.getByRole('button', { name: '说明理由并查看' }).click();
    await page.getByText('至少 5 个字').waitFor();
    await inBothLanguages(page, 'out-of-reach', complaints);
    await page.getByRole('textbox', { name: '理由' }).fill('受检者在本院晕倒，需要既往结果');
    await page.getByRole('button', { name: '说明理由并查看' }).click();
    await page.getByText('周西城').first().waitFor();

    const auditor = await desk.signedIn('shen', '沈审计', ['auditor'], { at: '/audit' });
    await auditor.page.getByRole('button', { name: '破例查看' }).click();
    await auditor.page.getByText('受检者在本院晕倒，需要既往结果').waitFor();
    await auditor.page.getByRole('button', { name: '全部', exact: true }).click();
    await auditor.page.getByText('查看受检者').first().waitFor();
    await inBothLanguages(auditor.page, 'audit', auditor.complaints);
  });

  it('somebody who is looked for and is not theirs is found by name and day of birth', async () => {
    const { page } = await desk.signedIn('li', '李敏', ['nurse'], { at: '/people', centre: WEST });
    await page.getByRole('searchbox').fill('李建国');
    await page.getByLabel('完整姓名').fill('李建国');
    await page.getByLabel('出生日期').fill('1968-03-14');
    await page.getByRole('textbox', { name: '理由' }).fill('家属来电说明用药');
    await page.getByRole('button', { name: '说明理由并查看' }).click();
    await page.getByText('45').first().waitFor();
  });

  it('the administrator gives somebody another post', async () => {
    const { page, complaints } = await desk.signedIn('admin', '管理员甲', ['administrator'], {
      at: '/admin',
    });
    await page.getByRole('button', { name: '改角色 李敏' }).click();
    await page.getByLabel('护士长', { exact: true }).check();
    await page.getByRole('combobox', { name: /^中心/ }).selectOption(EAST);
    await inBothLanguages(page, 'admin-post', complaints);
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByText('护士、护士长').waitFor();
  });

  it('one’s own account: the password, where one is signed in, codes, sound and letters', async () => {
    const { page, complaints } = await desk.signedIn('chen', '陈静', ['nurse']);
    const again = await desk.browser.newContext({ baseURL: desk.app.base });
    const other = await again.newPage();
    await other.goto('/');
    await other.getByLabel('用户名').fill('chen');
    await other.getByLabel('密码').fill('correct horse battery');
    await other.keyboard.press('Enter');
    await other.getByText('陈静').first().waitFor();
    await page.getByRole('link', { name: '陈静' }).click();
    await page.getByRole('button', { name: /^结束 2026/ }).waitFor();
    await inBothLanguages(page, 'me', complaints);
    await page.getByRole('button', { name: '结束其他登录' }).click();
    await page.getByRole('button', { name: /^结束 2026/ }).waitFor({ state: 'detached' });
    await other.goto('/me');
    await other.getByLabel('用户名').waitFor();
    await again.close();
    await page.getByLabel('现在的密码').fill('not this one');
    await page.getByLabel('新密码').fill('another horse battery');
    await page.getByLabel('再输一次').fill('another horse battery');
    await page.getByRole('button', { name: '修改密码' }).click();
    await page.getByText('现在的密码不正确').waitFor();
    await page.getByLabel('现在的密码').fill('correct horse battery');
    await page.getByRole('button', { name: '修改密码' }).click();
    await page.getByText('密码已修改').waitFor();
    await page.getByLabel('字母快捷键', { exact: false }).uncheck();
    await page.reload();
    expect(await page.getByLabel('字母快捷键', { exact: false }).isChecked()).toBe(false);
  });
});
