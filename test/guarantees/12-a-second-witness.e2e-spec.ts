import { DataSource } from 'typeorm';
import { type Difference, ReconcileModule } from '../../src/reconcile/index.js';
import { startApp, type TestApp } from '../support/app.js';
import { about, bundleOf, mrnOf, observation, person, resultsOnly, unique } from '../support/messages.js';
import { reconcile, seen } from '../support/queue.js';
import { condition } from '../support/records.js';

/** What the cases damage; kept in tables beside, and put back after each. */
const TABLES = ['observation', 'finding', 'task', 'task_finding', 'clinical_resource'] as const;

describe('guarantee 12: a second witness', () => {
  let app: TestApp;
  let mrn: string;
  beforeAll(async () => {
    app = await startApp({ modules: [ReconcileModule] });
    mrn = await healthy();
    for (const table of TABLES) await run(`CREATE TABLE kept_${table} AS SELECT * FROM ${table}`);
  });
  afterEach(async () => {
    for (const table of TABLES) {
      await run(`DELETE FROM ${table}`);
      await run(`INSERT INTO ${table} SELECT * FROM kept_${table}`);
    }
  });
  afterAll(() => app.close());

  const run = (sql: string) => app.nest.get(DataSource).query(sql);

  async function healthy(): Promise<string> {
    const patient = person();
    const [low, normal] = [observation({ wbc: 2.5 }), observation({ hb: 140 })];
    await app.post('/fhir', bundleOf(patient, [low, normal]));
    await app.post(
      '/fhir',
      bundleOf(patient, [
        { ...normal, ...observation({ hb: 60 }), identifier: normal.identifier, status: 'corrected' },
      ]),
    );
    await app.post('/fhir', bundleOf(person(), [observation({ glucoseRandom: 25 })]));
    await app.post('/fhir', resultsOnly([condition('c1', mrnOf(patient))]));
    await app.post('/fhir', resultsOnly([{ ...observation({ ck: 9000 }), ...about(unique('nobody')) }]));
    return mrnOf(patient);
  }

  it('finds nothing where nothing is wrong', async () => {
    expect(await reconcile(app)).toEqual([]);
  });

  it.each<[string, string, Difference['kind'][]]>([
    ['a diagnosis was lost', `DELETE FROM clinical_resource WHERE type = 'Condition'`, ['missing-record']],
    [
      'a diagnosis says the contrary',
      `UPDATE clinical_resource SET said = REPLACE(said, '"isSo":true', '"isSo":false')`,
      ['wrong-record'],
    ],
    ['a task was lost', `DELETE FROM task WHERE code = 'notify'`, ['missing-task']],
    [
      'a review was lost',
      `DELETE FROM task WHERE code = 'review' AND person_id IS NOT NULL`,
      ['missing-task'],
    ],
    [
      'a task was closed without anyone being told',
      `UPDATE task SET status = 'completed', open_key = NULL WHERE code = 'notify'`,
      ['missing-task'],
    ],
    [
      'a finding was lost',
      `DELETE FROM finding WHERE rule_id = 'important-results/wbc-low'`,
      ['missing-finding'],
    ],
    [
      'a finding was retracted for no reason',
      `UPDATE finding SET status = 'retracted' WHERE rule_id = 'important-results/wbc-low'`,
      ['missing-finding'],
    ],
    [
      'a finding rings nobody',
      `UPDATE finding SET disposition = 'none' WHERE rule_id = 'important-results/wbc-low'`,
      ['wrong-finding'],
    ],
    [
      'a finding nobody measured',
      `UPDATE observation SET status = 'entered-in-error' WHERE analyte = 'wbc'`,
      ['wrong-result'],
    ],
    ['a result was lost', `DELETE FROM observation WHERE analyte = 'wbc'`, ['missing-result']],
    ['a waiting result was lost', `DELETE FROM observation WHERE person_id IS NULL`, ['missing-result']],
    [
      'a value was changed',
      `UPDATE observation SET measurement = REPLACE(measurement, '2.5', '9.5') WHERE analyte = 'wbc'`,
      ['wrong-result'],
    ],
    ['a task became less urgent', `UPDATE task SET urgency = 'C' WHERE code = 'notify'`, ['wrong-task']],
    [
      'a task is due later',
      `UPDATE task SET due_at = '2027-01-01 00:00:00.000' WHERE code = 'notify'`,
      ['wrong-task'],
    ],
    [
      'a finding left its task',
      `DELETE FROM task_finding WHERE finding_id IN (SELECT id FROM finding WHERE rule_id = 'important-results/hb-low')`,
      ['wrong-task'],
    ],
    [
      'a result moved to another person',
      `UPDATE observation SET person_id = (SELECT MAX(id) FROM person) WHERE analyte = 'wbc'`,
      ['missing-finding'],
    ],
  ])('finds that %s', async (_, sql, kinds) => {
    expect((await seen(app, mrn)).findings).toEqual(['hb-low', 'wbc-low']);
    await run(sql);
    const found = await reconcile(app);
    expect(found.map(({ kind }) => kind)).toEqual(expect.arrayContaining(kinds));
  });

  it('names ids, never a name, a phone or a value', async () => {
    await run('DELETE FROM finding');
    await run('DELETE FROM task');
    const found = JSON.stringify(await reconcile(app));
    expect(found).toContain('missing-finding');
    expect(found).not.toMatch(/测试客户|13800000000|2\.5/);
  });

  it('finds nothing once all is put back', async () => {
    expect(await reconcile(app)).toEqual([]);
  });
});
