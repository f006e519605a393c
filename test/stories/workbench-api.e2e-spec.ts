import { DataSource } from 'typeorm';
import { AuditEventEntity } from '../../src/access/index.js';
import { type QueueItem, type QueuePage } from '../../src/workbench/queue.dto.js';
import { type TaskDetail } from '../../src/workbench/task.dto.js';
import { startApp, type TestApp } from '../support/app.js';
import {
  bundleOf,
  loinc,
  minutesAfter,
  mrnOf,
  observation,
  person,
  quantity,
  result,
} from '../support/messages.js';
import { CLASS_A_AND_SENSITIVE, type OwnRules, ownRules } from '../support/own-rules.js';
import { seen } from '../support/queue.js';

let app: TestApp;
let rules: OwnRules;
beforeAll(async () => {
  rules = ownRules(CLASS_A_AND_SENSITIVE, 'test-pack/test.yaml');
  app = await startApp({ env: { RULES_DIR: rules.folder } });
});
afterAll(async () => {
  await app.close();
  rules.remove();
});

async function send(patient: fhir4.Patient, results: fhir4.FhirResource[]): Promise<void> {
  const { status, text } = await app.post('/fhir', bundleOf(patient, results));
  if (status !== 200) throw new Error(text);
}

/** The open tasks of one person, in the order of the queue. */
async function tasksOf(mrn: string, query = ''): Promise<QueueItem[]> {
  const { body } = await app.get<QueuePage>(`/api/queue?limit=200${query}`);
  const { all } = await seen(app, mrn);
  const ids = new Set(all.tasks.map(({ id }) => id));
  return body.items.filter(({ id }) => ids.has(id));
}

async function detail(id: string, query = ''): Promise<TaskDetail> {
  return (await app.get<TaskDetail>(`/api/tasks/${id}${query}`)).body;
}

const potassium = (value: number): fhir4.Observation =>
  result({ code: loinc('2823-3'), valueQuantity: quantity(value, 'mmol/L') });
const hiv = (): fhir4.Observation => result({ code: loinc('56888-1'), valueString: '阳性' });

