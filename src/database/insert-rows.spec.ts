import { type DataSource } from 'typeorm';
import { freshDatabase, type FreshDatabase } from '../../test/support/database.js';
import { DIALECTS } from './dialect.js';
import { insertRows, insertRowsNow } from './insert-rows.js';
import { openDatabase } from './migrate.js';
import { UnitOfWork } from './unit-of-work.js';

describe('rows that are inserted together', () => {
  let database: FreshDatabase;
  let dataSource: DataSource;
  beforeAll(async () => {
    database = await freshDatabase();
    ({ dataSource } = await openDatabase(database, { entities: [], migrations: [] }));
    await dataSource.query('CREATE TABLE word (id int NOT NULL PRIMARY KEY, `group` int, `order` int)');
  });
  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  it('may have columns by a name that the database keeps for itself', async () => {
    await insertRows(dataSource.manager, 'word', ['id', 'group', 'order'], [
      [1, 10, 100],
      [2, 20, 200],
    ]); // prettier-ignore
    await insertRowsNow(dataSource.manager, 'word', ['id', 'group'], [[3, 30]], { order: 300 });
    const rows = await dataSource.query<{ id: number; group: number; order: number }[]>(
      'SELECT * FROM word ORDER BY id',
    );
    expect(rows.map(({ id, group, order }) => [id, group, order])).toEqual([
      [1, 10, 100],
      [2, 20, 200],
      [3, 30, 300],
    ]);
  });

  it('say that a key is taken as the database says it, and take back nothing of what went before', async () => {
    const work = new UnitOfWork(dataSource);
    await work.run(async (manager) => {
      await insertRows(manager, 'word', ['id'], [[4]]);
      const refused: unknown = await insertRowsNow(manager, 'word', ['id'], [[5], [1]]).catch(
        (error: unknown) => error,
      );
      expect(DIALECTS[work.kind].isDuplicateKey(refused)).toBe(true);
    });
    const rows = await dataSource.query<{ id: number }[]>('SELECT id FROM word WHERE id > 3');
    expect(rows.map(({ id }) => id)).toEqual([4]);
  });

  it('may be more than a statement is kept for', async () => {
    const ids = Array.from({ length: 2_500 }, (_, i) => [1000 + i]);
    await new UnitOfWork(dataSource).run((manager) => insertRows(manager, 'word', ['id'], ids));
    const [row] = await dataSource.query<{ n: number | string }[]>(
      'SELECT COUNT(*) AS n FROM word WHERE id >= 1000',
    );
    expect(Number(row?.n)).toBe(2_500);
  });

  it('may hold more than the database takes in a packet', async () => {
    await dataSource.query('CREATE TABLE page (id int NOT NULL PRIMARY KEY, words longtext NOT NULL)');
    const words = '字'.repeat(300_000);
    const pages = (from: number) => Array.from({ length: 12 }, (_, i) => [from + i, words]);
    await new UnitOfWork(dataSource).run(async (manager) => {
      await insertRows(manager, 'page', ['id', 'words'], pages(0));
      await insertRows(manager, 'page', ['id', 'words'], pages(100));
      await insertRowsNow(manager, 'page', ['id', 'words'], pages(200));
    });
    const [row] = await dataSource.query<{ n: number | string }[]>('SELECT COUNT(*) AS n FROM page');
    expect(Number(row?.n)).toBe(36);
  });
});
