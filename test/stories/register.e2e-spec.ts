import { DataSource } from 'typeorm';
import { AuditEventEntity } from '../../src/access/index.js';
import { type RegisterPage } from '../../src/workbench/register.dto.js';
import { type TestApp } from '../support/app.js';
import { Desk, hiv, potassium, RIGHT } from '../support/desk.js';
import { minutesAfter, observation } from '../support/messages.js';
import { type Nurse } from '../support/nurses.js';

const DAY = 'from=2026-03-02&to=2026-03-02';

describe('the register', () => {
  let desk: Desk;
  let app: TestApp;
  let wang: Nurse;
  beforeAll(async () => {
    desk = await Desk.open();
    ({ app, wang } = desk);
    const { id } = await desk.called([potassium(7), observation({ hb: 65 })], {
      name: [{ text: '=李<b>建国' }],
    });
    await wang.act(id, 'confirm', { confirmation: 'confirmed', specimen: ['haemolysis'] });
    await wang.act(id, 'claim');
    const values = (await wang.task(id)).findings.map(({ id: findingId, sentence }) =>
      sentence.zh.includes('65')
        ? { findingId, value: '65', unit: 'g/L' }
        : { findingId, value: '7', unit: 'mmol/L' },
    );
    const heard = { name: '=李<b>建国', birthDate: '0314' };
    const call = {
      ...RIGHT,
      heard,
      outcome: 'told',
      readBack: values,
      recheckAt: minutesAfter(1440),
      note: '去急诊, "马上"',
    };
    expect((await wang.call(id, call)).body.outcome).toBe('told');
    await desk.called([hiv()], { name: [{ text: '保密人' }] });
    app.clock.advance({ days: 1 });
    await desk.called([potassium(8)], { name: [{ text: '次日人' }] });
  });
  afterAll(() => desk.close());

  const page = async (query: string): Promise<RegisterPage> =>
    (await wang.get<RegisterPage>(`/api/register?${query}`)).body;

  it('has a line for each finding of a call, with how it was told and what is awaited', async () => {
    const { items, next } = await page(DAY);
    expect(next).toBeNull();
    expect(items).toHaveLength(3);
    const told = items.filter(({ notifiedAt }) => notifiedAt !== null);
    expect(told).toHaveLength(2);
    expect(told[0]).toMatchObject({
      person: { sex: 'female', ageYears: 57 }, phones: ['138****4471'], confirmation: 'confirmed', specimen: ['haemolysis'],
      attempts: 1, channel: 'phone', answeredBy: 'self', readBack: 'matched', note: '去急诊, "马上"', recheckAt: minutesAfter(1440),
      state: 'awaiting', outcome: null,
    }); // prettier-ignore
    expect(told.map((line) => line.class).sort()).toEqual(['A', 'important']);
    const [secret] = items.filter(({ person }) => person.name === '保密人');
    expect(secret).toMatchObject({ rule: null, notifiedAt: null, readBack: null, state: null });
    expect(JSON.stringify(secret)).not.toMatch(/hiv|艾滋|疾控/i);
    const revealed = (await page(`${DAY}&reveal=true`)).items.find(({ person }) => person.name === '保密人');
    expect(revealed!.rule).toBe('test-pack/hiv-screen');
  });

  it('is walked page by page, and by days of the centre', async () => {
    const walked: string[] = [];
    for (let after: string | null = ''; after !== null;) {
      const { items, next }: RegisterPage = await page(`${DAY}&limit=1${after && `&after=${after}`}`);
      walked.push(...items.map(({ findingId }) => findingId));
      after = next;
    }
    expect(walked).toEqual((await page(DAY)).items.map(({ findingId }) => findingId));
    expect(walked).toHaveLength(3);
    expect((await page('from=2026-03-03&to=2026-03-03')).items.map(({ person }) => person.name)).toEqual([
      '次日人',
    ]);
    expect((await page('from=2026-03-04&to=2026-03-04')).items).toEqual([]);
  });

  it('is a file that spreadsheets read and take for no formula', async () => {
    const { headers, text } = await wang.get(`/api/register/csv?${DAY}`);
    expect(headers.get('content-type')).toContain('text/csv');
    const lines = text
      .replace(/^\uFEFF/, '')
      .trim()
      .split('\r\n');
    expect(lines).toHaveLength(4);
    expect(lines[0]).toMatch(/^姓名 name,性别 sex,/);
    expect(text).toContain("'=李<b>建国");
    expect(text).toContain('"去急诊, ""马上"""');
    expect(text).toContain('138****4471');
    expect(text).not.toMatch(/13812344471|艾滋/);
  });

  it('says who confirmed the result and who closed the loop, and when, in the file too', async () => {
    const told = (await page(DAY)).items.find(({ notifiedAt }) => notifiedAt !== null)!;
    const by = `key:${wang.id}`;
    expect(told).toMatchObject({ confirmedAt: minutesAfter(0), confirmedBy: by, closedBy: null });
    const outcome = { version: 1, outcome: 'treated', diagnosis: '高钾血症' };
    expect((await wang.post(`/api/findings/${told.findingId}/outcome`, outcome)).status).toBe(200);
    const closed = (await page(DAY)).items.find(({ findingId }) => findingId === told.findingId)!;
    expect(closed).toMatchObject({ outcome: 'treated', closedAt: minutesAfter(1440), closedBy: by });
    const [head, ...lines] = (await wang.get(`/api/register/csv?${DAY}`)).text.trim().split('\r\n');
    expect(head).toMatch(/核实时间 confirmed at,核实人 confirmed by,.*闭环 closed,闭环人 closed by$/);
    expect(lines.some((line) => line.includes(`2026-03-02 10:00,${by},`) && line.endsWith(`,${by}`))).toBe(true);
  }); // prettier-ignore

  it('is a page to print that runs nothing', async () => {
    const { headers, text } = await wang.get(`/api/register/print?${DAY}`);
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(text).toContain('=李&lt;b&gt;建国');
    expect(text).not.toContain('李<b>');
    expect(text.match(/<tr>/g)).toHaveLength(4);
  });

  it('and the open queue is a sheet with phones, which is recorded', async () => {
    const { text, headers } = await wang.get('/api/queue/sheet');
    expect(headers.get('content-type')).toContain('text/html');
    expect(text).toContain('13812344471');
    expect(text).toContain('次日人');
    expect(text).toContain('保密结果');
    expect(text).not.toContain('李&lt;b&gt;');
    const events = await app.nest.get(DataSource).manager.findBy(AuditEventEntity, { action: 'print queue' });
    expect(events.map(({ personId }) => personId)).toHaveLength(2);
  });

  it.each([
    '',
    'from=2026-03-02',
    'from=2026-02-30&to=2026-03-02',
    'from=2026-03-02&to=2026-03-01',
    'from=2024-01-01&to=2026-03-02',
    `${DAY}&after=x`,
    `${DAY}&limit=501`,
  ])('refuses ?%s', async (query) => {
    expect((await wang.get(`/api/register?${query}`)).status).toBe(400);
  });

  it('says which checkup it was, and whose employee, where that is known', async () => {
    const identifier = [{ system: 'urn:test:checkup', value: 'TJ-2026-118204' }];
    const encounter: fhir4.Encounter = {
      resourceType: 'Encounter',
      identifier,
      status: 'finished',
      class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
    };
    const at = { effectiveDateTime: '2026-03-05T01:00:00Z', issued: '2026-03-05T01:00:00Z' };
    app.clock.set('2026-03-05T02:00:00Z');
    const result = potassium(7.7, { encounter: { identifier: identifier[0]! }, ...at });
    const more = { name: [{ text: '单位人' }], managingOrganization: { display: '红星, 机械厂' } };
    await desk.called([encounter, result], more);
    await desk.called([potassium(7.8, at)], { name: [{ text: '散客' }] });
    const { items } = await page('from=2026-03-05&to=2026-03-05');
    const lines = items.map(({ person, checkup, employer }) => [person.name, checkup, employer]);
    expect(lines.sort()).toEqual([
      ['单位人', 'TJ-2026-118204', '红星, 机械厂'],
      ['散客', null, null],
    ]);
    const { text } = await wang.get('/api/register/csv?from=2026-03-05&to=2026-03-05');
    expect(text).toContain('体检号 checkup,单位 employer');
    expect(text).toContain('TJ-2026-118204,"红星, 机械厂"');
  });
});
