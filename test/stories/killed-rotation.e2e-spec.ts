import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { DataSource } from 'typeorm';
import { MIGRATIONS } from '../../migrations/index.js';
import { openDatabase } from '../../src/database/index.js';
import { ENTITIES } from '../../src/entities.js';
import { PersonConflictEntity } from '../../src/people/index.js';
import { RekeyingModule, RekeyingService } from '../../src/rekeying/index.js';
import { openText, sealText, Vault } from '../../src/secrets/index.js';
import { startApp } from '../support/app.js';
import { builtDatabase } from '../support/built-database.js';

describe('a rotation that is killed', () => {
  const ROWS = 6000;
  const SECRET = 'a secret of this centre, long enough';

  it('is gone on with by the next, and nothing is lost', async () => {
    const database = await builtDatabase();
    let app = await startApp({ database, env: { SECRET_KEY: SECRET } });
    const { manager } = app.nest.get(DataSource);
    const at = app.clock.now();
    const text = (i: number) => `message ${i} ${'x'.repeat(500)}`;
    for (let from = 0; from < ROWS; from += 500) {
      const rows = Array.from({ length: 500 }, async (_, n): Promise<PersonConflictEntity> => {
        const id = `c${from + n}`;
        const payload = await sealText(app.nest.get(Vault), text(from + n), `conflict ${id}`);
        const about = { feedId: 'f', path: 'Patient', personIds: '[]', contentHash: id, receivedAt: at };
        return { id, payload, ...about, resolvedAt: null };
      });
      await manager.insert(PersonConflictEntity, await Promise.all(rows));
    }
    await app.close();

    const killed = spawn(
      process.execPath,
      ['--import', './test/support/from-sources.mjs', 'src/cli/main.ts', 'keys', 'rotate', '--json'],
      { env: { ...process.env, DATABASE_URL: database.database.url, SECRET_KEY: SECRET }, stdio: 'ignore' },
    );
    const ended = once(killed, 'exit');
    const { dataSource } = await openDatabase(database, { entities: ENTITIES, migrations: MIGRATIONS });
    const byNew = async (): Promise<number> => {
      const [row] = await dataSource.query<{ n: number | string }[]>(
        `SELECT COUNT(*) AS n FROM person_conflict WHERE HEX(SUBSTR(payload, 1, 3)) = '020002'`,
      );
      return Number(row!.n);
    };
    let isOver = false;
    void ended.then(() => (isOver = true));
    while ((await byNew()) === 0 && !isOver) await new Promise((resolve) => setTimeout(resolve, 20));
    killed.kill('SIGKILL');
    await ended;
    const done = await byNew();
    await dataSource.destroy();
    expect(done).toBeGreaterThan(0);
    expect(done).toBeLessThan(ROWS);

    app = await startApp({ database, env: { SECRET_KEY: SECRET }, modules: [RekeyingModule] });
    try {
      const rotated = await app.nest.get(RekeyingService, { strict: false }).rotate({
        wait: (until) => Promise.resolve(app.clock.set(until)),
        begin: () => undefined,
        advance: () => undefined,
        witness: () => Promise.resolve(),
      });
      expect(rotated).toEqual({ key: 2, isResumed: true, resealed: ROWS - done, retired: [1] });
      for (const i of [0, 1, ROWS / 2, ROWS - 1]) {
        const row = await app.nest
          .get(DataSource)
          .manager.findOneByOrFail(PersonConflictEntity, { id: `c${i}` });
        expect(await openText(app.nest.get(Vault), row.payload, `conflict c${i}`)).toBe(text(i));
      }
    } finally {
      await app.close();
      await database.drop();
    }
  }, 120_000);
});
