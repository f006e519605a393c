import fc from 'fast-check';
import { CALLING_DEFAULTS, type NotificationPolicy, URGENCIES } from '../../policy/index.js';
import { askUntil, type AskedLast, ladderFrom, type OnLadder, stepsAsked } from './ladder.js';

const policy = CALLING_DEFAULTS as NotificationPolicy;
const START = Date.parse('2026-03-02T02:00:00Z');
const at = (minutes: number): Date => new Date(START + minutes * 60_000);
const classA: OnLadder = { urgency: 'A', since: at(0), dueAt: at(120), steps: 1 };

describe('the ladder', () => {
  it.each([
    [14, [], 1, 15],
    [15, ['head-nurse'], 2, 45],
    [44, ['head-nurse'], 2, 45],
    [45, ['head-nurse', 'duty-doctor'], 3, 90],
    [600, ['head-nurse', 'duty-doctor', 'manager'], 4, null],
  ])('of class A after %i minutes asks %j', (minutes, roles, steps, next) => {
    expect(askUntil(classA, policy, at(minutes))).toEqual({
      roles,
      steps,
      nextAt: next === null ? null : at(next),
    });
  });

  it.each<[string, number, AskedLast | null, string[], string | undefined]>([
    ['is as it was', 2, { role: 'head-nurse', step: 1 }, ['nurse', 'head-nurse', 'duty-doctor', 'manager'], 'duty-doctor'],
    ['is as it was, and nobody has been asked', 1, null, ['nurse', 'head-nurse', 'manager'], 'head-nurse'],
    ['began anew as a graver one', 1, { role: 'duty-doctor', step: 2 }, ['nurse', 'head-nurse', 'manager'], 'head-nurse'],
    ['lost the role that was asked last', 2, { role: 'head-nurse', step: 1 }, ['nurse', 'duty-doctor', 'manager'], 'duty-doctor'],
    ['lost most of its roles', 3, { role: 'duty-doctor', step: 2 }, ['nurse', 'manager'], 'manager'],
    ['has a role before the one that was asked last', 2, { role: 'duty-doctor', step: 1 }, ['nurse', 'head-nurse', 'duty-doctor', 'manager'], 'manager'],
    ['has nobody above the one that was asked last', 3, { role: 'duty-doctor', step: 2 }, ['nurse', 'head-nurse'], undefined],
  ])('that %s goes on where it stood', (_, steps, last, roles, next) => {
    const ladder = roles.map((role, i) => ({ role: role as AskedLast['role'], after_minutes: i * 15 }));
    expect(ladder[stepsAsked(steps, last, ladder)]?.role).toBe(next);
  }); // prettier-ignore

  it('asks at the limit at the latest, however far the step is', () => {
    const soon = { ...classA, dueAt: at(20) };
    expect(askUntil(soon, policy, at(20)).roles).toEqual(['head-nurse', 'duty-doctor', 'manager']);
    expect(askUntil(soon, policy, at(19)).nextAt).toEqual(at(20));
  });

  it('begins after those who work the queue, also when the limit is over already', () => {
    const { since, dueAt } = classA;
    expect(ladderFrom(classA, policy)).toEqual({ ladderSince: since, ladderSteps: 1, escalateAt: at(15) });
    expect(ladderFrom({ ...classA, dueAt: at(-5) }, policy)).toMatchObject({
      ladderSteps: 1,
      escalateAt: at(-5),
    });
    const flat = {
      ...policy,
      ladder: { ...policy.ladder, A: [{ role: 'nurse' as const, after_minutes: 0 }] },
    };
    expect(ladderFrom({ urgency: 'A', since, dueAt }, flat)).toMatchObject({
      ladderSteps: 1,
      escalateAt: null,
    });
  });

  it('asks each step once and none before its time, whenever it is looked at', () => {
    const looks = fc.array(fc.nat(40_000), { maxLength: 12 });
    const task = fc.record({
      urgency: fc.constantFrom(...URGENCIES),
      due: fc.integer({ min: -60, max: 40_000 }),
    });
    fc.assert(
      fc.property(task, looks, ({ urgency, due }, times) => {
        const opened = { urgency, since: at(0), dueAt: at(due) };
        let { ladderSteps: steps, escalateAt } = ladderFrom(opened, policy);
        const asked = policy.ladder[urgency].slice(0, steps).map(({ role }) => role);
        for (const minutes of [...times].sort((a, b) => a - b)) {
          const now = at(minutes);
          const isDue = escalateAt !== null && escalateAt <= now;
          const next = askUntil({ ...opened, steps }, policy, now);
          expect(next.roles.length > 0).toBe(isDue);
          asked.push(...next.roles);
          ({ steps, nextAt: escalateAt } = next);
          expect(escalateAt === null || escalateAt > now).toBe(true);
        }
        expect(asked).toEqual(policy.ladder[urgency].slice(0, asked.length).map(({ role }) => role));
        const end = askUntil({ ...opened, steps }, policy, at(50_000));
        expect(asked.length + end.roles.length).toBe(policy.ladder[urgency].length);
      }),
    );
  });
});
