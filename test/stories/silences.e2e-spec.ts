import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { ReconcileModule } from '../../src/reconcile/index.js';
import { SilencesService } from '../../src/tasks/index.js';
import { type AuditPage } from '../../src/workbench/audit.dto.js';
import { type PersonPage } from '../../src/workbench/people.dto.js';
import { type SilenceList, type SilenceShown } from '../../src/workbench/silences.dto.js';
import { type TaskDetail } from '../../src/workbench/task.dto.js';
import { startApp, TEST_NOW, type TestApp } from '../support/app.js';
import { type BrowserSession, signedInAs } from '../support/browser-session.js';
import { builtDatabase } from '../support/built-database.js';
import { type FreshDatabase } from '../support/database.js';
import { potassium, RIGHT } from '../support/desk.js';
import { about, bundleOf, mrnOf, person, resultsOnly } from '../support/messages.js';
import { type OwnRules, rulesWith } from '../support/own-rules.js';
import { reconcile, seen, tell } from '../support/queue.js';

const rule = (id: string, above: number, of: 'A' | 'B'): string => `
  - id: ${id}
    title: { zh: 血钾 ${id}, en: Potassium ${id} }
    conditions: { all: [{ fact: potassium, operator: greaterThan, value: ${above}, unit: mmol/L }] }
    event: { type: notify, params: { class: ${of}, advice: { zh: 请复查 ${id}, en: repeat ${id} } } }
    examples:
      - { facts: { potassium: ${above} }, expect: silent }
      - { facts: { potassium: ${above + 0.1} }, expect: fires }`;
/** Limits made for tests. */
const PACK = `
kind: critical
title: { zh: 测试规则, en: Rules for tests }
source: made for tests, no clinical limit
owner: nobody
review-by: 2999-12-31
rules:${rule('grave', 6.5, 'A')}${rule('mild', 5.5, 'B')}
`;
const REASON = '已知规律透析';

