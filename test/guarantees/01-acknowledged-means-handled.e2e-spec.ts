import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { databaseKind } from '../../src/config/index.js';
import { Cleanup, type Program } from '../../src/rig/index.js';
import { soak } from '../../src/soak/run.js';
import { startApp, type TestApp } from '../support/app.js';
import { bundleOf, mrnOf, observation, person } from '../support/messages.js';
import { openTasks, rowCounts, seen } from '../support/queue.js';

const ROOT = join(import.meta.dirname, '../..');
const SOURCES: Program = {
  flags: ['--import', join(ROOT, 'test/support/from-sources.mjs')],
  service: join(ROOT, 'src/main.ts'),
  commands: join(ROOT, 'src/cli/main.ts'),
};
const KIND = databaseKind();

describe('guarantee 1: acknowledged means handled', () => {
  describe('a message whose work fails at any of its writes', () => {
    let app: TestApp;
    beforeAll(async () => {
      app = await startApp();
      app.nest.useLogger(false);
    });
    afterAll(() => app.close());

    const sql = (text: string) => app.nest.get(DataSource).query(text);
    const refusal =
      KIND === 'sqlite'
        ? `BEGIN SELECT RAISE(ABORT, 'refused'); END`
        : `FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'refused'`;

    it.each([
      'person',
      'person_key',
      'person_contact',
      'observation',
      'message',
      'finding',
      'task',
      'task_finding',
    ])('leaves nothing when %s cannot be written; sent again, all of it is there', async (table) => {
      const patient = person();
      const bundle = bundleOf(patient, [observation({ wbc: 2.5 }), observation({ hb: 130 })]);
      const before = await rowCounts(app);
      await sql(`CREATE TRIGGER refuse BEFORE INSERT ON ${table} ${refusal}`);
      const refused = await app.post('/fhir', bundle);
      await sql('DROP TRIGGER refuse');
      expect(refused.status).toBe(500);
      expect(await rowCounts(app)).toEqual(before);
      expect((await app.post('/fhir', bundle)).status).toBe(200);
      const after = await seen(app, mrnOf(patient));
      expect(after.all.observations).toHaveLength(2);
      expect(after.findings).toEqual(['wbc-low']);
      expect(openTasks(after)).toBe('notify');
    });
  });

  describe('kill -9 under load, again and again', () => {
    const cleanup = new Cleanup();
    afterAll(() => cleanup.run());

    it('loses no acknowledged result, leaves none half-handled, doubles none', async () => {
      const settings = {
        db: KIND,
        sharedServer: process.env.TEST_MYSQL_URL!,
        program: SOURCES,
        instances: KIND === 'sqlite' ? 1 : 2,
        // The server itself serves others too: its connections are killed.
        kill: KIND === 'sqlite' ? ('service' as const) : ('both' as const),
        // `npm run soak` kills as often as one likes.
        kills: 3,
        clients: 8,
        seed: 'guarantee 1',
        plantsLosses: false,
      };
      const result = await soak(settings, cleanup);
      expect(result.faults).toEqual([]);
      expect(result).toMatchObject({ lost: 0, doubled: 0, halfHandled: 0, differences: 0 });
      expect(result.acknowledged).toBeGreaterThan(result.people);
      expect(result.resent).toBeGreaterThan(0);
    }, 240_000);
  });
});
