import { randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import { TaskEntity } from '../../src/tasks/index.js';
import { type TaskHistory } from '../../src/workbench/task-history.dto.js';
import { type TestApp } from '../support/app.js';
import { hiv, potassium } from '../support/desk.js';
import { bundleOf, mrnOf, observation, person } from '../support/messages.js';
import { MessagingApp } from '../support/messaging-app.js';
import { CLASS_A_AND_SENSITIVE, type OwnRules, ownRules } from '../support/own-rules.js';
import { type Seen, seen } from '../support/queue.js';
import { honestGateway, refused } from '../support/receivers/sms-gateway.js';
import { ask, askedRoles, history, member, reach, route, writeRota } from '../support/staff.js';

const POST = { method: 'POST', url: 'Practitioner' } as const;
const STAFF = 'urn:hospital:staff';
const SUN = { sms: '13900000001', webhook: 'sun', practitioner: `${STAFF}|D7` };

let rules: OwnRules;
let rig: MessagingApp;
let app: TestApp;
let sun: string;
beforeAll(async () => {
  rules = ownRules(CLASS_A_AND_SENSITIVE, 'test-pack/test.yaml');
  writeRota(rules, { 'duty-doctor': ['li'] });
  rig = await MessagingApp.start({ RULES_DIR: rules.folder });
  ({ app } = rig);
  sun = await member(app, 'sun', 'duty-doctor', SUN);
  await member(app, 'li', 'duty-doctor', { sms: '13900000002' });
  await member(app, 'chen', 'head-nurse', { sms: '13900000003' });
});
afterAll(async () => {
  await rig.close();
  rules.remove();
});
beforeEach(async () => {
  await rig.anotherDay();
  await app.nest.get(DataSource).query('UPDATE task SET escalate_at = NULL, route_at = NULL');
});

/** What the hospital's system was told: whom, and in which words. */
const hooked = (): { id: string; to: string; text: string }[] =>
  rig.hook.received.map(
    ({ body }) => (JSON.parse(body) as { data: { id: string; to: string; text: string } }).data,
  );
const phoned = (): string[] => [...rig.sent.values()].map(({ PhoneNumbers }) => PhoneNumbers!);

async function later(minutes: number): Promise<void> {
  app.clock.advance({ minutes });
  await route(app);
  await ask(app);
  await rig.messaging.look();
}

/** A ward patient of a doctor, with results. */
async function onWard(
  results: fhir4.Observation[],
  doctor: fhir4.Reference | undefined = { identifier: { system: STAFF, value: 'D7' } },
  code = 'IMP',
  practitioner?: fhir4.Practitioner,
): Promise<{ id: string; now: () => Promise<Seen>; send: (...more: fhir4.Observation[]) => Promise<void> }> {
  const patient = person();
  const number = randomUUID();
  const identifier = [{ system: 'urn:test:visit', value: number }];
  const encounter: fhir4.Encounter = {
    ...{ resourceType: 'Encounter', status: 'in-progress', identifier, class: { code } },
    participant: [{ type: [{ coding: [{ code: 'ATND' }] }], individual: doctor }],
  };
  const here = { encounter: { identifier: identifier[0] } };
  const send = async (...more: fhir4.FhirResource[]): Promise<void> => {
    const at = { effectiveDateTime: rig.at(), issued: rig.at(), ...here };
    const stamped = more.map((one) => (one.resourceType === 'Observation' ? { ...one, ...at } : one));
    const bundle = bundleOf(patient, stamped);
    if (practitioner)
      bundle.entry!.push({
        fullUrl: 'urn:uuid:00000000-0000-4000-8000-000000000099',
        resource: practitioner,
        request: POST,
      });
    const { status, text } = await app.post('/fhir', bundle);
    if (status !== 200) throw new Error(text);
  };
  await send(encounter, ...results);
  const now = (): Promise<Seen> => seen(app, mrnOf(patient));
  return { id: (await now()).notify[0]!.id!, now, send };
}

describe('an inpatient’s important result', () => {
  it('is told to the attending doctor at once: in words by the webhook, by SMS only that there is one', async () => {
    const { id } = await onWard([potassium(7.1)]);
    await later(0);
    expect(phoned()).toEqual(['13900000001']);
    expect(JSON.stringify([...rig.sent.values()])).not.toContain('7.1');
    expect(hooked()).toMatchObject([{ to: 'sun', text: expect.stringContaining('7.1') as string }]);
    const task = await app.nest.get(DataSource).manager.findOneByOrFail(TaskEntity, { id });
    expect(task).toMatchObject({ careSetting: 'inpatient', routeSteps: 1 });
    const [routed] = (await history(app, id)).filter(({ action }) => action === 'routed');
    expect(routed!.told).toMatchObject({
      role: 'attending-doctor',
      setting: 'inpatient',
      to: [{ user: 'sun' }, {}],
    });
  });

  it('goes to the duty doctor when the attending doctor has not confirmed in the time to claim', async () => {
    await onWard([potassium(7.1)]);
    await later(0);
    await later(14);
    expect(phoned()).toEqual(['13900000001']);
    await later(1);
    expect(phoned().sort()).toEqual(['13900000001', '13900000002', '13900000003']);
  });

  it('that the attending doctor has read goes to nobody else before the limit', async () => {
    const { id } = await onWard([potassium(7.1)]);
    await later(0);
    await rig.report([{ status: 'reply', at: rig.at(1), from: '13900000001', text: '收到' }]);
    await later(100);
    expect(phoned()).toEqual(['13900000001']);
    expect(await askedRoles(app, id)).toEqual([]);
    await later(20);
    expect(await askedRoles(app, id)).toEqual(['head-nurse', 'duty-doctor', 'manager']);
  });

  it('that the hospital’s system confirms for the doctor, who had its words, is told', async () => {
    const { id, now } = await onWard([potassium(7.1)]);
    await later(0);
    const [message] = hooked();
    await rig.report([{ status: 'reply', at: rig.at(1), messageId: message!.id, text: '确认' }], {
      channel: 'webhook',
    });
    const { notify, all } = await now();
    expect(notify).toEqual([]);
    expect(all.tasks[0]).toMatchObject({ status: 'completed' });
    const { contacts } = (await app.get<TaskHistory>(`/api/tasks/${id}/history`)).body;
    expect(contacts).toMatchObject([
      { by: `user:${sun}`, channel: 'message', outcome: 'told', answeredBy: 'attending-doctor' },
    ]);
  });

  it('that came after the message is not told by its confirmation: it has a call of its own, and a message', async () => {
    const { now, send } = await onWard([potassium(7.1)]);
    await later(0);
    const [message] = hooked();
    await send(observation({ wbc: 1.5 }));
    await rig.report([{ status: 'reply', at: rig.at(1), messageId: message!.id, text: '1' }], {
      channel: 'webhook',
    });
    const { notify } = await now();
    expect(notify).toHaveLength(1);
    await later(0);
    expect(hooked()).toHaveLength(2);
    expect(hooked()[1]!.text).not.toContain('7.1');
  });

  it('that is confidential is in no message, and told by no answer', async () => {
    const { now } = await onWard([hiv()]);
    await later(0);
    expect(hooked()[0]!.text).toMatch(/保密结果/);
    expect(JSON.stringify(hooked())).not.toMatch(/HIV|艾滋/);
    await rig.report([{ status: 'reply', at: rig.at(1), messageId: hooked()[0]!.id, text: '1' }], {
      channel: 'webhook',
    });
    expect((await now()).notify).toHaveLength(1);
  });

  it('goes to the duty doctor at once when the message is lost, or nobody knows the attending doctor', async () => {
    rig.gateway.now((request) =>
      request.body.includes('13900000001')
        ? refused('isv.MOBILE_NUMBER_ILLEGAL')
        : honestGateway(rig.sent)(request),
    );
    await reach(app, sun, { sms: SUN.sms, practitioner: SUN.practitioner });
    await onWard([potassium(7.1)]);
    await later(0);
    await later(0);
    expect(phoned()).toEqual(['13900000002']);
    await reach(app, sun, SUN);
    await onWard([potassium(7.1)], { display: '某医生' });
    await later(0);
    expect(phoned()).toEqual(['13900000002', '13900000002']);
  });

  it('of a doctor without an account goes to the hospital’s system, by the name that it knows', async () => {
    const practitioner: fhir4.Practitioner = {
      ...{ resourceType: 'Practitioner', id: 'd99', identifier: [{ system: STAFF, value: 'D99' }] },
    };
    await onWard([potassium(7.1)], { reference: 'Practitioner/d99' }, 'IMP', practitioner);
    await later(0);
    expect(hooked()).toMatchObject([{ to: `${STAFF}|D99` }]);
    await onWard([potassium(7.1)], { reference: 'Practitioner/d99' });
    await later(0);
    expect(hooked()).toMatchObject([{}, { to: `${STAFF}|D99` }]);
  });

  it('that is no class A wakes nobody: it is said in the morning', async () => {
    app.clock.advance({ hours: 13 });
    await onWard([observation({ wbc: 1.5 })]);
    await later(0);
    expect(hooked()).toEqual([]);
    await later(8 * 60);
    expect(hooked()).toHaveLength(1);
  });
});

it.each(['AMB', 'HH', 'EMER'])(
  'who is no inpatient (%s) is phoned by a nurse: no doctor has a message',
  async (code) => {
    const { id } = await onWard([potassium(7.1)], undefined, code);
    await later(0);
    expect([phoned(), hooked()]).toEqual([[], []]);
    const task = await app.nest.get(DataSource).manager.findOneByOrFail(TaskEntity, { id });
    expect(task).toMatchObject({ routeAt: null });
    expect(task.careSetting).not.toBeNull();
  },
);
