import { type Page } from 'playwright-core';
import { AccountsService, StaffAddresses } from '../../src/accounts/index.js';
import { EscalationService } from '../../src/escalation/index.js';
import { openPage } from '../support/browser.js';
import { BrowserDesk, RECENT } from '../support/browser-desk.js';
import { PASSWORD } from '../support/browser-session.js';
import { describeInBrowser } from '../support/built-pages.js';
import { encounterOf, STAFF } from '../support/centres.js';
import { loinc, observation, quantity, result, resultsOnly } from '../support/messages.js';
import { describeWithData, listTestData, testText } from '../support/test-data.js';

const MOST = 6;
/** A potassium of class A, and a creatinine whose unit nobody sent. */
const POTASSIUM = { code: loinc('2823-3'), ...RECENT };
const CREATININE = { code: loinc('14682-9'), valueQuantity: { value: 900 }, ...RECENT };

interface Real {
  name: string;
  birthDate: string;
  sent: fhir4.Patient;
}

/** The published records as they are, of people who live, with a telephone. */
function livingPeople(): { path: string; patient: fhir4.Patient }[] {
  return listTestData('synthea-r4-2019')
    .map((path) => {
      const { entry = [] } = JSON.parse(testText(path)) as fhir4.Bundle;
      return { path, patient: entry[0]!.resource as fhir4.Patient, size: entry.length };
    })
    .filter(({ patient, size }) => !patient.deceasedDateTime && patient.birthDate! < '2000' && size < 500)
    .slice(0, MOST);
}

describeWithData('on real records', () => {
  describeInBrowser('each role at its work, in a real browser', () => {
    let desk: BrowserDesk;
    const people: Real[] = [];
    beforeAll(async () => {
      desk = await BrowserDesk.open();
      for (const { path, patient } of livingPeople()) {
        const { status, text } = await desk.app.post('/fhir', testText(path));
        if (status !== 200) throw new Error(`${path}: ${text}`);
        const { family, given } = patient.name![0]!;
        people.push({ name: `${given!.join(' ')} ${family}`, birthDate: patient.birthDate!, sent: patient });
      }
    }, 60_000);
    afterAll(() => desk?.close());

    /** What the laboratory reports today of somebody whose record has been there for years. */
    const reported = async ({ sent }: Real, ...results: fhir4.FhirResource[]): Promise<void> => {
      const [identifier] = sent.identifier!;
      const subject = { identifier: { system: identifier!.system, value: identifier!.value } };
      const about = results.map((one) => ({ ...one, subject }) as fhir4.FhirResource);
      const { status, text } = await desk.app.post('/fhir', resultsOnly(about));
      if (status !== 200) throw new Error(text);
    };
    const potassium = (value: number) => result({ ...POTASSIUM, valueQuantity: quantity(value, 'mmol/L') });
    /** Beside a call there may be what a doctor has to look at of years ago. */
    const row = (page: Page, { sent }: Real, what: string) =>
      page.locator('.row').filter({ hasText: sent.name![0]!.family! }).filter({ hasText: what });

    it('the nurse claims, hears who it is, has the value read back, and goes on to the next', async () => {
      const [first, second] = people as [Real, Real];
      await reported(first, potassium(6.8));
      await reported(second, potassium(7.1));
      const { page, complaints } = await desk.signedIn('wang', '王秀兰', ['nurse']);
      await row(page, second, '钾').waitFor();
      await row(page, first, '钾').click();
      await page.getByRole('button', { name: '领取 C' }).waitFor();
      await page.keyboard.press('c');
      await page.locator('.outcome input:focus').waitFor();
      const shown = await page.locator('.sheet .banner h2 a').textContent();
      for (const typed of [shown!, first.birthDate.slice(5).replace('-', '')]) {
        await page.keyboard.type(typed);
        await page.keyboard.press('Tab');
      }
      await page.getByLabel('数值').fill('6.8');
      await page.getByLabel('单位').fill('mmol/L');
      await page.keyboard.press('Control+Enter');
      await page.waitForURL(/\/queue$/);
      await row(page, first, '钾').waitFor({ state: 'detached' });
      await page.keyboard.press('Enter');
      await page.locator('.sheet .banner').filter({ hasText: second.sent.name![0]!.family! }).waitFor();
      // Years of the record are drawn beside what came today.
      await page.locator('.sheet .banner a').click();
      await page.getByRole('link', { name: '图表' }).click();
      await page.locator('table tbody tr').first().waitFor({ state: 'attached' });
      expect(complaints).toEqual([]);
    });

    it('the duty doctor is shown what nobody took, decides a review, and confirms a result', async () => {
      const third = people[2]!;
      await reported(third, result(CREATININE));
      desk.app.clock.advance({ minutes: 61 });
      await desk.app.nest.get(EscalationService).askDue();
      const { page, complaints } = await desk.signedIn('gao', '高医生', ['duty-doctor']);
      await row(page, people[1]!, '钾').click();
      await page.getByRole('button', { name: /^确认结果/ }).waitFor();
      await page.getByRole('button', { name: '经过' }).click();
      await page.getByText('到时未告知，逐级上报').first().waitFor();
      await page.getByRole('region', { name: '任务' }).focus();
      await page.keyboard.press('y');
      await page.keyboard.press('Control+Enter');
      await page.getByText('医生或检验科已确认结果。').first().waitFor();
      await page.getByRole('button', { name: /^复核/ }).click();
      await row(page, third, '肌酐').click();
      await page.getByLabel('处理').fill('已与检验科核对');
      await page.keyboard.press('Control+Enter');
      await row(page, third, '肌酐').waitFor({ state: 'detached' });
      expect(complaints).toEqual([]);
    });

    it('an attending doctor sees the inpatients who are theirs, and nobody else', async () => {
      const fourth = people[3]!;
      await reported(fourth, encounterOf({ doctor: 'D7' }), observation({ hb: 45 }, RECENT));
      const made = { login: 'sun', name: '孙医生', roles: ['attending-doctor' as const], password: PASSWORD };
      const { id } = await desk.app.nest.get(AccountsService).create(made);
      await desk.app.nest.get(StaffAddresses).set(id, [], `${STAFF}|D7`);
      const { page } = await openPage(desk.browser, desk.app.base);
      await page.goto('/');
      await page.getByLabel('用户名').fill('sun');
      await page.getByLabel('密码').fill(PASSWORD);
      await page.keyboard.press('Enter');
      await row(page, fourth, '血红蛋白').waitFor();
      expect(await page.locator('.row').count()).toBe(1);
    });

    it('the health manager looks at the groups, and takes them along as a table', async () => {
      const { page, complaints } = await desk.signedIn('han', '韩健康', ['health-manager'], {
        at: '/manager/groups',
      });
      await page.getByText('少于 5 人的数字不显示', { exact: false }).waitFor();
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name: /下载/ }).first().click(),
      ]);
      expect(file.suggestedFilename()).toMatch(/\.csv$/);
      expect(complaints).toEqual([]);
    });

    it('the administrator finds the service well; the auditor finds who read whose record, and no name', async () => {
      const admin = await desk.signedIn('admin', '管理员甲', ['administrator'], { at: '/admin/health' });
      await admin.page.getByText('运行正常，可以接收结果。').waitFor();
      const auditor = await desk.signedIn('shen', '沈审计', ['auditor'], { at: '/audit' });
      await auditor.page.getByText('查看任务').first().waitFor();
      const seen = await auditor.page.locator('main').textContent();
      for (const { sent } of people) expect(seen).not.toContain(sent.name![0]!.family!);
      expect([admin.complaints, auditor.complaints]).toEqual([[], []]);
    });
  });
});
