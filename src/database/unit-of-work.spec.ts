import { type DataSource } from 'typeorm';
import { freshDatabase, type FreshDatabase } from '../../test/support/database.js';
import { insertRows } from './insert-rows.js';
import { openDatabase } from './migrate.js';
import { askNow } from './round-trips.js';
import { UnitOfWork } from './unit-of-work.js';

describe('the unit of work', () => {
  let database: FreshDatabase;
  let dataSource: DataSource;
  let work: UnitOfWork;
  beforeEach(async () => {
    database = await freshDatabase();
    ({ dataSource } = await openDatabase(database, { entities: [], migrations: [] }));
    await dataSource.query('CREATE TABLE note (id int NOT NULL PRIMARY KEY)');
    work = new UnitOfWork(dataSource);
  });
  afterEach(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  const add = (id: number) =>
    work.run(async (manager) => {
      await manager.query('INSERT INTO note (id) VALUES (?)', [id]);
    });
  const ids = async () =>
    (await dataSource.query<{ id: number }[]>('SELECT id FROM note ORDER BY id')).map(({ id }) => id);

  it('keeps what others wrote at the same time when one of them fails', async () => {
    const failing = work.run(async (manager) => {
      await manager.query('INSERT INTO note (id) VALUES (100)');
      throw new Error('changed its mind');
    });
    const all = await Promise.allSettled([...Array.from({ length: 20 }, (_, i) => add(i)), failing]);
    expect(all.filter(({ status }) => status === 'rejected')).toHaveLength(1);
    expect(await ids()).toEqual(Array.from({ length: 20 }, (_, i) => i));
  });

  it('fails the work whose key is taken, and that alone', async () => {
    const all = await Promise.allSettled([add(1), add(2), add(1), add(3)]);
    expect(all.map(({ status }) => status).filter((status) => status === 'rejected')).toHaveLength(1);
    expect(await ids()).toEqual([1, 2, 3]);
  });

  it('goes on after a failure', async () => {
    await expect(work.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await add(1);
    expect(await ids()).toEqual([1]);
  });

  it.each([1, 2])(
    'says that the same may be sent again when its connection is cut, at statement %d after',
    async (at) => {
      if (work.kind === 'sqlite') return;
      const cut = work.run(async (manager) => {
        const [own] = await manager.query<{ id: number }[]>('SELECT CONNECTION_ID() AS id');
        await dataSource.query('KILL ?', [own!.id]);
        // The first statement hears that the connection is lost, those after it that it is closed.
        for (let statement = 1; statement < at; statement++)
          await manager.query('SELECT 1').catch(() => undefined);
        await manager.query('INSERT INTO note (id) VALUES (1)');
      });
      await expect(cut).rejects.toMatchObject({ code: 'try-again' });
      await add(2);
      expect(await ids()).toEqual([2]);
    },
  );

  it('answers a question that was asked early, with what had been written before it', async () => {
    const count = 'SELECT COUNT(*) AS notes FROM note WHERE id < ?';
    const seen = await work.run(async (manager) => {
      await insertRows(manager, 'note', ['id'], [[1], [2]]);
      const asked = askNow(manager, count, [10]);
      const other = askNow(manager, count, [2]);
      await insertRows(manager, 'note', ['id'], [[11]]);
      await manager.query('SELECT 1');
      return [await asked(), await other(), await askNow(manager, count, [100])()];
    });
    expect(seen.map((rows) => Number((rows as { notes: unknown }[])[0]?.notes))).toEqual([2, 1, 3]);
  });

  describe('with work that can wait', () => {
    const PATIENCE_MS = 600_000;
    const note = (begun: string[], name: string) => () => Promise.resolve(void begun.push(name));

    /** Somebody is at work until the gate is opened. */
    function atWork(): { done: Promise<void>; open: () => void } {
      let open = (): void => undefined;
      const gate = new Promise<void>((resolve) => (open = resolve));
      return { done: work.run(() => gate), open };
    }

    it('does it when nobody else is at work, and lets whoever came meanwhile go first', async () => {
      const begun: string[] = [];
      const first = atWork();
      const aside = work.runAside(note(begun, 'aside'), PATIENCE_MS);
      const second = work.run(note(begun, 'urgent'));
      first.open();
      await Promise.all([first.done, second, aside]);
      expect(begun).toEqual(['urgent', 'aside']);
      expect(work.urgentDone).toBe(2);
    });

    it('does it at once where it is quiet, and after a while in any case', async () => {
      const begun: string[] = [];
      await work.runAside(note(begun, 'quiet'), PATIENCE_MS);
      const first = atWork();
      const aside = work.runAside(note(begun, 'aside'), 1);
      // SQLite has one connection: there it has its turn next.
      if (work.kind === 'mysql') await aside;
      first.open();
      await Promise.all([first.done, aside]);
      expect(begun).toEqual(['quiet', 'aside']);
    });
  });

  it('reads what is committed on every connection, and locks no gaps', async () => {
    if (work.kind === 'sqlite')
      return expect(await dataSource.query('PRAGMA synchronous')).toEqual([{ synchronous: 2 }]);
    const levels = await Promise.all(
      Array.from({ length: 8 }, () =>
        work.run(async (manager) => {
          // MariaDB 10 and MySQL 8 name it differently.
          const [row] = await manager.query<{ Value: string }[]>(
            "SHOW SESSION VARIABLES WHERE Variable_name IN ('tx_isolation', 'transaction_isolation')",
          );
          await manager.query('SELECT SLEEP(0.05)');
          return row!.Value;
        }),
      ),
    );
    expect(new Set(levels)).toEqual(new Set(['READ-COMMITTED']));
  });
});
