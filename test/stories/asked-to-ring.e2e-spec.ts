import { DataSource } from 'typeorm';
import { OutboxEntity } from '../../src/messaging/index.js';
import { TaskEntity } from '../../src/tasks/index.js';
import { type TestApp } from '../support/app.js';
import { hiv, potassium } from '../support/desk.js';
import { observation } from '../support/messages.js';
import { MessagingApp } from '../support/messaging-app.js';
import { Nurse } from '../support/nurses.js';
import { CLASS_A_AND_SENSITIVE, type OwnRules, ownRules } from '../support/own-rules.js';
import { calledWithRelative, consentOf, FAMILY, lasting } from '../support/relatives.js';
import { refused } from '../support/receivers/sms-gateway.js';
import { ask, askedRoles, history, route, writeRoute } from '../support/staff.js';

const URN = 'urn:uuid:0e6c9f2e-6b3b-4a39-9d9e-0d8f7f6f1a11';
const GUARDIAN = '13900002222';

type About = Parameters<typeof calledWithRelative> extends [unknown, ...infer Rest] ? Rest : never;
type Called = ReturnType<typeof calledWithRelative>;

let rules: OwnRules;
let rig: MessagingApp;
let app: TestApp;
let wang: Nurse;
beforeAll(async () => {
  rules = ownRules(CLASS_A_AND_SENSITIVE, 'test-pack/test.yaml');
  writeRoute(rules, '{ to: person, by: phone }, { to: family, by: message }, { to: guardian, by: message }');
  rig = await MessagingApp.start({ RULES_DIR: rules.folder });
  ({ app } = rig);
  wang = await Nurse.of(app, 'wang');
});
afterAll(async () => {
  await rig.close();
  rules.remove();
});
beforeEach(async () => {
  await rig.anotherDay();
  await app.nest.get(DataSource).query('UPDATE task SET escalate_at = NULL, route_at = NULL');
});

const called = (...about: About): Called => calledWithRelative(rig, ...about);
const phoned = (): string[] => [...rig.sent.values()].map(({ PhoneNumbers }) => PhoneNumbers!);

async function later(minutes: number): Promise<void> {
  app.clock.advance({ minutes });
  await route(app);
  await rig.messaging.look();
}

async function routedOf(id: string): Promise<Record<string, unknown>[]> {
  return (await history(app, id)).filter(({ action }) => action === 'routed').map(({ told }) => told);
}

function outbox(taskId: string): Promise<OutboxEntity[]> {
  return app.nest.get(DataSource).getRepository(OutboxEntity).findBy({ taskId });
}

