import { type WhatIfShown } from '../../src/workbench/index.js';
import { startApp, type TestApp } from '../support/app.js';
import { sendCheckup, type Values } from '../support/checkups.js';
import { firstcall, lastLine } from '../support/command-line.js';
import { loinc, person, quantity, result } from '../support/messages.js';

let app: TestApp;
const before = { url: process.env.DATABASE_URL, rules: process.env.RULES_DIR };
beforeAll(async () => {
  app = await startApp({ env: { RULES_DIR: 'rules' } });
});
afterAll(() => app.close());

const send = (patient: fhir4.Patient, but: Values, more: fhir4.Observation[] = []): Promise<string> =>
  sendCheckup(app, patient, but, { more });

async function whatIf(id: string): Promise<WhatIfShown> {
  const { status, body } = await app.get<WhatIfShown>(`/api/people/${id}/what-if`, { key: 'read' });
  expect(status).toBe(200);
  return body;
}

describe('what would lower a level', () => {
  it('tells the smallest single change, findings that ring among what it undoes', async () => {
    const id = await send(person(), { 'systolic-bp': 165 });
    expect(await whatIf(id)).toMatchObject({
      level: { code: '2', text: '2' },
      changes: [
        { analyte: 'systolic-bp', name: { zh: '收缩压' }, from: '165', to: '159', level: { code: '3' } },
      ],
      ldlTarget: null,
    });
  });

  it('takes body mass index by weight or itself, not by height', async () => {
    const size = [
      result({ code: loinc('29463-7'), valueQuantity: quantity(75, 'kg') }),
      result({ code: loinc('8302-2'), valueQuantity: quantity(175, 'cm') }),
    ];
    const id = await send(person(), { bmi: null }, size);
    const { changes } = await whatIf(id);
    expect(changes.map(({ analyte }) => analyte).sort()).toEqual(['bmi', 'body-weight']);
    const weight = changes.find(({ analyte }) => analyte === 'body-weight')!;
    expect(Number(weight.to)).toBeLessThan(75);
    expect(Number(weight.to) / 1.75 ** 2).toBeLessThan(23.95);
    expect((Number(weight.to) + 0.1) / 1.75 ** 2).toBeGreaterThanOrEqual(23.95);
    expect(weight.level.code).toBe('5');
  });

  it('tells where LDL is on target, and what changes make of each risk', async () => {
    const said = (text: string, valueString: string) => result({ code: { text }, valueString });
    const patient = person(undefined, { gender: 'male', birthDate: '1966-01-15' });
    const more = [
      result({ code: loinc('8280-0'), valueQuantity: quantity(80, 'cm') }),
      said('居住地区', '北方'),
      said('城乡', '城市'),
      said('吸烟状态', '吸烟'),
    ];
    const id = await send(patient, { 'systolic-bp': 150, 'ldl-c': 4.3, 'cholesterol-total': 6.5 }, more);
    const { ldlTarget, risks, changes } = await whatIf(id);
    expect(ldlTarget).toMatchObject({ from: '4.3', to: '2.5' });
    // China-PAR alone makes it level 2: pressure or cholesterol, never the waist or HDL.
    expect(changes.map(({ analyte }) => analyte)).toEqual(['systolic-bp', 'cholesterol-total']);
    const ofChinaPar = risks.filter(({ model }) => model === 'china-par').map(({ change }) => change);
    expect(ofChinaPar).toEqual(['stop-smoking', 'systolic-130', 'ldl-at-target']);
    for (const { before: now, after, difference } of risks) {
      expect(Number(after.value)).toBeLessThanOrEqual(Number(now.value));
      expect(Number(difference)).toBeCloseTo(Number(after.value) - Number(now.value), 6);
    }
  });

  it('says nothing at level 5, nor of nobody, nor to a feed', async () => {
    const id = await send(person(), {});
    expect(await whatIf(id)).toMatchObject({ level: { code: '5' }, changes: [], ldlTarget: null });
    expect((await app.get('/api/people/nobody/what-if')).status).toBe(404);
    expect((await app.get(`/api/people/${id}/what-if`, { key: 'feed' })).status).toBe(403);
  });

  it('is printed by assess --what-if', async () => {
    const id = await send(person(), { 'systolic-bp': 165 });
    process.env.DATABASE_URL = app.database.database.url;
    process.env.RULES_DIR = 'rules';
    try {
      const printed = await firstcall('assess', '--what-if', id);
      expect(printed.out).toContain('收缩压 Systolic blood pressure: 165 → 159 mm[Hg], 等级 level 3');
      const json = lastLine<{ whatIf: WhatIfShown }>(await firstcall('assess', '--what-if', '--json', id));
      expect(json.whatIf.changes).toMatchObject([{ to: '159' }]);
      expect((await firstcall('assess', id)).out).not.toContain('what if');
    } finally {
      process.env.DATABASE_URL = before.url;
      if (before.rules === undefined) delete process.env.RULES_DIR;
      else process.env.RULES_DIR = before.rules;
    }
  });
});
