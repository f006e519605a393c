import { DateTime } from 'luxon';
import { DataSource } from 'typeorm';
import { EscalationService } from '../../src/escalation/index.js';
import { CALLING_DEFAULTS } from '../../src/policy/index.js';
import { ContactEntity, TaskEntity, TaskEventEntity, TaskWorkService } from '../../src/tasks/index.js';
import { Random } from '../../src/sample/domain/random.js';
import { TEST_NOW, type TestApp } from '../support/app.js';
import { Desk, potassium, RIGHT } from '../support/desk.js';
import { observation } from '../support/messages.js';
import { type Nurse } from '../support/nurses.js';

const ZONE = 'Asia/Shanghai';
const START = Date.parse(TEST_NOW);
const MINUTE = 60_000;
const TICK = 15 * MINUTE;
const END = START + 7 * 24 * 60 * MINUTE;
/** Two hours in which nothing runs, in the busiest part of the third day. */
const OUTAGE = { from: START + 2 * 24 * 60 * MINUTE, to: START + (2 * 24 + 2) * 60 * MINUTE };
/** The fifth day is a holiday: nobody works the queue but whoever is there at night. */
const HOLIDAY = '2026-03-06';

const isDown = (at: number): boolean => at >= OUTAGE.from && at < OUTAGE.to;

/** How many nurses are there. */
function present(at: DateTime): number {
  const clock = at.toFormat('HH:mm');
  const isDay = clock >= '08:00' && clock < '17:30' && at.toISODate() !== HOLIDAY;
  if (!isDay) return 1;
  return clock >= '12:00' && clock < '13:00' ? 0 : 2;
}

