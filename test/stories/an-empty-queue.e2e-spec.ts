import { type QueuePage } from '../../src/workbench/queue.dto.js';
import { encounterOf, limited } from '../support/centres.js';
import { Desk, potassium } from '../support/desk.js';
import { minutesAfter } from '../support/messages.js';

describe('a queue in which nobody waits', () => {
  let desk: Desk;
  beforeAll(async () => void (desk = await Desk.open()));
  afterAll(() => desk.close());

  const lastDoneAt = async (query = ''): Promise<string | null> =>
    (await desk.wang.get<QueuePage>(`/api/queue?limit=10${query}`)).body.lastDoneAt;
  const of = async (centre: string): Promise<string> =>
    (await desk.called([encounterOf({ centre }), potassium(7.1)])).id;
  const told = async (task: string): Promise<void> => {
    desk.app.clock.advance({ minutes: 5 });
    expect((await desk.wang.act(task, 'told')).status).toBe(200);
  };

  it('says when the last one was done that its reader may see, and not while somebody waits', async () => {
    expect(await lastDoneAt()).toBeNull();
    const [north, south] = [await of('north'), await of('south')];
    await told(north);
    expect(await lastDoneAt()).toBeNull();
    await told(south);
    expect(await lastDoneAt()).toBe(minutesAfter(10));
    expect(await lastDoneAt('&class=B')).toBe(minutesAfter(10));
    const reader = await limited(desk.app, 'north', ['nurse'], { centre: 'north' });
    const { body } = await reader.get<QueuePage>('/api/queue?limit=10');
    expect(body.lastDoneAt).toBe(minutesAfter(5));
  });

  it('does not count a call that fell away', async () => {
    const before = await lastDoneAt();
    const wrong = potassium(7.2);
    const { patient } = await desk.called([wrong]);
    expect(await lastDoneAt()).toBeNull();
    desk.app.clock.advance({ minutes: 5 });
    await desk.send(patient, [{ ...wrong, status: 'entered-in-error' }]);
    expect(await lastDoneAt()).toBe(before);
  });
});
