import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { AuditEventEntity } from '../../src/access/index.js';
import { startApp, TEST_NOW, type TestApp } from '../support/app.js';
import { sendCheckup, type Values } from '../support/checkups.js';
import { bundleOf, loinc, observation, person, quantity, result } from '../support/messages.js';

let app: TestApp;
beforeAll(async () => {
  app = await startApp({ env: { RULES_DIR: 'rules' } });
});
afterAll(() => app.close());

const send = (patient: fhir4.Patient, but: Values, days = 0, more: fhir4.Observation[] = []) =>
  sendCheckup(app, patient, but, { days, more });

/** The page; kept in a folder for whoever wants to look at it. */
async function page(id: string, lang: 'zh' | 'en', name: string): Promise<string> {
  const { status, text, headers } = await app.get(`/api/people/${id}/report?lang=${lang}`, { key: 'read' });
  expect(status).toBe(200);
  expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
  const folder = process.env.FIRSTCALL_KEEP_PAGES;
  if (folder !== undefined) writeFileSync(join(folder, `${name}-${lang}.html`), text);
  return text;
}

const named = (text: string, more: Partial<fhir4.Patient> = {}) =>
  person(undefined, { name: [{ text }], ...more });
const said = (text: string, valueString: string) => result({ code: { text }, valueString });

