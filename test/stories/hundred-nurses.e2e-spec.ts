import { EVERYBODY } from '../../src/database/index.js';
import { DataSource } from 'typeorm';
import { ConflictError } from '../../src/kernel/index.js';
import { CallsService, TaskEntity, TaskEventEntity, TaskWorkService } from '../../src/tasks/index.js';
import { QueueService } from '../../src/workbench/queue.service.js';
import { startApp, type TestApp } from '../support/app.js';
import { bundleOf, observation, person } from '../support/messages.js';

const NURSES = 100;
const TASKS = 120;
/** How much of the queue a nurse sees at once. */
const SEEN = 20;
/** Every third call reaches nobody. */
const FAILS_EVERY = 3;
/** Over four hundred transactions on one person's row after another: a busy machine needs its time. */
const LONGEST_MS = 600_000;

describe('a hundred nurses on one queue', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp();
    for (let i = 0; i < TASKS; i++) {
      // Two of the first pack: both important, each person one call.
      const patient = person(undefined, { name: [{ text: '测试客户' }], birthDate: '1986-01-15' });
      await app.post('/fhir', bundleOf(patient, [observation(i % 2 === 0 ? { hb: 65 } : { wbc: 2.1 })]));
    }
  }, LONGEST_MS);
  afterAll(() => app.close());

  it(
    'none is claimed twice, none is left',
    async () => {
      const [queue, work, calls] = [
        app.nest.get(QueueService),
        app.nest.get(TaskWorkService),
        app.nest.get(CallsService),
      ];
      let made = 0;
      let lost = 0;
      /** One nurse takes one task and phones; false when there is nothing for her now. */
      const takeOne = async (nurse: string, at: number): Promise<boolean> => {
        const { items } = await queue.page({ state: 'free', limit: SEEN, rows: EVERYBODY });
        for (const item of [...items.slice(at % SEEN), ...items.slice(0, at % SEEN)]) {
          const who = { taskId: item.id, actor: nurse, by: `user:${nurse}` };
          try {
            await work.act({ ...who, version: item.version, action: 'claim', reason: null });
          } catch (error) {
            if (!(error instanceof ConflictError)) throw error;
            lost++;
            continue;
          }
          const outcome = ++made % FAILS_EVERY === 0 ? ('no-answer' as const) : ('told' as const);
          const version = item.version + 1;
          const { findings } = await told(item.id);
          const done = await calls.record({
          ...who, version, outcome, seesSensitive: false, requestKey: null, channel: 'phone', number: null, answeredBy: 'self',
          relativeName: null, heard: { name: '测试客户', birthDate: '0115' }, readBack: findings, recheckAt: null, until: null, note: null,
        }); // prettier-ignore
          expect(done.outcome).toBe(outcome);
          return true;
        }
        return items.length > 0;
      };
      for (let round = 0; (await open()) > 0; round++) {
        expect(round).toBeLessThan(60);
        const found = await Promise.all(Array.from({ length: NURSES }, (_, i) => takeOne(`nurse-${i}`, i)));
        // Nothing to be called now: those that reached nobody come again in their time.
        if (!found.includes(true)) app.clock.advance({ minutes: 60 });
      }
      expect(lost).toBeGreaterThan(0);
      const { manager } = app.nest.get(DataSource);
      const tasks = await manager.find(TaskEntity);
      expect(tasks).toHaveLength(TASKS);
      expect(tasks.filter(({ closedReason }) => closedReason !== 'told')).toEqual([]);
      const events = await manager.find(TaskEventEntity, { order: { taskId: 'ASC', id: 'ASC' } });
      for (const { id, attempts, version } of tasks) {
        // What the clock does beside them (it asks the next role) changes nothing of the task that a nurse has read.
        const steps = events.filter(({ taskId, actor }) => taskId === id && actor !== 'clock');
        // Whoever claimed it gave it back, or told, before anybody else did; and nothing happened that is not written.
        expect(steps.map(({ version: at }) => at)).toEqual(Array.from({ length: version }, (_, i) => i + 1));
        let holder: string | null = null;
        for (const { action, actor } of steps) {
          if (action === 'claim') expect(holder).toBeNull();
          if (action === 'claim') holder = actor;
          if (action === 'attempt' || action === 'tell') expect(actor).toBe(holder);
          if (action === 'attempt') holder = null;
        }
        expect(steps.filter(({ action }) => action === 'claim')).toHaveLength(attempts);
      }
    },
    LONGEST_MS,
  );

  async function open(): Promise<number> {
    return (await app.nest.get(QueueService).page({ limit: 1, rows: EVERYBODY })).counts.reduce(
      (sum, { count }) => sum + count,
      0,
    );
  }

  async function told(
    taskId: string,
  ): Promise<{ findings: { findingId: string; value: string; unit: string }[] }> {
    const rows = await app.nest
      .get(DataSource)
      .query<{ id: string; rule_id: string }[]>(
        'SELECT f.id, f.rule_id FROM task_finding t JOIN finding f ON f.id = t.finding_id WHERE t.task_id = ?',
        [taskId],
      );
    return {
      findings: rows.map(({ id, rule_id }) =>
        rule_id.endsWith('/hb-low')
          ? { findingId: id, value: '65', unit: 'g/L' }
          : { findingId: id, value: '2.1', unit: '10*9/L' },
      ),
    };
  }
});
