import { DataSource } from 'typeorm';
import { AccountAddressEntity } from '../../src/accounts/account.entity.js';
import { AccountsService } from '../../src/accounts/index.js';
import { OutboxEntity, Sender } from '../../src/messaging/index.js';
import { TaskEntity, TaskWorkService } from '../../src/tasks/index.js';
import { type UserList } from '../../src/workbench/users.dto.js';
import { startApp, type TestApp } from '../support/app.js';
import { BrowserSession, PASSWORD, signedInAs } from '../support/browser-session.js';
import { potassium } from '../support/desk.js';
import { bundleOf, mrnOf, observation, person } from '../support/messages.js';
import { MessagingApp } from '../support/messaging-app.js';
import { CLASS_A_AND_SENSITIVE, type OwnRules, ownRules } from '../support/own-rules.js';
import { seen, tell } from '../support/queue.js';
import { honestGateway, refused, smsOf } from '../support/receivers/sms-gateway.js';
import { ask, askedRoles, history, member, reach, writeRota } from '../support/staff.js';

let rules: OwnRules;
let rig: MessagingApp;
let app: TestApp;
let other: TestApp;
let chen: string;
beforeAll(async () => {
  rules = ownRules(CLASS_A_AND_SENSITIVE, 'test-pack/test.yaml');
  writeRota(rules, { 'head-nurse': ['chen'] });
  rig = await MessagingApp.start({ RULES_DIR: rules.folder });
  ({ app } = rig);
  const env = { ...rig.environment(), RULES_DIR: rules.folder };
  other = await startApp({ database: app.database, env, now: app.clock.now().toISOString() });
  chen = await member(app, 'chen', 'head-nurse', { sms: '13800000001' });
  await member(app, 'off-duty', 'head-nurse', { sms: '13800000002' });
  await member(app, 'li', 'duty-doctor', { sms: '13800000003' });
  await member(app, 'zhao', 'duty-doctor', { sms: '13800000004' });
  await member(app, 'qian', 'manager', { sms: '13800000005' });
});
afterAll(async () => {
  await other.close();
  await rig.close();
  rules.remove();
});
beforeEach(async () => {
  await rig.anotherDay();
  await app.nest.get(DataSource).query('UPDATE task SET escalate_at = NULL, route_at = NULL');
  setOther();
});

const setOther = (): void => other.clock.set(app.clock.now());
async function later(minutes: number): Promise<void> {
  app.clock.advance({ minutes });
  setOther();
  await ask(app);
  await sendAll();
}
/** Either instance may have taken a message by its own interval. */
async function sendAll(): Promise<void> {
  await rig.messaging.look();
  await other.nest.get(Sender).look();
}
/** The numbers that a message left for, sorted. */
const reached = (): string[] => [...rig.sent.values()].map(({ PhoneNumbers }) => PhoneNumbers!).sort();

/** A person with an open call. */
async function called(
  result: fhir4.Observation,
): Promise<{ id: string; task: fhir4.Task; patient: fhir4.Patient }> {
  const at = { effectiveDateTime: rig.at(), issued: rig.at() };
  const patient = person();
  const { status, text } = await app.post('/fhir', bundleOf(patient, [{ ...result, ...at }]));
  if (status !== 200) throw new Error(text);
  const task = (await seen(app, mrnOf(patient))).notify[0]!;
  return { id: task.id!, task, patient };
}
const nextAsked = async (id: string): Promise<number | null> => {
  const { escalateAt, createdAt } = await app.nest
    .get(DataSource)
    .manager.findOneByOrFail(TaskEntity, { id });
  return escalateAt && (escalateAt.getTime() - createdAt.getTime()) / 60_000;
};

