import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import Database from 'better-sqlite3';
import { Checkpoints } from './checkpoints.js';

const MEGABYTE = 1024 * 1024;

describe('copying the log of SQLite beside the work', () => {
  const folder = mkdtempSync(join(tmpdir(), 'checkpoints-'));
  const file = join(folder, 'firstcall.sqlite');
  let connection: Database.Database;
  let checkpoints: Checkpoints;

  const write = (megabytes: number): void => {
    const insert = connection.prepare('INSERT INTO page (text) VALUES (zeroblob(?))');
    for (let i = 0; i < megabytes; i++) insert.run(MEGABYTE);
  };

  beforeEach(() => {
    connection = new Database(file);
    connection.pragma('journal_mode = WAL');
    connection.pragma('wal_autocheckpoint = 0');
    connection.exec('CREATE TABLE page (id INTEGER PRIMARY KEY, text BLOB)');
    checkpoints = new Checkpoints({ database: { kind: 'sqlite', url: `sqlite:${file}` } });
  });

  afterEach(async () => {
    await checkpoints.onModuleDestroy();
    connection.close();
    for (const end of ['', '-wal', '-shm']) rmSync(file + end, { force: true });
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  it('copies a long log while its writer goes on, and lets it begin anew', async () => {
    write(5);
    expect(statSync(file).size).toBeLessThan(MEGABYTE);
    await checkpoints.look();
    expect(statSync(file).size).toBeGreaterThan(5 * MEGABYTE);
    const long = statSync(`${file}-wal`).size;
    write(1);
    expect(statSync(`${file}-wal`).size).toBe(long);
    connection.exec('BEGIN IMMEDIATE');
    write(5);
    await checkpoints.look();
    connection.exec('COMMIT');
    expect(connection.prepare('SELECT count(*) FROM page').pluck().get()).toBe(11);
  });

  it('leaves a short one, and one that nobody has written to since', async () => {
    write(3);
    await checkpoints.look();
    expect(statSync(file).size).toBeLessThan(MEGABYTE);
    write(2);
    await checkpoints.look();
    const { mtimeMs } = statSync(file);
    await checkpoints.look();
    expect(statSync(file).mtimeMs).toBe(mtimeMs);
  });

  it('leaves the database whole, without its log, when it ends before the last connection', async () => {
    write(5);
    await checkpoints.look();
    await checkpoints.onModuleDestroy();
    connection.close();
    expect(() => statSync(`${file}-wal`)).toThrow('ENOENT');
    connection = new Database(file);
    expect(connection.pragma('integrity_check', { simple: true })).toBe('ok');
  });

  it('says once that the thread failed, and leaves it to the commits from then on', async () => {
    const warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
    const gone = join(folder, 'gone.sqlite');
    writeFileSync(`${gone}-wal`, Buffer.alloc(5 * MEGABYTE));
    const failing = new Checkpoints({ database: { kind: 'sqlite', url: `sqlite:${gone}` } });
    await failing.look();
    writeFileSync(`${gone}-wal`, Buffer.alloc(6 * MEGABYTE));
    await failing.look();
    await failing.onModuleDestroy();
    expect(warn.mock.calls).toEqual([[expect.stringMatching(/commits copy the log/)]]);
    warn.mockRestore();
  });

  it('is waited for by a process that has nothing else to do', () => {
    write(5);
    const program = `
      import { Checkpoints } from '${new URL('./checkpoints.ts', import.meta.url).href}';
      const checkpoints = new Checkpoints({ database: { kind: 'sqlite', url: 'sqlite:${file}' } });
      const keepsAlive = setInterval(() => undefined, 1000);
      await checkpoints.look();
      clearInterval(keepsAlive);
      await checkpoints.onModuleDestroy();
      console.log('ended');`;
    const hooks = new URL('../../test/support/from-sources.mjs', import.meta.url).href;
    const script = join(folder, 'program.mjs');
    writeFileSync(script, program);
    const run = spawnSync(process.execPath, ['--import', hooks, script], { encoding: 'utf8' });
    expect([run.status, run.stdout, run.stderr]).toEqual([0, 'ended\n', '']);
  });

  it('has nothing to do for a database in memory, or on a server', async () => {
    for (const database of [
      { kind: 'sqlite', url: 'sqlite::memory:' },
      { kind: 'mysql', url: 'mysql://nobody@127.0.0.1:1/none' },
    ] as const) {
      const idle = new Checkpoints({ database });
      idle.onApplicationBootstrap();
      await idle.look();
      await idle.onModuleDestroy();
    }
  });
});
