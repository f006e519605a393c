import { DataSource } from 'typeorm';
import { OutboxEntity } from '../../src/messaging/index.js';
import { potassium } from '../support/desk.js';
import { toPerson } from '../support/messaging.js';
import { MessagingApp } from '../support/messaging-app.js';
import { CLASS_A_AND_SENSITIVE, type OwnRules, ownRules } from '../support/own-rules.js';
import { calledWithRelative } from '../support/relatives.js';
import { history, route, writeRoute } from '../support/staff.js';

/** A disk that lost a page, a backup that was put together wrongly: one person's records cannot be read any more. */
describe('one person whose records are broken', () => {
  let rules: OwnRules;
  let rig: MessagingApp;
  beforeAll(async () => {
    rules = ownRules(CLASS_A_AND_SENSITIVE, 'test-pack/test.yaml');
    writeRoute(rules, '{ to: person, by: phone }, { to: family, by: message }');
    rig = await MessagingApp.start({ RULES_DIR: rules.folder });
  }); // prettier-ignore
  afterAll(async () => {
    await rig.close();
    rules.remove();
  });
  beforeEach(() => rig.anotherDay());

  const later = (minutes: number): unknown => rig.app.clock.advance({ minutes });
  const broken = (personId: string): Promise<unknown> =>
    rig.app.nest
      .get(DataSource)
      .query(
        "UPDATE message SET payload = ? WHERE id IN (SELECT message_id FROM clinical_resource WHERE person_id = ? AND type = 'RelatedPerson')",
        [Buffer.from('broken'), personId],
      );
  const outbox = (taskId: string): Promise<OutboxEntity[]> =>
    rig.app.nest.get(DataSource).getRepository(OutboxEntity).findBy({ taskId });

  it('holds up no other’s route', async () => {
    const first = await calledWithRelative(rig, [potassium(7.1)]);
    later(1);
    const second = await calledWithRelative(rig, [potassium(7.1)]);
    await route(rig.app);
    await broken(first.personId);
    later(46);
    await route(rig.app);
    expect((await history(rig.app, second.id)).map(({ action }) => action)).toContain('routed');
    expect(await outbox(first.id)).toEqual([]);
  });

  it('holds up no other’s message, and is listed as lost in the end', async () => {
    const first = await calledWithRelative(rig, [potassium(7.1)]);
    await route(rig.app);
    later(45);
    rig.gateway.now(() => ({ status: 503 }));
    await route(rig.app);
    await rig.messaging.look();
    expect(await outbox(first.id)).toMatchObject([{ state: 'waiting', attempts: 1 }]);
    await broken(first.personId);
    rig.gateway.now(() => ({ status: 200, body: JSON.stringify({ Code: 'OK', BizId: 'b' }) }));
    const other = await rig.messaging.enqueue(toPerson(await rig.known()));
    later(1);
    await expect(rig.messaging.afterLooking(other.id)).resolves.toMatchObject({ state: 'sent' });
    for (let i = 0; i < 10; i++) {
      later(16);
      await rig.messaging.look();
    }
    expect(await outbox(first.id)).toMatchObject([{ state: 'dead', errorKind: 'unreadable' }]);
  });
});
