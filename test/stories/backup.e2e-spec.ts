import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { createConnection } from 'mysql2/promise';
import { MIGRATIONS } from '../../migrations/index.js';
import { databaseKind } from '../../src/config/index.js';
import { openDatabase, UnitOfWork } from '../../src/database/index.js';
import { ENTITIES } from '../../src/entities.js';
import { openVault } from '../../src/secrets/index.js';
import { startApp, TEST_NOW, type TestApp } from '../support/app.js';
import { freshDatabase, type FreshDatabase } from '../support/database.js';
import { documentedBlock, example } from '../support/documented.js';
import { FixedClock } from '../support/fixed-clock.js';
import { reconcile } from '../support/reconcile.js';

const ROOT = resolve(import.meta.dirname, '../..');
const OLD_KEY = 'the key under which everything was made';
const NEW_KEY = 'the key that takes its place afterwards';
const KIND = databaseKind();

/** Runs a block of docs/operations.md as an administrator would, with the variables that it names. */
function run(block: string, env: Record<string, string>): void {
  const command = documentedBlock('docs/operations.md', block);
  execFileSync('bash', ['-euo', 'pipefail', '-c', command], { cwd: ROOT, env: { ...process.env, ...env } });
}

interface Queue {
  tasks: fhir4.Task[];
  findings: fhir4.DetectedIssue[];
  phones: string[];
}

/** What the queue shows: the same before and after, or the backup is none. */
async function queueOf(app: TestApp): Promise<Queue> {
  const tasks = await app.search<fhir4.Task>('Task', { status: 'requested' });
  const findings = await app.search<fhir4.DetectedIssue>('DetectedIssue');
  const patients = await app.search<fhir4.Patient>('Patient', {}, { key: 'read-contact' });
  return { tasks, findings, phones: patients.flatMap(({ telecom }) => telecom?.[0]?.value ?? []) };
}

describe('a backup', () => {
  const folder = mkdtempSync(join(tmpdir(), 'firstcall-backup-'));
  const backup = join(folder, 'backup');
  let source: FreshDatabase;
  let restored: FreshDatabase;
  let before: Queue;
  let open: TestApp | undefined;

  const start = async (database: FreshDatabase, env: Record<string, string> = {}): Promise<TestApp> =>
    (open = await startApp({ database, env: { SECRET_KEY: OLD_KEY, SECRET_KEY_PREVIOUS: '', ...env } }));
  const stop = async (): Promise<void> => {
    await open?.close();
    open = undefined;
  };

  beforeAll(async () => {
    source = await freshDatabase();
    const app = await start(source);
    const sent = await app.post('/fhir', example('first-result.json', app.clock.now()));
    expect(sent.status).toBe(200);
    before = await queueOf(app);
    restored = backUpAndRestore();
    // What came after the backup is not in it.
    const late = await app.post('/fhir/Observation', example('without-unit.json', app.clock.now()));
    expect(late.status).toBe(201);
    await stop();
  });
  afterEach(stop);
  afterAll(async () => {
    await restored?.drop();
    await source?.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** While the service runs, by the documented commands. */
  function backUpAndRestore(): FreshDatabase {
    if (KIND === 'sqlite') {
      const target = join(folder, 'restored.sqlite');
      run('sqlite-backup', { DB: source.database.url.slice('sqlite:'.length), BACKUP: backup });
      // A restore takes the place of whatever lies there.
      for (const rest of ['', '-wal', '-shm']) writeFileSync(target + rest, 'an old database');
      run('sqlite-restore', { DB: target, BACKUP: backup });
      return { database: { kind: KIND, url: `sqlite:${target}` }, drop: () => Promise.resolve() };
    }
    const url = new URL(source.database.url);
    const password = url.password ? `--password=${decodeURIComponent(url.password)}` : '';
    const MYSQL = `--host=${url.hostname} --port=${url.port || '3306'} --user=${url.username} ${password}`;
    const DATABASE = url.pathname.slice(1);
    const RESTORED = `${DATABASE}_restored`;
    run('mysql-backup', { MYSQL, DATABASE, BACKUP: backup });
    run('mysql-restore', { MYSQL, RESTORED, BACKUP: backup });
    url.pathname = RESTORED;
    return { database: { kind: KIND, url: url.href }, drop: () => dropMysql(url) };
  }

  it('shows the same queue, findings and phone numbers where it is restored', async () => {
    expect(before.tasks).toHaveLength(1);
    expect(before.findings).toHaveLength(1);
    expect(before.phones).toEqual(['13800004471']);
    expect(await queueOf(await start(restored))).toEqual(before);
  });

  it('satisfies the second witness, and takes what is sent again for what it is', async () => {
    const app = await start(restored);
    expect(await reconcile(app)).toEqual({ examined: 1, differences: [] });
    const again = await app.post<fhir4.Bundle>('/fhir', example('first-result.json', app.clock.now()));
    expect(again.body.entry!.map(({ response }) => response!.status)).toEqual(['200 OK', '200 OK']);
    expect(await queueOf(app)).toEqual(before);
  });

  it('holds no phone number or identifier that could be read without the key', () => {
    const bytes = KIND === 'sqlite' ? readFileSync(backup) : gunzipSync(readFileSync(backup));
    // The name stays in clear for search: this looks into the right file.
    expect(bytes.includes('王秀英')).toBe(true);
    for (const hidden of ['13800004471', 'TJ-20001']) {
      expect(bytes.includes(hidden)).toBe(false);
      expect(bytes.includes(Buffer.from(hidden).toString('hex').toUpperCase())).toBe(false);
    }
  });

  it('is of no use without its key', async () => {
    await expect(openWith(restored, NEW_KEY)).rejects.toThrow(/SECRET_KEY does not open/);
  });

  it('opens with a new key once that was started beside the old one, and with the old one no more', async () => {
    await start(restored, { SECRET_KEY: NEW_KEY, SECRET_KEY_PREVIOUS: OLD_KEY });
    await stop();
    expect(await queueOf(await start(restored, { SECRET_KEY: NEW_KEY }))).toEqual(before);
    await stop();
    await expect(openWith(restored, OLD_KEY)).rejects.toThrow(/SECRET_KEY does not open/);
  });
});

/** Opens the database as a start does, with one key alone; closed again whatever comes of it. */
async function openWith(database: FreshDatabase, secretKey: string): Promise<void> {
  const { dataSource } = await openDatabase(database, { entities: ENTITIES, migrations: MIGRATIONS });
  try {
    await openVault(
      new UnitOfWork(dataSource),
      { secretKey, previousSecretKey: null },
      new FixedClock(TEST_NOW),
    );
  } finally {
    await dataSource.destroy();
  }
}

async function dropMysql(url: URL): Promise<void> {
  const connection = await createConnection({ uri: url.href });
  await connection.query(`DROP DATABASE ${url.pathname.slice(1)}`);
  await connection.end();
}
