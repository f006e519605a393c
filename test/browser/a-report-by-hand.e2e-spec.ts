import { seriousFaults, overflows } from '../support/browser.js';
import { BrowserDesk, picture } from '../support/browser-desk.js';
import { describeInBrowser } from '../support/built-pages.js';

describeInBrowser('手工上报 in a real browser', () => {
  let desk: BrowserDesk;
  beforeAll(async () => {
    desk = await BrowserDesk.open();
    await desk.send('李建国', []);
    await desk.send('李建军', [], { birthDate: '1970-05-06', phone: '13800137788' });
  });
  afterAll(() => desk?.close());

  it('is written down by the keyboard, opens as a task, and is taken back with a reason', async () => {
    const { page, complaints } = await desk.signedIn('wang', '王秀兰', ['nurse']);
    await page.getByText('现在没有待通知的人。').waitFor();
    await page.keyboard.press('w');
    await page.getByRole('dialog', { name: '手工上报重要发现' }).waitFor();
    await page.keyboard.press('Control+Enter');
    await page.getByText('请选择受检者、科室和级别，并写明发现。').waitFor();
    await page.keyboard.type('lj');
    await page.getByRole('button', { name: /李建军/ }).waitFor();
    // Two begin so: a mere Enter takes neither.
    await page.keyboard.press('Enter');
    await page.keyboard.type('g');
    await page.getByRole('button', { name: /李建军/ }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: /李建国/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('已选').waitFor();
    await page.getByLabel('科室').selectOption('ultrasound');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await page.keyboard.press('Tab');
    await page.keyboard.type('甲状腺右叶低回声结节，边界不清，wwc');
    await picture(page, 'report-by-hand-zh');
    expect(complaints).toEqual([]);
    await page.keyboard.press('Control+Enter');
    await page.waitForURL(/\/queue\/.+/);
    await page.getByText('超声科上报：甲状腺右叶低回声结节，边界不清，wwc').first().waitFor();
    await page.getByText('王秀兰 手工上报').waitFor();

    await page.getByRole('button', { name: '撤回上报' }).click();
    await page.getByLabel('撤回原因').fill('写错了人');
    await page.keyboard.press('Enter');
    await page.getByText('这个任务已经完成或撤回。').waitFor();
    await page.getByRole('button', { name: '撤回上报' }).waitFor({ state: 'detached' });
    expect(complaints).toEqual([]);
  });

  it('holds in both languages what axe asks of a page', async () => {
    const { page, complaints } = await desk.signedIn('li', '李敏', ['nurse']);
    for (const name of ['手工上报', 'Report by hand']) {
      await page.getByRole('button', { name: new RegExp(name) }).click();
      await page.getByRole('dialog').waitFor();
      expect([name, await seriousFaults(page)]).toEqual([name, []]);
      expect(await overflows(page)).toBe(false);
      expect(complaints).toEqual([]);
      if (name !== '手工上报') await picture(page, 'report-by-hand-en');
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      if (name === '手工上报') await page.getByRole('button', { name: 'English', exact: true }).click();
    }
  });
});
