import { DataSource } from 'typeorm';
import { MOST_CHANGES } from '../../src/workbench/queue-changes.js';
import { type TaskChanged } from '../../src/workbench/queue-stream.dto.js';
import { startApp, type TestApp } from '../support/app.js';
import { builtDatabase } from '../support/built-database.js';
import { type FreshDatabase } from '../support/database.js';
import { EventStream } from '../support/event-stream.js';
import { bundleOf, mrnOf, observation, person } from '../support/messages.js';
import { seen, tell } from '../support/queue.js';

describe('the live queue', () => {
  let database: FreshDatabase;
  let app: TestApp;
  let other: TestApp;
  const streams: EventStream[] = [];
  beforeAll(async () => {
    database = await builtDatabase();
    app = await startApp({ database });
    other = await startApp({ database });
  });
  afterEach(() => streams.splice(0).forEach((stream) => stream.close()));
  afterAll(async () => {
    await app.close();
    await other.close();
    await database.drop();
  });
  const listen = async (to: TestApp = app, lastEventId?: string): Promise<EventStream> => {
    const stream = await EventStream.open(`${to.base}/api/queue/stream`, to.keys.admin, lastEventId);
    streams.push(stream);
    await stream.next('hello');
    return stream;
  };
  const important = async (): Promise<fhir4.Patient> => {
    const patient = person();
    await app.post('/fhir', bundleOf(patient, [observation({ wbc: 1.5 })]));
    return patient;
  };
  const taskOf = async (patient: fhir4.Patient): Promise<fhir4.Task> =>
    (await seen(app, mrnOf(patient))).all.tasks[0]!;

  it('tells of a new task and of its end, on this instance and on another', async () => {
    const both = [await listen(app), await listen(other)];
    const patient = await important();
    const task = await taskOf(patient);
    const isIt = ({ id }: TaskChanged): boolean => id === task.id;
    for (const stream of both) {
      const change = await stream.next('task', isIt);
      expect(change.data).toMatchObject({
        version: 1,
        code: 'notify',
        class: 'important',
        status: 'requested',
      });
    }
    await tell(app, task);
    for (const stream of both) {
      const change = await stream.next('task', isIt);
      expect(change.data).toMatchObject({ version: 2, status: 'completed', isTaken: true });
    }
  });

  it('says nothing of who it is about', async () => {
    const stream = await listen();
    const patient = await important();
    await stream.next('task');
    expect(stream.text).not.toContain(patient.name![0]!.text);
    expect(stream.text).not.toContain(mrnOf(patient));
    expect(stream.text).not.toMatch(/wbc|白细胞|1\.5/);
  });

  it('goes on where it was broken off', async () => {
    const stream = await listen();
    await important();
    const { id } = await stream.next('task');
    stream.close();
    const patient = await important();
    // Longer ago than any look goes back.
    for (const { clock } of [app, other]) clock.advance({ minutes: 4 });
    const again = await listen(other, id);
    const missed = await taskOf(patient);
    expect((await again.next('task', (change) => change.id === missed.id)).data.version).toBe(1);
  });

  it.each([
    ['too long ago', '2026-03-02T01:00:00.000Z'],
    ['no instant', 'abc'],
    ['from a clock that was set back since', '2026-03-02T23:00:00.000Z'],
    ['beyond all time', '+275760-09-13T00:00:00.000Z'],
  ])('asks to read the list anew when the last event is %s', async (_, id) => {
    const stream = await EventStream.open(`${app.base}/api/queue/stream`, app.keys.admin, id);
    streams.push(stream);
    expect(await stream.next('reset')).toMatchObject({ data: { asOf: app.clock.now().toISOString() } });
  });

  it('goes on when the clock is set back by an hour', async () => {
    const stream = await listen();
    const before = await taskOf(await important());
    await stream.next('task', ({ id }) => id === before.id);
    for (const { clock } of [app, other]) clock.advance({ minutes: -60 });
    const task = await taskOf(await important());
    expect((await stream.next('task', ({ id }) => id === task.id)).data.version).toBe(1);
    for (const { clock } of [app, other]) clock.advance({ minutes: 60 });
  });

  it('asks to read the list anew when more changes at once than can be told, and goes on after that', async () => {
    const stream = await listen();
    const tasks = app.nest.get(DataSource);
    const columns = 'person_id, code, status, open_key, urgency, due_at, reason_finding_id, version, created_at, updated_at'; // prettier-ignore
    await important();
    for (let copy = 0; copy <= MOST_CHANGES; copy++) {
      const id = `00000000-0000-7000-8000-${String(copy).padStart(12, '0')}`;
      await tasks.query(
        `INSERT INTO task (id, ${columns}) SELECT ?, ${columns.replace('open_key', 'NULL')} FROM task WHERE id NOT LIKE '00000000-%' LIMIT 1`,
        [id],
      );
    }
    const reached: { n: number | string }[] = await tasks.query('SELECT COUNT(*) AS n FROM task');
    expect(Number(reached[0]!.n)).toBeGreaterThan(MOST_CHANGES);
    app.clock.set('2026-03-02T02:10:40.000Z');
    await tasks.query('UPDATE task SET version = 9, updated_at = ?', ['2026-03-02 02:10:40.000']);
    await stream.next('reset');
    app.clock.set('2026-03-02T02:10:50.000Z');
    const task = await taskOf(await important());
    expect((await stream.next('task', ({ id }) => id === task.id)).data.version).toBe(1);
  });

  it('is for those who may work the queue', async () => {
    for (const key of [null, 'feed', 'read'] as const) {
      const { status } = await app.get('/api/queue/stream', { key });
      expect(status).toBe(key === null ? 401 : 403);
    }
  });

  it('ends when the service stops', async () => {
    const stopping = await startApp({ database });
    const stream = await listen(stopping);
    await stopping.close();
    await stream.ended;
  });
});
