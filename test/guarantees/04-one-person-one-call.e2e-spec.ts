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
import { type OwnRules, ownRules } from '../support/own-rules.js';
import { ReconcileModule } from '../../src/reconcile/index.js';
import { claim, markedNew, openTasks, reconcile, seen, tell } from '../support/queue.js';

describe('guarantee 4: one person, one call', () => {
  let app: TestApp;
  let rules: OwnRules;
  beforeAll(async () => {
    rules = ownRules();
    app = await startApp({ modules: [ReconcileModule], env: { RULES_DIR: rules.folder } });
  });
  afterAll(async () => {
    await app.close();
    rules.remove();
  });

  const potassium = (value: number, more: Partial<fhir4.Observation> = {}) =>
    result({ code: loinc('2823-3'), valueQuantity: quantity(value, 'mmol/L'), ...more });
  const end = (task: fhir4.Task | undefined) => task?.restriction?.period?.end;

  it('two results of one checkup in one message are one call that names both', async () => {
    const patient = person();
    await app.post('/fhir', bundleOf(patient, [observation({ wbc: 2.5 }), observation({ hb: 60 })]));
    const after = await seen(app, mrnOf(patient));
    expect(after.all.tasks).toHaveLength(1);
    expect(after.notify[0]).toMatchObject({ status: 'requested', priority: 'asap' });
    expect(after.notify[0]!.input).toHaveLength(2);
    const named = after.notify[0]!.input!.map(({ valueReference }) => valueReference);
    expect(named).toContainEqual(after.notify[0]!.reasonReference);
    expect(after.all.findings.map(({ id }) => `DetectedIssue/${id}`).sort()).toEqual(
      named.map((one) => one!.reference!).sort(),
    );
  });

  it('a result that comes later joins the call; its due time stays that of the earliest', async () => {
    const patient = person();
    await app.post('/fhir', bundleOf(patient, [observation({ wbc: 2.5 })]));
    const first = (await seen(app, mrnOf(patient))).notify[0]!;
    app.clock.advance({ days: 1 });
    await app.post('/fhir', bundleOf(patient, [observation({ hb: 60 }, { issued: minutesAfter(1440) })]));
    app.clock.advance({ days: -1 });
    const after = await seen(app, mrnOf(patient));
    expect(after.notify).toHaveLength(1);
    expect(after.notify[0]).toMatchObject({ id: first.id, restriction: first.restriction });
    expect(after.notify[0]!.reasonReference).toEqual(first.reasonReference);
    expect(after.notify[0]!.input).toHaveLength(2);
  });

  it('the call is due on the same working day: by 17:30, or the next day for a result after hours', async () => {
    const [early, late] = [person(), person()];
    await app.post('/fhir', bundleOf(early, [observation({ wbc: 2.5 })]));
    app.clock.set('2026-03-02T09:30:00.000Z');
    await app.post('/fhir', bundleOf(late, [observation({ wbc: 2.5 })]));
    app.clock.set('2026-03-02T02:00:00.000Z');
    expect(end((await seen(app, mrnOf(early))).notify[0])).toBe('2026-03-02T09:30:00.000Z');
    expect(end((await seen(app, mrnOf(late))).notify[0])).toBe('2026-03-03T09:30:00.000Z');
  });

  it('class, priority and due time follow the findings up and down again', async () => {
    const patient = person();
    await app.post('/fhir', bundleOf(patient, [observation({ wbc: 2.5 })]));
    const before = (await seen(app, mrnOf(patient))).notify[0]!;
    const high = potassium(7.1);
    await app.post('/fhir', bundleOf(patient, [high]));
    const up = (await seen(app, mrnOf(patient))).notify;
    expect(up).toHaveLength(1);
    expect(up[0]).toMatchObject({ id: before.id, priority: 'stat' });
    expect(end(up[0])).toBe('2026-03-02T04:00:00.000Z');
    expect(up[0]!.reasonReference!.display).toBe('血钾高');
    await app.post('/fhir', bundleOf(patient, [{ ...high, status: 'entered-in-error' }]));
    const down = (await seen(app, mrnOf(patient))).notify;
    expect(down).toHaveLength(1);
    expect(down[0]).toMatchObject({ id: before.id, priority: 'asap', restriction: before.restriction });
    expect(down[0]!.input).toHaveLength(1);
  });

  it('a graver finding that would be due later does not move the call later; without the first it is due by its own', async () => {
    const patient = person();
    const low = observation({ wbc: 2.5 });
    await app.post('/fhir', bundleOf(patient, [low]));
    app.clock.set('2026-03-02T09:00:00.000Z');
    await app.post('/fhir', bundleOf(patient, [potassium(7.1)]));
    const up = (await seen(app, mrnOf(patient))).notify[0]!;
    expect(up.priority).toBe('stat');
    expect(end(up)).toBe('2026-03-02T09:30:00.000Z');
    expect(await reconcile(app)).toEqual([]);
    await app.post('/fhir', bundleOf(patient, [{ ...low, status: 'entered-in-error' }]));
    app.clock.set('2026-03-02T02:00:00.000Z');
    const alone = (await seen(app, mrnOf(patient))).notify[0]!;
    expect(alone).toMatchObject({ id: up.id, priority: 'stat' });
    expect(end(alone)).toBe('2026-03-02T11:00:00.000Z');
  });

  it('class A alone is due within two hours whatever the hour', async () => {
    const patient = person();
    app.clock.set('2026-03-02T15:00:00.000Z');
    await app.post('/fhir', bundleOf(patient, [potassium(7)]));
    app.clock.set('2026-03-02T02:00:00.000Z');
    expect(end((await seen(app, mrnOf(patient))).notify[0])).toBe('2026-03-02T17:00:00.000Z');
  });

  it('a finding after the call opens a new one with its own clock; the first call stays closed', async () => {
    const patient = person();
    await app.post('/fhir', bundleOf(patient, [observation({ wbc: 2.5 })]));
    const first = (await seen(app, mrnOf(patient))).notify[0]!;
    await tell(app, first);
    app.clock.advance({ days: 1 });
    await app.post('/fhir', bundleOf(patient, [observation({ hb: 60 }, { issued: minutesAfter(1440) })]));
    app.clock.advance({ days: -1 });
    const after = await seen(app, mrnOf(patient));
    expect(after.notify).toHaveLength(1);
    expect(after.notify[0]!.id).not.toBe(first.id);
    expect(after.notify[0]!.input).toHaveLength(1);
    expect(end(after.notify[0])).toBe('2026-03-03T09:30:00.000Z');
    expect(after.all.tasks.find(({ id }) => id === first.id)!.status).toBe('completed');
  });

  it('a later normal result leaves the finding and the call standing', async () => {
    const patient = person();
    await app.post('/fhir', bundleOf(patient, [observation({ wbc: 2.5 })]));
    await app.post(
      '/fhir',
      bundleOf(patient, [
        observation({ wbc: 6 }, { effectiveDateTime: minutesAfter(60), issued: minutesAfter(60) }),
      ]),
    );
    const after = await seen(app, mrnOf(patient));
    expect(after.findings).toEqual(['wbc-low']);
    expect(openTasks(after)).toBe('notify');
  });

  it('what joins a claimed call is marked new, and a telling that has not read it is refused', async () => {
    const patient = person();
    await app.post('/fhir', bundleOf(patient, [observation({ wbc: 2.5 })]));
    const read = (await seen(app, mrnOf(patient))).notify[0]!;
    await claim(app, read);
    await app.post('/fhir', bundleOf(patient, [observation({ hb: 60 })]));
    const after = await seen(app, mrnOf(patient));
    expect(after.notify).toHaveLength(1);
    const joined = after.all.findings.find(({ code }) => code!.coding![0]!.code!.endsWith('hb-low'))!;
    expect(await markedNew(app, read)).toEqual([joined.id]);
    await expect(tell(app, read)).rejects.toMatchObject({ code: 'conflict' });
    await tell(app, after.notify[0]!);
    expect(openTasks(await seen(app, mrnOf(patient)))).toBe('');
  });

  it('a telling of a call that has grown, claimed or not, closes nothing that was not read', async () => {
    const patient = person();
    await app.post('/fhir', bundleOf(patient, [observation({ wbc: 2.5 })]));
    const read = (await seen(app, mrnOf(patient))).notify[0]!;
    await app.post('/fhir', bundleOf(patient, [observation({ hb: 60 })]));
    await expect(tell(app, read)).rejects.toMatchObject({ code: 'conflict' });
  });

  it('two nurses who tell at once: one of them is told that it was done', async () => {
    const patient = person();
    await app.post('/fhir', bundleOf(patient, [observation({ wbc: 2.5 })]));
    const task = (await seen(app, mrnOf(patient))).notify[0]!;
    const outcomes = await Promise.allSettled([tell(app, task), tell(app, task), tell(app, task)]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('a call that loses its last finding is cancelled, and a new finding opens another', async () => {
    const patient = person();
    const low = observation({ wbc: 2.5 });
    await app.post('/fhir', bundleOf(patient, [low]));
    await app.post('/fhir', bundleOf(patient, [{ ...low, status: 'entered-in-error' }]));
    expect(openTasks(await seen(app, mrnOf(patient)))).toBe('');
    await app.post('/fhir', bundleOf(patient, [observation({ hb: 60 })]));
    const after = await seen(app, mrnOf(patient));
    expect(after.all.tasks.map(({ status }) => status).sort()).toEqual(['cancelled', 'requested']);
  });

  it('reviews are one a person too, and are no call and no finding', async () => {
    const patient = person();
    const glucose = observation({ glucoseRandom: 25 });
    const bare = result({ code: loinc('14682-9'), valueQuantity: { value: 900 } });
    await app.post('/fhir', bundleOf(patient, [glucose, bare]));
    const after = await seen(app, mrnOf(patient));
    expect(after.findings).toEqual([]);
    expect(openTasks(after)).toBe('review');
    expect(after.review[0]!.input).toHaveLength(2);
  });
});
