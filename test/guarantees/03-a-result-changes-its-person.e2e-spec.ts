import { ReconcileModule } from '../../src/reconcile/index.js';
import { startApp, type TestApp } from '../support/app.js';
import { minutesAfter, mrnOf, person } from '../support/messages.js';
import { openTasks, reconcile, seen, tell } from '../support/queue.js';
import { versionsOf } from '../support/versions-of.js';

describe('guarantee 3: a result sent under the wrong person', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp({ modules: [ReconcileModule] });
  });
  afterAll(() => app.close());
  afterEach(async () => {
    expect(await reconcile(app)).toEqual([]);
  });

  it('moves with its call, and the wrong person is out of the queue', async () => {
    const [wrong, right] = [person(), person()];
    const { send } = versionsOf(app, wrong);
    await send({ wbc: 2.5 });
    await send({ wbc: 2.5 }, { status: 'corrected', issued: minutesAfter(1) }, right);
    expect(await seen(app, mrnOf(wrong))).toMatchObject({ findings: [], notify: [], correction: [] });
    expect(await seen(app, mrnOf(right))).toMatchObject({ findings: ['wbc-low'], correction: [] });
    expect(openTasks(await seen(app, mrnOf(right)))).toBe('notify');
    expect((await seen(app, mrnOf(wrong))).all.observations).toHaveLength(0);
  });

  it('gives the person who was wrongly told a correction, and the right one a call', async () => {
    const [wrong, right] = [person(), person()];
    const { send } = versionsOf(app, wrong);
    await send({ wbc: 2.5 });
    await tell(app, (await seen(app, mrnOf(wrong))).notify[0]!);
    await send({ wbc: 2.5 }, { status: 'corrected', issued: minutesAfter(1) }, right);
    expect(openTasks(await seen(app, mrnOf(wrong)))).toBe('correction');
    expect(openTasks(await seen(app, mrnOf(right)))).toBe('notify');
  });

  it('stays moved when delayed copies of the first message come, again and again', async () => {
    const [wrong, right] = [person(), person()];
    const { send } = versionsOf(app, wrong);
    await send({ wbc: 2.5 });
    await send({ wbc: 2.5 }, { status: 'corrected', issued: minutesAfter(1) }, right);
    for (let i = 0; i < 3; i++) await send({ wbc: 2.5 });
    expect(openTasks(await seen(app, mrnOf(wrong)))).toBe('');
    expect(openTasks(await seen(app, mrnOf(right)))).toBe('notify');
  });

  it('can go to and fro without a rank to decide, and is never refused', async () => {
    const [wrong, right] = [person(), person()];
    const { send } = versionsOf(app, wrong);
    for (const whom of [wrong, right, wrong, right, wrong]) await send({ wbc: 2.5 }, {}, whom);
    const open = [await seen(app, mrnOf(wrong)), await seen(app, mrnOf(right))].map(openTasks).sort();
    expect(open).toEqual(['', 'notify']);
  });
});