describe('a relative whom the person named in a consent', () => {
  it('is asked to ring when the calls have failed, and told nothing', async () => {
    const { id } = await called([potassium(7.1)]);
    await later(0);
    expect(phoned()).toEqual([]);
    for (let i = 0; i < 3; i++) {
      await wang.act(id, 'claim');
      await wang.call(id, { outcome: 'no-answer' });
      expect(phoned()).toEqual([]);
    }
    await later(0);
    // The nurse has promised to ring again in a quarter of an hour.
    expect(phoned()).toEqual([]);
    await later(15);
    expect(phoned()).toEqual([FAMILY]);
    const [sms] = [...rig.sent.values()];
    expect(JSON.parse(sms!.TemplateParam!)).toEqual({
      ...{ salutation: '李女士', centre: '示例体检中心', 'centre-phone': '010-12345678' },
    });
    expect(JSON.stringify([...rig.sent.values()])).not.toMatch(/7\.1|钾|测试客户/);
    expect(await routedOf(id)).toMatchObject([
      { role: 'family', by: 'record', to: [{ account: null, user: 'family', by: 'sms', number: '139****1111' }] },
      { role: 'guardian', by: 'nobody', because: ['nobody'] },
    ].slice(0, 1)); // prettier-ignore
    expect((await wang.task(id)).findings[0]).toMatchObject({ toldAt: null });
  });

  it('is asked when nobody has phoned by the time that the calls would have been made', async () => {
    const { id } = await called([potassium(7.1)]);
    await later(0);
    await later(44);
    expect(phoned()).toEqual([]);
    await later(1);
    expect(phoned()).toEqual([FAMILY]);
    await later(60);
    expect(phoned()).toEqual([FAMILY]);
    expect(await outbox(id)).toHaveLength(1);
  });

  it.each<[string, About[1], string]>([
    ['without a consent', { consent: null }, 'no-consent'],
    ['when it has ended', { consent: { provision: lasting('2026-03-01') } }, 'no-consent'],
    ['when it has no end', { consent: { provision: lasting(undefined) } }, 'no-end'],
    ['when it is withdrawn', { consent: { status: 'inactive' } }, 'no-consent'],
    ['when it is for research', { consent: { scope: { coding: [{ code: 'research' }] } } }, 'no-consent'],
    ['without a number', { related: { telecom: [{ system: 'phone', value: FAMILY, use: 'old' }] } }, 'no-address'],
    ['when they are no relative any more', { related: { active: false } }, 'nobody'],
    ['of a child', { patient: { birthDate: '2015-01-15' }, related: { relationship: [{ text: '母亲' }] } }, 'minor'],
  ])('is not asked %s', async (_, more, because) => {
    const { id } = await called([potassium(7.1)], more);
    await later(45);
    const [family] = await routedOf(id);
    expect(family).toMatchObject({ role: 'family', by: 'nobody', to: [], because: [because] });
  }); // prettier-ignore

  it.each<[string, fhir4.Reference, Partial<fhir4.RelatedPerson>, Partial<fhir4.Consent>]>([
    ['the id that its sender gave', { reference: 'RelatedPerson/daughter' }, { id: 'daughter' }, {}],
    ['an entry of the same message', { reference: URN }, {}, {}],
    ['a record within the consent', { reference: '#r' }, {}, { contained: [{ resourceType: 'RelatedPerson', id: 'r', patient: { display: '本人' }, name: [{ text: '李敏' }] } as fhir4.RelatedPerson] }],
  ])('is asked when the consent names her by %s', async (_, reference, related, more) => {
    const provision = lasting('2026-12-31', reference);
    await called([potassium(7.1)], { related, relatedUrl: URN, consent: { provision, ...more } });
    await later(45);
    expect(phoned()).toEqual([FAMILY]);
  }); // prettier-ignore

  it('is asked in the language that she reads, and in Chinese where nothing is said', async () => {
    const reads = { communication: [{ language: { coding: [{ code: 'en' }] }, preferred: true }] };
    const { id } = await called([potassium(7.1)], { related: reads });
    await later(45);
    expect(await outbox(id)).toMatchObject([{ language: 'en' }]);
    const [{ TemplateParam }] = [...rig.sent.values()] as [Record<string, string>];
    expect(JSON.parse(TemplateParam!)).toMatchObject({ salutation: 'Ms 李', centre: 'Example Centre' });
    const another = await called([potassium(7.1)]);
    await later(45);
    expect(await outbox(another.id)).toMatchObject([{ language: 'zh' }]);
  });

  it('is not asked for a confidential result, but for what stands beside it', async () => {
    const alone = await called([hiv()]);
    await later(5 * 1440);
    expect(await routedOf(alone.id)).toMatchObject([{ because: ['sensitive'] }, {}]);
    expect(phoned()).toEqual([]);
    await rig.anotherDay();
    await called([potassium(7.1), hiv()]);
    await later(45);
    expect(phoned()).toEqual([FAMILY]);
  });

  it.each<[string, (mrn: string) => fhir4.FhirResource]>([
    ['the consent is withdrawn', (mrn) => consentOf(mrn, { status: 'inactive' })],
    ['the consent is cut short', (mrn) => consentOf(mrn, { provision: lasting('2026-03-01') })],
    ['what might be said has gone', () => observation({ hb: 65 })],
  ])('is not asked when %s between planning and sending', async (_, change) => {
    const { id, mrn, send } = await called([potassium(7.1)]);
    rig.gateway.now(() => ({ status: 503 }));
    await later(45);
    expect(await outbox(id)).toMatchObject([{ state: 'waiting', attempts: 1 }]);
    const changed = change(mrn);
    const isResult = changed.resourceType === 'Observation';
    if (isResult) await app.nest.get(DataSource).query('DELETE FROM task_finding WHERE task_id = ?', [id]);
    else await send(changed);
    rig.gateway.now(() => refused('must not be asked'));
    rig.gateway.received.length = 0;
    app.clock.advance({ minutes: 5 });
    await rig.messaging.look();
    expect(rig.gateway.received).toEqual([]);
    expect(await outbox(id)).toMatchObject([{ state: 'suppressed', errorKind: 'no-consent' }]);
    // The route goes on as if the message were lost.
    await later(0);
    expect(await routedOf(id)).toHaveLength(2);
  });

  it('is not asked after the last day, though the message was written on it', async () => {
    const { id } = await called([potassium(7.1)], { consent: { provision: lasting(rig.at().slice(0, 10)) } });
    rig.gateway.now(() => ({ status: 503 }));
    await later(45);
    app.clock.set(`${rig.at().slice(0, 10)}T16:00:00.000Z`);
    rig.gateway.received.length = 0;
    await rig.messaging.look();
    expect(rig.gateway.received).toEqual([]);
    expect(await outbox(id)).toMatchObject([{ state: 'suppressed', errorKind: 'no-consent' }]);
  });

  it('who wants no more messages is sent none, of class A neither', async () => {
    const first = await called([potassium(7.1)]);
    await later(45);
    const [message] = await outbox(first.id);
    await rig.report([{ status: 'reply', at: rig.at(1), messageId: message!.id, text: 'TD' }]);
    const own = { subject: { identifier: { system: 'urn:test:mrn', value: first.mrn } } };
    const now = { effectiveDateTime: rig.at(), issued: rig.at() };
    await first.send(observation({ wbc: 1.5 }, { ...own, ...now }));
    await later(60);
    const states = (await outbox(first.id)).map(({ state, errorKind }) => [state, errorKind]);
    expect(states.sort()).toEqual([['sent', null], ['suppressed', 'opted-out']]);
    const optOuts = (await app.get<{ items: object[] }>(`/api/people/${message!.personId}/opt-outs`)).body.items;
    expect(optOuts).toMatchObject([{ channel: 'sms', madeBy: 'family-reply' }]);
  }); // prettier-ignore

  it('is woken by nothing but class A, and not beyond the cap', async () => {
    const { id } = await called([observation({ wbc: 1.5 })]);
    await app.nest.get(DataSource).query('UPDATE task SET attempts = 3 WHERE id = ?', [id]);
    app.clock.set(`${rig.at().slice(0, 10)}T14:00:00.000Z`);
    await later(0);
    expect(phoned()).toEqual([]);
    await later(539);
    expect(phoned()).toEqual([]);
    await later(1);
    expect(phoned()).toEqual([FAMILY]);
  });

  it('who confirms is noted, and leaves every clock but the route’s as it was', async () => {
    const { id } = await called([potassium(7.1)]);
    await later(45);
    const [message] = await outbox(id);
    const tasks = app.nest.get(DataSource).getRepository(TaskEntity);
    const { escalateAt } = await tasks.findOneByOrFail({ id });
    await rig.report([{ status: 'reply', at: rig.at(1), messageId: message!.id, text: '1' }]);
    const after = await tasks.findOneByOrFail({ id });
    expect([after.escalateAt, after.routeAt, after.status]).toEqual([escalateAt, null, 'requested']);
    expect((await history(app, id)).at(-1)).toMatchObject({ action: 'answered', actor: 'family' });
    app.clock.advance({ minutes: 60 });
    await ask(app);
    expect(await askedRoles(app, id)).toContain('duty-doctor');
  });
});

it('a child’s guardian is asked, by what the child’s own record says', async () => {
  const contact: fhir4.PatientContact = {
    ...{ relationship: [{ text: '母亲' }], name: { text: '王芳' }, gender: 'female' },
    telecom: [{ system: 'phone', value: GUARDIAN }],
  };
  const { id } = await called([potassium(7.1)], { patient: { birthDate: '2015-01-15', contact: [contact] } });
  await later(45);
  expect(phoned()).toEqual([GUARDIAN]);
  expect(await routedOf(id)).toMatchObject([{ role: 'family', because: ['minor'] }, { role: 'guardian', by: 'record' }]);
}); // prettier-ignore

it('the dead and theirs are sent nothing', async () => {
  const { id } = await called([potassium(7.1)]);
  rig.gateway.now(() => ({ status: 503 }));
  await later(45);
  await app.nest.get(DataSource).query('UPDATE person SET is_deceased = 1');
  rig.gateway.received.length = 0;
  app.clock.advance({ minutes: 5 });
  await rig.messaging.look();
  expect(rig.gateway.received).toEqual([]);
  expect(await outbox(id)).toMatchObject([{ state: 'suppressed' }]);
});
