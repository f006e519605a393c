import { type DataSource } from 'typeorm';
import { freshDatabase, type FreshDatabase } from '../../test/support/database.js';
import { insertRows, insertRowsNow } from './insert-rows.js';
import { openDatabase } from './migrate.js';

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
});
