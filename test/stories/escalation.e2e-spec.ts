import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { AccountsService } from '../../src/accounts/index.js';
import { EscalationService } from '../../src/escalation/index.js';
import { SystemClock } from '../../src/kernel/index.js';
import { RulesService } from '../../src/rules/index.js';
import { TaskEntity, TaskEventEntity, TaskWorkService } from '../../src/tasks/index.js';
import { startApp, type TestApp, TEST_NOW } from '../support/app.js';
import { PASSWORD } from '../support/browser-session.js';
import { builtDatabase } from '../support/built-database.js';
import { type FreshDatabase } from '../support/database.js';
import { bundleOf, loinc, mrnOf, observation, person, quantity, result } from '../support/messages.js';
import { type OwnRules, ownRules } from '../support/own-rules.js';
import { claim, seen, tell } from '../support/queue.js';
import { reach } from '../support/staff.js';

describe('a call that nobody makes', () => {
  let rules: OwnRules;
  let database: FreshDatabase;
  let app: TestApp;
  let other: TestApp;
  beforeAll(async () => {
    rules = ownRules();
    database = await builtDatabase();
    const start = (): Promise<TestApp> => startApp({ database, env: { RULES_DIR: rules.folder } });
    app = await start();
    other = await start();
  });
  afterAll(async () => {
    await app.close();
    await other.close();
    await database.drop();
    rules.remove();
  });
  beforeEach(() => [app, other].forEach(({ clock }) => clock.set(TEST_NOW)));

  const potassium = (): fhir4.Observation =>
    result({ code: loinc('2823-3'), valueQuantity: quantity(7.1, 'mmol/L') });
  const taskFor = async (
    ...results: fhir4.Observation[]
  ): Promise<{ patient: fhir4.Patient; task: fhir4.Task }> => {
    const patient = person();
    const { status, text } = await app.post('/fhir', bundleOf(patient, results));
    if (status !== 200) throw new Error(text);
    return { patient, task: (await seen(app, mrnOf(patient))).notify[0]! };
  };
  const later = (minutes: number): void =>
    [app, other].forEach(({ clock }) => clock.set(new Date(Date.parse(TEST_NOW) + minutes * 60_000)));
  const ask = (of: TestApp = app): Promise<number> => of.nest.get(EscalationService).askDue();
  const history = async ({ id }: fhir4.Task): Promise<TaskEventEntity[]> =>
    app.nest
      .get(DataSource)
      .getRepository(TaskEventEntity)
      .find({ where: { taskId: id! }, order: { id: 'ASC' } });
  const askedRoles = async (task: fhir4.Task): Promise<string[]> =>
    (await history(task))
      .filter(({ action }) => action === 'escalated')
      .map(({ detail }) => (JSON.parse(detail!) as { role: string }).role);

  const rolesByVersion = async (task: fhir4.Task): Promise<string[]> => {
    const asked = (await history(task)).filter(({ action }) => action === 'escalated');
    return asked
      .sort((a, b) => a.version - b.version)
      .map(({ detail }) => (JSON.parse(detail!) as { role: string }).role);
  };

  const claimedAndReleased = async ({ id }: fhir4.Task): Promise<void> => {
    const who = { taskId: id!, by: 'key:somebody', actor: 'somebody', reason: null };
    for (const action of ['claim', 'release'] as const) {
      const { version } = await app.nest.get(DataSource).getRepository(TaskEntity).findOneByOrFail({ id });
      await app.nest.get(TaskWorkService).act({ ...who, version, action });
    }
  };

  it('goes to the head nurse, the duty doctor and the manager, each at its time and once', async () => {
    const { task } = await taskFor(potassium());
    for (const [minutes, roles] of [
      [14, []],
      [15, ['head-nurse']],
      [44, ['head-nurse']],
      [45, ['head-nurse', 'duty-doctor']],
      [90, ['head-nurse', 'duty-doctor', 'manager']],
      [500, ['head-nurse', 'duty-doctor', 'manager']],
    ] as const) {
      later(minutes);
      await ask();
      await ask(other);
      expect([minutes, await askedRoles(task)]).toEqual([minutes, roles]);
    }
    const escalated = (await history(task)).filter(({ action }) => action === 'escalated');
    expect(escalated.map(({ at }) => at.toISOString().slice(11, 16))).toEqual(['02:15', '02:45', '03:30']);
  });

  it('is asked once by two instances that look twenty times at the same moment', async () => {
    const { task } = await taskFor(potassium());
    later(46);
    await Promise.all(Array.from({ length: 20 }, (_, i) => ask(i % 2 === 0 ? app : other)));
    expect(await askedRoles(task)).toEqual(['head-nurse', 'duty-doctor']);
  });

  it('after hours without the service is asked of all whose time has come, in their order', async () => {
    const { task } = await taskFor(potassium());
    later(600);
    await ask();
    expect(await askedRoles(task)).toEqual(['head-nurse', 'duty-doctor', 'manager']);
  });

  it('is asked by an instance that starts, however soon that one ends', async () => {
    const { task } = await taskFor(potassium());
    later(20);
    const now = app.clock.now().toISOString();
    await (await startApp({ database, env: { RULES_DIR: rules.folder }, now })).close();
    expect(await askedRoles(task)).toEqual(['head-nurse']);
  });

  it('leaves the task as its nurse has read it: what she fills in can be saved', async () => {
    const { patient, task } = await taskFor(potassium());
    await claim(app, task);
    const claimed = (await seen(app, mrnOf(patient))).notify[0]!;
    later(16);
    await ask();
    expect(await askedRoles(task)).toEqual(['head-nurse']);
    await tell(app, claimed);
    later(500);
    await ask();
    expect(await askedRoles(task)).toEqual(['head-nurse']);
  });

  it('begins at the first step again when it becomes graver', async () => {
    const { patient, task } = await taskFor(observation({ wbc: 1.5 }));
    later(130);
    await ask();
    expect(await askedRoles(task)).toEqual(['head-nurse']);
    await app.post('/fhir', bundleOf(patient, [potassium()]));
    await ask();
    expect(await askedRoles(task)).toEqual(['head-nurse']);
    later(145);
    await ask();
    expect(await askedRoles(task)).toEqual(['head-nurse', 'head-nurse']);
    later(250);
    await ask();
    expect((await askedRoles(task)).slice(2)).toEqual(['duty-doctor', 'manager']);
  });

  it('and does so on a machine whose clock is days behind those that asked before', async () => {
    const { patient, task } = await taskFor(observation({ wbc: 1.5 }));
    later(310);
    await ask();
    const behind = jest
      .spyOn(SystemClock.prototype, 'now')
      .mockReturnValue(new Date(Date.now() - 2 * 86_400_000));
    await app.post('/fhir', bundleOf(patient, [potassium()]));
    later(325);
    await ask();
    later(355);
    await ask();
    behind.mockRestore();
    expect((await rolesByVersion(task)).slice(2)).toEqual(['head-nurse', 'duty-doctor']);
  });

  it('goes on above whom it asked last when the policy has another ladder meanwhile', async () => {
    const path = join(rules.folder, 'notification/policy.yaml');
    const shipped = readFileSync(path, 'utf8');
    const { task } = await taskFor(potassium());
    later(50);
    await ask();
    expect(await askedRoles(task)).toEqual(['head-nurse', 'duty-doctor']);
    const steps = /^ {2}A:\n(?: {4}- \{ role: .*\n)+/m;
    const shorter = '  A:\n    - { role: nurse, after_minutes: 0 }\n    - { role: manager, after_minutes: 100 }\n';
    writeFileSync(path, shipped.replace(steps, shorter));
    await app.nest.get(RulesService).reload({ cause: 'watch', actor: null });
    await claimedAndReleased(task);
    later(99);
    await ask();
    expect(await askedRoles(task)).toHaveLength(2);
    later(100);
    await ask();
    expect(await askedRoles(task)).toEqual(['head-nurse', 'duty-doctor', 'manager']);
    writeFileSync(path, shipped);
    await app.nest.get(RulesService).reload({ cause: 'watch', actor: null });
  }); // prettier-ignore

  describe('when the policy gets another ladder', () => {
    const path = (): string => join(rules.folder, 'notification/policy.yaml');
    let shipped: string;
    beforeEach(() => (shipped = readFileSync(path(), 'utf8')));
    afterEach(() => write(shipped));
    const write = async (text: string): Promise<void> => {
      writeFileSync(path(), text);
      for (const { nest } of [app, other])
        await nest.get(RulesService).reload({ cause: 'watch', actor: null });
    };
    /** Role → minutes. */
    const ladderOfA = async (steps: Readonly<Record<string, number>>): Promise<void> => {
      const lines = Object.entries(steps).map(
        ([role, after]) => `    - { role: ${role}, after_minutes: ${after} }\n`,
      );
      const A = /^ {2}A:\n(?: {4}- \{ role: .*\n)+/m;
      await write(shipped.replace(A, `  A:\n${lines.join('')}`));
    };
    const short = { nurse: 0, 'head-nurse': 15, 'duty-doctor': 45 };

    it('is asked of a role that was added after the last one was asked, once by two instances', async () => {
      await ladderOfA(short);
      const { task } = await taskFor(potassium());
      later(60);
      await ask();
      expect(await askedRoles(task)).toEqual(['head-nurse', 'duty-doctor']);
      await ladderOfA({ ...short, manager: 90 });
      later(89);
      await Promise.all([ask(), ask(other)]);
      expect(await askedRoles(task)).toHaveLength(2);
      later(90);
      await Promise.all([ask(), ask(other), ask(), ask(other)]);
      expect(await askedRoles(task)).toEqual(['head-nurse', 'duty-doctor', 'manager']);
      later(500);
      await ask(other);
      expect(await askedRoles(task)).toHaveLength(3);
    });

    it('is asked of it at once where its time has passed, also by an instance that starts after the change', async () => {
      await ladderOfA(short);
      const { task } = await taskFor(potassium());
      later(600);
      await ask();
      expect(await askedRoles(task)).toHaveLength(2);
      await ladderOfA({ ...short, manager: 90 });
      const third = await startApp({ database, env: { RULES_DIR: rules.folder } });
      third.clock.set(app.clock.now());
      await ask(third);
      await third.close();
      expect(await askedRoles(task)).toEqual(['head-nurse', 'duty-doctor', 'manager']);
    });

    it('is asked of whoever replaces all that were asked, where there are as many steps as before', async () => {
      await ladderOfA(short);
      const { task } = await taskFor(potassium());
      later(60);
      await ask();
      await ladderOfA({ nurse: 0, 'duty-doctor': 30, manager: 70 });
      later(70);
      await ask();
      expect(await askedRoles(task)).toEqual(['head-nurse', 'duty-doctor', 'manager']);
    });

    it('is asked earlier where the next step is earlier now', async () => {
      const { task } = await taskFor(potassium());
      later(50);
      await ask();
      await ladderOfA({ ...short, manager: 60 });
      later(60);
      await ask();
      expect(await askedRoles(task)).toEqual(['head-nurse', 'duty-doctor', 'manager']);
    });

    it('rests until the limit where somebody who was asked has it', async () => {
      const { id } = await app.nest.get(AccountsService).create({ login: 'li', roles: ['duty-doctor'], password: PASSWORD });
      await reach(app, id, { sms: '13800000009' });
      await ladderOfA(short);
      const { task } = await taskFor(potassium());
      later(60);
      await ask();
      const { version } = await app.nest.get(DataSource).getRepository(TaskEntity).findOneByOrFail({ id: task.id! });
      const claimed = { taskId: task.id!, version, action: 'claim', by: `user:${id}`, actor: id, reason: null } as const;
      await app.nest.get(TaskWorkService).act(claimed);
      await ladderOfA({ ...short, manager: 65 });
      later(66);
      await ask();
      expect(await askedRoles(task)).toHaveLength(2);
      later(120);
      await ask();
      expect(await askedRoles(task)).toEqual(['head-nurse', 'duty-doctor', 'manager']);
    }); // prettier-ignore
  });

  it('is asked of nobody once the result is withdrawn', async () => {
    const high = potassium();
    const { patient, task } = await taskFor(high);
    await app.post('/fhir', bundleOf(patient, [{ ...high, status: 'entered-in-error' }]));
    later(500);
    await ask();
    expect(await askedRoles(task)).toEqual([]);
  });

  it('a claim that nobody renews ends, and is recorded', async () => {
    const { patient, task } = await taskFor(potassium());
    const [taskId, version] = [task.id!, Number(task.meta!.versionId)];
    const by = { by: 'key:somebody', actor: 'somebody' };
    await app.nest.get(TaskWorkService).act({ taskId, version, action: 'claim', reason: null, ...by });
    later(29);
    await app.nest.get(TaskWorkService).endLeases(100);
    expect((await seen(app, mrnOf(patient))).notify[0]!.status).toBe('accepted');
    later(31);
    await app.nest.get(TaskWorkService).endLeases(100);
    expect((await seen(app, mrnOf(patient))).notify[0]!.status).toBe('requested');
    expect((await history(task)).map(({ action }) => action)).toEqual(['opened', 'claim', 'expire']);
  });
});
