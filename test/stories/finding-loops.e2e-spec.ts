import { type LoopShown } from '../../src/workbench/loop.dto.js';
import { TEST_NOW, type TestApp } from '../support/app.js';
import { Desk, potassium, RIGHT } from '../support/desk.js';
import { about, minutesAfter, observation, resultsOnly } from '../support/messages.js';
import { type Nurse } from '../support/nurses.js';
import { seen } from '../support/queue.js';

let desk: Desk;
let app: TestApp;
let wang: Nurse;
beforeAll(async () => {
  desk = await Desk.open();
  ({ app, wang } = desk);
});
afterEach(() => app.clock.set(TEST_NOW));
afterAll(() => desk.close());

describe('the loop', () => {
  async function told(value: number) {
    const one = await desk.called([potassium(value)]);
    await wang.act(one.id, 'claim');
    await wang.call(one.id, {
      outcome: 'told',
      ...RIGHT,
      readBack: await desk.readBack(one.id, String(value), 'mmol/L'),
    });
    return one;
  }
  const later = (mrn: string, value: number, minutes = 60): fhir4.Observation =>
    potassium(value, {
      ...about(mrn),
      effectiveDateTime: minutesAfter(minutes),
      issued: minutesAfter(minutes),
    });
  const loopOf = async (id: string): Promise<LoopShown> => (await wang.task(id)).loops[0]!;

  it('closes by itself when the recheck is normal, and opens again when that is corrected', async () => {
    const { id, mrn } = await told(7);
    app.clock.advance({ hours: 2 });
    const recheck = later(mrn, 4.6);
    await app.post('/fhir', resultsOnly([recheck]));
    expect(await loopOf(id)).toMatchObject({ state: 'closed', outcome: 'normal' });
    await app.post(
      '/fhir',
      resultsOnly([{ ...recheck, status: 'entered-in-error', issued: minutesAfter(90) }]),
    );
    expect(await loopOf(id)).toMatchObject({ state: 'awaiting', outcome: null, observationId: null });
  });

  it.each([
    [7.5, 'worse'],
    [6.9, 'persists'],
  ])('is opened again at %d, and the person is called again', async (value, outcome) => {
    const { id, mrn } = await told(7);
    app.clock.advance({ hours: 2 });
    await app.post('/fhir', resultsOnly([later(mrn, value)]));
    expect(await loopOf(id)).toMatchObject({ state: 'reopened', outcome });
    expect((await seen(app, mrn)).notify).toHaveLength(1);
  });

  it('stays open for results of before, and of other tests', async () => {
    const { id, mrn } = await told(7);
    await app.post(
      '/fhir',
      resultsOnly([later(mrn, 4.6, -60), { ...observation({ hb: 150 }), ...about(mrn) }]),
    );
    expect((await loopOf(id)).state).toBe('awaiting');
  });

  it('is closed by whoever knows what became of it, as it was read', async () => {
    const { id } = await told(7);
    const { findingId, version } = await loopOf(id);
    const outcome = { outcome: 'treated', hospital: '市一院', treatment: '透析' };
    const path = `/api/findings/${findingId}/outcome`;
    expect((await wang.post(path, { version: version + 1, ...outcome })).status).toBe(409);
    expect((await wang.post<LoopShown>(path, { version, ...outcome })).body).toMatchObject({
      state: 'closed',
      outcome: 'treated',
    });
    // Whoever comes later reads whose it was, and when.
    expect((await wang.post(path, { version, outcome: 'declined' })).status).toBe(409);
    expect(await loopOf(id)).toMatchObject({
      outcome: 'treated',
      closedBy: `key:${wang.id}`,
      closedByName: null,
      closedAt: app.clock.now().toISOString(),
    });
    expect((await wang.post('/api/findings/nobody/outcome', { version, ...outcome })).status).toBe(404);
  });
});
