import { Reader } from '../../src/database/index.js';
import { BrowserDesk, inBothLanguages, RECENT } from '../support/browser-desk.js';
import { describeInBrowser } from '../support/built-pages.js';
import { daysBefore, loinc, observation, person, quantity, result } from '../support/messages.js';
import { condition } from '../support/records.js';

describeInBrowser('the sheet of a task, in a real browser', () => {
  let desk: BrowserDesk;
  beforeAll(async () => {
    desk = await BrowserDesk.open();
    const checkup = { system: 'urn:test:checkup', value: '2026-118204' };
    const visit: fhir4.Encounter = {
      resourceType: 'Encounter',
      identifier: [checkup],
      status: 'finished',
      class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
    };
    const before = (hb: number, days: number) => {
      const at = { effectiveDateTime: daysBefore(days), issued: daysBefore(days) };
      return observation({ hb }, at);
    };
    const now = observation({ hb: 58 }, { ...RECENT, encounter: { identifier: checkup } });
    await desk.send('李建国', [visit, before(131, 720), before(104, 366), now]);
    await desk.send('陈静', [observation({ wbc: 2.1 }, RECENT)], { phone: '13800134400' });
    const marker = result({ code: loinc('10334-1'), valueQuantity: quantity(101, 'U/mL') });
    const menopause = condition('menopause-1', 'HER', { code: 'Z78.0', recordedDate: '2025-01-01' });
    const her = { ...person('HER'), name: [{ text: '赵秀英' }], birthDate: '1968-03-14' };
    await desk.send('赵秀英', [menopause, marker], { more: her });
  });
  afterAll(() => desk?.close());

  it('says which checkup it is, and what the value was the time before, where it was measured', async () => {
    const { page, complaints } = await desk.signedIn('wang', '王秀兰', ['nurse']);
    await page.locator('.row').filter({ hasText: '李建国' }).click();
    const sheet = page.getByRole('region', { name: '任务' });
    await sheet.getByText('上次 104 g/L（2025-03-01）').first().waitFor();
    expect(await sheet.locator('.banner').textContent()).toContain('体检号 2026-118204');
    expect(await sheet.locator('.spark').first().isVisible()).toBe(true);
    // What it was before is no value to tell.
    expect(await sheet.locator('article.finding .values b').allTextContents()).toEqual(['58 g/L']);
    await inBothLanguages(page, 'sheet-trend', complaints);
    await page.locator('.row').filter({ hasText: '陈静' }).click();
    await sheet.getByText('2.1 ×10⁹/L').first().waitFor();
    expect(await sheet.locator('.banner').textContent()).toContain('体检号 未知');
    expect(await sheet.locator('.before').count()).toBe(0);
  });

  it('lists results against their limits, and says sex and history in words alone', async () => {
    const { page, complaints } = await desk.signedIn('sun', '孙洁', ['nurse']);
    await page.locator('.row.class-B').filter({ hasText: '赵秀英' }).click();
    const sheet = page.locator('.sheet');
    await sheet.getByText('女性').first().waitFor();
    const values = sheet.locator('.finding .values b');
    expect(new Set(await values.allTextContents())).toEqual(new Set(['101 U/mL']));
    expect(await sheet.locator('.say').first().textContent()).toContain('有绝经史');
    await inBothLanguages(page, 'sheet-of-her', complaints, async () => {
      expect(new Set(await values.allTextContents())).toEqual(new Set(['101 U/mL']));
    });
    await sheet.locator('.banner a').click();
    const finding = page.locator('article.finding').filter({ hasText: '绝经' }).first();
    await finding.getByRole('button', { name: /为什么|Why/ }).click();
    await finding.getByText('性别：女性').waitFor();
    await inBothLanguages(page, 'why-of-her', complaints);
  });

  it('takes who answered and the day of the recheck by digits, and any day that is typed', async () => {
    const { page, complaints } = await desk.signedIn('li', '李敏', ['nurse']);
    await page.locator('.row').filter({ hasText: '陈静' }).click();
    await page.getByRole('button', { name: '领取 C' }).waitFor();
    await page.keyboard.press('c');
    await page.locator('.outcome input:focus').waitFor();
    for (const typed of ['cj', '0314']) {
      await page.keyboard.type(typed);
      await page.keyboard.press('Tab');
    }
    await page.keyboard.press('3');
    await page.getByLabel('家属姓名').waitFor();
    await page.keyboard.press('1');
    await page.getByLabel('家属姓名').waitFor({ state: 'detached' });
    await page.keyboard.press('Tab');
    await page.keyboard.type('2.1');
    await page.keyboard.press('Tab');
    await page.keyboard.type('10^9/L');
    await page.keyboard.press('Tab');
    await page.keyboard.press('5');
    await page.getByLabel('复查日期').fill('2026-02-28');
    await page.keyboard.press('Control+Enter');
    await page.getByText('请写成 2026-12-01，从今天起一年之内。').waitFor();
    await inBothLanguages(page, 'call-recheck', complaints);
    await page.getByLabel('复查日期').fill('2026-03-16');
    await page.keyboard.press('Control+Enter');
    await page.waitForURL(/\/queue$/);
    const [kept] = await desk.app.nest
      .get(Reader)
      .query<{ at: unknown }>('SELECT recheck_at AS at FROM finding_loop WHERE recheck_at IS NOT NULL');
    expect(JSON.stringify(kept)).toContain('2026-03-16');
  });
});