describe('a step of the ladder', () => {
  it('reaches whoever is on duty, once, however many instances ask; and says nothing of the result', async () => {
    const { id } = await called(potassium(7.1));
    app.clock.advance({ minutes: 15 });
    setOther();
    await Promise.all(Array.from({ length: 6 }, (_, i) => ask(i % 2 ? app : other)));
    await sendAll();
    expect(reached()).toEqual(['13800000001']);
    const [sms] = [...rig.sent.values()];
    expect(JSON.parse(sms!.TemplateParam!)).toEqual({
      ...{ class: 'A', role: '护士长', 'task-ref': id.slice(-8) },
      'due-time': expect.stringMatching(/ 12:00$/) as string,
    });
    const [event] = (await history(app, id)).filter(({ action }) => action === 'escalated');
    expect(event!.told).toMatchObject({ by: 'rota', to: [{ account: chen, user: 'chen', by: 'sms' }] });
    expect(event!.detail).not.toContain('1380000');
  });

  it('reaches everybody of the role where the rota names nobody', async () => {
    await called(potassium(7.1));
    await later(45);
    expect(reached()).toEqual(['13800000001', '13800000003', '13800000004']);
  });

  it('that is answered by 1 rests until the limit, and all who are left are asked then', async () => {
    const { id } = await called(potassium(7.1));
    await later(15);
    await rig.report([{ status: 'reply', at: rig.at(1), from: '13800000001', text: '1' }]);
    expect(await nextAsked(id)).toBe(120);
    await later(104);
    expect(await askedRoles(app, id)).toEqual(['head-nurse']);
    await later(1);
    expect(await askedRoles(app, id)).toEqual(['head-nurse', 'duty-doctor', 'manager']);
    const [heard] = (await history(app, id)).filter(({ action }) => action === 'heard');
    expect(heard).toMatchObject({ actor: `user:${chen}`, told: { role: 'head-nurse', by: 'sms' } });
  });

  it('that is answered when the person has been told, or the task was taken back, changes nothing', async () => {
    const { id, task } = await called(potassium(7.1));
    await later(15);
    const outbox = app.nest.get(DataSource).getRepository(OutboxEntity);
    const [message] = await outbox.findBy({ taskId: id });
    await tell(app, task);
    const before = await history(app, id);
    await rig.report([{ status: 'reply', at: rig.at(1), messageId: message!.id, text: '1' }]);
    expect(await history(app, id)).toEqual(before);
    expect(before.at(-1)).toMatchObject({ action: 'told', toStatus: 'completed' });
  });

  it('of several that are due at once after an outage, whoever stands on two of them hears once', async () => {
    const wu = await app.nest
      .get(AccountsService)
      .create({ login: 'wu', roles: ['duty-doctor', 'manager'], password: PASSWORD });
    await reach(app, wu.id, { sms: '13800000009' });
    const { id } = await called(potassium(7.1));
    await later(95);
    expect(await askedRoles(app, id)).toEqual(['head-nurse', 'duty-doctor', 'manager']);
    const numbers = ['13800000001', '13800000003', '13800000004', '13800000005', '13800000009'];
    expect(reached()).toEqual(numbers);
    const [, , last] = (await history(app, id)).filter(({ action }) => action === 'escalated');
    expect(last!.told).toMatchObject({ role: 'manager', already: ['wu'] });
    await reach(app, wu.id, {});
  });

  it('whose message was lost and sent again by hand is answered by that one too', async () => {
    const { id } = await called(observation({ hb: 60 }));
    rig.gateway.now(() => refused('isv.MOBILE_NUMBER_ILLEGAL'));
    await later(120);
    const [lost] = await app.nest.get(DataSource).manager.findBy(OutboxEntity, { taskId: id });
    expect(lost).toMatchObject({ state: 'failed' });
    rig.gateway.now(honestGateway(rig.sent));
    expect((await app.post(`/api/messages/${lost!.id}/resend`, {}, { key: 'admin' })).status).toBe(201);
    await sendAll();
    await rig.report([{ status: 'reply', at: rig.at(1), from: '13800000001', text: '1' }]);
    const heard = (await history(app, id)).filter(({ action }) => action === 'heard');
    expect(heard).toMatchObject([{ actor: `user:${chen}`, told: { role: 'head-nurse', by: 'sms' } }]);
  });

  it('that is answered by anything else goes on', async () => {
    const { id } = await called(potassium(7.1));
    await later(15);
    await rig.report([{ status: 'reply', at: rig.at(1), from: '13800000001', text: '在开会' }]);
    expect(await nextAsked(id)).toBe(45);
  });

  it('rests while whoever was asked has the task, and goes on when they give it up; nobody else’s claim stops it', async () => {
    const { id } = await called(potassium(7.1));
    await later(15);
    const act = async (actor: string, action: 'claim' | 'release'): Promise<void> => {
      const { version } = await app.nest.get(DataSource).manager.findOneByOrFail(TaskEntity, { id });
      await app.nest
        .get(TaskWorkService)
        .act({ taskId: id, version, action, actor, by: `user:${actor}`, reason: null });
    };
    await act('somebody-else', 'claim');
    expect(await nextAsked(id)).toBe(45);
    await act('somebody-else', 'release');
    await act(chen, 'claim');
    expect(await nextAsked(id)).toBe(120);
    await act(chen, 'release');
    expect(await nextAsked(id)).toBe(45);
  });

  it('whose message is lost goes to the next role at once where it is class A', async () => {
    const { id } = await called(potassium(7.1));
    const { id: milder } = await called(observation({ wbc: 1.5 }));
    rig.gateway.now((request) =>
      smsOf(request).PhoneNumbers === '13800000001'
        ? refused('isv.MOBILE_NUMBER_ILLEGAL')
        : honestGateway(rig.sent)(request),
    );
    await later(15);
    expect(await askedRoles(app, id)).toEqual(['head-nurse', 'duty-doctor']);
    expect((await history(app, id)).at(-1)!.told).toMatchObject({ because: 'message-lost' });
    await sendAll();
    expect(reached()).toEqual(['13800000003', '13800000004']);
    await later(105);
    expect(await askedRoles(app, milder)).toEqual(['head-nurse']);
    expect(await askedRoles(app, id)).toEqual(['head-nurse', 'duty-doctor', 'manager']);
  });

  it('of which nobody can be reached is passed over at once where it is class A', async () => {
    const off = [
      ...(await app.nest
        .get(DataSource)
        .query<{ id: string }[]>(`SELECT id FROM account WHERE roles = 'duty-doctor'`)),
    ];
    for (const { id } of off) await reach(app, id, {});
    const { id } = await called(potassium(7.1));
    await later(45);
    expect(await askedRoles(app, id)).toEqual(['head-nurse', 'duty-doctor', 'manager']);
    expect(reached()).toEqual(['13800000001', '13800000005']);
    for (const [i, { id: doctor }] of off.entries()) await reach(app, doctor, { sms: `1380000000${3 + i}` });
  });

  it('is taken back while it waits, when the person has been told meanwhile', async () => {
    const { id, task } = await called(potassium(7.1));
    rig.gateway.now(() => ({ status: 503 }));
    await later(15);
    await tell(app, task);
    const messages = await app.nest.get(DataSource).manager.findBy(OutboxEntity, { taskId: id });
    expect(messages.map(({ state, errorKind }) => [state, errorKind])).toEqual([['suppressed', 'withdrawn']]);
    await rig.report([{ status: 'reply', at: rig.at(1), messageId: messages[0]!.id, text: '1' }]);
    expect((await history(app, id)).at(-1)!.action).toBe('told');
  });
});

