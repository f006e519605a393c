import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ReconcileModule } from '../../src/reconcile/index.js';
import { RejudgeService, type RejudgingProgress } from '../../src/rejudge/index.js';
import { type MovesPage } from '../../src/workbench/level.dto.js';
import { startApp, type TestApp } from '../support/app.js';
import { checkup } from '../support/checkups.js';
import { builtDatabase } from '../support/built-database.js';
import { type FreshDatabase } from '../support/database.js';
import { bundleOf, person } from '../support/messages.js';
import { SHIPPED_RULES } from '../support/own-rules.js';
import { reconcile } from '../support/queue.js';

const PEOPLE = 12;
const PLAN = 'stratification/levels.yaml';

let database: FreshDatabase;
let overlay: string;
let app: TestApp;
beforeAll(async () => {
  database = await builtDatabase();
  overlay = mkdtempSync(join(tmpdir(), 'firstcall-overlay-'));
  mkdirSync(join(overlay, 'stratification'));
  const plan = readFileSync(join(SHIPPED_RULES, PLAN), 'utf8');
  const turned = plan.replace(/(id: bp-120-80[\s\S]*?on: )false/, '$1true');
  expect(turned).not.toBe(plan);
  writeFileSync(join(overlay, PLAN), turned);
});
afterAll(async () => {
  await app.close();
  await database.drop();
  rmSync(overlay, { recursive: true });
});

const start = (env: Record<string, string> = {}): Promise<TestApp> =>
  startApp({ database, env: { RULES_DIR: 'rules', ...env }, modules: [ReconcileModule] });

async function levels(): Promise<string[]> {
  const all = await app.search<fhir4.RiskAssessment>('RiskAssessment');
  return all.map(({ prediction }) => prediction![0]!.qualitativeRisk!.text!).sort();
}

it('everybody follows a switch of the plan, also where the job was stopped half-way, and the moves say why', async () => {
  app = await start();
  for (let i = 0; i < PEOPLE; i++)
    await app.post('/fhir', bundleOf(person(), checkup({ 'systolic-bp': i % 2 === 0 ? 124 : 118 })));
  expect(await levels()).toEqual(Array(PEOPLE).fill('5'));
  await app.close();

  app = await start({ RULES_OVERLAY_DIR: overlay });
  const job = app.nest.get(RejudgeService, { strict: false });
  await job.request();
  const stopping = new AbortController();
  let done = 0;
  const half = await job.run({
    atOnce: 1,
    signal: stopping.signal,
    progress: () => ++done === 5 && stopping.abort(),
  });
  expect(half).toBe('stopped');
  const shown = await app.get<RejudgingProgress>('/api/rules/rejudging');
  expect(shown.body).toMatchObject({ total: PEOPLE, judged: 5, left: PEOPLE - 5 });
  await app.close();

  app = await start({ RULES_OVERLAY_DIR: overlay });
  expect(await app.nest.get(RejudgeService, { strict: false }).run()).toBe('finished');
  expect(await levels()).toEqual([
    ...Array<string>(PEOPLE / 2).fill('4'),
    ...Array<string>(PEOPLE / 2).fill('5'),
  ]);
  expect(await reconcile(app)).toEqual([]);
  const { body } = await app.get<MovesPage>('/api/level-moves?since=2026-03-02&until=2026-03-02');
  expect(body.items).toHaveLength(PEOPLE / 2);
  expect(body.items[0]).toMatchObject({
    from: { code: '5' },
    to: { code: '4' },
    direction: 'graver',
    gained: [{ rule: 'stratification/sbp-high-normal-120' }],
    isUnderOtherRules: true,
  });
});
