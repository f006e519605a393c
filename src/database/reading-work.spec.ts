import { Test, type TestingModule } from '@nestjs/testing';
import { DataSource } from 'typeorm';
import { freshDatabase, type FreshDatabase } from '../../test/support/database.js';
import { type Config, CONFIG, ConfigModule } from '../config/index.js';
import { DatabaseModule } from './database.module.js';
import { openDatabase } from './migrate.js';
import { Reader } from './reader.js';
import { UnitOfWork } from './unit-of-work.js';

describe('the database of a command that only reads', () => {
  let database: FreshDatabase;
  let writing: DataSource;
  let reading: TestingModule;
  beforeAll(async () => {
    database = await freshDatabase();
    ({ dataSource: writing } = await openDatabase(database, { entities: [], migrations: [] }));
    await writing.query('CREATE TABLE note (id int NOT NULL PRIMARY KEY)');
    reading = await open(database);
  });
  afterAll(async () => {
    await reading.close();
    await writing.destroy();
    await database.drop();
  });

  const open = (config: Pick<Config, 'database'>): Promise<TestingModule> =>
    Test.createTestingModule({ imports: [ConfigModule, DatabaseModule.forReading({ entities: [] })] })
      .overrideProvider(CONFIG)
      .useValue(config)
      .compile()
      .then((module) => module.init());
  const ids = async (): Promise<number[]> =>
    (await reading.get(Reader).query<{ id: number }>('SELECT id FROM note ORDER BY id')).map(({ id }) => id);

  it('reads what others have committed, while they hold what they write', async () => {
    const runner = writing.createQueryRunner();
    await runner.startTransaction();
    await runner.query('INSERT INTO note (id) VALUES (1)');
    expect(await ids()).toEqual([]);
    await runner.commitTransaction();
    await runner.release();
    expect(await ids()).toEqual([1]);
  });

  it('writes nothing, whoever tries', async () => {
    const insert = 'INSERT INTO note (id) VALUES (2)';
    await expect(reading.get(DataSource).query(insert)).rejects.toThrow(/read.?only/i);
    const work = reading.get(UnitOfWork).run((manager) => manager.query(insert));
    await expect(work).rejects.toThrow(/read.?only/i);
    expect(await ids()).toEqual([1]);
  });

  it('makes no database where there is none', async () => {
    const url = `${database.database.url}_nowhere`;
    await expect(open({ database: { ...database.database, url } })).rejects.toMatchObject({
      code: expect.stringMatching(/^(SQLITE_CANTOPEN|ER_BAD_DB_ERROR)$/) as string,
    });
  });
});
