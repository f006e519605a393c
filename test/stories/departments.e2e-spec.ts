import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ReconcileModule } from '../../src/reconcile/index.js';
import { asObservation, draftByHand, measuredByHand } from '../../src/intake/domain/by-hand.js';
import { type StoredResult } from '../../src/people/index.js';
import { type DepartmentShown, type HandReportShown } from '../../src/workbench/hand-reports.dto.js';
import { startApp, TEST_NOW, type TestApp } from '../support/app.js';
import { type BrowserSession, signedInAs } from '../support/browser-session.js';
import { bundleOf, mrnOf, MRN, person, unique } from '../support/messages.js';
import { type OwnRules, rulesWith } from '../support/own-rules.js';
import { reconcile, seen } from '../support/queue.js';

const HEARING = '  - { id: hearing, name: { zh: 听力室, en: Hearing } }';

describe('科室: the departments that report by hand are the policy’s', () => {
  let rules: OwnRules;
  let app: TestApp;
  let wang: BrowserSession;
  const write = (departments: string): void => {
    const path = join(rules.folder, 'notification/policy.yaml');
    const text = readFileSync(path, 'utf8').replace(/^departments:\n(?: {2}- .*\n)+/m, `departments:\n${departments}\n`);
    writeFileSync(path, text);
  }; // prettier-ignore
  beforeAll(async () => {
    rules = rulesWith({});
    write(HEARING);
    app = await startApp({ env: { RULES_DIR: rules.folder }, modules: [ReconcileModule] });
    wang = await signedInAs(app, 'wang', 'nurse');
  });
  afterAll(async () => {
    await app.close();
    rules.remove();
  });

  const report = (mrn: string, department: string) =>
    wang.http<HandReportShown>(
      'POST',
      '/api/manual-reports',
      { person: `${MRN}|${mrn}`, department, class: 'B', text: '右耳听力下降 60 dB' },
      { headers: { 'idempotency-key': unique('department') } },
    );

  it('are listed, reported for, and named in both languages', async () => {
    expect((await wang.get<DepartmentShown[]>('/api/manual-reports/departments')).body).toEqual([
      { id: 'hearing', zh: '听力室', en: 'Hearing' },
    ]);
    const patient = person();
    await app.post('/fhir', bundleOf(patient, []));
    expect((await report(mrnOf(patient), 'hearing')).body).toMatchObject({ rule: 'manual/hearing' });
    const { all } = await seen(app, mrnOf(patient));
    expect(all.findings[0]).toMatchObject({ detail: '听力室上报：右耳听力下降 60 dB' });
    const refused = await report(mrnOf(patient), 'ultrasound');
    expect([refused.status, refused.text]).toEqual([400, expect.stringContaining('must be one of hearing')]);
  });

  it('that are gone, or renamed, leave reports of before as they were', async () => {
    const patient = person();
    await app.post('/fhir', bundleOf(patient, []));
    await report(mrnOf(patient), 'hearing');
    const before = (await seen(app, mrnOf(patient))).all.findings;
    write('  - { id: vision, name: { zh: 视力室, en: Vision } }');
    expect((await app.http('POST', '/api/rules/reload', {})).status).toBe(200);
    expect((await report(mrnOf(patient), 'hearing')).status).toBe(400);
    expect((await seen(app, mrnOf(patient))).all.findings).toEqual(before);
    expect(await reconcile(app)).toEqual([]);
  });
});

it('a report that holds one name alone is read by the names that were built in', () => {
  const given = { personId: 'p', department: 'ent', class: 'B' as const, text: 'x', reporter: '', isConfidential: false };
  const made = asObservation(given, { zh: '甲', en: 'One' }, { actor: 'user:1', key: 'k', at: new Date(TEST_NOW) });
  const titleOf = (observation: fhir4.Observation) => {
    const measurements = measuredByHand(observation);
    const result = { id: 'o', version: 1, status: 'final', at: new Date(TEST_NOW), measurements } as unknown as StoredResult;
    return draftByHand(result, { ageYears: 40, hasPerson: true })[0]!.evidence.title;
  };
  expect(titleOf(made)).toEqual({ zh: '甲上报', en: 'Reported by one' });
  const before = { ...made, code: { ...made.code, coding: made.code.coding!.slice(0, 1) } };
  expect(titleOf(before)).toEqual({ zh: '耳鼻喉科上报', en: 'Reported by ear, nose and throat' });
}); // prettier-ignore
