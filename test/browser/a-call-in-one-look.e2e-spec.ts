import { type Page } from 'playwright-core';
import { BrowserDesk, inBothLanguages, RECENT } from '../support/browser-desk.js';
import { seriousFaults } from '../support/browser.js';
import { describeInBrowser } from '../support/built-pages.js';
import { observation } from '../support/messages.js';

type Values = Parameters<typeof observation>[0];
const FOUND: readonly Values[] = [{ hb: 65 }, { wbc: 2.1 }, { plt: 45 }];

/** What a usual call needs at hand. */
const NEEDED = [
  '.banner h2',
  '.finding .values b',
  '.contacts b',
  '.claim button',
  '.outcome .identify input',
  '.outcome .read-back input',
  '.outcome .ant-radio-wrapper',
  '.outcome textarea',
  '.outcome [type="submit"]',
  '.outcome .failed button',
];

/** Of what is needed, what is not whole within the window and the part that it stands in, as it was opened. */
function outOfSight(page: Page, needed: readonly string[]): Promise<string[]> {
  return page.evaluate<string[]>(`${JSON.stringify(needed)}.filter((css) => {
    const all = [...document.querySelectorAll('.sheet ' + css)];
    const shown = css.startsWith('.finding') ? all.slice(0, 1) : all;
    return shown.length === 0 || shown.some((one) => {
      const { top, bottom, left, right } = one.getBoundingClientRect();
      const at = document.elementFromPoint((left + right) / 2, bottom - 2);
      return top < 0 || bottom > innerHeight || !(at && (one.contains(at) || at.contains(one)));
    });
  })`);
}

describeInBrowser('the call in one look, in a real browser', () => {
  let desk: BrowserDesk;
  beforeAll(async () => {
    desk = await BrowserDesk.open();
    for (const [i, name] of ['甲一', '乙二', '丙三'].entries()) {
      const results = FOUND.slice(0, i + 1).map((values) => observation(values, RECENT));
      await desk.send(name, results, { phone: `1380013447${i}` });
    }
  });
  afterAll(() => desk?.close());

  it.each([
    ['one finding', '甲一', 1],
    ['two', '乙二', 2],
    ['three', '丙三', 3],
  ])('of %s needs no scrolling at 1366 × 640, whether claimed or not', async (name, who, count) => {
    const { page, complaints } = await desk.signedIn(`wang${count}`, '王秀兰', ['nurse']);
    await page.locator('.row').filter({ hasText: who }).click();
    await page.getByRole('button', { name: '领取 C' }).waitFor();
    expect(await outOfSight(page, ['.finding .values b', '.finding .say', '.claim button'])).toEqual([]);
    await page.keyboard.press('c');
    await page.locator('.outcome input:focus').waitFor();
    await page.locator('.sheet').focus();
    await page.keyboard.press('s');
    await page.getByRole('link', { name: '拨打' }).waitFor();
    expect(await page.locator('.read-back').count()).toBe(count);
    // What is told next stands next, before other findings of the same value.
    const told = await page.locator('.finding .values').allTextContents();
    expect(new Set(told.slice(0, count)).size).toBe(count);
    await inBothLanguages(page, `one-look-${name.split(' ')[0]}`, complaints, async () => {
      expect([name, await outOfSight(page, NEEDED)]).toEqual([name, []]);
    });
    await page.emulateMedia({ colorScheme: 'dark' });
    expect([name, await seriousFaults(page)]).toEqual([name, []]);
  });
});
