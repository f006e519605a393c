import { UnitOfWork } from '../../src/database/index.js';
import { LEASE_MS, MessagesService } from '../../src/messaging/index.js';
import { startApp, type TestApp } from '../support/app.js';
import { draft, Messaging, toPerson } from '../support/messaging.js';
import { MESSAGES_NOW, MessagingApp } from '../support/messaging-app.js';
import { type HttpReceiver } from '../support/receivers/http-receiver.js';
import { honestGateway, refused, smsOf } from '../support/receivers/sms-gateway.js';

let rig: MessagingApp;
let app: TestApp;
let messaging: Messaging;
let gateway: HttpReceiver;
let sent: Map<string, Record<string, string>>;
let hook: HttpReceiver;
beforeAll(async () => {
  rig = await MessagingApp.start();
  ({ app, messaging, gateway, sent, hook } = rig);
});
afterAll(() => rig.close());
beforeEach(() => rig.anotherDay());

describe('a message', () => {
  it('leaves when what it is about is done, and not at all when that is undone', async () => {
    const wanted = draft();
    await expect(messaging.enqueue(wanted, () => Promise.reject(new Error('undone')))).rejects.toThrow(
      'undone',
    );
    await messaging.look();
    expect(sent.size).toBe(0);
    const { id } = await messaging.enqueue(wanted);
    await expect(messaging.afterLooking(id)).resolves.toMatchObject({
      state: 'sent',
      attempts: 1,
      nextAt: null,
    });
    expect(sent.get(id)).toMatchObject({ PhoneNumbers: '13800004471', OutId: id });
  });

  it('is one, however often and at once it is asked for', async () => {
    const wanted = draft();
    const all = await Promise.all(Array.from({ length: 8 }, () => messaging.enqueue(wanted)));
    expect(new Set(all.map(({ id }) => id)).size).toBe(1);
    expect(all.filter(({ isNew }) => isNew)).toHaveLength(1);
    await messaging.look();
    expect(sent.size).toBe(1);
  });

  it('stands in the table without number, name or text', async () => {
    const { id } = await messaging.enqueue(toPerson(await rig.known()));
    const row = JSON.stringify(await messaging.message(id));
    expect(row).not.toMatch(/13800004471|王女士|致电/);
  });

  it('that cannot be put together, or has no address, is lost at once and listed', async () => {
    const gap = await messaging.enqueue(draft({ values: {} }));
    const nobody = await messaging.enqueue(draft({ address: 'none' }));
    expect([gap, nobody]).toMatchObject([
      { state: 'failed', because: 'missing-value' },
      { state: 'failed', because: 'bad-address' },
    ]);
    expect(messaging.statesTold(gap.id)).toEqual(['failed']);
    await expect(messaging.enqueue(draft({ template: 'nothing' }))).rejects.toThrow('template');
  });

  it('is taken back while it waits', async () => {
    const taskId = 'task-1';
    const { id } = await messaging.enqueue(draft({ taskId }));
    await expect(messaging.withdraw(taskId)).resolves.toBe(1);
    await expect(messaging.afterLooking(id)).resolves.toMatchObject({
      state: 'suppressed',
      errorKind: 'withdrawn',
    });
    await expect(messaging.withdraw(taskId)).resolves.toBe(0);
  });
});

