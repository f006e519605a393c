import { Reader } from '../../src/database/index.js';
import { BrowserDesk, inBothLanguages, pictures, RECENT } from '../support/browser-desk.js';
import { describeInBrowser } from '../support/built-pages.js';
import { loinc, daysBefore, observation, quantity, result } from '../support/messages.js';

const GLUCOSE: [number, number][] = [
  [900, 5.4],
  [600, 5.9],
  [420, 6.4],
  [240, 6.9],
  [120, 7.4],
  [0, 8.2],
];

describeInBrowser('one person from every side, in a real browser', () => {
  let desk: BrowserDesk;
  beforeAll(async () => {
    desk = await BrowserDesk.open();
    const glucose = GLUCOSE.map(([days, value]) =>
      result({
        code: loinc('14771-0'),
        valueQuantity: quantity(value, 'mmol/L'),
        effectiveDateTime: daysBefore(days),
        issued: daysBefore(days),
        referenceRange: [{ low: { value: 3.9 }, high: { value: 6.1 } }],
      }),
    );
    await desk.send('李建国', [
      ...glucose,
      observation({ hb: 45 }, RECENT),
      observation({ creatinine: 96 }, RECENT),
    ]);
    await desk.send('李军歌', [observation({ wbc: 5.5 }, RECENT)], { phone: '13900001234' });
  });
  afterAll(() => desk?.close());

  it('is found by letters; findings are explained, a value is drawn, a number revealed and written down', async () => {
    const { page, complaints, id } = await desk.signedIn('gao', '高洁', ['duty-doctor'], { at: '/people' });
    await page.keyboard.type('ljg');
    await page.getByRole('row').nth(2).waitFor();
    await inBothLanguages(page, 'people', complaints, async (at) => {
      await at.getByRole('searchbox').fill('ljg');
      await at.getByRole('row').nth(2).waitFor();
    });
    await page.getByRole('link', { name: '李建国' }).click();
    await page.locator('.banner').getByText('1968-03-14').waitFor();
    await page
      .getByRole('button', { name: /^为什么/ })
      .first()
      .click();
    await page.locator('.tree').first().waitFor();
    await inBothLanguages(page, 'person-findings', complaints);

    await page.getByRole('link', { name: '图表' }).click();
    await page.getByRole('button', { name: /空腹/ }).click();
    await page.getByText('参考区间 3.9–6.1').waitFor();
    expect(await page.locator('.chart .dot').count()).toBe(GLUCOSE.length);
    expect(await page.locator('.chart .dot.beyond').count()).toBe(4);
    await inBothLanguages(page, 'person-charts', complaints);
    await page.emulateMedia({ colorScheme: 'dark' });
    await pictures(page, 'person-charts-dark');
    await page.emulateMedia({ colorScheme: 'light' });

    await page.getByRole('link', { name: '联系', exact: true }).click();
    await page.getByText('138****4471').waitFor();
    expect(await page.content()).not.toContain('13800134471');
    await page.getByRole('button', { name: '显示' }).click();
    await page.getByText('13800134471').waitFor();
    await pictures(page, 'person-contacts');
    const sql = 'SELECT action FROM audit_event WHERE actor = ?';
    const trail = await desk.app.nest.get(Reader).query<{ action: string }>(sql, [`user:${id}`]);
    expect(trail.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['find people', 'read person', 'read series', 'contacts revealed']),
    );
    const [report] = await Promise.all([
      page.context().waitForEvent('page'),
      page.getByRole('link', { name: '打印报告' }).click(),
    ]);
    await report.getByText('李建国').first().waitFor();
  });

  it('fits a tablet and the narrow window, in the dark too', async () => {
    const { page, complaints } = await desk.signedIn('he', '何文', ['health-manager'], {
      at: '/people',
      viewport: { width: 820, height: 1180 },
      colorScheme: 'dark',
      hasTouch: true,
    });
    await page.keyboard.type('李建国');
    await page.getByRole('link', { name: '李建国' }).click();
    await page.locator('.banner').getByText('1968-03-14').waitFor();
    await inBothLanguages(page, 'person-tablet', complaints);
  });

  it('is not for those who keep the rules', async () => {
    const { page } = await desk.signedIn('guo', '郭规', ['rule-author'], { at: '/people' });
    await page.getByText('您的角色不能查看此页，请联系管理员。').waitFor();
  });
});
