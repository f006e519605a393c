import { type Page } from 'playwright-core';
import { Reader } from '../../src/database/index.js';
import { BrowserDesk, inBothLanguages, RECENT } from '../support/browser-desk.js';
import { describeInBrowser } from '../support/built-pages.js';
import { loinc, observation, result } from '../support/messages.js';

describeInBrowser('two who say what became of the same, in a real browser', () => {
  let desk: BrowserDesk;
  let first: Page;
  let second: Page;
  let complaints: string[];
  beforeAll(async () => {
    desk = await BrowserDesk.open();
    await desk.send('周涛', [observation({ wbc: 2.1 }, RECENT)]);
    const withoutUnit = { code: loinc('14682-9'), valueQuantity: { value: 900 } };
    await desk.send('陈静', [result({ ...withoutUnit, ...RECENT })], { phone: '13800134400' });
    ({ page: first } = await desk.signedIn('gao', '高医生', ['nurse', 'duty-doctor']));
    ({ page: second, complaints } = await desk.signedIn('he', '何医生', ['nurse', 'duty-doctor']));
    // Of a page that has not heard of it.
    await second.route('**/api/queue/stream', (route) => route.abort());
    await second.reload();
  });
  afterAll(() => desk?.close());

  const rows = <T>(sql: string) => desk.app.nest.get(Reader).query<T>(sql);

  it('the second of two doctors is told who decided the review and when; it is decided once', async () => {
    for (const page of [first, second]) {
      await page.locator('.row').filter({ hasText: '陈静' }).click();
      await page.getByLabel('处理').waitFor();
    }
    await first.getByLabel('处理').fill('已与检验科核对');
    await first.keyboard.press('Control+Enter');
    await first.waitForURL(/\/queue(?:\?|$)/);
    await second.getByLabel('处理').fill('请重新采样');
    await second.keyboard.press('Control+Enter');
    const said = /^任务已经处理（高医生在 10:00:\d\d .+），您的没有保存。$/;
    await second.locator('.fault').filter({ hasText: said }).waitFor();
    expect(await second.getByLabel('处理').count()).toBe(0);
    await inBothLanguages(second, 'decided-twice', complaints);
    const decided = await rows("SELECT id FROM task_event WHERE action = 'decided'");
    expect([decided.length, await rows("SELECT note FROM task WHERE code = 'review'")]).toEqual([
      1,
      [{ note: '已与检验科核对' }],
    ]);
  });

  it('the second who knows what a recheck gave is told who said so and when; the first stands', async () => {
    await first.locator('.row').filter({ hasText: '周涛' }).click();
    await first.getByRole('button', { name: '领取 C' }).click();
    await first.getByLabel('姓名', { exact: true }).fill('zt');
    await first.getByLabel('出生月日').fill('0314');
    await first.getByLabel('数值').fill('2.1');
    await first.getByLabel('单位').fill('10^9/L');
    await first.keyboard.press('Control+Enter');
    await first.waitForURL(/\/queue(?:\?|$)/);
    await second.keyboard.press('Escape');
    for (const page of [first, second]) {
      await page.getByRole('button', { name: '待复查' }).click();
      await page.getByRole('button', { name: '记录结果' }).click();
    }
    await first.getByRole('button', { name: '排除' }).click();
    await first.getByText('没有等待复查结果的人。').waitFor();
    await second.getByRole('button', { name: '已治疗' }).click();
    const said = /^周涛：高医生已在 10:00:\d\d 记录结果“排除”，您的没有保存。$/;
    await second.locator('.fault').filter({ hasText: said }).waitFor();
    await inBothLanguages(second, 'recheck-twice', complaints);
    expect(await rows('SELECT outcome FROM finding_loop')).toEqual([{ outcome: 'ruled-out' }]);
  });
});
