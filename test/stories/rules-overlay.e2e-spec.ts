import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startApp, type TestApp } from '../support/app.js';
import { firstcall, lastLine as json } from '../support/command-line.js';
import { bundleOf, mrnOf, observation, person } from '../support/messages.js';
import { openTasks, seen } from '../support/queue.js';

/** Limits made for this test, no clinical ones. */
const CHANGES = `kind: overlay
title: { zh: 本院调整, en: Changes of this centre }
source: 测试用 made for a test
owner: 检验科 王医生
review-by: 2027-06-30
changes:
  - rule: important-results/wbc-low
    reason: 本院仪器偏低
    change:
      limits: [{ fact: wbc, value: 3.5, unit: 10*9/L }]
      examples:
        - { facts: { wbc: 3.5 }, expect: fires }
        - { facts: { wbc: 3.6 }, expect: silent }
  - { rule: important-results/plt-high, reason: 由血液科随访, off: true }
`;
const before = { ...process.env };

interface Difference {
  about: string;
  what: string;
  place: string;
  reason: string;
  fields: { field: string; shipped: string; centre: string }[];
}

describe('a centre lays its own values over the shipped packs', () => {
  let folder: string;
  let app: TestApp;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'firstcall-overlay-'));
    writeFileSync(join(folder, 'changes.yaml'), CHANGES);
    app = await startApp({ env: { RULES_OVERLAY_DIR: folder } });
    app.nest.useLogger(false);
    process.env.DATABASE_URL = app.database.database.url;
    process.env.RULES_OVERLAY_DIR = folder;
  });
  afterAll(async () => {
    process.env.DATABASE_URL = before.DATABASE_URL;
    delete process.env.RULES_OVERLAY_DIR;
    await app.close();
    rmSync(folder, { recursive: true });
  });

  const reload = () =>
    app.post<{ errors?: { path: string; message: string }[] }>('/api/rules/reload', undefined, {
      key: 'admin',
    });
  async function judged(measured: Parameters<typeof observation>[0]) {
    const patient = person();
    await app.post('/fhir', bundleOf(patient, [observation(measured)]));
    return seen(app, mrnOf(patient));
  }

  it('its limit calls, and the nurse hears it', async () => {
    const found = await judged({ wbc: 3.2 });
    expect(openTasks(found)).toBe('notify');
    expect(found.all.findings[0]!.detail).toContain('3.5');
    expect(openTasks(await judged({ wbc: 3.6 }))).toBe('');
  });

  it('what it has switched off is silent', async () => {
    expect((await judged({ plt: 900 })).findings).toEqual([]);
  });

  it('the list marks what is its own, and the differences stand side by side', async () => {
    const listed = await app.get<{
      rules: { id: string; overlay: string | null; source: string; place: string }[];
    }>('/api/rules');
    const own = listed.body.rules.filter(({ overlay }) => overlay !== null);
    expect(own).toEqual([
      expect.objectContaining({
        id: 'important-results/wbc-low',
        overlay: 'changed',
        place: 'overlay/changes.yaml:7',
        source: expect.stringMatching(/^北京小汤山医院.*本院调整.*本院仪器偏低$/) as string,
      }),
    ]);
    const { body } = await app.get<{ differences: Difference[] }>('/api/rules/overlay');
    expect(
      body.differences.map(({ about, what, place, reason, fields }) => ({
        about,
        what,
        place,
        reason,
        fields,
      })),
    ).toEqual([
      {
        about: 'important-results/plt-high',
        what: 'off',
        place: 'overlay/changes.yaml:14',
        reason: '由血液科随访',
        fields: [],
      },
      {
        about: 'important-results/wbc-low',
        what: 'changed',
        place: 'overlay/changes.yaml:7',
        reason: '本院仪器偏低',
        fields: [{ field: 'conditions.all.0.value (wbc)', shipped: '3.0', centre: '3.5' }],
      },
    ]);
  });

  it('the command line says the same', async () => {
    const listed = await firstcall('rules', 'list', 'wbc');
    expect(listed.out).toMatch(/overlay\/changes\.yaml:7 \(本院已改 changed\)/);
    expect(listed.out).toContain('本院停用 switched off by this centre: important-results/plt-high');
    const compared = await firstcall('rules', 'diff');
    expect(compared).toMatchObject({ code: 0, err: '' });
    expect(compared.out).toMatch(/important-results\/wbc-low +已改 changed +overlay\/changes\.yaml:7/);
    expect(compared.out).toMatch(/conditions\.all\.0\.value \(wbc\) +│ 3\.0 +│ 3\.5/);
    expect(json<Difference[]>(await firstcall('rules', 'diff', '--json'))).toHaveLength(2);
    expect(await firstcall('rules', 'check')).toMatchObject({ code: 0 });
    delete process.env.RULES_OVERLAY_DIR;
    expect((await firstcall('rules', 'diff')).out).toMatch(/没有差异 no differences/);
    process.env.RULES_OVERLAY_DIR = folder;
  });

  it('a finding is explained with the change and the rule that it changes', async () => {
    const found = await judged({ wbc: 3.3 });
    const { out } = await firstcall('rules', 'explain', found.all.findings[0]!.id!);
    expect(out).toContain('overlay/changes.yaml:7, important-results/blood-count.yaml:');
    expect(out).toContain('value: 3.5, unit: 10*9/L');
    expect(out).toContain('value: 3.0, unit: 10*9/L');
    expect(out).toContain('本院仪器偏低');
  });

  it('an overlay on a rule that is not there is refused with the nearest name, and nothing changes', async () => {
    writeFileSync(join(folder, 'changes.yaml'), CHANGES.replace('results/wbc-low', 'results/wbc-lwo'));
    const { status, body } = await reload();
    expect(status).toBe(422);
    expect(body.errors).toEqual([
      expect.objectContaining({
        path: 'overlay/changes.yaml:7:11',
        message: expect.stringContaining('"important-results/wbc-low"') as string,
      }),
    ]);
    expect(openTasks(await judged({ wbc: 3.2 }))).toBe('notify');
    writeFileSync(join(folder, 'changes.yaml'), CHANGES);
    expect((await reload()).status).toBe(200);
  });

  it('an overlay folder that is suddenly empty takes nothing back', async () => {
    rmSync(join(folder, 'changes.yaml'));
    const { status, body } = await reload();
    expect(status).toBe(422);
    expect(body.errors![0]!.path).toBe('RULES_OVERLAY_DIR');
    expect(openTasks(await judged({ wbc: 3.2 }))).toBe('notify');
    writeFileSync(join(folder, 'changes.yaml'), CHANGES);
    expect((await reload()).status).toBe(200);
  });

  it('a version is given back with its overlay, to compare or to put back', async () => {
    const { out } = await firstcall('rules', 'versions');
    const version = /│ ([0-9a-f]{12}) +│ start/.exec(out)![1]!;
    const to = join(folder, '..', `restored-${version}`);
    try {
      expect(await firstcall('rules', 'restore', version, '--to', to)).toMatchObject({ code: 0, err: '' });
      expect(readFileSync(join(to, 'overlay/changes.yaml'), 'utf8')).toBe(CHANGES);
      const path = 'important-results/blood-count.yaml';
      expect(readFileSync(join(to, 'rules', path), 'utf8')).toBe(readFileSync(join('rules', path), 'utf8'));
      expect((await firstcall('rules', 'restore', version, '--to', to)).err).toMatch(/not empty/);
      expect((await firstcall('rules', 'restore', 'abcdef', '--to', join(to, 'new'))).err).toMatch(
        /no such version/,
      );
    } finally {
      rmSync(to, { recursive: true, force: true });
    }
  });

  it('a policy of the centre replaces the shipped one, and is shown as different', async () => {
    mkdirSync(join(folder, 'notification'));
    const shipped = readFileSync('rules/notification/policy.yaml', 'utf8');
    writeFileSync(
      join(folder, 'notification/policy.yaml'),
      shipped.replace('guardian_below: 18', 'guardian_below: 16'),
    );
    expect((await reload()).status).toBe(200);
    const { body } = await app.get<{ differences: Difference[] }>('/api/rules/overlay');
    expect(body.differences.find(({ about }) => about === 'notification/policy.yaml')).toMatchObject({
      what: 'replaced',
      fields: [{ field: 'minors.guardian_below', shipped: '18', centre: '16' }],
    });
  });

  it('a folder inside that of the rules is no overlay', async () => {
    Object.assign(process.env, { RULES_DIR: 'rules', RULES_OVERLAY_DIR: 'rules/own' });
    const { code, err } = await firstcall('rules', 'check');
    delete process.env.RULES_DIR;
    process.env.RULES_OVERLAY_DIR = folder;
    expect(code).toBe(1);
    expect(err).toMatch(/RULES_OVERLAY_DIR must be a folder beside RULES_DIR/);
  });
});
