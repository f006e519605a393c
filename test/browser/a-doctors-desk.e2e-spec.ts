import { AccountsService, StaffAddresses } from '../../src/accounts/index.js';
import { BrowserDesk, inBothLanguages, RECENT } from '../support/browser-desk.js';
import { PASSWORD } from '../support/browser-session.js';
import { openPage } from '../support/browser.js';
import { describeInBrowser } from '../support/built-pages.js';
import { encounterOf, STAFF } from '../support/centres.js';
import { bundleOf, observation, person, result } from '../support/messages.js';

describeInBrowser('a doctor, in a real browser', () => {
  let desk: BrowserDesk;
  beforeAll(async () => {
    desk = await BrowserDesk.open();
    await desk.send('李建国', [observation({ hb: 45 }, RECENT)]);
  });
  afterAll(() => desk?.close());

  it('is passed a call, asks for a repeat and confirms the result by keys; the nurse sees it at once', async () => {
    const doctor = await desk.signedIn('zhao', '赵医生', ['duty-doctor']);
    const nurse = await desk.signedIn('wang', '王秀兰', ['nurse']);
    await nurse.page.getByText('李建国').first().waitFor();
    await nurse.page.keyboard.press('j');
    await nurse.page.keyboard.press('Enter');
    await nurse.page.getByRole('button', { name: '领取 C' }).click();
    await nurse.page.locator('.outcome input:focus').waitFor();
    await nurse.page.keyboard.press('Escape');
    await nurse.page.keyboard.press('t');
    await nurse.page.getByLabel('交给谁').fill('zy');
    await nurse.page.getByRole('button', { name: '赵医生' }).waitFor();
    await nurse.page.keyboard.press('Enter');
    await nurse.page.getByText('已请 赵医生 接手').waitFor();

    const { page, complaints } = doctor;
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: '接手' }).click();
    await page.locator('.outcome input:focus').waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('r');
    await page.getByLabel('要求复测：说明').fill('与临床不符');
    await page.getByLabel('溶血').check();
    await inBothLanguages(page, 'verify', complaints);
    await page.getByLabel('要求复测：说明').focus();
    await page.keyboard.press('Control+Enter');
    await page.getByText('要求重新采样复测').waitFor();
    await nurse.page.getByText('要求重新采样复测。 · 标本：溶血').waitFor();
    await page.locator('.sheet:focus').waitFor();
    await page.keyboard.press('y');
    await page.getByLabel('确认结果：说明').waitFor();
    await page.keyboard.press('Control+Enter');
    await page.getByText('医生或检验科已确认结果。').waitFor();
    await nurse.page.getByText('医生或检验科已确认结果。', { exact: true }).waitFor();
    expect([complaints, nurse.complaints]).toEqual([[], []]);
  });

  it('decides what the rules could not: a review is closed with what was done', async () => {
    const value = { valueQuantity: { value: 900 } };
    await desk.send('陈静', [
      result({ code: { coding: [{ system: 'http://loinc.org', code: '14682-9' }] }, ...value, ...RECENT }),
    ]);
    const { page } = await desk.signedIn('gao', '高医生', ['duty-doctor']);
    await page.getByRole('button', { name: /^复核/ }).click();
    await page.locator('.row').filter({ hasText: '陈静' }).click();
    await page.getByLabel('处理').fill('已与检验科核对，单位为 μmol/L');
    await page.keyboard.press('Control+Enter');
    await page.waitForURL(/\/queue(?:\?|$)/);
    await page.locator('.row').filter({ hasText: '陈静' }).waitFor({ state: 'detached' });
  });

  it('an attending doctor sees the inpatients who are theirs, and nobody else', async () => {
    const patient = { ...person(), name: [{ text: '柳病房' }], birthDate: '1968-03-14' };
    const stay = encounterOf({ doctor: 'D7' });
    const sent = bundleOf(patient, [stay, observation({ hb: 45 }, RECENT)]);
    expect((await desk.app.post('/fhir', sent)).status).toBe(200);
    const accounts = desk.app.nest.get(AccountsService);
    const made = { login: 'sun', name: '孙医生', roles: ['attending-doctor' as const], password: PASSWORD };
    const { id } = await accounts.create(made);
    await desk.app.nest.get(StaffAddresses).set(id, [], `${STAFF}|D7`);
    const { page } = await openPage(desk.browser, desk.app.base);
    await page.goto('/');
    await page.getByLabel('用户名').fill('sun');
    await page.getByLabel('密码').fill(PASSWORD);
    await page.keyboard.press('Enter');
    await page.locator('.row').filter({ hasText: '柳病房' }).waitFor();
    expect(await page.locator('.row').count()).toBe(1);
  });
});
