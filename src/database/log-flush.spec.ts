import { setImmediate as turn } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { type DataSource } from 'typeorm';
import { freshDatabase, type FreshDatabase } from '../../test/support/database.js';
import { LogFlush } from './log-flush.js';
import { openDatabase } from './migrate.js';
import { UnitOfWork } from './unit-of-work.js';

/** A disk that writes when it is told to. */
class Disk {
  readonly begun: { done: () => void; fail: (fault: Error) => void }[] = [];
  readonly faults: Error[] = [];
  readonly log = new LogFlush(
    () => new Promise<void>((done, fail) => this.begun.push({ done, fail })),
    (fault) => this.faults.push(fault),
  );
}

/** What can go on without the disk has gone on. */
async function settled(): Promise<void> {
  for (let i = 0; i < 30; i++) await turn();
}

describe('flushing the log', () => {
  it('holds for what was committed before it began, and for nothing after', async () => {
    const disk = new Disk();
    const ended: string[] = [];
    const ask = (name: string) => disk.log.committed().then(() => ended.push(name));
    void ask('first');
    await settled();
    void ask('second');
    void ask('third');
    await settled();
    expect(disk.begun).toHaveLength(1);
    disk.begun[0]!.done();
    await settled();
    expect(ended).toEqual(['first']);
    expect(disk.begun).toHaveLength(2);
    disk.begun[1]!.done();
    await settled();
    expect(ended).toEqual(['first', 'second', 'third']);
    expect(disk.begun).toHaveLength(2);
  });

  it('never says again that anything is on a disk that failed once', async () => {
    const disk = new Disk();
    const first = disk.log.committed();
    await settled();
    const second = disk.log.committed();
    disk.begun[0]!.fail(new Error('EIO'));
    await expect(first).rejects.toThrow('EIO');
    await expect(second).rejects.toThrow('EIO');
    await expect(disk.log.committed()).rejects.toThrow('EIO');
    expect(disk.begun).toHaveLength(1);
    expect(disk.faults).toHaveLength(1);
  });
});

describe('work on a SQLite file', () => {
  let database: FreshDatabase;
  let dataSource: DataSource;
  let work: UnitOfWork;
  let disk: Disk;
  beforeEach(async () => {
    database = await freshDatabase('sqlite');
    ({ dataSource } = await openDatabase(database, { entities: [], migrations: [] }));
    await dataSource.query('CREATE TABLE note (id int NOT NULL PRIMARY KEY)');
    disk = new Disk();
    work = new UnitOfWork(dataSource, disk.log);
  });
  afterEach(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  const add = (id: number) =>
    work.run(async (manager) => {
      await manager.query('INSERT INTO note (id) VALUES (?)', [id]);
      return id;
    });
  const file = () => database.database.url.slice('sqlite:'.length);

  const committed = () => {
    const other = new Database(file(), { readonly: true });
    const ids = other.prepare('SELECT id FROM note ORDER BY id').pluck().all();
    other.close();
    return ids;
  };

  it('is acknowledged when the disk has it; others go on, and commit when the disk is free', async () => {
    const acknowledged: number[] = [];
    const told = (id: number) => acknowledged.push(id);
    const first = add(1).then(told);
    await settled();
    let hasRun = false;
    const second = work
      .run(async (manager) => {
        await manager.query('INSERT INTO note (id) VALUES (2)');
        hasRun = true;
        return 2;
      })
      .then(told);
    await settled();
    expect(hasRun).toBe(true);
    expect(committed()).toEqual([1]);
    expect(acknowledged).toEqual([]);
    disk.begun[0]!.done();
    await settled();
    expect(acknowledged).toEqual([1]);
    expect(committed()).toEqual([1, 2]);
    disk.begun[1]!.done();
    await Promise.all([first, second]);
    expect(acknowledged).toEqual([1, 2]);
  });

  it('is to be sent again when the disk fails, and whatever comes after it', async () => {
    const first = expect(add(1)).rejects.toMatchObject({ code: 'try-again' });
    await settled();
    disk.begun[0]!.fail(new Error('EIO'));
    await first;
    await expect(add(2)).rejects.toMatchObject({ code: 'try-again' });
  });

  it('lets whoever writes beside it wait for the disk by themselves', async () => {
    const first = add(1);
    await settled();
    disk.begun[0]!.done();
    await first;
    expect(await dataSource.query('PRAGMA synchronous')).toEqual([{ synchronous: 2 }]);
  });

  it('finds the log beside the file', async () => {
    const faults: Error[] = [];
    const real = new UnitOfWork(
      dataSource,
      LogFlush.of(file(), (fault) => faults.push(fault)),
    );
    await real.run((manager) => manager.query('INSERT INTO note (id) VALUES (1)'));
    expect(faults).toEqual([]);
    const nowhere = LogFlush.of(`${file()}-other`, (fault) => faults.push(fault));
    await expect(nowhere.committed()).rejects.toThrow('ENOENT');
    expect(faults).toHaveLength(1);
  });
});