describe('停叫 and a graver finding that covers its milder form', () => {
  let rules: OwnRules;
  let database: FreshDatabase;
  let app: TestApp;
  let other: TestApp;
  let doctor: BrowserSession;
  let nurse: BrowserSession;
  beforeAll(async () => {
    rules = rulesWith({ 'k/potassium.yaml': PACK });
    const path = join(rules.folder, 'notification/policy.yaml');
    const policy = readFileSync(path, 'utf8')
      .replace(
        /^may_silence: .*$/m,
        `may_silence: [{ rules: [k/mild], reason: ${REASON}, longest_days: 180 }]`,
      )
      .replace(/^inhibit: .*$/m, 'inhibit: [{ finding: k/grave, covers: [k/mild] }]');
    writeFileSync(path, policy);
    database = await builtDatabase();
    const env = { RULES_DIR: rules.folder };
    app = await startApp({ database, env, modules: [ReconcileModule] });
    other = await startApp({ database, env });
  });
  beforeEach(() => [app, other].forEach(({ clock }) => clock.set(TEST_NOW)));
  afterAll(async () => {
    await app.close();
    await other.close();
    await database.drop();
    rules.remove();
  });
  // A session ends after half an hour: each test signs in at its own present.
  let people = 0;
  beforeEach(async () => {
    people++;
    doctor = await signedInAs(app, `doctor-${people}`, 'duty-doctor');
    nurse = await signedInAs(app, `nurse-${people}`, 'nurse');
  });

  async function called(
    ...values: number[]
  ): Promise<{ mrn: string; id: string; findings: Map<string, string> }> {
    const patient = person(undefined, { name: [{ text: '李建国' }], birthDate: '1968-03-14' });
    await app.post('/fhir', bundleOf(patient, values.map((value) => potassium(value)))); // prettier-ignore
    const mrn = mrnOf(patient);
    const { all } = await seen(app, mrn);
    const findings = new Map(all.findings.map((one) => [one.code!.coding![0]!.code!, one.id!]));
    return { mrn, id: all.findings[0]!.patient!.reference!.replace('Patient/', ''), findings };
  }
  const again = (mrn: string, value: number) =>
    app.post('/fhir', resultsOnly([potassium(value, { ...about(mrn), ...now() })]));
  const now = () => ({
    effectiveDateTime: app.clock.now().toISOString(),
    issued: app.clock.now().toISOString(),
  });
  const silence = (finding: string, body: Record<string, unknown> = { until: '2026-04-30' }) =>
    doctor.post<SilenceShown>(`/api/findings/${finding}/silence`, body);
  const later = (days: number) => [app, other].forEach(({ clock }) => clock.advance({ days }));
  const endDue = (of: TestApp = app) => of.nest.get(SilencesService).endDue(100);

  it('takes the call back, is shown with the finding, and leaves its row in the audit trail', async () => {
    const { mrn, id, findings } = await called(5.8);
    expect((await seen(app, mrn)).notify).toHaveLength(1);
    const made = await silence(findings.get('k/mild')!);
    expect(made).toMatchObject({ status: 201, body: { rule: 'k/mild', class: 'B', reason: REASON } });
    const after = await seen(app, mrn);
    expect(after).toMatchObject({ findings: ['k/mild'], notify: [] });
    expect(after.all.tasks).toMatchObject([{ status: 'cancelled' }]);
    const page = await nurse.get<PersonPage>(`/api/people/${id}`);
    expect(page.body.findings).toMatchObject([
      { silenced: { reason: REASON, until: '2026-04-30T16:00:00.000Z' } },
    ]);
    // The same again tomorrow rings nobody either.
    later(1);
    await again(mrn, 5.9);
    expect((await seen(app, mrn)).notify).toEqual([]);
    const { items } = (await app.get<AuditPage>(`/api/audit?person=${id}&action=silenced`)).body;
    expect(items).toMatchObject([{ actorName: `doctor-${people}`, subject: `silence/${made.body.id}` }]);
    expect(await reconcile(app)).toEqual([]);
  });

  it('a graver result rings', async () => {
    const { mrn, findings } = await called(5.8);
    await silence(findings.get('k/mild')!);
    await again(mrn, 6.8);
    const { notify } = await seen(app, mrn);
    expect(notify).toMatchObject([{ priority: 'stat' }]);
    expect(notify[0]!.input).toHaveLength(1);
    expect(await reconcile(app)).toEqual([]);
  });

  it('over, what is still true and still news rings with a clock of its own, once over two instances', async () => {
    const { mrn, findings } = await called(5.8);
    await silence(findings.get('k/mild')!, { until: '2026-03-12' });
    later(10);
    expect(await endDue()).toBe(0);
    later(1);
    const ended = await Promise.all([endDue(app), endDue(other)]);
    expect(ended.reduce((sum, n) => sum + n)).toBe(1);
    const { notify } = await seen(app, mrn);
    expect(notify).toHaveLength(1);
    const due = Date.parse(notify[0]!.restriction!.period!.end!);
    expect(due).toBe(app.clock.now().getTime() + 7 * 86_400_000);
    expect(await reconcile(app)).toEqual([]);
  });

  it('over, what is old news by then rings nobody', async () => {
    const { mrn, findings } = await called(5.8);
    await silence(findings.get('k/mild')!, { until: '2026-04-30' });
    later(60);
    expect(await endDue()).toBeGreaterThan(0);
    expect(await seen(app, mrn)).toMatchObject({ findings: ['k/mild'], notify: [], review: [] });
    expect(await reconcile(app)).toEqual([]);
  });

  it('ended by a doctor, it rings at once', async () => {
    const { mrn, id, findings } = await called(5.8);
    const { body } = await silence(findings.get('k/mild')!);
    const path = `/api/people/${id}/silences`;
    expect((await nurse.post(`${path}/${body.id}/end`)).status).toBe(403);
    const other = await called(5.8);
    expect((await doctor.post(`/api/people/${other.id}/silences/${body.id}/end`)).status).toBe(404);
    const ended = await doctor.post<SilenceList>(`${path}/${body.id}/end`);
    expect(ended.body.items).toMatchObject([{ id: body.id, endedBecause: 'ended' }]);
    expect((await doctor.post(`${path}/${body.id}/end`)).status).toBe(409);
    expect((await seen(app, mrn)).notify).toHaveLength(1);
    expect((await silence(findings.get('k/mild')!)).status).toBe(201);
    expect(await reconcile(app)).toEqual([]);
  });

  it('a correction of what somebody was told is never silent', async () => {
    const { mrn, findings } = await called(5.8);
    await tell(app, (await seen(app, mrn)).notify[0]!);
    await silence(findings.get('k/mild')!);
    const [observation] = (await seen(app, mrn)).all.observations as fhir4.Observation[];
    const { id: _id, meta: _meta, ...rest } = observation!;
    await app.post('/fhir/Observation', {
      ...rest,
      status: 'entered-in-error',
      issued: '2026-03-02T03:00:00Z',
    });
    expect((await seen(app, mrn)).correction).toHaveLength(1);
    expect(await reconcile(app)).toEqual([]);
  });

  it.each<[string, string, Record<string, unknown>, number]>([
    ['a rule that the policy does not name', 'k/grave', { until: '2026-03-31' }, 400],
    ['longer than the policy says', 'k/mild', { until: '2026-12-31' }, 400],
    ['until a day that is past', 'k/mild', { until: '2026-03-01' }, 400],
    ['for a reason of one’s own', 'k/mild', { until: '2026-03-31', reason: '嫌吵' }, 400],
    ['without a day', 'k/mild', {}, 400],
  ])('%s is refused', async (_, of, body, status) => {
    const { mrn, findings } = await called(6.8);
    expect((await silence(findings.get(of)!, body)).status).toBe(status);
    expect((await seen(app, mrn)).notify[0]!.input).toHaveLength(2);
  });

  it('is the doctor’s: a nurse sets none, and one rule is silenced once', async () => {
    const { findings } = await called(5.8);
    const path = `/api/findings/${findings.get('k/mild')!}/silence`;
    expect((await nurse.post(path, { until: '2026-03-31' })).status).toBe(403);
    const both = await Promise.all([1, 2].map(() => silence(findings.get('k/mild')!)));
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
  });

  it('the milder form of one result is listed as covered, and told by the graver one alone', async () => {
    const { mrn, findings } = await called(6.8);
    const [task] = (await seen(app, mrn)).notify;
    const shown = (await nurse.post<TaskDetail>(`/api/tasks/${task!.id}/claim`, { version: 1 })).body;
    expect(shown.findings).toMatchObject([
      { rule: 'k/grave', coveredBy: null },
      { rule: 'k/mild', coveredBy: findings.get('k/grave') },
    ]);
    const told = await nurse.post<{ outcome: string }>(`/api/tasks/${task!.id}/calls`, {
      version: shown.version,
      outcome: 'told',
      ...RIGHT,
      readBack: [{ findingId: findings.get('k/grave'), value: '6.8', unit: 'mmol/L' }],
    });
    expect(told.body.outcome).toBe('told');
    expect((await seen(app, mrn)).notify).toEqual([]);
    expect(await reconcile(app)).toEqual([]);
  });

  it('one of another result is told for itself', async () => {
    const { mrn, findings } = await called(6.8);
    await again(mrn, 5.7);
    const [task] = (await seen(app, mrn)).notify;
    const { body: claimed } = await nurse.post<TaskDetail>(`/api/tasks/${task!.id}/claim`, {
      version: Number(task!.meta!.versionId),
    });
    expect(claimed.findings.filter(({ coveredBy }) => coveredBy === null)).toHaveLength(2);
    const told = await nurse.post<{ outcome: string }>(`/api/tasks/${task!.id}/calls`, {
      version: claimed.version,
      outcome: 'told',
      ...RIGHT,
      readBack: [{ findingId: findings.get('k/grave'), value: '6.8', unit: 'mmol/L' }],
    });
    expect(told.body.outcome).toBe('read-back-differs');
  });

  it('of somebody whose findings cannot be read keeps no other’s from ending', async () => {
    const [first, second] = [await called(5.8), await called(5.8)];
    for (const { findings } of [first, second])
      await silence(findings.get('k/mild')!, { until: '2026-03-12' });
    await app.nest
      .get(DataSource)
      .query('UPDATE finding SET evidence = ? WHERE person_id = ?', ['broken', first.id]);
    later(11);
    await expect(endDue()).rejects.toThrow(SyntaxError);
    expect((await seen(app, second.mrn)).notify).toHaveLength(1);
  });
});
