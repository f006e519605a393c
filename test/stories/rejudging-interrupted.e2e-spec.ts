import { DataSource } from 'typeorm';
import { ReconcileModule } from '../../src/reconcile/index.js';
import { RejudgeJobRepository, RejudgeService, RejudgeWatch } from '../../src/rejudge/index.js';
import { startApp, type TestApp } from '../support/app.js';
import { builtDatabase } from '../support/built-database.js';
import { type FreshDatabase } from '../support/database.js';
import { bundleOf, observation, person } from '../support/messages.js';
import { type OwnRules } from '../support/own-rules.js';
import { reconcile } from '../support/queue.js';
import { runUntil } from '../support/run-until.js';
import { sendSample } from '../support/sample.js';
import { standing } from '../support/standing.js';
import { NEW, NEWER, OLD } from '../support/rejudged-rules.js';
import { testRules } from '../support/test-rules.js';

const REACH = { strict: false };
const LEASE_SECONDS = 30;
const SAMPLE = { seed: 'rejudging', people: 24, years: 2 };

let folders: Record<'old' | 'new' | 'newer', OwnRules>;
let database: FreshDatabase;
let app: TestApp;
/** What a service comes to that has known nothing but one version. */
const fromScratch: Partial<Record<keyof typeof folders, string[]>> = {};

const start = (rules: OwnRules, on = database): Promise<TestApp> =>
  startApp({ database: on, env: { RULES_DIR: rules.folder }, modules: [ReconcileModule] });

beforeAll(async () => {
  folders = {
    old: testRules({ limits: OLD }, true),
    new: testRules({ limits: NEW }, true),
    newer: testRules({ limits: NEWER }),
  };
  for (const name of ['new', 'newer', 'old'] as const) {
    const alone = await builtDatabase();
    const service = await start(folders[name], alone);
    await sendSample(service, SAMPLE);
    fromScratch[name] = await standing(service);
    // The last one is what the tests below work on.
    if (name === 'old') [app, database] = [service, alone];
    else {
      await service.close();
      await alone.drop();
    }
  }
}, 600_000);
afterAll(async () => {
  await app.close();
  await database.drop();
  Object.values(folders).forEach((folder) => folder.remove());
});
/** Everybody is judged by the old rules, and the new ones have come into force. */
beforeEach(async () => {
  await restart(folders.old);
  await look();
  await restart(folders.new);
}, 120_000);

async function restart(rules: OwnRules): Promise<void> {
  await app.close();
  app = await start(rules);
  // Messages of the last minutes are looked at once more at the end, and would hide what the job itself had missed.
  await run('UPDATE rejudge_job SET strays_after = (SELECT MAX(id) FROM message)');
}
const service = () => app.nest.get(RejudgeService, REACH);
const look = (of = app) => of.nest.get(RejudgeWatch, REACH).look();
const job = async () => (await app.nest.get(RejudgeJobRepository, REACH).latest())!;
const run = <Row>(sql: string, values: unknown[] = []): Promise<Row[]> =>
  app.nest.get(DataSource).query<Row[]>(sql, values);

it('the versions differ on these people, or nothing below would be worth anything', () => {
  expect(fromScratch.new).not.toEqual(fromScratch.old);
  expect(fromScratch.newer).not.toEqual(fromScratch.new);
  expect(fromScratch.new!.length).toBeGreaterThan(30);
});

