import { DailySummary } from '../../src/reports/index.js';
import { startApp, type TestApp } from '../support/app.js';
import { potassium } from '../support/desk.js';
import { bundleOf, person } from '../support/messages.js';
import { MessagingApp } from '../support/messaging-app.js';
import { CLASS_A_AND_SENSITIVE, type OwnRules, ownRules } from '../support/own-rules.js';
import { member } from '../support/staff.js';

describe('the daily summary', () => {
  let rules: OwnRules;
  let rig: MessagingApp;
  let other: TestApp;
  beforeAll(async () => {
    rules = ownRules(CLASS_A_AND_SENSITIVE, 'test-pack/test.yaml');
    rig = await MessagingApp.start({ RULES_DIR: rules.folder });
    const env = { ...rig.environment(), RULES_DIR: rules.folder };
    other = await startApp({ database: rig.app.database, env, now: rig.app.clock.now().toISOString() });
    await member(rig.app, 'qian', 'manager', { sms: '13800000005', webhook: 'qian' });
  });
  afterAll(async () => {
    await other.close();
    await rig.close();
    rules.remove();
  });

  it('goes to the manager at the time of the policy, once a day over two instances, and names nobody', async () => {
    const { app } = rig;
    await rig.anotherDay();
    const at = { effectiveDateTime: rig.at(), issued: rig.at() };
    await app.post(
      '/fhir',
      bundleOf(person(undefined, { name: [{ text: '李建国' }] }), [potassium(7.1, at)]),
    );
    const send = (of: TestApp) => of.nest.get(DailySummary).send();
    const to = (instant: string): void => [app, other].forEach(({ clock }) => clock.set(instant));
    const day = app.clock.now().toISOString().slice(0, 10);
    to(`${day}T09:59:00.000Z`);
    expect(await send(app)).toBe(false);
    to(`${day}T10:00:00.000Z`);
    await Promise.all([send(app), send(other)]);
    expect(await send(app)).toBe(false);
    await rig.messaging.look();
    const texts = rig.hook.received.map(
      ({ body }) => (JSON.parse(body) as { data: { text: string } }).data.text,
    );
    expect(texts).toEqual([
      expect.stringMatching(/通知 1，已告知 0，按时 0\/1，超时未告知 1；A 类通知 1/) as string,
    ]);
    expect(texts.join('')).not.toContain('李建国');
    expect([...rig.sent.values()].map(({ PhoneNumbers }) => PhoneNumbers)).toEqual(['13800000005']);
    to(new Date(Date.parse(`${day}T10:05:00.000Z`) + 86_400_000).toISOString());
    await Promise.all([send(app), send(other)]);
    await rig.messaging.look();
    expect(rig.hook.received).toHaveLength(2);
  });
});