describe('how staff are reached', () => {
  it('is set by administrators, kept encrypted and shown by channel alone', async () => {
    const boss = await signedInAs(app, 'boss', 'administrator');
    const path = `/api/users/${chen}/addresses`;
    const set = (body: object): Promise<{ status: number; text: string }> => boss.http('PUT', path, body);
    const sms = { channel: 'sms', address: '138 0000-0001' };
    const practitioner = 'urn:hospital:staff|N7';
    expect((await set({ addresses: [sms], practitioner })).status).toBe(204);
    const { body, text } = await boss.get<UserList>('/api/users');
    expect(body.items.find(({ id }) => id === chen)).toMatchObject({ reachedBy: ['sms'], practitioner });
    expect(text).not.toContain('0001"');
    const rows = await app.nest.get(DataSource).manager.findBy(AccountAddressEntity, { accountId: chen });
    expect(JSON.stringify(rows)).not.toContain('13800000001');
    for (const wrong of [
      { channel: 'sms', address: 'none' },
      { channel: 'pigeon', address: '13800000001' },
    ])
      expect((await set({ addresses: [wrong] })).status).toBe(400);
    expect((await set({ addresses: [sms, sms] })).status).toBe(400);
    expect((await set({ addresses: [], practitioner: 'without system' })).status).toBe(400);
    const taken = await boss.http(
      'PUT',
      `/api/users/${body.items.find(({ id }) => id !== chen)!.id}/addresses`,
      {
        ...{ addresses: [], practitioner },
      },
    );
    expect(taken.status).toBe(409);
    expect((await boss.http('PUT', '/api/users/nobody/addresses', { addresses: [] })).status).toBe(404);
    const nobody = new BrowserSession(app);
    expect((await nobody.http('PUT', path, { addresses: [] })).status).toBe(401);
  });
});