/** Results, nurses, lunch, night, a holiday and two hours' outage, on a clock that is set. */
describe('a week', () => {
  const random = new Random('a week');
  let desk: Desk;
  let app: TestApp;
  let tasks: TaskEntity[];
  let events: TaskEventEntity[];
  let calls: ContactEntity[];

  beforeAll(async () => {
    desk = await Desk.open();
    ({ app } = desk);
    for (let at = START; at < END; at += TICK) {
      app.clock.set(new Date(at));
      if (isDown(at)) continue;
      await app.nest.get(EscalationService).askDue();
      await app.nest.get(TaskWorkService).endLeases(100);
      await resultsCome(DateTime.fromMillis(at, { zone: ZONE }));
      const nurses = [desk.wang, desk.li].slice(0, present(DateTime.fromMillis(at, { zone: ZONE })));
      for (const nurse of nurses) if (random.chance(0.35)) await work(nurse);
    }
    const { manager } = app.nest.get(DataSource);
    tasks = await manager.find(TaskEntity);
    events = await manager.find(TaskEventEntity, { order: { id: 'ASC' } });
    calls = await manager.find(ContactEntity);
  }, 400_000);
  afterAll(() => desk.close());

  async function resultsCome(at: DateTime): Promise<void> {
    const isDay = at.hour >= 9 && at.hour < 17;
    if (!random.chance(isDay ? 0.2 : 0.04)) return;
    await desk.called([random.chance(0.5) ? potassium(6.8) : observation({ wbc: 1.5 })]);
  }

  /** Takes the first call that may be made now; sometimes it succeeds, sometimes she is called away. */
  async function work(nurse: Nurse): Promise<void> {
    for (const { id } of await nurse.queue('&code=notify')) {
      const { plan } = await nurse.task(id);
      if (!plan.callAt || Date.parse(plan.callAt) > app.clock.now().getTime()) continue;
      const claimed = await nurse.act(id, 'claim');
      if (claimed.status !== 200) continue;
      if (random.chance(0.1)) return;
      const outcome = random.chance(0.6) ? 'told' : 'no-answer';
      const readBack = (await nurse.task(id)).findings.map((finding) => ({
        findingId: finding.id,
        ...(JSON.stringify(finding).includes('6.8')
          ? { value: '6.8', unit: 'mmol/L' }
          : { value: '1.5', unit: '10*9/L' }),
      }));
      const { status, text } = await nurse.call(id, {
        outcome,
        ...(outcome === 'told' && { ...RIGHT, readBack }),
      });
      if (status !== 200) throw new Error(text);
      return;
    }
  }

  it('has calls of both classes that were told, and some that were not', () => {
    expect(tasks.filter(({ urgency, closedAt }) => urgency === 'A' && closedAt).length).toBeGreaterThan(20);
    expect(tasks.filter(({ urgency, closedAt }) => urgency !== 'A' && closedAt).length).toBeGreaterThan(20);
    expect(calls.filter(({ outcome }) => outcome === 'no-answer').length).toBeGreaterThan(20);
    expect(events.filter(({ action }) => action === 'expire').length).toBeGreaterThan(0);
  });

  it('leaves no call, once a step of its ladder has come, unheard by that role; and asks nobody before', () => {
    for (const task of tasks) {
      const ladder = CALLING_DEFAULTS.ladder[task.urgency].slice(1).flatMap(({ role, after_minutes }) => {
        const due = Math.min(task.createdAt.getTime() + after_minutes * MINUTE, task.dueAt.getTime());
        let asked = START + Math.ceil((due - START) / TICK) * TICK;
        while (isDown(asked)) asked += TICK;
        // Told before the clock looked: nobody need be asked.
        const isOver = task.closedAt !== null && task.closedAt.getTime() < asked;
        return isOver || asked >= END ? [] : `${role} ${new Date(asked).toISOString()}`;
      });
      const heard = of(task)
        .filter(({ action }) => action === 'escalated')
        .map(({ detail, at }) => `${(JSON.parse(detail!) as { role: string }).role} ${at.toISOString()}`);
      expect({ task: task.id, heard }).toEqual({ task: task.id, heard: ladder });
    }
  });

  it('has no class A beyond its limit of which the manager had not heard by then, or as soon as anything ran again', () => {
    const late = tasks.filter(
      ({ urgency, dueAt, closedAt }) => urgency === 'A' && (closedAt?.getTime() ?? END) > dueAt.getTime(),
    );
    expect(late.length).toBeGreaterThan(0);
    for (const task of late) {
      const asked = of(task).find(({ detail }) => detail?.includes('"role":"manager"'))?.at;
      const by = isDown(task.dueAt.getTime()) ? OUTAGE.to : task.dueAt.getTime();
      expect({ task: task.id, isHeard: (asked?.getTime() ?? Infinity) <= by }).toEqual({ task: task.id, isHeard: true });
    }
  }); // prettier-ignore

  it('makes no call of another class in quiet hours, and calls of class A at night', () => {
    const clocks = (isA: boolean): string[] =>
      calls
        .filter(({ taskId }) => (tasks.find(({ id }) => id === taskId)!.urgency === 'A') === isA)
        .map(({ at }) => DateTime.fromJSDate(at, { zone: ZONE }).toFormat('HH:mm'));
    const isNight = (clock: string): boolean => clock >= '22:00' || clock < '07:00';
    expect(clocks(false).filter(isNight)).toEqual([]);
    expect(clocks(true).filter(isNight).length).toBeGreaterThan(0);
  });

  it('has a history that leads, step by step, to how each task is now', () => {
    for (const task of tasks) {
      const steps = of(task);
      expect(steps[0]).toMatchObject({ action: 'opened', fromStatus: null });
      for (const [i, step] of steps.slice(1).entries()) expect(step.fromStatus).toBe(steps[i]!.toStatus);
      expect(steps.at(-1)!.toStatus).toBe(task.status);
      expect(steps.at(-1)!.version).toBe(task.version);
      expect(steps.every(({ actor }) => actor !== '')).toBe(true);
    }
  });

  function of(task: TaskEntity): TaskEventEntity[] {
    return events.filter(({ taskId }) => taskId === task.id);
  }
});