describe('a gateway', () => {
  it('that fails is asked again as the policy says, until it is a dead letter', async () => {
    gateway.now(() => ({ status: 500 }));
    const { id } = await messaging.enqueue(draft());
    const pauses: number[] = [];
    let message = await messaging.afterLooking(id);
    while (message.state === 'waiting') {
      pauses.push((message.nextAt!.getTime() - app.clock.now().getTime()) / 1000);
      app.clock.set(new Date(message.nextAt!.getTime() - 1));
      await expect(messaging.afterLooking(id)).resolves.toMatchObject({ attempts: pauses.length });
      app.clock.advance({ ms: 1 });
      message = await messaging.afterLooking(id);
    }
    expect(pauses).toEqual([15, 30, 60, 120, 300, 300, 600, 900, 900]);
    expect(message).toMatchObject({
      state: 'dead',
      attempts: 10,
      errorKind: 'busy',
      errorCode: '500',
      nextAt: null,
    });
    expect(messaging.told(id)[0]).toMatchObject({ state: 'dead', nextStep: 'phone' });
    expect(new Set(gateway.received.map((request) => smsOf(request).OutId))).toEqual(new Set([id]));
  });

  it('that asks for time is given it', async () => {
    gateway.now(() => ({ status: 429, headers: { 'retry-after': '200' } }));
    const { id } = await messaging.enqueue(draft());
    const { nextAt } = await messaging.afterLooking(id);
    expect(nextAt!.getTime() - app.clock.now().getTime()).toBe(200_000);
  });

  it('that takes the message and hangs up has it once', async () => {
    const honest = honestGateway(sent);
    gateway.now((request, nth) => (honest(request), nth === 0 ? 'drops' : honest(request)));
    const { id } = await messaging.enqueue(draft());
    await expect(messaging.afterLooking(id)).resolves.toMatchObject({
      state: 'waiting',
      errorKind: 'cut-off',
    });
    app.clock.advance({ seconds: 15 });
    await expect(messaging.afterLooking(id)).resolves.toMatchObject({ state: 'sent', attempts: 2 });
    expect(gateway.received).toHaveLength(2);
    expect(sent.size).toBe(1);
  });

  it('that knows no such number ends it at once', async () => {
    gateway.now(() => refused('isv.MOBILE_NUMBER_ILLEGAL'));
    const { id } = await messaging.enqueue(toPerson(await rig.known()));
    await expect(messaging.afterLooking(id)).resolves.toMatchObject({
      state: 'failed',
      errorKind: 'bad-address',
    });
    expect(messaging.told(id).at(-1)).toMatchObject({ nextStep: 'mend-address' });
  });

  it('is told in order after a day of downtime, the gravest first, and no more than a batch at a time', async () => {
    const policy = (text: string): string => text.replace('batch: 100', 'batch: 3').replace('sms: 4', 'sms: 1');
    const other = await startApp({ env: rig.environment(policy), now: MESSAGES_NOW });
    try {
      const late = new Messaging(other);
      const names = new Map<string, string>();
      for (const [name, urgency] of [['c', 'C'], ['b1', 'B'], ['a1', 'A'], ['b2', 'B'], ['a2', 'A']] as const) {
        names.set((await late.enqueue(draft({ urgency }))).id, name);
        other.clock.advance({ minutes: 1 });
      }
      other.clock.advance({ days: 1 });
      const told = (): unknown[] => gateway.received.map((request) => names.get(smsOf(request).OutId!));
      await late.look();
      expect(told()).toEqual(['a1', 'a2', 'b1']);
      await late.look();
      expect(told()).toEqual(['a1', 'a2', 'b1', 'b2', 'c']);
    } finally {
      await other.close();
    }
  }); // prettier-ignore
});

