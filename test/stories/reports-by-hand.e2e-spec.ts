import { Rejudging } from '../../src/intake/index.js';
import { ReconcileModule } from '../../src/reconcile/index.js';
import { RejudgeModule, RejudgeService } from '../../src/rejudge/index.js';
import { type AuditPage } from '../../src/workbench/audit.dto.js';
import { type FindingExplanation } from '../../src/workbench/explanation.dto.js';
import { type HandReportShown } from '../../src/workbench/hand-reports.dto.js';
import { type PersonPage } from '../../src/workbench/people.dto.js';
import { type QueuePage } from '../../src/workbench/queue.dto.js';
import { type TaskDetail } from '../../src/workbench/task.dto.js';
import { startApp, type TestApp } from '../support/app.js';
import { type BrowserSession, signedInAs } from '../support/browser-session.js';
import { RIGHT } from '../support/desk.js';
import { bundleOf, minutesAfter, mrnOf, MRN, person, unique } from '../support/messages.js';
import { reconcile, seen, tell } from '../support/queue.js';

const TEXT = '甲状腺右叶低回声结节 12×9 mm，边界不清，见沙砾样钙化';

describe('手工上报: a department reports by hand', () => {
  let app: TestApp;
  let wang: BrowserSession;
  let li: BrowserSession;
  let head: BrowserSession;
  beforeAll(async () => {
    app = await startApp({ modules: [ReconcileModule, RejudgeModule] });
    wang = await signedInAs(app, 'wang', 'nurse');
    li = await signedInAs(app, 'li', 'nurse');
    head = await signedInAs(app, 'zhao', 'head-nurse');
  });
  afterAll(() => app?.close());

  async function somebody(): Promise<{ mrn: string; id: string; patient: fhir4.Patient }> {
    const patient = person(undefined, { name: [{ text: '李建国' }], birthDate: '1968-03-14' });
    const { status, text } = await app.post('/fhir', bundleOf(patient, []));
    if (status !== 200) throw new Error(text);
    const [stored] = await app.search<fhir4.Patient>('Patient', { identifier: `${MRN}|${mrnOf(patient)}` });
    return { mrn: mrnOf(patient), id: stored!.id!, patient };
  }
  const report = (
    by: BrowserSession,
    given: Record<string, unknown>,
    key: string | null = unique('report'),
  ) => {
    const body = { department: 'ultrasound', class: 'A', text: TEXT, reporter: '陈医生', ...given };
    const headers: Record<string, string> = key === null ? {} : { 'idempotency-key': key };
    return by.http<HandReportShown>('POST', '/api/manual-reports', body, { headers });
  };
  const withdraw = (by: BrowserSession, id: string, reason = '写错了人') =>
    by.post<HandReportShown>(`/api/findings/${id}/withdraw`, { reason });
  const differences = () => reconcile(app);

  it('is a finding and a task at once, over FHIR and in the queue, and its row in the audit trail', async () => {
    const { mrn, id } = await somebody();
    const made = await report(wang, { person: `${MRN}|${mrn}` });
    expect(made).toMatchObject({
      status: 201,
      body: { rule: 'manual/ultrasound', person: id, status: 'final', isNew: true },
    });
    const { findings, notify, all } = await seen(app, mrn);
    expect(findings).toEqual(['manual/ultrasound']);
    expect(all.findings).toMatchObject([
      { id: made.body.id, status: 'final', severity: 'high', detail: `超声科上报：${TEXT}` },
    ]);
    expect(notify).toMatchObject([
      {
        id: made.body.task,
        priority: 'stat',
        restriction: { period: { end: minutesAfter(120) } },
        input: [{ valueReference: { reference: `DetectedIssue/${made.body.id}` } }],
      },
    ]);
    expect(all.observations).toMatchObject([{ valueString: TEXT, performer: [{ display: '陈医生' }, {}] }]);
    expect(all.findings[0]!.implicated).toEqual([{ reference: `Observation/${all.observations[0]!.id}` }]);
    const { items } = (await wang.get<QueuePage>('/api/queue?limit=200')).body;
    expect(items.find(({ id: task }) => task === made.body.task)).toMatchObject({ class: 'A' });
    const audit = (await app.get<AuditPage>(`/api/audit?person=${id}&action=report%20by%20hand`)).body.items;
    expect(audit).toMatchObject([{ actorName: 'wang', detail: 'manual/ultrasound, class A' }]);
    expect(JSON.stringify(audit)).not.toContain('结节');
    const received = await app.get<AuditPage>(`/api/audit?person=${id}&action=message%20received`);
    expect(received.body.items.map(({ actorName }) => actorName)).toEqual(['feed']);
    expect(await differences()).toEqual([]);
  });

  it('the same key is the same report, at once and again; with other words it is refused', async () => {
    const { mrn, id } = await somebody();
    const key = unique('once');
    const answers = await Promise.all(Array.from({ length: 5 }, () => report(wang, { person: id }, key)));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    app.clock.advance({ minutes: 1 });
    expect((await report(wang, { person: id }, key)).body).toMatchObject({
      id: answers[0]!.body.id,
      isNew: false,
    });
    expect((await seen(app, mrn)).all.findings).toHaveLength(1);
    expect((await report(wang, { person: id, text: '另一句话' }, key)).status).toBe(409);
    expect((await report(wang, { person: (await somebody()).id }, key)).status).toBe(409);
    // A key is one's own.
    expect((await report(li, { person: id }, key)).body.isNew).toBe(true);
    expect(await differences()).toEqual([]);
  });

  it.each([
    ['without a key', {}, null, 400],
    ['of nobody', { person: 'nobody' }, undefined, 404],
    ['of no department', { department: 'kitchen' }, undefined, 400],
    ['of no class', { class: 'D' }, undefined, 400],
    ['without words', { text: '  ' }, undefined, 400],
    ['with too many', { text: '长'.repeat(1001) }, undefined, 400],
    ['with something unknown', { urgent: true }, undefined, 400],
  ])('%s is refused', async (_, given, key, status) => {
    const { id } = await somebody();
    expect((await report(wang, { person: id, ...given }, key)).status).toBe(status);
  });

  it('joins the one call of its person, and outlives judging again, mapping again and reconciling', async () => {
    const { mrn, id, patient } = await somebody();
    await report(wang, { person: id, department: 'ecg', class: 'B', text: '频发室早' });
    const { body } = await report(wang, { person: id });
    const before = await seen(app, mrn);
    expect(before.notify).toHaveLength(1);
    expect(before.notify[0]!.input).toHaveLength(2);
    expect(before.notify[0]!.reasonReference!.reference).toBe(`DetectedIssue/${body.id}`);
    await app.nest.get(Rejudging).all();
    await app.nest.get(RejudgeService).request(true);
    await app.nest.get(RejudgeService).run();
    await app.post('/fhir', bundleOf({ ...patient, gender: 'male' }, []));
    const after = await seen(app, mrn);
    expect(after.findings).toEqual(before.findings);
    expect(after.notify.map((task) => task.id)).toEqual(before.notify.map((task) => task.id));
    expect(await differences()).toEqual([]);
  });

  it('is explained by who said so, on the page of the person too', async () => {
    const { id } = await somebody();
    const { body } = await report(wang, { person: id });
    const explained = await wang.get<FindingExplanation>(`/api/findings/${body.id}/explanation`);
    expect(explained.body).toMatchObject({
      ruleId: 'manual/ultrasound',
      condition: null,
      reported: {
        department: 'ultrasound',
        by: '陈医生',
        recordedBy: expect.stringMatching(/^user:/) as string,
      },
      withdrawn: null,
      leaves: [{ asSent: TEXT }],
    });
    const page = await wang.get<PersonPage>(`/api/people/${id}`);
    expect(page.body.findings).toMatchObject([{ reported: { by: '陈医生' } }]);
  });

  it('withdrawn before the call, the task goes; by whoever wrote it down, or the head nurse', async () => {
    const { mrn, id } = await somebody();
    const { body } = await report(wang, { person: id });
    expect((await withdraw(li, body.id)).status).toBe(403);
    expect((await withdraw(wang, body.id, ' ')).status).toBe(400);
    expect((await withdraw(wang, body.id)).body).toMatchObject({ id: body.id, status: 'retracted' });
    const after = await seen(app, mrn);
    expect(after).toMatchObject({
      findings: [],
      retracted: ['manual/ultrasound'],
      notify: [],
      correction: [],
    });
    const explained = await wang.get<FindingExplanation>(`/api/findings/${body.id}/explanation`);
    expect(explained.body.withdrawn).toMatchObject({ reason: '写错了人' });
    expect((await withdraw(head, body.id, '再撤一次')).body.status).toBe('retracted');
    expect(
      (await wang.get<FindingExplanation>(`/api/findings/${body.id}/explanation`)).body.withdrawn!.reason,
    ).toBe('写错了人');
    const other = await report(li, { person: id });
    expect((await withdraw(head, other.body.id)).body.status).toBe('retracted');
    expect(await differences()).toEqual([]);
    expect((await withdraw(wang, 'none')).status).toBe(404);
  });

  it('withdrawn after the call, whoever was told is rung to hear so', async () => {
    const { mrn, id } = await somebody();
    const { body } = await report(wang, { person: id });
    await tell(app, (await seen(app, mrn)).notify[0]!);
    await withdraw(wang, body.id);
    const { correction } = await seen(app, mrn);
    expect(correction).toHaveLength(1);
    expect(await differences()).toEqual([]);
  });

  it('is read back in words', async () => {
    const { mrn, id } = await somebody();
    const { body } = await report(wang, { person: id });
    const task = (await wang.post<TaskDetail>(`/api/tasks/${body.task}/claim`, { version: 1 })).body;
    const told = await wang.post<{ outcome: string }>(`/api/tasks/${body.task}/calls`, {
      version: task.version,
      outcome: 'told',
      ...RIGHT,
      readBack: [{ findingId: body.id, value: '甲状腺右边有个结节' }],
    });
    expect(told.body.outcome).toBe('told');
    expect((await seen(app, mrn)).notify).toEqual([]);
    expect(await differences()).toEqual([]);
  });

  it('no sender changes or takes back a report by hand', async () => {
    const { mrn, id } = await somebody();
    await report(wang, { person: id });
    const [stored] = (await seen(app, mrn)).all.observations as fhir4.Observation[];
    const again = { ...stored!, issued: minutesAfter(600), status: 'entered-in-error' as const };
    expect((await app.post('/fhir/Observation', { ...again, id: undefined })).status).toBe(403);
    expect((await app.http('PUT', `/fhir/Observation/${stored!.id}`, again, { key: 'feed' })).status).toBe(
      403,
    );
    expect((await seen(app, mrn)).findings).toEqual(['manual/ultrasound']);
    // Nor does one that says it is one make a finding.
    const own = {
      ...again,
      id: undefined,
      identifier: [{ system: 'urn:x', value: unique('x') }],
      status: 'final',
    };
    expect((await app.post('/fhir/Observation', own)).status).toBe(201);
    expect((await seen(app, mrn)).findings).toEqual(['manual/ultrasound']);
    expect(await differences()).toEqual([]);
  });

  it('is of whoever is on our list, also where their sender chose their id', async () => {
    const patient = person();
    const id = unique('chosen');
    await app.http('PUT', `/fhir/Patient/${id}`, { ...patient, id }, { key: 'feed' });
    expect((await report(wang, { person: id })).body).toMatchObject({ person: id });
    expect((await seen(app, mrnOf(patient))).notify).toHaveLength(1);
    expect(await differences()).toEqual([]);
  });

  it('said to be confidential, it is shown to named staff alone', async () => {
    const { id } = await somebody();
    const { body } = await report(wang, { person: id, department: 'gynaecology', confidential: true });
    const { text } = await wang.get(`/api/tasks/${body.task}`);
    expect(text).not.toContain('结节');
    expect(text).not.toContain('gynaecology');
    const shown = await app.get<TaskDetail>(`/api/tasks/${body.task}?reveal=true`);
    expect(shown.body.findings[0]!.sentence.zh).toContain('结节');
  });

  it('follows its person into the record that replaces theirs', async () => {
    const [old, kept] = [await somebody(), await somebody()];
    const { body } = await report(wang, { person: old.id });
    const link: fhir4.PatientLink = {
      other: { identifier: kept.patient.identifier![0]! },
      type: 'replaced-by',
    };
    await app.post('/fhir/Patient', { ...old.patient, link: [link] });
    const after = await seen(app, kept.mrn);
    expect(after.all.findings.map((finding) => finding.id)).toEqual([body.id]);
    expect(after.notify).toHaveLength(1);
    expect((await withdraw(wang, body.id)).body.status).toBe('retracted');
    expect((await seen(app, kept.mrn)).notify).toEqual([]);
    expect(await differences()).toEqual([]);
  });
});
