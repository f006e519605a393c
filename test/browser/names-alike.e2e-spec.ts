import { Reader } from '../../src/database/index.js';
import { BrowserDesk, inBothLanguages, RECENT } from '../support/browser-desk.js';
import { describeInBrowser } from '../support/built-pages.js';
import { loinc, observation, quantity, result } from '../support/messages.js';

describeInBrowser('what looks alike, in a real browser', () => {
  let desk: BrowserDesk;
  beforeAll(async () => {
    desk = await BrowserDesk.open();
    await desk.send('张伟', [observation({ hb: 45 }, RECENT)]);
    await desk.send('张伟', [observation({ wbc: 2.1 }, RECENT)], {
      birthDate: '1991-07-02',
      phone: '13800134400',
    });
    const ca125 = result({ code: loinc('10334-1'), valueQuantity: quantity(950, 'U/mL'), ...RECENT });
    await desk.send('陈静', [ca125], { phone: '13800134401', more: { gender: 'female' } });
  });
  afterAll(() => desk?.close());

  it('names are marked in the list and in the banner, though only one of the two is listed', async () => {
    const { page, complaints } = await desk.signedIn('wang', '王秀兰', ['nurse']);
    const zhang = page.locator('.row').filter({ hasText: '张伟' });
    await zhang.nth(1).waitFor();
    expect(await zhang.locator('.tag.warn').allTextContents()).toEqual(['⚠ 同名 2 人', '⚠ 同名 2 人']);
    expect(await page.locator('.row .tag.warn').count()).toBe(2);
    await page.getByRole('button', { name: /^A 类/ }).click();
    await zhang.nth(1).waitFor({ state: 'detached' });
    await zhang.first().click();
    await page.locator('.banner').getByText('⚠ 同名 2 人').waitFor();
    complaints.splice(0);
    await inBothLanguages(page, 'same-name', complaints);
    await page.getByRole('button', { name: /^全部 \d/ }).click();
    await page.locator('.row.class-B').filter({ hasText: '陈静' }).click();
    await page.locator('.banner').filter({ hasText: '陈静' }).waitFor();
    expect(await page.locator('.banner .tag').count()).toBe(0);
  });

  it('of tests the difference is bold', async () => {
    const { page } = await desk.signedIn('li', '李敏', ['nurse']);
    const row = page.locator('.row.class-B').filter({ hasText: '陈静' });
    await row.waitFor();
    expect(await row.locator('.alike b').allTextContents()).toEqual(['125']);
    await row.click();
    const title = page.locator('article.finding h3').first();
    await title.locator('.alike b').waitFor();
    const weights = await page.evaluate<string[]>(`
      ['.alike', '.alike b'].map((of) => getComputedStyle(document.querySelector('article.finding h3 ' + of)).fontWeight)
    `);
    expect(weights).toEqual(['400', '700']);
  });

  it('one claim comes of two clicks, and of Enter pressed twice; nothing is complained of', async () => {
    const { page, complaints, id } = await desk.signedIn('zhao', '赵静', ['nurse']);
    const claims = async () => {
      const sql = "SELECT COUNT(*) AS n FROM task_event WHERE action = 'claim' AND actor = ?";
      const [{ n }] = (await desk.app.nest.get(Reader).query<{ n: number }>(sql, [`user:${id}`])) as [
        { n: number },
      ];
      return Number(n);
    };
    let asked = 0;
    page.on('request', (request) => (asked += request.url().endsWith('/claim') ? 1 : 0));
    const claim = page.getByRole('button', { name: '领取 C' });
    await page.locator('.row.class-B').filter({ hasText: '陈静' }).click();
    await claim.dblclick();
    await page.getByText('您已领取').waitFor();
    await page.locator('.outcome input:focus').waitFor();
    expect([asked, await claims(), await page.locator('.fault').count()]).toEqual([1, 1, 0]);
    await page.getByRole('button', { name: /^释放/ }).click();
    await claim.focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await page.getByText('您已领取').waitFor();
    await page.locator('.outcome input:focus').waitFor();
    await page.keyboard.press('Enter');
    // What is missing would be told of at once by saving.
    await page.waitForTimeout(300);
    expect([asked, await claims()]).toEqual([2, 2]);
    expect(await page.locator('.fault, .ant-form-item-explain-error').count()).toBe(0);
    expect(complaints).toEqual([]);
  });
});