describe('a job that judges everybody again', () => {
  it('and back comes to what was there', async () => {
    await look();
    await restart(folders.old);
    await look();
    expect(await standing(app)).toEqual(fromScratch.old);
    expect(await reconcile(app)).toEqual([]);
  });

  it('comes to what a service would that had known nothing else', async () => {
    await look();
    expect(await standing(app)).toEqual(fromScratch.new);
    expect(await job()).toMatchObject({ state: 'done', judged: SAMPLE.people, failed: 0 });
    expect(await reconcile(app)).toEqual([]);
  });

  it.each([1, 7, 13, 23])('stopped after %i persons goes on there, to the same end', async (persons) => {
    expect(await runUntil(service(), persons)).toBe('stopped');
    const stopped = await job();
    expect(stopped).toMatchObject({ state: 'open', holder: null, judged: persons });
    await restart(folders.new);
    const reached: string[] = [];
    await service().run({ atOnce: 1, progress: ({ reachedId }) => reached.push(reachedId) });
    expect(reached[0]! > stopped.reachedId).toBe(true);
    const { judged, total } = await job();
    expect(judged).toBe(total);
    expect(await standing(app)).toEqual(fromScratch.new);
    expect(await reconcile(app)).toEqual([]);
  });

  it('whose process was killed is taken up by another when its lease has run out', async () => {
    await runUntil(service(), 9);
    const until = new Date(app.clock.now().getTime() + LEASE_SECONDS * 1000);
    const at = until.toISOString().replace('T', ' ').slice(0, 23);
    await run('UPDATE rejudge_job SET holder = ?, lease_until = ? WHERE open_key IS NOT NULL', ['gone', at]);
    expect(await service().run()).toBe('left');
    expect(await service().progress()).toMatchObject({ state: 'running', judged: 9 });
    app.clock.advance({ seconds: LEASE_SECONDS + 1 });
    expect(await service().progress()).toMatchObject({ state: 'waiting', judged: 9 });
    app.clock.advance({ seconds: -(LEASE_SECONDS + 1) });
    await run(`UPDATE rejudge_job SET lease_until = '2020-01-01 00:00:00.000' WHERE open_key IS NOT NULL`);
    expect(await service().run()).toBe('finished');
    expect(await standing(app)).toEqual(fromScratch.new);
  });

  it.each([1, 5])('writes nothing any more once another process has taken it over: %i at once', async (n) => {
    let before: string[] = [];
    let done = 0;
    let taking: Promise<unknown> = Promise.resolve();
    const end = await service().run({
      atOnce: n,
      progress: ({ judged }) => {
        done = judged;
        if (done !== 5) return;
        // Queued before the next turn, as another process would come between.
        taking = run(`UPDATE rejudge_job SET holder = 'another' WHERE open_key IS NOT NULL`).then(
          async () => {
            before = await standing(app);
          },
        );
      },
    });
    await taking;
    expect(end).toBe('left');
    expect(done).toBeLessThan(SAMPLE.people);
    expect(before.length).toBeGreaterThan(0);
    expect((await job()).judged).toBe(done);
    // What the turn had done that found the job gone does not stand.
    expect(await standing(app)).toEqual(before);
  });

  it('starts over for the newest version when another comes meanwhile', async () => {
    await runUntil(service(), 11);
    await restart(folders.newer);
    await look();
    expect(await standing(app)).toEqual(fromScratch.newer);
    const rows = await run<{ state: string; judged: number }>(
      'SELECT state, judged FROM rejudge_job ORDER BY id DESC LIMIT 2',
    );
    expect(rows.map(({ state, judged }) => `${state} ${judged}`)).toEqual([
      `done ${SAMPLE.people}`,
      'superseded 11',
    ]);
    expect(await reconcile(app)).toEqual([]);
  });

  it('goes back when the rules go back halfway', async () => {
    await runUntil(service(), 11);
    await restart(folders.old);
    await look();
    expect(await standing(app)).toEqual(fromScratch.old);
    expect(await reconcile(app)).toEqual([]);
  });

  it('goes on when one person cannot be judged, names them in the log, and tries again at the next start', async () => {
    const [row] = await run<{ id: string; component: number; measurement: string }>(
      'SELECT id, component, measurement FROM observation WHERE person_id IS NOT NULL AND measurement IS NOT NULL LIMIT 1',
    );
    const { id, component, measurement } = row!;
    const write = (text: string) =>
      run('UPDATE observation SET measurement = ? WHERE id = ? AND component = ?', [text, id, component]);
    await write('{');
    await look();
    expect(await job()).toMatchObject({ state: 'incomplete', failed: 1, judged: SAMPLE.people - 1 });
    await write(measurement);
    await restart(folders.new);
    await look();
    expect(await job()).toMatchObject({ state: 'done', failed: 0, judged: SAMPLE.people });
    expect(await standing(app)).toEqual(fromScratch.new);
  });

  it('judges what comes in meanwhile once, by the new rules, whoever it is about', async () => {
    const ids = await run<{ id: string }>('SELECT id FROM person ORDER BY id');
    const low = observation({ wbc: 4 });
    await runUntil(service(), 10, async () => {
      for (const { id } of [ids[2]!, ids[20]!])
        await app.post('/fhir/Observation', {
          ...low,
          identifier: undefined,
          subject: { reference: `Patient/${id}` },
        });
      await app.post('/fhir', bundleOf(person(), [observation({ wbc: 5.6 })]));
    });
    await service().run();
    const found = await run<{ n: number }>(
      `SELECT COUNT(*) AS n FROM finding WHERE rule_id = 'limits/wbc' AND status <> 'retracted'`,
    );
    expect(Number(found[0]!.n)).toBeGreaterThanOrEqual(3);
    expect(await reconcile(app)).toEqual([]);
  });
});

