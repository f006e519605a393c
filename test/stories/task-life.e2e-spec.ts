import { TaskWorkService } from '../../src/tasks/index.js';
import { TEST_NOW, type TestApp } from '../support/app.js';
import { Desk, potassium, RIGHT } from '../support/desk.js';
import { loinc, minutesAfter, observation, result } from '../support/messages.js';
import { type Nurse } from '../support/nurses.js';

let desk: Desk;
let app: TestApp;
let wang: Nurse;
let li: Nurse;
beforeAll(async () => {
  desk = await Desk.open();
  ({ app, wang, li } = desk);
});
afterEach(() => app.clock.set(TEST_NOW));
afterAll(() => desk.close());

describe('a claim', () => {
  it('is one nurse’s: the other hears whose it is, and since when', async () => {
    const { id } = await desk.called([potassium(7)]);
    const { version } = await wang.task(id);
    const claimed = await wang.act(id, 'claim', { version });
    expect(claimed.body).toMatchObject({
      status: 'accepted',
      owner: wang.id,
      life: { claimedBy: wang.id, leaseUntil: minutesAfter(30) },
    });
    const late = await li.act<{ now: object }>(id, 'claim', { version });
    expect(late.status).toBe(409);
    expect(late.body.now).toMatchObject({
      version: version + 1,
      status: 'accepted',
      owner: wang.id,
      claimedAt: TEST_NOW,
    });
    expect((await li.act<{ now: object }>(id, 'claim')).body.now).toMatchObject({ refused: 'held' });
  });

  it('takes the version from If-Match too, and needs one', async () => {
    const { id } = await desk.called([potassium(7)]);
    expect((await wang.act(id, 'claim', {}, { 'if-match': '"9"' })).status).toBe(409);
    expect((await wang.act(id, 'claim', {}, { 'if-match': 'latest' })).status).toBe(400);
    expect((await wang.act(id, 'claim', {}, { 'if-match': '"1"' })).status).toBe(200);
  });

  it('ends by itself, is kept on, given back, and passed on with consent', async () => {
    const { id } = await desk.called([potassium(7)]);
    await wang.act(id, 'claim');
    app.clock.advance({ minutes: 20 });
    expect((await wang.act(id, 'keep')).body.life.leaseUntil).toBe(minutesAfter(50));
    expect((await li.act(id, 'accept')).status).toBe(409);
    await wang.act(id, 'hand-over', { to: li.id, reason: '交班' });
    expect((await wang.task(id)).owner).toBe(wang.id);
    expect((await li.act(id, 'accept')).body.owner).toBe(li.id);
    app.clock.advance({ minutes: 30 });
    expect((await wang.task(id)).life.claimedBy).toBeNull();
    expect(await app.nest.get(TaskWorkService).endLeases(100)).toBeGreaterThan(0);
    expect(await wang.task(id)).toMatchObject({ status: 'requested', owner: null });
    expect(await app.nest.get(TaskWorkService).endLeases(100)).toBe(0);
    const { steps } = await wang.history(id);
    expect(steps.map(({ action, actor }) => [action, actor.replace('key:', '')])).toEqual([
      ['opened', 'results'],
      ['claim', wang.id],
      ['keep', wang.id],
      ['hand-over', wang.id],
      ['accept', li.id],
      ['expire', 'clock'],
    ]);
    expect(steps[3]).toMatchObject({ reason: '交班', detail: { to: li.id } });
  });

  it('does not hide what came after it: read first, then save', async () => {
    const { id, patient } = await desk.called([observation({ hb: 65 })]);
    const { version } = (await wang.act(id, 'claim')).body;
    await desk.send(patient, [potassium(7)]);
    const stale = await wang.call(id, {
      version,
      outcome: 'told',
      ...RIGHT,
      readBack: await desk.readBack(id, '65', 'g/L'),
    });
    expect(stale.status).toBe(409);
    const now = await wang.task(id);
    expect(now).toMatchObject({ class: 'A', owner: wang.id });
    expect(now.findings.filter(({ isNew }) => isNew)).toHaveLength(1);
    const read = await wang.act(id, 'read');
    expect(read.body.findings.filter(({ isNew }) => isNew)).toHaveLength(0);
  });

  it('is left as it was read by what comes to the person and not to this call', async () => {
    const { id, patient } = await desk.called([potassium(6.8)]);
    const { version } = (await wang.act(id, 'claim')).body;
    const call = { version, outcome: 'told', ...RIGHT, readBack: await desk.readBack(id, '6.8', 'mmol/L') };
    app.clock.advance({ minutes: 1 });
    // A review for the doctor, beside it.
    await desk.send(patient, [result({ code: loinc('2160-0'), valueQuantity: { value: 900 } })]);
    expect((await wang.queue('&code=review')).length).toBeGreaterThan(0);
    expect((await wang.history(id)).steps.map(({ action }) => action)).toEqual(['opened', 'claim']);
    expect((await wang.call(id, call)).body.outcome).toBe('told');
  });
});

