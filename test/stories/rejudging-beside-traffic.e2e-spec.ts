import { DataSource } from 'typeorm';
import { ReconcileModule } from '../../src/reconcile/index.js';
import { RejudgeJobRepository, RejudgeService, RejudgeWatch } from '../../src/rejudge/index.js';
import { startApp, type TestApp } from '../support/app.js';
import { builtDatabase } from '../support/built-database.js';
import { type FreshDatabase } from '../support/database.js';
import { observation } from '../support/messages.js';
import { type OwnRules } from '../support/own-rules.js';
import { reconcile } from '../support/queue.js';
import { NEW, OLD } from '../support/rejudged-rules.js';
import { sendSample } from '../support/sample.js';
import { testRules } from '../support/test-rules.js';

const REACH = { strict: false };
const PEOPLE = 24;
const ROUNDS = 4;

let folders: OwnRules[];
let database: FreshDatabase;
let app: TestApp;
const start = (rules: OwnRules): Promise<TestApp> =>
  startApp({ database, env: { RULES_DIR: rules.folder }, modules: [ReconcileModule] });

beforeAll(async () => {
  folders = [testRules({ limits: OLD }, true), testRules({ limits: NEW }, true)];
  database = await builtDatabase();
  app = await start(folders[0]!);
  await sendSample(app, { seed: 'beside', people: PEOPLE, years: 1 });
  await app.nest.get(RejudgeWatch, REACH).look();
  await app.close();
  app = await start(folders[1]!);
}, 300_000);
afterAll(async () => {
  await app.close();
  await database.drop();
  folders.forEach((folder) => folder.remove());
});

const idsOf = (table: string): Promise<{ id: string }[]> =>
  app.nest.get(DataSource).query<{ id: string }[]>(`SELECT id FROM ${table} ORDER BY id`);

/** One message about two people, the later one first: whoever holds people in the order of ids meets it halfway. */
function aboutTwo(later: string, earlier: string, wbc: number): fhir4.Bundle {
  const entry = [later, earlier].map((id) => {
    const resource = observation({ wbc });
    return {
      resource: { ...resource, subject: { reference: `Patient/${id}` } },
      request: { method: 'POST' as const, url: 'Observation' },
    };
  });
  return { resourceType: 'Bundle', type: 'transaction', entry };
}

it('results of people who are being judged again are taken in, each once, and judged by the new rules', async () => {
  const people = (await idsOf('person')).map(({ id }) => id);
  const before = (await idsOf('observation')).length;
  const statuses: number[] = [];
  const send = async (round: number): Promise<void> => {
    await Promise.all(
      people.map(async (id, i) => {
        const other = people[people.length - 1 - i]!;
        const pair = id > other ? ([id, other] as const) : ([other, id] as const);
        const { status } = await app.post('/fhir', aboutTwo(...pair, 4 + round / 10));
        statuses.push(status);
      }),
    );
  };
  for (let round = 0; round < ROUNDS; round++) {
    if (round > 0) await app.nest.get(RejudgeService, REACH).request(true);
    await Promise.all([app.nest.get(RejudgeWatch, REACH).look(), send(round)]);
    const job = await app.nest.get(RejudgeJobRepository, REACH).latest();
    expect(job).toMatchObject({ state: 'done', judged: job!.total, failed: 0 });
  }
  expect(new Set(statuses)).toEqual(new Set([200]));
  expect((await idsOf('observation')).length - before).toBe(2 * PEOPLE * ROUNDS);
  const found = await app.nest
    .get(DataSource)
    .query<{ n: number }[]>(
      `SELECT COUNT(*) AS n FROM finding WHERE rule_id = 'limits/wbc' AND status <> 'retracted'`,
    );
  expect(Number(found[0]!.n)).toBeGreaterThanOrEqual(2 * PEOPLE * ROUNDS);
  expect(await reconcile(app)).toEqual([]);
}, 120_000);