describe('a nurse’s queue over /api', () => {
  it('lists open tasks gravest first, with person, sentence and due time, page by page', async () => {
    const patient = person(undefined, { name: [{ text: '李晓梅' }] });
    await send(patient, [observation({ hb: 65 }), observation({ wbc: 2.1 })]);
    await send(person(), [potassium(7)]);
    const { status, body } = await app.get<QueuePage>('/api/queue');
    expect(status).toBe(200);
    expect(body.items[0]).toMatchObject({ class: 'A', priority: 'stat', code: 'notify', isOverdue: false });
    const [task] = await tasksOf(mrnOf(patient));
    expect(task).toMatchObject({
      version: 1,
      status: 'requested',
      class: 'important',
      priority: 'asap',
      person: { name: '李晓梅', sex: 'female', ageYears: 40 },
      findingCount: 2,
      isNew: false,
      isConfidential: false,
    });
    expect(task!.headline.zh).toMatch(/\d/);
    expect(new Date(task!.due).getTime()).toBeGreaterThan(app.clock.now().getTime());
    const walked: string[] = [];
    for (let after: string | null = ''; after !== null;) {
      const page: QueuePage = (await app.get<QueuePage>(`/api/queue?limit=1${after && `&after=${after}`}`))
        .body;
      walked.push(...page.items.map(({ id }) => id));
      after = page.next;
    }
    expect(walked).toEqual(body.items.map(({ id }) => id));
    expect(walked.length).toBeGreaterThan(1);
  });

  it('says how the newest telephone number ends, as its mask does, and no more of it', async () => {
    const phone = (value: string) => ({ system: 'phone' as const, value });
    const endOf = async (more: Partial<fhir4.Patient>, newer?: string) => {
      const patient = person(undefined, more);
      await send(patient, [observation({ hb: 65 })]);
      app.clock.advance({ minutes: 1 });
      if (newer) await app.post('/fhir/Patient', { ...patient, telecom: [phone(newer)] });
      const [task] = await tasksOf(mrnOf(patient));
      return task!.phoneEnd;
    };
    const mail = { system: 'email' as const, value: 'li@example.cn' };
    expect(await endOf({ telecom: [phone('13812344471'), mail] })).toBe('4471');
    expect(await endOf({ telecom: [phone('13812344471')] }, '13812345582')).toBe('5582');
    expect(await endOf({ telecom: [phone('65521234')] })).toBe('34');
    expect(await endOf({ telecom: [phone('120')] })).toBeNull();
    expect(await endOf({ telecom: [mail] })).toBeNull();
    expect(await endOf({ telecom: [phone('13812344471')], deceasedBoolean: true })).toBeNull();
    expect((await app.get('/api/queue?limit=200')).text).not.toMatch(/1381234|6552|138\*/);
  });

  it('can be narrowed to a class or a kind of task, and counts all', async () => {
    await send(person(), [result({ code: loinc('14682-9'), valueQuantity: quantity(158, 'nonsense') })]);
    const reviews = (await app.get<QueuePage>('/api/queue?code=review')).body;
    expect(new Set(reviews.items.map(({ code }) => code))).toEqual(new Set(['review']));
    const graves = (await app.get<QueuePage>('/api/queue?class=A')).body;
    expect(new Set(graves.items.map((item) => item.class))).toEqual(new Set(['A']));
    const all = (await app.get<QueuePage>('/api/queue?limit=200')).body;
    expect(all.counts.reduce((sum, { count }) => sum + count, 0)).toBe(all.items.length);
  });

  it.each([
    ['limit=0', 'limit'],
    ['limit=x', 'limit'],
    ['class=Z', 'class'],
    ['code=phone', 'code'],
    ['after=%27', 'after'],
    ['nonsense=1', 'nonsense'],
  ])('refuses ?%s and names the parameter', async (query, path) => {
    const { status, headers, body } = await app.get<{ errors: { path: string }[] }>(`/api/queue?${query}`);
    expect(status).toBe(400);
    expect(headers.get('content-type')).toContain('application/problem+json');
    expect(body.errors.map((error) => error.path)).toEqual(expect.arrayContaining([path]));
  });

  it('shows a task with the evidence of its findings and masked contacts', async () => {
    const patient = person(undefined, { telecom: [{ system: 'phone', value: '13812344471' }] });
    await send(patient, [observation({ hb: 65 })]);
    const [task] = await tasksOf(mrnOf(patient));
    const shown = await detail(task!.id);
    expect(shown.person).toMatchObject({
      speakTo: 'person',
      contacts: [{ system: 'phone', value: '138****4471' }],
    });
    expect(shown.findings).toHaveLength(1);
    const [finding] = shown.findings;
    expect(finding).toMatchObject({ rule: 'important-results/hb-low', isReason: true, toldAt: null });
    expect(finding!.leaves[0]).toMatchObject({
      fact: 'hb',
      asSent: expect.stringContaining('65') as string,
      truth: 'fires',
    });
    expect(JSON.stringify(shown)).not.toContain('13812344471');
  });

  it('completes a call once it was told, and only as it was read', async () => {
    const patient = person();
    await send(patient, [observation({ hb: 65 })]);
    const [task] = await tasksOf(mrnOf(patient));
    await send(patient, [observation({ wbc: 2.1 })]);
    const tell = (version: number): ReturnType<TestApp['http']> =>
      app.http('POST', `/api/tasks/${task!.id}/told`, { version, note: '已复述' });
    expect((await tell(task!.version)).status).toBe(409);
    const { version } = await detail(task!.id);
    const told = await tell(version);
    expect(told.status).toBe(200);
    expect(told.body).toMatchObject({ status: 'completed', closedReason: 'told', note: '已复述' });
    expect(await tasksOf(mrnOf(patient))).toEqual([]);
    expect((await tell(version + 1)).status).toBe(409);
    const events = await app.nest.get(DataSource).manager.findBy(AuditEventEntity, { action: 'told' });
    expect(events.map(({ personId }) => personId)).toContain(
      told.body && (told.body as TaskDetail).person!.id,
    );
  });

  it('tells again what was corrected after the call', async () => {
    const patient = person();
    const sent = observation({ hb: 65 });
    await send(patient, [sent]);
    const [call] = await tasksOf(mrnOf(patient));
    await app.http('POST', `/api/tasks/${call!.id}/told`, { version: call!.version });
    await send(patient, [
      { ...sent, status: 'corrected', issued: minutesAfter(5), valueQuantity: quantity(150, 'g/L') },
    ]);
    const [correction] = await tasksOf(mrnOf(patient));
    expect(correction).toMatchObject({ code: 'correction' });
    const [finding] = (await detail(correction!.id)).findings;
    expect(finding!.toldAs!.zh).toContain('65');
    const told = await app.http('POST', `/api/tasks/${correction!.id}/told`, {
      version: correction!.version,
    });
    expect(told.status).toBe(200);
  });

  it('leaves reviews to the doctor and calls to the nurse', async () => {
    const [called, reviewed] = [person(), person()];
    await send(called, [observation({ hb: 65 })]);
    await send(reviewed, [result({ code: loinc('14682-9'), valueQuantity: { value: 900 } })]);
    const [call] = await tasksOf(mrnOf(called));
    const [review] = await tasksOf(mrnOf(reviewed));
    expect((await app.http('POST', `/api/tasks/${call!.id}/decided`, { version: 1 })).status).toBe(409);
    expect((await app.http('POST', `/api/tasks/${review!.id}/told`, { version: 1 })).status).toBe(409);
    const decided = await app.http('POST', `/api/tasks/${review!.id}/decided`, { version: review!.version });
    expect(decided.body).toMatchObject({ status: 'completed', closedReason: 'decided' });
    expect(await tasksOf(mrnOf(reviewed))).toEqual([]);
  });

  it.each([{}, { version: '1' }, { version: 0 }, { version: 1, note: 7 }, { version: 1, more: true }, []])(
    'refuses to close a task with %j',
    async (body) => {
      const patient = person();
      await send(patient, [observation({ hb: 65 })]);
      const [task] = await tasksOf(mrnOf(patient));
      expect((await app.http('POST', `/api/tasks/${task!.id}/told`, body)).status).toBe(400);
      expect(await tasksOf(mrnOf(patient))).toHaveLength(1);
    },
  );

  it('answers 404 for a task that is not there', async () => {
    expect((await app.get('/api/tasks/nobody')).status).toBe(404);
    expect((await app.http('POST', '/api/tasks/nobody/told', { version: 1 })).status).toBe(404);
  });

  it('is for the scope admin alone', async () => {
    for (const key of ['feed', 'read', 'read-contact'] as const) {
      for (const path of ['/api/queue', '/api/tasks/x', '/api/data-quality'])
        expect((await app.get(path, { key })).status).toBe(403);
    }
    expect((await app.get('/api/queue', { key: null })).status).toBe(401);
  });
});

