import { cpSync } from 'node:fs';
import { AccessService } from '../../src/access/index.js';
import { type Difference, ReconcileModule, ReconcileService } from '../../src/reconcile/index.js';
import {
  RejudgeJobRepository,
  RejudgeService,
  RejudgeWatch,
  type RejudgingProgress,
} from '../../src/rejudge/index.js';
import { startApp, type TestApp } from '../support/app.js';
import { builtDatabase } from '../support/built-database.js';
import { type FreshDatabase } from '../support/database.js';
import {
  about,
  bundleOf,
  daysBefore,
  mrnOf,
  observation,
  person,
  resultsOnly,
  unique,
} from '../support/messages.js';
import { type OwnRules } from '../support/own-rules.js';
import { claim, openTasks, reconcile, seen, tell } from '../support/queue.js';
import { rowsOf } from '../support/standing.js';
import { above, below, type TestRule, testRules } from '../support/test-rules.js';

const REACH = { strict: false };

/** Two versions: the limit of wbc rises, hb's falls, ck appears, plt goes; potassium-like class A on creatinine. */
const OLD: TestRule[] = [
  { id: 'wbc', when: [below('wbc', 3, '10*9/L')] },
  { id: 'hb', when: [below('hb', 90, 'g/L')] },
  { id: 'plt', when: [below('plt', 90, '10*9/L')] },
];
const NEW: TestRule[] = [
  { id: 'wbc', when: [below('wbc', 3.5, '10*9/L')] },
  { id: 'hb', when: [below('hb', 80, 'g/L')], class: 'A' },
  { id: 'ck', when: [above('ck', 1000, 'U/L')] },
  { id: 'creatinine', when: [above('creatinine', 500, 'umol/L')], class: 'A' },
];

const folders: OwnRules[] = [];
const version = (rules: readonly TestRule[]): OwnRules => {
  const made = testRules({ limits: rules });
  folders.push(made);
  return made;
};
let old: OwnRules;
let renewed: OwnRules;
let database: FreshDatabase;
let app: TestApp;
beforeAll(async () => {
  old = version(OLD);
  renewed = version(NEW);
  database = await builtDatabase();
  app = await start(old);
}, 120_000);
afterAll(async () => {
  await app.close();
  await database.drop();
  folders.forEach((folder) => folder.remove());
});
beforeEach(async () => {
  await restart(old);
  await look();
}, 60_000);

const start = (rules: OwnRules, now?: string, on = database): Promise<TestApp> =>
  startApp({
    database: on,
    env: { RULES_DIR: rules.folder },
    modules: [ReconcileModule],
    ...(now && { now }),
  });

/** The service stops, and starts with other rules. */
async function restart(rules: OwnRules, now?: string): Promise<void> {
  await app.close();
  app = await start(rules, now);
}
const jobs = () => app.nest.get(RejudgeJobRepository, REACH);
const service = () => app.nest.get(RejudgeService, REACH);
const look = () => app.nest.get(RejudgeWatch, REACH).look();

/** What the second witness finds, and of how many it says that they have to wait. */
async function examined(): Promise<{ differences: Difference[]; pending: number }> {
  const differences: Difference[] = [];
  const witness = app.nest.get(ReconcileService);
  const { pending } = await witness.run({ difference: (one) => differences.push(one) });
  return { differences, pending };
}

async function send(patient: fhir4.Patient, ...results: fhir4.FhirResource[]): Promise<string> {
  const { status, text } = await app.post('/fhir', bundleOf(patient, results));
  if (status !== 200) throw new Error(text);
  return mrnOf(patient);
}
const rulesOf = (found: { findings: string[] }) => found.findings.map((rule) => rule.replace('limits/', ''));