describe('beside the call', () => {
  it('a doubt about the specimen is shown, and the clock goes on', async () => {
    const { id } = await desk.called([potassium(7)]);
    const { due } = await wang.task(id);
    const doubt = { confirmation: 'redraw', specimen: ['haemolysis'], reason: '溶血,请重抽' };
    expect((await li.act(id, 'confirm', doubt)).body).toMatchObject({
      status: 'requested', due, life: { confirmation: 'redraw', specimen: ['haemolysis'] }, plan: { reachBy: due },
    }); // prettier-ignore
    expect((await li.act(id, 'confirm', { confirmation: 'maybe' })).status).toBe(400);
  });

  it('it is put off to a promised time, of class A not beyond its due time', async () => {
    const { id } = await desk.called([potassium(7)]);
    expect((await wang.act(id, 'snooze', { until: minutesAfter(121) })).status).toBe(400);
    expect((await wang.act(id, 'snooze', { until: minutesAfter(0) })).status).toBe(400);
    const put = await wang.act(id, 'snooze', { until: minutesAfter(60), reason: '11 点在家' });
    expect(put.body).toMatchObject({
      status: 'on-hold',
      due: minutesAfter(120),
      life: { notBefore: minutesAfter(60) },
    });
  });

  it('the head nurse gives it to another, and somebody still at the centre is told there', async () => {
    const { id } = await desk.called([potassium(7)]);
    await wang.act(id, 'claim');
    expect((await li.act(id, 'reassign', { to: li.id })).body.owner).toBe(li.id);
    expect((await li.act(id, 'on-site', { isOnSite: true })).body.life.isOnSite).toBe(true);
    const told = {
      outcome: 'told',
      channel: 'in-person',
      ...RIGHT,
      readBack: await desk.readBack(id, '7', 'mmol/L'),
    };
    expect((await li.call(id, told)).body.outcome).toBe('told');
  });

  it.each([
    ['claim', { version: 1, more: true }],
    ['snooze', { version: 1, until: 'soon' }],
    ['reassign', { version: 1, to: 'a b' }],
    ['calls', { version: 1, outcome: 'sold' }],
    ['calls', { version: 1, outcome: 'told', heard: { name: 7 } }],
    ['calls', { version: 1, outcome: 'told', readBack: [{ findingId: 'x' }] }],
    ['calls', { version: 1, outcome: 'no-answer', note: 'x'.repeat(2001) }],
  ])('%s refuses %j', async (action, body) => {
    const { id } = await desk.called([potassium(7)]);
    expect((await wang.act(id, action, body)).status).toBe(400);
  });

  it('is for the scope admin alone, and of tasks that are there', async () => {
    const { id } = await desk.called([potassium(7)]);
    for (const key of ['feed', 'read', 'read-contact'] as const)
      expect((await app.http('POST', `/api/tasks/${id}/claim`, { version: 1 }, { key })).status).toBe(403);
    expect((await wang.act('nobody', 'claim', { version: 1 })).status).toBe(404);
    expect((await wang.act('nobody', 'calls', { version: 1, outcome: 'busy' })).status).toBe(404);
    expect((await wang.get('/api/tasks/nobody/history')).status).toBe(404);
  });
});