describe('whoever comes while everybody is judged again', () => {
  it('was judged by the new rules at once, and is not gone after: the job ends however many come', async () => {
    const named = (text: string): fhir4.Patient => person(undefined, { name: [{ text }] });
    const [earlier, newcomer] = [named('先来'), named('新来')];
    await app.post('/fhir', bundleOf(earlier, [observation({ wbc: 5.9 })]));
    const come = async (): Promise<void> => {
      await app.post('/fhir', bundleOf(newcomer, [observation({ wbc: 5.6 })]));
      const link: fhir4.PatientLink[] = [
        { other: { identifier: newcomer.identifier![0]! }, type: 'replaced-by' },
      ];
      await app.post('/fhir/Patient', { ...earlier, link });
    };
    const coming: Promise<void>[] = [];
    const reached: string[] = [];
    const end = await service().run({
      atOnce: 1,
      progress: ({ phase, reachedId }) => {
        if (coming.length === 0) coming.push(come());
        if (phase === 'persons') reached.push(reachedId);
      },
    });
    await Promise.all(coming);
    expect(end).toBe('finished');
    const [found] = await run<{ id: string }>("SELECT id FROM person WHERE name = '新来'");
    expect(reached.length).toBeGreaterThanOrEqual(SAMPLE.people);
    expect(reached).not.toContain(found!.id);
    expect(await job()).toMatchObject({ state: 'done', failed: 0 });
    const theirs = (await standing(app)).filter((line) => line.startsWith('新来: limits/wbc'));
    expect(theirs).toHaveLength(2);
    expect(await reconcile(app)).toEqual([]);
  });
});

describe('an instance that still has the rules of before', () => {
  it('takes no part in the job, and what it judges meanwhile is judged again', async () => {
    await app.close();
    app = await start(folders.old);
    const renewed = await start(folders.new);
    await look(renewed);
    const patient = person(undefined, { name: [{ text: '慢实例' }] });
    await app.post('/fhir', bundleOf(patient, [observation({ wbc: 5.5 })]));
    await look();
    await app.close();
    app = renewed;
    const standingOf = async () => (await standing(app)).filter((line) => line.includes('慢实例'));
    expect(await standingOf()).toEqual([]);
    expect(await reconcile(app)).toEqual([]);
    expect(await service().followStrays()).toBe(1);
    expect((await standingOf()).join('\n')).toMatch(/limits\/wbc.*\n.*notify/);
    expect(await service().followStrays()).toBe(0);
    expect(await reconcile(app)).toEqual([]);
    expect((await job()).state).toBe('done');
  });
});

describe('two instances with the new rules', () => {
  it('share no person: one goes through everybody, the other leaves it to it', async () => {
    const other = await start(folders.new);
    try {
      const reached: string[] = [];
      const progress = ({ phase, reachedId }: { phase: string; reachedId: string }): void => {
        if (phase === 'persons') reached.push(reachedId);
      };
      const ends = await Promise.all(
        [app, other].map((instance) => instance.nest.get(RejudgeService, REACH).run({ atOnce: 3, progress })),
      );
      expect(ends.sort()).toEqual(['finished', 'left']);
      expect(new Set(reached).size).toBe(reached.length);
      expect(await job()).toMatchObject({ state: 'done', judged: (await job()).total, failed: 0 });
      expect(await reconcile(app)).toEqual([]);
    } finally {
      await other.close();
    }
  });
});
