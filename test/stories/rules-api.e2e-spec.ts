import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { AuditEventEntity } from '../../src/access/index.js';
import { startApp, type TestApp } from '../support/app.js';
import { RulesFolder } from '../support/rules-folder.js';

const BLOOD_COUNT = 'important-results/blood-count.yaml';

interface InForce {
  version: string;
  inForceSince: string;
  refused: { since: string; faults: { path: string; message: string }[] } | null;
  rules: { id: string; class: string; place: string }[];
  gone: { rule: string; version: string }[];
}
interface Reload {
  version: string;
  before: string;
  added: string[];
  changed: string[];
  removed: string[];
}
interface Problem {
  title: string;
  errors: { code: string; path: string; message: string }[];
}

let app: TestApp;
let folder: RulesFolder;
beforeAll(async () => {
  folder = new RulesFolder();
  app = await startApp({ env: { RULES_DIR: folder.path } });
  app.nest.useLogger(false);
});
afterAll(async () => {
  await app.close();
  folder.remove();
});

const inForce = async (): Promise<InForce> => (await app.get<InForce>('/api/rules')).body;
const reload = <T = Reload>() => app.post<T>('/api/rules/reload', undefined, { key: 'admin' });

describe('/api/rules', () => {
  it('lists the rules in force with class and place', async () => {
    const { version, refused, rules } = await inForce();
    expect(version).toMatch(/^[0-9a-f]{64}$/);
    expect(refused).toBeNull();
    expect(rules.find(({ id }) => id === 'important-results/wbc-low')).toMatchObject({
      class: 'B',
      place: expect.stringMatching(/^important-results\/blood-count\.yaml:\d+$/) as string,
    });
  });

  it('reload puts the files in force at once, and says what is another now', async () => {
    const before = await inForce();
    folder.setWhiteCellLimit(3.5);
    folder.write(
      'own/blood.yaml',
      folder
        .read(BLOOD_COUNT)
        .replace(/ {2}- id: rbc-low[^]*$/, '')
        .replace('- id: wbc-low', '- id: wbc-very-low'),
    );
    const { status, body } = await reload();
    expect(status).toBe(200);
    expect(body).toEqual({
      version: (await inForce()).version,
      before: before.version,
      added: ['own/wbc-very-low'],
      changed: ['important-results/wbc-low'],
      removed: [],
    });
    expect(body.version).not.toBe(before.version);
    const [last] = await app.nest
      .get(DataSource)
      .manager.find(AuditEventEntity, { order: { id: 'DESC' }, take: 1 });
    expect(last).toMatchObject({ action: 'reload rules', detail: `in force ${body.version}` });
  });

  it('reload of the same files changes nothing', async () => {
    const { version } = await inForce();
    expect((await reload()).body).toEqual({ version, before: version, added: [], changed: [], removed: [] });
  });

  it('reload refuses broken files with every fault by file, line and column, and changes nothing', async () => {
    const before = await inForce();
    const text = folder.read(BLOOD_COUNT);
    const policy = folder.read('notification/policy.yaml');
    folder.write(BLOOD_COUNT, text.replace('fact: wbc,', 'fact: wcb,').replace('fact: rbc,', 'fact: rcb,'));
    folder.setDaysOfClassB(0);
    const { status, body } = await reload<Problem>();
    expect(status).toBe(422);
    expect(body.title).toBe('rules-refused');
    const faults = body.errors.map(({ path, message }) => `${path}: ${message}`).sort();
    expect(faults).toEqual([
      expect.stringMatching(/^important-results\/blood-count\.yaml:\d+:\d+: .*wcb/),
      expect.stringMatching(/^important-results\/blood-count\.yaml:\d+:\d+: .*rcb/),
      expect.stringMatching(/^notification\/policy\.yaml:\d+:\d+: .*> 0/),
    ]);
    const after = await inForce();
    expect(after).toMatchObject({ version: before.version, rules: before.rules });
    expect(after.refused?.faults.map(({ path }) => path).sort()).toEqual(
      body.errors.map(({ path }) => path).sort(),
    );
    folder.write(BLOOD_COUNT, text);
    folder.write('notification/policy.yaml', policy);
    await reload();
    expect((await inForce()).refused).toBeNull();
  });

  it('every version is kept with its files, and when it came into force', async () => {
    const { version } = await inForce();
    const listed = await app.get<{ items: { version: string; isInForce: boolean }[] }>('/api/rules/versions');
    expect(listed.body.items).toHaveLength(2);
    expect(listed.body.items.filter(({ isInForce }) => isInForce)).toEqual([
      expect.objectContaining({ version }),
    ]);
    const first = listed.body.items.find(({ isInForce }) => !isInForce)!.version;
    const shown = await app.get<{
      files: { path: string; text: string }[];
      changes: { cause: string; actor: string | null }[];
    }>(`/api/rules/versions/${first}`);
    expect(shown.status).toBe(200);
    expect(shown.body.files.find(({ path }) => path === BLOOD_COUNT)?.text).toContain(
      'value: 3.0, unit: 10*9/L',
    );
    expect(shown.body.changes).toEqual([expect.objectContaining({ cause: 'start', actor: null })]);
    const now = await app.get<typeof shown.body>(`/api/rules/versions/${version}`);
    expect(now.body.changes).toEqual([
      expect.objectContaining({ cause: 'request', actor: expect.stringMatching(/^key:/) as string }),
    ]);
    expect((await app.get('/api/rules/versions?limit=1')).body).toMatchObject({ items: { length: 1 } });
  });

  it('rules that have gone with a file are named until they are back', async () => {
    const text = folder.read(BLOOD_COUNT);
    const before = await inForce();
    rmSync(join(folder.path, BLOOD_COUNT));
    await reload();
    const { gone } = await inForce();
    expect(gone.map(({ rule }) => rule)).toContain('important-results/wbc-low');
    expect(gone[0]).toMatchObject({ version: before.version });
    const health = await app.get<{ rules: { status: string; gone: string[] } }>('/health/ready');
    expect(health.status).toBe(200);
    expect(health.body.rules).toMatchObject({ status: 'in force', gone: gone.map(({ rule }) => rule) });
    expect((await app.get('/metrics')).text).toContain(`firstcall_rules_gone ${gone.length}`);
    folder.write(BLOOD_COUNT, text);
    await reload();
    expect((await inForce()).gone).toEqual([]);
  });

  it('a version that never was is 404, a limit beyond all reason 400', async () => {
    expect((await app.get(`/api/rules/versions/${'0'.repeat(64)}`)).status).toBe(404);
    expect((await app.get('/api/rules/versions?limit=0')).status).toBe(400);
  });

  it.each(['feed', 'read', 'read-contact'])('is closed to a key of scope %s', async (key) => {
    for (const path of ['/api/rules', '/api/rules/versions', `/api/rules/versions/${'0'.repeat(64)}`]) {
      expect((await app.get(path, { key })).status).toBe(403);
    }
    expect((await app.post('/api/rules/reload', undefined, { key })).status).toBe(403);
  });
});