describe('a person', () => {
  it('who wants no messages gets none, but of class A', async () => {
    const personId = await rig.known();
    const path = `/api/people/${personId}/opt-outs`;
    expect((await app.http('PUT', `${path}/sms`)).status).toBe(204);
    expect((await app.http('PUT', `${path}/sms`)).status).toBe(204);
    const b = await messaging.enqueue(toPerson(personId));
    await expect(messaging.afterLooking(b.id)).resolves.toMatchObject({
      state: 'suppressed',
      errorKind: 'opted-out',
    });
    expect(messaging.told(b.id).at(-1)).toMatchObject({ nextStep: 'phone' });
    const a = await messaging.enqueue(toPerson(personId, { urgency: 'A' }));
    await expect(messaging.afterLooking(a.id)).resolves.toMatchObject({ state: 'sent' });
    expect((await app.http('DELETE', `${path}/sms`)).status).toBe(204);
    expect((await app.get(path)).body).toMatchObject({
      items: [{ channel: 'sms', endedAt: expect.any(String) as string }],
    });
    const again = await messaging.enqueue(toPerson(personId, { address: '13800004472' }));
    app.clock.advance({ hours: 1 });
    await expect(messaging.afterLooking(again.id)).resolves.toMatchObject({ state: 'sent' });
    expect((await app.http('PUT', `${path}/pigeon`)).status).toBe(404);
    expect((await app.http('PUT', `${path}/sms`, undefined, { key: 'read-contact' })).status).toBe(403);
  });

  it('gets no more than the cap allows; the rest waits', async () => {
    const personId = await rig.known();
    const ids = await Promise.all(
      [1, 2, 3].map(async (n) => {
        return (await messaging.enqueue(toPerson(personId, { address: `1380000447${n}` }))).id;
      }),
    );
    await messaging.look();
    const states = await Promise.all(ids.map((id) => messaging.message(id)));
    expect(states.map(({ state }) => state).sort()).toEqual(['sent', 'waiting', 'waiting']);
    const waiting = states.find(({ state }) => state === 'waiting')!;
    expect(waiting).toMatchObject({ errorKind: 'cap', attempts: 0 });
    expect(waiting.nextAt!.getTime() - app.clock.now().getTime()).toBe(3_600_000);
    app.clock.advance({ hours: 1 });
    await messaging.look();
    expect(sent.size).toBe(2);
  });

  it('is told the same once, of whatever tasks; again when it did not arrive, or later', async () => {
    const personId = await rig.known();
    const two = ['task-1', 'task-2'].map((taskId) => toPerson(personId, { taskId, urgency: 'A' }));
    for (const one of two) await messaging.enqueue(one);
    await messaging.look();
    app.clock.advance({ minutes: 1 });
    await messaging.look();
    expect(sent.size).toBe(1);
    const [first] = [...sent.keys()];
    const third = await messaging.enqueue(toPerson(personId, { taskId: 'task-3', urgency: 'A' }));
    await expect(messaging.afterLooking(third.id)).resolves.toMatchObject({
      ...{ state: 'suppressed', errorKind: 'already-said', attempts: 0 },
    });
    const other = await messaging.enqueue(toPerson(await rig.known(), { urgency: 'A' }));
    await expect(messaging.afterLooking(other.id)).resolves.toMatchObject({ state: 'sent' });
    await rig.report([{ status: 'bounced', at: rig.at(), messageId: first }]);
    const fourth = await messaging.enqueue(toPerson(personId, { urgency: 'A' }));
    await expect(messaging.afterLooking(fourth.id)).resolves.toMatchObject({ state: 'sent' });
    app.clock.advance({ minutes: 15 });
    const fifth = await messaging.enqueue(toPerson(personId, { urgency: 'A' }));
    await expect(messaging.afterLooking(fifth.id)).resolves.toMatchObject({ state: 'sent' });
  });

  it('sleeps in quiet hours', async () => {
    const personId = await rig.known();
    const day = app.clock.now().toISOString().slice(0, 10);
    app.clock.set(`${day}T15:00:00.000Z`);
    const { id } = await messaging.enqueue(toPerson(personId));
    const { state, nextAt, errorKind } = await messaging.afterLooking(id);
    expect({ state, errorKind }).toEqual({ state: 'waiting', errorKind: 'quiet-hours' });
    // 08:00 in Shanghai.
    expect(nextAt!.getTime() - app.clock.now().getTime()).toBe(9 * 3_600_000);
    const a = await messaging.enqueue(toPerson(personId, { urgency: 'A' }));
    await expect(messaging.afterLooking(a.id)).resolves.toMatchObject({ state: 'sent' });
  });

  it('who died is sent nothing, whatever the class', async () => {
    const personId = await rig.known({ deceasedBoolean: true });
    const { id } = await messaging.enqueue(toPerson(personId, { urgency: 'A' }));
    await expect(messaging.afterLooking(id)).resolves.toMatchObject({
      state: 'suppressed',
      errorKind: 'deceased',
    });
    expect(messaging.told(id).at(-1)).toMatchObject({ nextStep: 'none' });
  });
});

describe('a sender that is killed', () => {
  it('leaves its message to another after the lease, which sends it under the same key', async () => {
    const other = await startApp({
      env: rig.environment(),
      now: app.clock.now().toISOString(),
      database: app.database,
    });
    try {
      // It has taken the message and answers nobody any more.
      gateway.now(() => 'silent');
      const { id } = await messaging.enqueue(draft());
      const dying = new Messaging(other).look();
      for (let i = 0; i < 500 && gateway.received.length === 0; i++)
        await new Promise((resolve) => setTimeout(resolve, 10));
      gateway.now(honestGateway(sent));
      app.clock.advance({ ms: LEASE_MS - 1 });
      await expect(messaging.afterLooking(id)).resolves.toMatchObject({ state: 'sending', attempts: 1 });
      app.clock.advance({ ms: 1 });
      await expect(messaging.afterLooking(id)).resolves.toMatchObject({ state: 'sent', attempts: 2 });
      // What the first one has to say now counts no more.
      await dying;
      await expect(messaging.message(id)).resolves.toMatchObject({
        state: 'sent',
        attempts: 2,
        errorKind: null,
      });
      expect(sent.size).toBe(1);
    } finally {
      await other.close();
    }
  }, 60_000);
});

describe('a running service', () => {
  it('sends by itself, and a receiver that hangs holds up no other channel', async () => {
    const other = await startApp({ env: rig.environment(), now: MESSAGES_NOW });
    const work = other.nest.get(UnitOfWork);
    const messages = other.nest.get(MessagesService);
    const enqueue = (more = {}): Promise<{ id: string }> =>
      work.run((manager) => messages.enqueue(manager, draft(more)));
    const until = async (isDone: () => boolean): Promise<void> => {
      for (let i = 0; i < 1000 && !isDone(); i++) await new Promise((resolve) => setTimeout(resolve, 10));
      expect(isDone()).toBe(true);
    };
    try {
      hook.now(() => 'silent');
      await enqueue({ channel: 'webhook', address: 'li-min' });
      await until(() => hook.received.length === 1);
      const { id } = await enqueue();
      await until(() => sent.has(id));
    } finally {
      await other.close();
    }
  });
});