describe('the person’s page', () => {
  it('tells each tumour marker, what an image shows before numbers, and nothing of the other sex', async () => {
    const patient = named('钱六', { gender: 'male', birthDate: '1966-03-14' });
    const marker = (code: string, value: number, unit: string, high: number) =>
      result({
        code: loinc(code),
        valueQuantity: quantity(value, unit),
        referenceRange: [{ high: quantity(high, unit) }],
      });
    const id = await send(patient, { creatinine: 460, hb: 58, 'systolic-bp': 186 }, 0, [
      marker('2039-6', 12.1, 'ng/mL', 5),
      marker('24108-3', 60, 'U/mL', 37),
      marker('10334-1', 50, 'U/mL', 35),
    ]);
    const ct: fhir4.DiagnosticReport = {
      resourceType: 'DiagnosticReport',
      status: 'final',
      code: { text: '胸部CT' },
      effectiveDateTime: TEST_NOW,
      issued: TEST_NOW,
      conclusion: '右上肺占位，恶性不除外',
    };
    expect((await app.post('/fhir', bundleOf(patient, [ct]))).status).toBe(200);
    const text = await page(id, 'zh', 'markers');
    for (const name of ['癌胚抗原', '糖类抗原19-9', '糖类抗原125']) expect(text).toContain(name);
    expect(text.indexOf('右上肺占位')).toBeLessThan(text.indexOf('460'));
    expect(text).not.toMatch(/RADS|首次发现/);
    expect(text).not.toContain('宫颈');
    expect(text).toContain('前列腺');
  });

  it('says level, reasons with value, limit and course, what to do and what would help', async () => {
    const patient = named('李建国', { gender: 'male', birthDate: '1986-03-14' });
    for (const [days, sbp, glucose] of [
      [1100, 132, 5.6],
      [730, 138, 5.9],
      [365, 144, 6.3],
    ] as const)
      await send(patient, { 'systolic-bp': sbp, 'glucose-fasting': glucose }, days);
    const more = [
      result({ code: loinc('8280-0'), valueQuantity: quantity(94, 'cm') }),
      said('居住地区', '北方'),
      said('城乡', '城市'),
      said('吸烟状态', '现在吸烟'),
    ];
    const values = {
      'systolic-bp': 152,
      'glucose-fasting': 6.5,
      bmi: 26.8,
      'ldl-c': 3.6,
      'cholesterol-total': 5.6,
    };
    const id = await send(patient, values, 0, more);
    const zh = await page(id, 'zh', 'level-3');
    for (const word of [
      '3 级',
      '李建国',
      '收缩压',
      '152 mmHg',
      '目标：129 mmHg 或以下',
      '144',
      '3 个月后复查',
      '从 152 mmHg 到 139 mmHg：4 级',
      '戒烟',
    ])
      expect(zh).toContain(word);
    expect(zh).toContain('<html lang="zh-CN">');
    expect(zh.match(/<svg class="trend"/g)!.length).toBeGreaterThanOrEqual(2);
    const en = await page(id, 'en', 'level-3');
    for (const word of ['Level 3', 'Systolic blood pressure', 'Aim: 129 mmHg or below', 'stop smoking'])
      expect(en).toContain(word);
    expect(en.replaceAll('李建国', '')).not.toMatch(/[\u4e00-\u9fff]/);
  });

  it('is calm where nothing was found', async () => {
    const id = await send(named('王芳'), {});
    const zh = await page(id, 'zh', 'level-5');
    expect(zh).toContain('一年后再来体检');
    expect(zh).not.toMatch(/class="card|请今天|<h2>依据|还不能下结论/);
    expect(zh).toContain('查过、没有发现问题的：血压、血糖、血脂、体重、肾脏');
    // Of what only records tell nobody was examined.
    expect(zh).not.toContain('恶性肿瘤病史');
    // No id or version in what is read; the page carries the version for those who must know.
    const [head, body] = zh.split('<body>') as [string, string];
    expect(head).toMatch(/<meta name="rules-version" content="[0-9a-f]{64}"/);
    expect(body).not.toMatch(/[0-9a-f]{12}/);
    await page(id, 'en', 'level-5');
  });

  it('says what to do today at level 1', async () => {
    const id = await send(named('赵敏'), { hb: null, 'systolic-bp': 165, 'ldl-c': 5.2 }, 0, [
      observation({ hb: 55 }),
    ]);
    const zh = await page(id, 'zh', 'level-1');
    expect(zh).toContain('请今天就与体检中心或专科联系');
    expect(zh).toMatch(/55 g\/L[\s\S]*165 mmHg/);
    await page(id, 'en', 'level-1');
  });

  it('says what is missing, and which test would settle it, without an alarm', async () => {
    const id = await send(named('欧阳梓萱'), {
      'systolic-bp': 134,
      creatinine: null,
      'glucose-fasting': null,
    });
    const zh = await page(id, 'zh', 'range');
    expect(zh).toContain('还缺的基本项目：空腹血糖、肌酐');
    expect(zh).toContain('目前确定的是 4 级');
    expect(zh).not.toMatch(/可能到 1|1–4/);
    await page(id, 'en', 'range');
    const open = await send(named('孙静'), { creatinine: null });
    expect(await page(open, 'zh', 'unknown')).toMatch(/待定[\s\S]*查过的项目没有发现问题/);
  });

  it('says what to do where something cannot be judged', async () => {
    const image = result({ code: { text: '乳腺超声' }, valueString: '乳腺致密，BI-RADS 0类' });
    const id = await send(named('吴敏'), {}, 0, [image]);
    const zh = await page(id, 'zh', 'cannot-be-judged');
    expect(zh).toContain('乳腺：这次检查还不能下结论，请一个月内按报告建议补做检查');
    expect(zh).not.toContain('还缺的基本项目');
    expect(await page(id, 'en', 'cannot-be-judged')).toContain(
      'Breast: This examination is not conclusive yet',
    );
  });

  it('shows a doctor’s level beside the computed one', async () => {
    const id = await send(named('陈刚'), { 'systolic-bp': 165 });
    const wish = {
      level: '4',
      reason: '仅医生可见',
      doctor: '王医生',
      until: '2026-06-01',
      assessmentVersion: 1,
    };
    expect((await app.post(`/api/people/${id}/level/override`, wish, { key: 'admin' })).status).toBe(201);
    const zh = await page(id, 'zh', 'override');
    expect(zh).toContain('王医生 已结合您的情况评定为 4 级，有效至 2026-06-01。按检查结果计算为 2 级。');
    expect(zh).not.toContain('仅医生可见');
  });

  it('prints no result of a sensitive compartment, and says that there is one', async () => {
    const hbsag = result({ code: loinc('5196-1'), valueString: '阳性' });
    const id = await send(named('周明'), {}, 0, [hbsag]);
    const zh = await page(id, 'zh', 'confidential');
    expect(zh).toMatch(/另有 \d 项结果不印在纸上/);
    expect(zh).not.toMatch(/HBs|乙肝|乙型|表面抗原/);
  });

  it('escapes what was sent, asks nobody for anything and runs nothing', async () => {
    const id = await send(named('<script>alert(1)</script>"&'), { 'systolic-bp': 150 });
    const { text, headers } = await app.get(`/api/people/${id}/report`);
    expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;&quot;&amp;');
    expect(text).not.toMatch(/<script|\sstyle=|https?:\/\/|\son\w+=/);
    const policy = headers.get('content-security-policy')!;
    expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-[\w+/]+=*';/);
    const [, style] = /<style>([\s\S]*?)<\/style>/.exec(text)!;
    expect(policy).toContain(createHash('sha256').update(style!).digest('base64'));
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it('is for those who may read, recorded; not below 18, nor of nobody', async () => {
    const id = await send(named('某某'), {});
    expect((await app.get(`/api/people/${id}/report`, { key: 'feed' })).status).toBe(403);
    expect((await app.get(`/api/people/${id}/report?lang=fr`)).status).toBe(400);
    expect((await app.get('/api/people/nobody/report')).status).toBe(404);
    await page(id, 'zh', 'well');
    const events = await app.nest.get(DataSource).getRepository(AuditEventEntity).findBy({ personId: id });
    expect(events.map(({ action }) => action)).toContain('read report');
    const child = await send(named('小明', { birthDate: '2015-01-01' }), { 'systolic-bp': 150 });
    const own = await page(child, 'zh', 'child');
    expect(own.match(/18 岁及以上的成人/g)).toHaveLength(1);
    expect(own).not.toMatch(/待定|最需要重视|接下来/);
  });
});
