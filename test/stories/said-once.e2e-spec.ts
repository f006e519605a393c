import { DataSource } from 'typeorm';
import { OutboxEntity } from '../../src/messaging/index.js';
import { potassium } from '../support/desk.js';
import { observation } from '../support/messages.js';
import { MessagingApp } from '../support/messaging-app.js';
import { CLASS_A_AND_SENSITIVE, type OwnRules, ownRules } from '../support/own-rules.js';
import { accepted, refused } from '../support/receivers/sms-gateway.js';
import { seen, tell } from '../support/queue.js';
import { calledWithRelative } from '../support/relatives.js';
import { history, route, writeRoute } from '../support/staff.js';

/** The same words go to one number once: what becomes of that one message decides for every task that waited for it. */
describe('one message for two tasks of a person', () => {
  let rules: OwnRules;
  let rig: MessagingApp;
  beforeAll(async () => {
    rules = ownRules(CLASS_A_AND_SENSITIVE, 'test-pack/test.yaml');
    const steps = '{ to: person, by: phone }, { to: family, by: message }, { to: duty-doctor, by: message }';
    writeRoute(rules, steps);
    rig = await MessagingApp.start({ RULES_DIR: rules.folder });
  });
  afterAll(async () => {
    await rig.close();
    rules.remove();
  });
  beforeEach(() => rig.anotherDay());

  const routed = async (id: string): Promise<unknown[]> =>
    (await history(rig.app, id)).flatMap(({ action, told }) => (action === 'routed' ? told.role : []));
  const outbox = (): Promise<OutboxEntity[]> =>
    rig.app.nest.get(DataSource).getRepository(OutboxEntity).findBy({ template: 'please-ring-family' });

  /** A call and a correction that ask the family at the same moment; the message itself, and who waits for it. */
  async function twoTasks(
    gateway: Parameters<typeof rig.gateway.now>[0] = () => accepted('one'),
  ): Promise<{ ids: [string, string]; mrn: string }> {
    await rig.app.nest.get(DataSource).query('DELETE FROM outbox');
    const sent = observation({ hb: 65 });
    const { id, mrn, send } = await calledWithRelative(rig, [sent]);
    await tell(rig.app, (await seen(rig.app, mrn)).notify[0]!);
    const about = { subject: { identifier: { system: 'urn:test:mrn', value: mrn } } };
    const now = { effectiveDateTime: rig.at(), issued: rig.at(1) };
    const stored = (await seen(rig.app, mrn)).all.observations[0] as fhir4.Observation;
    await send(
      { ...stored, id: undefined, meta: undefined, status: 'corrected', issued: rig.at(1), valueQuantity: { ...stored.valueQuantity, value: 150 } },
      potassium(7.1, { ...about, ...now }),
    ); // prettier-ignore
    const { notify, correction } = await seen(rig.app, mrn);
    const ids: [string, string] = [notify[0]!.id!, correction[0]!.id!];
    expect(ids).not.toContain(id);
    await rig.app.nest.get(DataSource).query('UPDATE task SET attempts = 3 WHERE id IN (?, ?)', ids);
    rig.gateway.now(gateway);
    await route(rig.app);
    await rig.messaging.look();
    // Whoever waited to see what becomes of the other's has seen it.
    rig.app.clock.advance({ seconds: 61 });
    await rig.messaging.look();
    return { ids, mrn };
  }

  it('that arrives leaves both to their time', async () => {
    const { ids } = await twoTasks();
    expect((await outbox()).map(({ state }) => state).sort()).toEqual(['sent', 'suppressed']);
    await route(rig.app);
    for (const id of ids) expect(await routed(id)).toEqual(['family']);
  });

  it('that bounces moves both on, at once', async () => {
    const { ids } = await twoTasks();
    const said = (await outbox()).find(({ state }) => state === 'sent')!;
    await rig.report([{ status: 'bounced', at: rig.at(1), messageId: said.id }]);
    await route(rig.app);
    for (const id of ids) expect(await routed(id)).toEqual(['family', 'duty-doctor']);
  });

  it('that bounces when the task that it was written for is closed moves the other on', async () => {
    const { ids, mrn } = await twoTasks();
    const said = (await outbox()).find(({ state }) => state === 'sent')!;
    const { notify, correction } = await seen(rig.app, mrn);
    await tell(
      rig.app,
      [...notify, ...correction].find(({ id }) => id === said.taskId)!,
    );
    await rig.report([{ status: 'bounced', at: rig.at(1), messageId: said.id }]);
    await route(rig.app);
    const [left] = ids.filter((id) => id !== said.taskId);
    expect(await routed(left!)).toEqual(['family', 'duty-doctor']);
  });

  it('that no gateway takes is nobody’s: both go on', async () => {
    const { ids } = await twoTasks(() => refused('isv.MOBILE_NUMBER_ILLEGAL'));
    expect((await outbox()).map(({ state }) => state)).toEqual(['failed', 'failed']);
    await route(rig.app);
    for (const id of ids) expect(await routed(id)).toEqual(['family', 'duty-doctor']);
  });

  it('whose sender is killed is sent by the next, and nobody waits for ever', async () => {
    const { ids } = await twoTasks(() => 'drops');
    // As a killed process leaves it: begun, and never ended.
    const [first, second] = await outbox();
    const rows = rig.app.nest.get(DataSource).getRepository(OutboxEntity);
    await rows.update({ id: first!.id }, { state: 'sending', holder: 'gone', attempts: 99 });
    await rows.update({ id: second!.id }, { state: 'waiting', attempts: 0, nextAt: rig.app.clock.now() });
    rig.gateway.now(() => refused('isv.MOBILE_NUMBER_ILLEGAL'));
    rig.app.clock.advance({ minutes: 3 });
    await rig.messaging.look();
    rig.app.clock.advance({ minutes: 3 });
    await rig.messaging.look();
    expect((await outbox()).map(({ state }) => state).sort()).toEqual(['dead', 'failed']);
    await route(rig.app);
    for (const id of ids) expect(await routed(id)).toEqual(['family', 'duty-doctor']);
  });
});