describe('a confidential result', () => {
  it('is a confidential result in queue and task, and shown only when asked for, which is recorded', async () => {
    const patient = person();
    await send(patient, [hiv()]);
    const [task] = await tasksOf(mrnOf(patient));
    expect(task).toMatchObject({
      isConfidential: true,
      headline: { zh: '保密结果', en: 'confidential result' },
    });
    const hidden = await app.get(`/api/tasks/${task!.id}`);
    expect(hidden.text).not.toMatch(/hiv|艾滋|疾控|阳性|positive/i);
    const revealed = await detail(task!.id, '?reveal=true');
    expect(revealed.findings[0]).toMatchObject({ rule: 'test-pack/hiv-screen', isConfidential: true });
    expect(revealed.findings[0]!.sentence.zh).toContain('阳性');
    const [inQueue] = await tasksOf(mrnOf(patient), '&reveal=true');
    expect(inQueue!.headline.zh).toContain('阳性');
    const events = await app.nest.get(DataSource).manager.findBy(AuditEventEntity, { action: 'read task' });
    expect(events.filter(({ detail: words }) => words.includes('revealed'))).toHaveLength(1);
  });
});

it('is described at /api/docs', async () => {
  expect((await app.get('/api/docs', { key: null })).status).toBe(200);
  const { body } = await app.get<{ paths: Record<string, unknown> }>('/api/docs-json', { key: null });
  expect(Object.keys(body.paths)).toEqual(
    expect.arrayContaining([
      '/api/queue',
      '/api/tasks/{id}',
      '/api/tasks/{id}/told',
      '/api/tasks/{id}/decided',
      '/api/data-quality',
    ]),
  );
});
