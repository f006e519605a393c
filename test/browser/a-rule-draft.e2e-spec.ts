import { codeAt } from '../../src/accounts/domain/one-time-code.js';
import { BrowserDesk, inBothLanguages, RECENT } from '../support/browser-desk.js';
import { describeInBrowser } from '../support/built-pages.js';
import { quantity, result } from '../support/messages.js';
import { RulesFolder } from '../support/rules-folder.js';

const BLOOD_COUNT = 'important-results/blood-count.yaml';

describeInBrowser('a change of a limit, in a real browser', () => {
  let desk: BrowserDesk;
  let folder: RulesFolder;
  beforeAll(async () => {
    folder = new RulesFolder();
    desk = await BrowserDesk.open(folder.path);
    const counted = (value: number) =>
      result({
        code: { coding: [{ system: 'http://loinc.org', code: '6690-2' }] },
        valueQuantity: quantity(value, '10*9/L'),
        ...RECENT,
      });
    await desk.send('李建国', [counted(3.2)]);
    await desk.send('陈静', [counted(2.4)]);
  });
  afterAll(async () => {
    await desk?.close();
    folder?.remove();
  });

  it('is typed with its faults beside it, compared, replayed, and put in force by a second doctor', async () => {
    const { page, complaints } = await desk.signedIn('guo', '郭规', ['rule-author'], {
      at: '/rules/important-results/wbc-low',
    });
    await page.getByText('白细胞计数 低于或等于 3.0 ×10⁹/L').waitFor();
    await page.keyboard.press('e');
    const editor = page.getByRole('textbox', { name: BLOOD_COUNT });
    await editor.waitFor();
    // The cursor stands at the rule.
    expect(await page.locator('.cm-activeLine').textContent()).toContain('id: wbc-low');
    await page.getByText('没有错误').first().waitFor();

    await retype(' wcb', 'fact: ');
    await page
      .getByText(/没有.*wcb.*这个项目或事实/)
      .first()
      .waitFor();
    await page.getByText('1 处错误', { exact: false }).first().waitFor();
    await inBothLanguages(page, 'draft-fault', complaints, () => editor.waitFor());

    const wanted = new RulesFolder();
    wanted.setWhiteCellLimit(3.5);
    // 5.0 is as normal as 3.6, and says nothing of where the limit lies.
    await paste(wanted.read(BLOOD_COUNT).replace('{ wbc: 3.6 }', '{ wbc: 5.0 }'));
    await page.getByText('如果写成：界值 3.5 → 3.6，没有示例会发现。').waitFor();
    await page.getByText('{ facts: { wbc: 3.6 }, expect: silent }').first().waitFor();
    await inBothLanguages(page, 'draft-examples', complaints, () =>
      page
        .locator('.slips')
        .waitFor()
        .then(() => page.locator('.slips').scrollIntoViewIfNeeded()),
    );
    await paste(wanted.read(BLOOD_COUNT));
    wanted.remove();
    await page.getByText(/试改 \d+ 处，每一处都有示例发现/).waitFor();
    await page.getByText('没有错误').first().waitFor();
    await page.keyboard.press('Control+s');
    await page.getByText('已保存').first().waitFor();
    await page.getByRole('link', { name: '对比' }).click();
    await page.locator('.cm-changedLine').first().waitFor();
    await page.getByRole('link', { name: '白细胞减少' }).waitFor();
    await inBothLanguages(page, 'draft-diff', complaints);
    await page.getByRole('link', { name: '试演' }).click();
    await page.getByRole('button', { name: '开始试演' }).click();
    await page.getByRole('row', { name: '白细胞减少 1 0 0' }).waitFor();
    await inBothLanguages(page, 'draft-replay', complaints);
    await page.getByRole('link', { name: '编辑' }).click();
    await editor.waitFor();
    await page.keyboard.press('Control+Enter');
    await page.getByRole('button', { name: '送复核' }).click();
    await page.getByText('待复核').first().waitFor();

    const second = await desk.signedIn('fu', '傅复', ['rule-reviewer', 'duty-doctor']);
    await second.page.goto('/rules/drafts');
    await second.page.getByRole('link', { name: '修改：白细胞减少' }).click();
    const approve = second.page.getByRole('button', { name: '批准并生效' });
    await second.page.getByText('请先打开“对比”看完改动。').waitFor();
    await second.page.getByLabel('理由').fill('与检验科核对过');
    expect(await approve.isDisabled()).toBe(true);
    await second.page.getByRole('link', { name: '对比' }).first().click();
    await second.page.locator('.cm-changedLine').first().waitFor();
    // The editor of the change has the focus after the first of these, and leaves the next to the page.
    for (const [key, at] of [
      [']', '第 1 处，共 2 处'],
      [']', '第 2 处，共 2 处'],
      [']', '第 2 处，共 2 处'],
      ['[', '第 1 处，共 2 处'],
    ] as const) {
      await second.page.keyboard.press(key);
      await second.page.getByText(at).waitFor();
      await second.page.locator('[data-walked] .cm-activeLine').waitFor();
    }
    await second.page.keyboard.press('?');
    await second.page.getByRole('dialog').getByText('上一处、下一处改动').waitFor();
    await second.page.keyboard.press('?');
    await second.page.getByRole('dialog').waitFor({ state: 'detached' });
    await second.page.getByRole('link', { name: '试演' }).first().click();
    await second.page.getByRole('link', { name: '受检者 1' }).waitFor();
    await second.page.getByRole('link', { name: '复核' }).first().click();
    await second.page.getByText('看过试演').waitFor();
    await inBothLanguages(second.page, 'draft-review', second.complaints);
    await second.page.getByLabel('理由').fill('与检验科核对过');
    // The code of this half minute was used to set codes up.
    desk.app.clock.advance({ minutes: 1 });
    await second.page.getByLabel('验证码').fill(codeAt(second.codeSecret, desk.app.clock.now()));
    await approve.click();
    await second.page.getByText('已生效').first().waitFor();
    await inBothLanguages(second.page, 'draft-in-force', second.complaints);
    expect(folder.read(BLOOD_COUNT)).toContain('value: 3.5');

    await second.page.goto('/rules/drafts');
    await second.page.getByText('正在使用').waitFor();
    await inBothLanguages(second.page, 'drafts', second.complaints);

    async function paste(text: string): Promise<void> {
      await page.keyboard.press('Control+a');
      await page.evaluate(`(() => {
        const clipboardData = new DataTransfer();
        clipboardData.setData('text/plain', ${JSON.stringify(text)});
        document.activeElement.dispatchEvent(
          new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
        );
      })()`);
    }

    async function retype(text: string, behind: string): Promise<void> {
      await page.keyboard.press('Control+f');
      await page.keyboard.type(`${behind}wbc`);
      await page.keyboard.press('Enter');
      await page.keyboard.press('Escape');
      await page.keyboard.type(`${behind.trim()}${text}`);
    }
  });
});
