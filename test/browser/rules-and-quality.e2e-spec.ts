import { BrowserDesk, inBothLanguages, RECENT } from '../support/browser-desk.js';
import { describeInBrowser } from '../support/built-pages.js';
import { quantity, result } from '../support/messages.js';

describeInBrowser('those who keep the rules, in a real browser', () => {
  let desk: BrowserDesk;
  beforeAll(async () => {
    desk = await BrowserDesk.open();
    const sent = (value: number, unit = '10*9/L') =>
      result({
        code: { coding: [{ system: 'urn:lis', code: 'WBC#' }] },
        valueQuantity: quantity(value, unit),
        ...RECENT,
      });
    await desk.send('李建国', [sent(2.1)]);
    await desk.send('陈静', [sent(2.4)]);
    await desk.send('周涛', [sent(6.5)]);
    const bare = result({
      code: { text: '某新项目' },
      valueQuantity: { value: 4.1, unit: '单位甲' },
      ...RECENT,
    });
    await desk.send('吴敏', [bare]);
  });
  afterAll(() => desk?.close());

  it('find a rule, and read it in words, with its examples, its source and its file', async () => {
    const { page, complaints } = await desk.signedIn('guo', '郭规', ['rule-author'], { at: '/rules' });
    await page.getByRole('row').nth(10).waitFor();
    await inBothLanguages(page, 'rules', complaints);
    await page.keyboard.press('/');
    await page.keyboard.type('白细胞');
    await page.getByRole('link', { name: '白细胞减少', exact: true }).first().waitFor();
    await page.getByRole('link', { name: '白细胞减少', exact: true }).first().click();
    await page.getByText('白细胞计数 低于或等于 3.0 ×10⁹/L').waitFor();
    expect(await page.locator('pre').first().textContent()).toContain('id: wbc-low');
    await inBothLanguages(page, 'rule', complaints);
  });

  it('map a code that nobody knew, and see what that made of the results that waited', async () => {
    const { page, complaints } = await desk.signedIn('he', '何则', ['rule-author'], { at: '/quality' });
    await page.getByText('urn:lis|WBC#').first().waitFor();
    await inBothLanguages(page, 'quality', complaints);
    await page.getByRole('button', { name: '对照 urn:lis|WBC#' }).click();
    await page.keyboard.type('bxbjs');
    await page.getByRole('button', { name: /^白细胞计数/ }).click();
    await inBothLanguages(page, 'quality-map', complaints);
    await page.getByRole('button', { name: '对照并重新判定' }).click();
    await page.getByText('其中 3 项已识别', { exact: false }).waitFor();
    await page.getByText('新任务 2 个', { exact: false }).waitFor();
    await inBothLanguages(page, 'quality-mapped', complaints);
  });
});
