import { BrowserDesk, inBothLanguages, RECENT } from '../support/browser-desk.js';
import { describeInBrowser } from '../support/built-pages.js';
import { observation } from '../support/messages.js';
import { RulesFolder } from '../support/rules-folder.js';

const POLICY = 'notification/policy.yaml';
const REASONS = ['已知粒细胞减少，血液科随访', '化疗期间'];

describeInBrowser('停叫 on the page of a person, in a real browser', () => {
  let desk: BrowserDesk;
  let folder: RulesFolder;
  beforeAll(async () => {
    folder = new RulesFolder();
    const allowed = REASONS.map(
      (reason, i) =>
        `{ rules: [important-results/wbc-low], reason: ${reason}, longest_days: ${90 - 60 * i} }`,
    );
    folder.write(
      POLICY,
      folder.read(POLICY).replace(/^may_silence: .*$/m, `may_silence: [${allowed.join(', ')}]`),
    );
    desk = await BrowserDesk.open(folder.path);
    await desk.send('李建国', [observation({ wbc: 2.1, hb: 45 }, RECENT)]);
  });
  afterAll(async () => {
    await desk?.close();
    folder?.remove();
  });

  const opened = async (login: string, name: string, role: 'nurse' | 'duty-doctor') => {
    const { page, complaints } = await desk.signedIn(login, name, [role], { at: '/people' });
    await page.getByRole('searchbox').fill('ljg');
    await page.getByRole('link', { name: '李建国' }).click();
    await page.locator('.finding').first().waitFor();
    return { page, complaints };
  };

  it('is set by a doctor for a reason of the policy, as long as it allows, and ended', async () => {
    const { page, complaints } = await opened('zhao', '赵医生', 'duty-doctor');
    const set = page.getByRole('button', { name: '停叫' }).first();
    // Of the two findings the policy names one.
    await set.waitFor();
    expect(await page.getByRole('button', { name: '停叫' }).count()).toBe(1);
    await set.focus();
    await page.keyboard.press('Enter');
    await page.getByLabel('停叫到哪一天（含）').waitFor();
    await page.getByLabel('理由').selectOption(REASONS[1]!);
    await page.getByText('最长 30 天').waitFor();
    await page.getByLabel('停叫到哪一天（含）').fill('2026-05-31');
    await page.keyboard.press('Enter');
    await page.getByText('没有停叫：请填写 30 天以内的日期').waitFor();
    await inBothLanguages(page, 'silence', complaints);
    await page.getByLabel('停叫到哪一天（含）').fill('２０２６-０３-２０');
    await page.keyboard.press('Enter');
    await page.getByText(/停叫到 .*：化疗期间/).waitFor();

    const nurse = await opened('wang', '王秀兰', 'nurse');
    await nurse.page.getByText(/停叫到 .*：化疗期间/).waitFor();
    expect(await nurse.page.getByRole('button', { name: /停叫|恢复通知/ }).count()).toBe(0);

    await page.getByRole('button', { name: '恢复通知' }).click();
    await page.getByText(/停叫到 .*：化疗期间/).waitFor({ state: 'detached' });
    expect(complaints).toEqual([]);
  });
});
