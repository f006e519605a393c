import { DataSource } from 'typeorm';
import { freshDatabase, type FreshDatabase } from '../../test/support/database.js';
import { Reader } from './reader.js';
import { dataSourceOptions } from './data-source.js';
import { DatabaseModule } from './database.module.js';
import { UnitOfWork } from './unit-of-work.js';
import { Test, type TestingModule } from '@nestjs/testing';
import { CONFIG } from '../config/index.js';
import { Global, Module } from '@nestjs/common';

describe('the reader', () => {
  let database: FreshDatabase;
  let module: TestingModule;
  let reader: Reader;
  beforeEach(async () => {
    database = await freshDatabase();
    const setUp = await new DataSource(dataSourceOptions(database, {})).initialize();
    await setUp.query('CREATE TABLE note (id int NOT NULL, at datetime(3))');
    await setUp.destroy();

    @Global()
    @Module({ providers: [{ provide: CONFIG, useValue: database }], exports: [CONFIG] })
    class GivenConfig {}
    module = await Test.createTestingModule({
      imports: [GivenConfig, DatabaseModule.forRoot({ entities: [], migrations: [] })],
    }).compile();
    reader = module.get(Reader);
  });
  afterEach(async () => {
    await module.close();
    await database.drop();
  });

  const count = async () =>
    Number((await reader.query<{ n: number }>('SELECT COUNT(*) AS n FROM note'))[0]?.n);

  it('sees a row when it is committed and not before', async () => {
    await module.get(UnitOfWork).run(async (manager) => {
      await manager.query('INSERT INTO note (id) VALUES (1)');
      expect(await count()).toBe(0);
    });
    expect(await count()).toBe(1);
  });

  it('never sees what was rolled back', async () => {
    const failing = module.get(UnitOfWork).run(async (manager) => {
      await manager.query('INSERT INTO note (id) VALUES (1)');
      throw new Error('changed its mind');
    });
    await expect(failing).rejects.toThrow('changed its mind');
    expect(await count()).toBe(0);
  });

  it('compares instants to the millisecond, in UTC', async () => {
    const at = new Date('2026-03-02T02:00:00.123Z');
    await module.get(UnitOfWork).run(async (manager) => {
      await manager.query(`INSERT INTO note (id, at) VALUES (1, '2026-03-02 02:00:00.123')`);
    });
    const found = async (sql: string, when: Date) => (await reader.query(sql, [when])).length;
    expect(await found('SELECT id FROM note WHERE at = ?', at)).toBe(1);
    expect(await found('SELECT id FROM note WHERE at > ?', new Date(at.getTime() - 1))).toBe(1);
    expect(await found('SELECT id FROM note WHERE at > ?', at)).toBe(0);
  });

  it('asks to try again when the database is away', async () => {
    const away = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
    const dataSource = { options: { type: 'mariadb' }, query: () => Promise.reject(away) };
    const lost = new Reader(dataSource as unknown as DataSource);
    await expect(lost.query('SELECT 1')).rejects.toMatchObject({ code: 'try-again' });
  });
});
