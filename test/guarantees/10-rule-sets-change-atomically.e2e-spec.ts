import { DataSource } from 'typeorm';
import { FindingRepository } from '../../src/assessment/index.js';
import { startApp, type TestApp } from '../support/app.js';
import { RulesFolder } from '../support/rules-folder.js';
import { type Sent, Traffic } from '../support/traffic.js';

/** Five seconds are promised, and measured by `npm run bench:reload`; here a machine may be busy with anything. */
const MOST_MS = 100_000;

interface RulesHealth {
  status: string;
  version: string;
  refused: { count: number; faults: string[] } | null;
}

let app: TestApp;
let folder: RulesFolder;
beforeEach(async () => {
  folder = new RulesFolder();
  app = await startApp({ env: { RULES_DIR: folder.path } });
  // Refused files are said as errors, which these tests mean to bring about.
  app.nest.useLogger(['fatal']);
});
afterEach(async () => {
  await app.close();
  folder.remove();
});

async function health(): Promise<RulesHealth> {
  const { status, body } = await app.get<{ rules: RulesHealth }>('/health/ready', { key: null });
  expect(status).toBe(200);
  return body.rules;
}

/** Asks between messages until the health is as wanted. */
async function until(traffic: Traffic, isWanted: (found: RulesHealth) => boolean): Promise<RulesHealth> {
  const start = performance.now();
  for (;;) {
    const found = await health();
    if (isWanted(found)) return found;
    if (performance.now() - start > MOST_MS) throw new Error(`still ${found.status}`);
    await traffic.more(1);
  }
}

async function metric(name: string): Promise<string | undefined> {
  const { text } = await app.get('/metrics', { key: 'read' });
  return text.split('\n').find((line) => line.startsWith(name));
}

/** Findings by the result's owner: rule → version that made it. */
async function findingsOf({ mrn }: Sent): Promise<Record<string, string>> {
  const found = await app.search<fhir4.DetectedIssue>('DetectedIssue', {
    'patient.identifier': `urn:test:mrn|${mrn}`,
  });
  const { manager } = app.nest.get(DataSource);
  const ids = found.map(({ id }) => id!);
  const rows = await app.nest.get(FindingRepository, { strict: false }).byIds(manager, ids);
  return Object.fromEntries(rows.map((row) => [row.ruleId.replace(/^.*\//, ''), row.ruleSetVersion]));
}

describe('guarantee 10: rule sets change atomically, while results come in', () => {
  it('a broken one changes nothing and shows in health; mended, it is in force by itself; no request fails', async () => {
    const { version: first } = await health();
    // Low haemoglobin always fires; these white cells do once the limit is 3.5.
    const traffic = new Traffic(app, { wbc: 3.2, hb: 60 });
    await traffic.more(10);

    folder.setWhiteCellLimit(3.5);
    folder.breakWhiteCells();
    const broken = await until(traffic, ({ status }) => status !== 'in force');
    expect(broken).toMatchObject({ status: 'files refused', version: first });
    expect(broken.refused?.faults[0]).toMatch(/^important-results\/blood-count\.yaml:\d+:\d+: .*wcb/);
    expect(await metric('firstcall_rules_reload_failed')).toBe('firstcall_rules_reload_failed 1');
    expect(await metric('firstcall_rules_version_info')).toContain(first);
    const underFirst = traffic.sent.length;
    await traffic.more(10);

    folder.mendWhiteCells();
    const mended = await until(traffic, ({ version }) => version !== first);
    const second = mended.version;
    expect(mended).toMatchObject({ status: 'in force', refused: null });
    expect(await metric('firstcall_rules_reload_failed')).toBe('firstcall_rules_reload_failed 0');
    await traffic.more(1);
    const underSecond = traffic.sent.length + 2;
    await traffic.more(20);
    const sent = await traffic.stop();

    expect(sent.filter(({ status }) => status !== 200)).toEqual([]);
    const found = await Promise.all(sent.map(findingsOf));
    for (const { 'hb-low': judged, 'wbc-low': low } of found) {
      expect([first, second]).toContain(judged);
      // One message, one version: the two results of one client are never judged by two. Whoever was judged by the first
      // may have been judged again since: that makes what the second finds, and leaves what is the same.
      if (judged === second) expect(low).toBe(second);
      else expect([undefined, second]).toContain(low);
    }
    expect(found.slice(0, underFirst).map((versions) => versions['hb-low'])).toEqual(
      Array<string>(underFirst).fill(first),
    );
    expect(found.slice(underSecond).every((versions) => versions['hb-low'] === second)).toBe(true);
  });
});
