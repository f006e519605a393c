import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { AccountsService, type Role } from '../../src/accounts/index.js';
import { codeAt } from '../../src/accounts/domain/one-time-code.js';
import { startApp, TEST_NOW, type TestApp } from './app.js';
import { launch, openPage, overflows, seriousFaults } from './browser.js';
import { PASSWORD } from './browser-session.js';
import { bundleOf, person } from './messages.js';

/** `FIRSTCALL_PICTURES=docs/pictures/workbench` keeps what was seen. */
const PICTURES = process.env.FIRSTCALL_PICTURES;
/** Of a result that has just come in. */
export const RECENT = { effectiveDateTime: TEST_NOW, issued: TEST_NOW };

/** The built pages in a real browser, on the service with the shipped rules. */
export class BrowserDesk {
  private constructor(
    readonly app: TestApp,
    readonly browser: Browser,
  ) {}

  /** @param rulesDir a copy, where the test has rules written */
  static async open(rulesDir = 'rules'): Promise<BrowserDesk> {
    return new BrowserDesk(await startApp({ env: { RULES_DIR: rulesDir } }), await launch());
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.app.close();
  }

  /** A man with a telephone number, and what was found of him. */
  async send(
    name: string,
    results: fhir4.FhirResource[],
    { birthDate = '1968-03-14', phone = '13800134471', more = {} } = {},
  ): Promise<fhir4.Patient> {
    const patient: fhir4.Patient = {
      ...person(),
      name: [{ text: name }],
      gender: 'male',
      birthDate,
      telecom: [{ system: 'phone', value: phone }],
      ...more,
    };
    const { status, text } = await this.app.post('/fhir', bundleOf(patient, results));
    if (status !== 200) throw new Error(text);
    return patient;
  }

  /** Somebody signs in at a browser of their own. */
  async signedIn(
    login: string,
    name: string,
    roles: Role[],
    { at = '/', centre, ...options }: BrowserContextOptions & { at?: string; centre?: string } = {},
  ): Promise<{ page: Page; complaints: string[]; id: string; codeSecret: string }> {
    const { id } = await this.app.nest
      .get(AccountsService)
      .create({ login, name, roles, password: PASSWORD, centre: centre ?? null });
    const opened = await openPage(this.browser, this.app.base, options);
    const { page } = opened;
    await page.goto(at);
    await page.getByLabel('用户名').fill(login);
    await page.getByLabel('密码').fill(PASSWORD);
    await page.keyboard.press('Enter');
    let codeSecret = '';
    if (roles.some((role) => role === 'administrator' || role === 'rule-reviewer')) {
      codeSecret = (await page.locator('.secret code').textContent())!.replace(/\s/g, '');
      await page.getByLabel('验证码').fill(codeAt(codeSecret, this.app.clock.now()));
      await page.keyboard.press('Enter');
    }
    await page.getByText(name).first().waitFor();
    return { ...opened, id, codeSecret };
  }
}

export async function picture(page: Page, name: string): Promise<void> {
  if (PICTURES === undefined) return;
  mkdirSync(PICTURES, { recursive: true });
  await page.mouse.move(0, 0);
  await page.screenshot({ path: join(PICTURES, `${name}.png`) });
}

/** What is seen, in Chinese and in English, where no more is asked of it; the page is in Chinese afterwards. */
export async function pictures(page: Page, name: string): Promise<void> {
  if (PICTURES === undefined) return;
  for (const [language, other] of [
    ['zh', 'English'],
    ['en', '中文'],
  ] as const) {
    await picture(page, `${name}-${language}`);
    await page.getByRole('button', { name: other, exact: true }).click();
  }
}

/** As it stands, in Chinese and in English: nothing serious for axe, nothing beyond the window, nothing complained of. */
export async function inBothLanguages(
  page: Page,
  name: string,
  complaints: readonly string[],
  settled: (page: Page) => Promise<unknown> = () => Promise.resolve(),
): Promise<void> {
  for (const language of ['zh', 'en']) {
    await settled(page);
    expect([name, language, await seriousFaults(page)]).toEqual([name, language, []]);
    expect([name, language, await overflows(page)]).toEqual([name, language, false]);
    await picture(page, `${name}-${language}`);
    if (language === 'zh') expect([name, await strayLatin(page)]).toEqual([name, []]);
    else expect([name, await chineseFaults(page)]).toEqual([name, []]);
    await page.getByRole('button', { name: language === 'zh' ? 'English' : '中文', exact: true }).click();
  }
  expect(complaints).toEqual([]);
}

/** What a form of the English pages says is wrong, in Chinese. */
async function chineseFaults(page: Page): Promise<string[]> {
  const faults = await page.locator('.ant-form-item-explain-error').allInnerTexts();
  return faults.filter((text) => /\p{Script=Han}/u.test(text));
}

/** Words of the pages that are not Chinese in the Chinese pages: three letters in a row, in small letters. */
async function strayLatin(page: Page): Promise<string[]> {
  const text = await page.evaluate<string>(`(() => {
    const words = [];
    const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const { parentElement, data } = walker.currentNode;
      if (!parentElement.closest('pre, code, kbd, style, [data-foreign], [lang]:not(html)')) words.push(data);
    }
    return words.join(' ');
  })()`);
  const allowed = /^(?:mmol|umol|μmol|mol|mg|pg|mL|dL|fL|HPF|kPa|mmHg|China|Ctrl|Enter|Esc|CSV)$/;
  return [...new Set(text.match(/[a-z][A-Za-z]{2,}|[A-Z][a-z]{2,}/g) ?? [])].filter(
    (word) => !allowed.test(word),
  );
}
