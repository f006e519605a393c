import { DataSource } from 'typeorm';
import { AlarmEntity } from '../../src/watchdog/alarm.entity.js';
import { Watchdog } from '../../src/watchdog/index.js';
import { startApp, type TestApp } from '../support/app.js';
import { potassium } from '../support/desk.js';
import { bundleOf, observation, person } from '../support/messages.js';
import { draft } from '../support/messaging.js';
import { MessagingApp } from '../support/messaging-app.js';
import { type OwnRules, ownRules } from '../support/own-rules.js';
import { ask, member, route } from '../support/staff.js';

let rules: OwnRules;
let rig: MessagingApp;
let app: TestApp;
let other: TestApp;
beforeAll(async () => {
  rules = ownRules();
  rig = await MessagingApp.start({ RULES_DIR: rules.folder });
  ({ app } = rig);
  const env = { ...rig.environment(), RULES_DIR: rules.folder };
  other = await startApp({ database: app.database, env, now: app.clock.now().toISOString() });
  await member(app, 'root', 'administrator', { sms: '13800000001' });
  await member(app, 'qian', 'manager', { sms: '13800000002' });
});
afterAll(async () => {
  await other.close();
  await rig.close();
  rules.remove();
});
beforeEach(async () => {
  await rig.anotherDay();
  await heard();
  const { manager } = app.nest.get(DataSource);
  await manager.query('UPDATE task SET closed_at = due_at, escalate_at = NULL, route_at = NULL');
  await manager.deleteAll(AlarmEntity);
});

const heard = async (): Promise<void> => {
  await app.nest
    .get(DataSource)
    .query(`UPDATE access_key SET last_seen_at = ? WHERE scope = 'feed'`, [
      app.clock.now().toISOString().replace('T', ' ').slice(0, 23),
    ]);
};
const send = async (...results: fhir4.Observation[]): Promise<void> => {
  const at = { effectiveDateTime: rig.at(), issued: rig.at() };
  await app.post(
    '/fhir',
    bundleOf(
      person(),
      results.map((one) => ({ ...one, ...at })),
    ),
  );
};
const look = async (minutes: number): Promise<string[]> => {
  app.clock.advance({ minutes });
  other.clock.set(app.clock.now());
  const [found] = await Promise.all([app, other, app].map((of) => of.nest.get(Watchdog).look()));
  return found!.map(({ kind, subject }) => `${kind} ${subject}`.trim());
};
const told = (): string[] =>
  [...rig.sent.values()].map(({ PhoneNumbers, TemplateParam }) => {
    return `${PhoneNumbers} ${(JSON.parse(TemplateParam!) as { alarm: string }).alarm}`;
  });
const open = (): Promise<AlarmEntity[]> => app.nest.get(Watchdog).alarms();

it('a step that nobody takes is raised once, by whichever instance, told to administrator and manager, and ends when it is taken', async () => {
  await send(potassium(7.1));
  await route(app);
  expect(await look(20)).toEqual([]);
  expect(await look(1)).toEqual(['steps-stuck']);
  expect(await look(1)).toEqual(['steps-stuck']);
  await rig.messaging.look();
  const words = '到时的升级步骤没有执行';
  expect(told().sort()).toEqual([`13800000001 ${words}`, `13800000002 ${words}`]);
  await ask(app);
  expect(await look(0)).toEqual([]);
  expect(await open()).toEqual([]);
  expect(await app.nest.get(DataSource).manager.countBy(AlarmEntity, { kind: 'steps-stuck' })).toBe(1);
});

it('messages that nobody sends are raised, in the metrics and in what the health says, and names no feed there', async () => {
  await rig.messaging.enqueue(draft());
  expect(await look(6)).toEqual(['messages-stuck']);
  const { status, body } = await app.get<{ alarms: object[] }>('/health/ready', { key: null });
  expect(status).toBe(200);
  expect(body.alarms).toEqual([{ kind: 'messages-stuck', since: expect.any(String) as string }]);
  expect((await app.get('/metrics')).text).toContain('firstcall_alarms{kind="messages-stuck",subject=""} 1');
  await rig.messaging.look();
  expect(await look(0)).toEqual([]);
});

it('a call beyond its limit whose ladder was lost is raised', async () => {
  await send(potassium(7.1));
  await app.nest.get(DataSource).query('UPDATE task SET escalate_at = NULL, route_at = NULL');
  expect(await look(119)).toEqual([]);
  await heard();
  expect(await look(7)).toEqual(['unescalated']);
});

it('a feed that has gone quiet is raised once, not at night, and is over when it speaks again', async () => {
  expect(await look(119)).toEqual([]);
  expect(await look(2)).toEqual(['feed-quiet feed']);
  await rig.messaging.look();
  expect(await look(60)).toEqual(['feed-quiet feed']);
  await rig.messaging.look();
  expect(told()).toHaveLength(2);
  await heard();
  expect(await look(1)).toEqual([]);
  app.clock.set(`${app.clock.now().toISOString().slice(0, 10)}T09:29:00.000Z`);
  await send(observation({ wbc: 5 }));
  await heard();
  expect(await look(14 * 60)).toEqual([]);
  expect(await look(2 * 60 + 32)).toEqual(['feed-quiet feed']);
});
