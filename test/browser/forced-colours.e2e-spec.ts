import { type Page } from 'playwright-core';
import { BrowserDesk, pictures, RECENT } from '../support/browser-desk.js';
import { describeInBrowser } from '../support/built-pages.js';
import { loinc, observation, quantity, result } from '../support/messages.js';

/** How the first element of a selector is drawn. */
function drawn(
  page: Page,
  selector: string,
): Promise<Record<'fill' | 'outlineStyle' | 'borderLeftColor', string>> {
  return page.evaluate(`(() => {
    const { fill, outlineStyle, borderLeftColor } = getComputedStyle(document.querySelector('${selector}'));
    return { fill, outlineStyle, borderLeftColor };
  })()`);
}

describeInBrowser('the queue in the colours of the system (forced colours), in a real browser', () => {
  let desk: BrowserDesk;
  beforeAll(async () => {
    desk = await BrowserDesk.open();
    await desk.send('张伟', [observation({ hb: 45 }, RECENT)]);
    const ca125 = result({ code: loinc('10334-1'), valueQuantity: quantity(950, 'U/mL'), ...RECENT });
    await desk.send('陈静', [ca125], { phone: '13800134401', more: { gender: 'female' } });
  });
  afterAll(() => desk?.close());

  it('tells classes by shape and letter, and shows what is chosen and where the keys are', async () => {
    const { page } = await desk.signedIn('wang', '王秀兰', ['nurse']);
    await page.emulateMedia({ forcedColors: 'active' });
    const [graver, milder] = ['.row.class-A', '.row.class-B'] as const;
    await page.locator(milder).waitFor();
    const shape = (row: string) => page.locator(`${row} .badge path`).first().getAttribute('d');
    expect(await shape(graver)).not.toBe(await shape(milder));
    const letter = (row: string) => page.locator(`${row} .badge`).first().innerText();
    expect([await letter(graver), await letter(milder)]).toEqual(['A 类', 'B 类']);
    const ground = await page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
    expect((await drawn(page, `${graver} .badge path`)).fill).not.toBe(ground);

    await page.locator(milder).click();
    await page.locator('.banner').filter({ hasText: '陈静' }).waitFor();
    const [chosen, other] = [await drawn(page, milder), await drawn(page, graver)];
    expect([chosen.outlineStyle, other.outlineStyle]).toEqual(['solid', 'none']);
    expect(chosen.borderLeftColor).not.toBe(other.borderLeftColor);
    expect((await drawn(page, '.chip[aria-pressed="true"]')).outlineStyle).toBe('solid');
    await page.keyboard.press('Tab');
    expect((await drawn(page, ':focus')).outlineStyle).not.toBe('none');
    await pictures(page, 'forced-colours');
  });
});
