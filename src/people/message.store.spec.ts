import { randomBytes } from 'node:crypto';
import { type DataSource } from 'typeorm';
import { MIGRATIONS } from '../../migrations/index.js';
import { freshDatabase, type FreshDatabase } from '../../test/support/database.js';
import { openDatabase, UnitOfWork } from '../database/index.js';
import { ENTITIES } from '../entities.js';
import { makeDataKeys, Vault } from '../secrets/index.js';
import { MessageStore } from './message.store.js';

describe('the message store', () => {
  let database: FreshDatabase;
  let dataSource: DataSource;
  let work: UnitOfWork;
  let store: MessageStore;
  beforeAll(async () => {
    database = await freshDatabase();
    ({ dataSource } = await openDatabase(database, { entities: ENTITIES, migrations: MIGRATIONS }));
    work = new UnitOfWork(dataSource);
    store = new MessageStore(work, new Vault(makeDataKeys()));
  });
  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  const about = {
    feedId: 'f',
    isHistory: false,
    entryCount: 1,
    receivedAt: new Date('2026-03-02T02:00:00.123Z'),
    ruleSetVersion: 'v1',
  };
  const keep = async (text: string) => {
    const sealed = await store.seal(text);
    await work.run((manager) => store.insert(manager, sealed, about));
    return store.load(dataSource.manager, sealed.id);
  };

  it.each([
    ['a short one', 10],
    ['one that is compressed', 100_000],
    ['one that no packet of the database would hold, and that cannot be compressed', 14_000_000],
  ])('gives back %s word for word', async (_what, bytes) => {
    const text = JSON.stringify({ resourceType: 'Binary', data: randomBytes(bytes).toString('base64') });
    const message = await keep(text);
    expect(message?.text === text).toBe(true);
    expect(message?.about).toMatchObject(about);
    expect(message?.resource(0)).toMatchObject({ resourceType: 'Binary' });
  });

  it('finds a resource by its place in the bundle', async () => {
    const bundle = { resourceType: 'Bundle', entry: [{ resource: { resourceType: 'Patient' } }, {}] };
    const message = await keep(JSON.stringify(bundle));
    expect(message?.resource(0)).toEqual({ resourceType: 'Patient' });
    expect([message?.resource(1), message?.resource(2)]).toEqual([null, null]);
  });

  it('knows no message that was not sent', async () => {
    expect(await store.load(dataSource.manager, 'nobody')).toBeNull();
  });
});
