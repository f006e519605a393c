import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type DemoOptions, runDemo } from '../../src/cli/demo-run.js';
import { type QueuePage } from '../../src/workbench/queue.dto.js';
import { type FreshDatabase, freshDatabase } from '../support/database.js';
import { describeWithData } from '../support/test-data.js';

let database: FreshDatabase;
let folder: string;
const before = { url: process.env.DATABASE_URL, port: process.env.PORT };
beforeEach(async () => {
  database = await freshDatabase();
  Object.assign(process.env, { DATABASE_URL: database.database.url, PORT: '0' });
  folder = mkdtempSync(join(tmpdir(), 'firstcall-demo-'));
});
afterEach(async () => {
  Object.assign(process.env, { DATABASE_URL: before.url, PORT: before.port ?? '' });
  await database.drop();
  rmSync(folder, { recursive: true });
});

/** Runs the demonstration; `said` is what it printed. */
async function demo(paths: string[], options: Partial<DemoOptions>) {
  const out = process.stdout.write.bind(process.stdout);
  let said = '';
  process.stdout.write = (text: string) => Boolean((said += text));
  try {
    const all = { people: 40, seed: 'test', folder, database: 'the test’s', ...options };
    return { app: await runDemo(paths, all), said };
  } finally {
    process.stdout.write = out;
  }
}

/** Synthea's people, beside the repository like all third-party data. */
const DATA = resolve(process.env.FIRSTCALL_TEST_DATA ?? join(import.meta.dirname, '../../../shared/data'));

describe('npm run demo', () => {
  it('takes the sample in, shows who is to be called and why, and serves it', async () => {
    const { app, said } = await demo([], {});
    try {
      expect(said).toMatch(/│ ▲ 重要 │ \S+ .*│ .*\d.* │ \d\d-\d\d \d\d:\d\d/);
      const calls = Number(/(\d+) 人待通知 to be called/.exec(said)?.[1]);
      expect(calls).toBeGreaterThan(2);
      expect(said).toMatch(/不能判定 not judged │ +\d+ │/);
      const curls = [...said.matchAll(/curl -s -H '(Authorization: Bearer \S+)' '(\S+)'/g)];
      expect(curls).toHaveLength(3);
      for (const [, header = '', url = ''] of curls) {
        const answer = await fetch(url, {
          headers: { authorization: header.replace('Authorization: ', '') },
        });
        expect(`${url} ${answer.status}`).toBe(`${url} 200`);
        if (!url.includes('/api/queue')) continue;
        const { counts } = (await answer.json()) as QueuePage;
        const open = counts
          .filter(({ code }) => code === 'notify')
          .reduce((sum, { count }) => sum + count, 0);
        expect(open).toBe(calls);
      }
    } finally {
      await app?.close();
    }
  });
});

describeWithData('npm run demo -- a folder of Synthea bundles', () => {
  it('goes through whole; old results ring nobody, and it says so', async () => {
    const { said } = await demo([join(DATA, 'synthea-r4-2019')], { exit: true });
    expect(said).toMatch(/拒收 refused +│ +0 │/);
    expect(said).toContain('0 人待通知 to be called');
    expect(said).toMatch(/无人需要通知: \d+ 项发现.*交医生复核/);
  });
});