describe('people under other rules', () => {
  it('gain and lose findings, and their calls follow', async () => {
    const gains = await send(person(), observation({ wbc: 3.2 }));
    const loses = await send(person(), observation({ plt: 50 }));
    const stays = await send(person(), observation({ wbc: 2.5 }));
    const graver = await send(person(), observation({ hb: 60 }));
    await restart(renewed);
    expect(openTasks(await seen(app, gains))).toBe('');
    const before = (await jobs().latest())!;
    expect(before).toMatchObject({ state: 'open', judged: 0 });
    expect(await examined()).toEqual({ differences: [], pending: before.total });
    await look();
    expect(openTasks(await seen(app, gains))).toBe('notify');
    expect(await seen(app, loses)).toMatchObject({ findings: [], retracted: ['limits/plt'], notify: [] });
    expect(openTasks(await seen(app, stays))).toBe('notify');
    expect((await seen(app, graver)).notify[0]).toMatchObject({ priority: 'stat' });
    expect(await service().progress()).toMatchObject({
      state: 'done',
      total: before.total,
      judged: before.total,
      left: 0,
      percent: 100,
      failed: 0,
      findings: { made: 1, changed: 2, retracted: 1 },
    });
    expect(await examined()).toEqual({ differences: [], pending: 0 });
  });

  it('follow a reload in the midst of serving, without a restart', async () => {
    const edited = version(OLD);
    await restart(edited);
    const gains = await send(person(), observation({ wbc: 3.2 }));
    await look();
    cpSync(renewed.folder, edited.folder, { recursive: true });
    expect((await app.post('/api/rules/reload', undefined, { key: 'admin' })).status).toBe(200);
    await look();
    expect(openTasks(await seen(app, gains))).toBe('notify');
    expect(await service().progress()).toMatchObject({ state: 'done', left: 0 });
    expect(await examined()).toEqual({ differences: [], pending: 0 });
  });

  it('are judged once: the same again changes nothing, nor does a restart with the same rules', async () => {
    await send(person(), observation({ wbc: 3.2 }), observation({ plt: 50 }), observation({ hb: 60 }));
    await restart(renewed);
    await look();
    const before = await rowsOf(app);
    app.clock.advance({ hours: 5 });
    await service().request(true);
    expect(await service().run()).toBe('finished');
    expect(await rowsOf(app)).toEqual(before);
    const job = await jobs().latest();
    await restart(renewed);
    await look();
    expect(await jobs().latest()).toEqual(job);
  });

  it('are rung only for what is news; what is old and grave goes to the doctor, history to nobody', async () => {
    const old40 = { effectiveDateTime: daysBefore(40), issued: daysBefore(40) };
    const old100 = { effectiveDateTime: daysBefore(100), issued: daysBefore(100) };
    const stale = await send(person(), observation({ ck: 1500 }, old40));
    const grave = await send(person(), observation({ creatinine: 600 }, old40));
    const late = await send(person(), observation({ creatinine: 600 }, old100));
    const history = person();
    const feed = await app.nest.get(AccessService).createKey({ name: 'old', scope: 'feed', isHistory: true });
    await app.post('/fhir', bundleOf(history, [observation({ ck: 1500 })]), { key: feed.secret });
    await restart(renewed);
    await look();
    expect(rulesOf(await seen(app, stale))).toEqual(['ck']);
    expect(openTasks(await seen(app, stale))).toBe('');
    expect(openTasks(await seen(app, grave))).toBe('notify');
    expect(openTasks(await seen(app, late))).toBe('review');
    expect(rulesOf(await seen(app, mrnOf(history)))).toEqual(['ck']);
    expect(openTasks(await seen(app, mrnOf(history)))).toBe('');
    expect(await reconcile(app)).toEqual([]);
  });

  it('who were told are not called again for another limit, and are corrected only while it is news', async () => {
    const stale = await send(person(), observation({ plt: 50 }));
    await tell(app, (await seen(app, stale)).notify[0]!);
    app.clock.set(daysBefore(-40));
    const today = { effectiveDateTime: daysBefore(-40), issued: daysBefore(-40) };
    const fresh = await send(person(), observation({ plt: 50 }, today));
    const same = await send(person(), observation({ wbc: 2.5 }, today));
    for (const mrn of [fresh, same]) await tell(app, (await seen(app, mrn)).notify[0]!);
    await restart(renewed, daysBefore(-40));
    await look();
    expect(openTasks(await seen(app, same))).toBe('');
    expect(openTasks(await seen(app, fresh))).toBe('correction');
    expect(await seen(app, stale)).toMatchObject({ retracted: ['limits/plt'], correction: [] });
    expect(await reconcile(app)).toEqual([]);
  });

  it('who died, or are minors, are not called', async () => {
    const dead = await send(person(undefined, { deceasedBoolean: true }), observation({ wbc: 3.2 }));
    const child = person(undefined, { birthDate: '2012-05-05' });
    const minor = await send(child, observation({ creatinine: 600 }));
    await restart(renewed);
    await look();
    expect(openTasks(await seen(app, dead))).toBe('review');
    expect(openTasks(await seen(app, minor))).toBe('review');
    expect(await reconcile(app)).toEqual([]);
  });

  it('are counted for whoever watches: over the API and in the metrics', async () => {
    await send(person(), observation({ wbc: 3.2 }));
    await restart(renewed);
    const shown = async () => (await app.get<RejudgingProgress>('/api/rules/rejudging')).body;
    const { total } = await shown();
    expect(await shown()).toMatchObject({ state: 'waiting', judged: 0, left: total, percent: 0 });
    expect((await app.get('/api/rules/rejudging', { key: 'read' })).status).toBe(403);
    await look();
    expect(await shown()).toMatchObject({ state: 'done', judged: total, left: 0, percent: 100 });
    const { text } = await app.get('/metrics');
    expect(text).toContain(`firstcall_rejudging_people{state="judged"} ${total}`);
    expect(text).toContain('firstcall_rejudging_people{state="left"} 0');
  });

  it('a nurse at work keeps the task; what joins is marked new', async () => {
    const mrn = await send(person(), observation({ wbc: 2.5 }), observation({ ck: 1500 }));
    const [task] = (await seen(app, mrn)).notify;
    await claim(app, task!);
    await restart(renewed);
    await look();
    const [after] = (await seen(app, mrn)).notify;
    expect(after).toMatchObject({ id: task!.id, status: 'accepted' });
    expect(after!.input).toHaveLength(2);
  });

  it('that were merged are one, and results that wait for their person are judged too', async () => {
    const [from, to] = [person(), person()];
    await send(from, observation({ wbc: 3.2 }));
    await send(to, observation({ hb: 60 }));
    await app.post('/fhir/Patient', {
      ...from,
      link: [{ other: { identifier: to.identifier![0] }, type: 'replaced-by' }],
    });
    const mrn = unique('nobody');
    await app.post('/fhir', resultsOnly([{ ...observation({ ck: 1500 }), ...about(mrn) }]));
    await app.post('/fhir', resultsOnly([{ ...observation({ plt: 20 }), ...about(unique('nobody')) }]));
    await restart(renewed);
    await look();
    expect(rulesOf(await seen(app, mrnOf(to)))).toEqual(['hb', 'wbc']);
    const reviews = await app.search<fhir4.Task>('Task', { code: 'urn:firstcall:task|review' });
    const ofNobody = reviews.filter((task) => task.status === 'requested' && !task.for);
    expect(ofNobody.map(({ reasonReference }) => reasonReference!.display)).toEqual(['规则 ck']);
    expect(await reconcile(app)).toEqual([]);
    await send(person(mrn));
    expect(openTasks(await seen(app, mrn))).toBe('notify');
  });

  it('what only the rules of before counted is counted no more', async () => {
    const counting = version([{ id: 'count', type: 'count', when: [above('glucose', 7, 'mmol/L')] }]);
    await restart(counting);
    await send(person(), observation({ glucoseRandom: 9 }));
    type Counts = { counts: Record<string, number> };
    const counted = async () =>
      (await app.get<Counts>('/api/data-quality')).body.counts['fasting-unknown'] ?? 0;
    expect(await counted()).toBe(1);
    await restart(renewed);
    await look();
    expect(await counted()).toBe(0);
    await restart(counting);
    await look();
    expect(await counted()).toBe(1);
  });
});
