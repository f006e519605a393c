import { latestStep, stepsDue, wrongEscalations } from './escalations.js';
import { STAFF } from './results.js';

const TASK = '0197f1c2-5a0e-7c6b-9d5e-3f6a4b8c2d10';
const SINCE = new Date('2026-03-02T02:00:00Z');
const after = (seconds: number): Date => new Date(SINCE.getTime() + seconds * 1000);
const all = STAFF.map(({ role }, i) => ({ taskId: TASK, role, at: after((i + 1) * 60 + i) }));
const received = (change: Record<string, number> = {}): { received: Map<string, number> } => ({
  received: new Map(STAFF.map(({ role, sms }) => [`${sms} 4b8c2d10`, change[role] ?? 1])),
});

describe('what the soak finds wrong with who was asked', () => {
  it('has nothing to say where each was asked once, in order, and heard once', () => {
    expect(wrongEscalations([TASK], all, received())).toEqual([]);
  });

  it.each<[string, ReturnType<typeof wrongEscalations>]>([
    ['a step that was not asked', wrongEscalations([TASK], all.slice(1), received())],
    ['a step that was asked twice', wrongEscalations([TASK], [...all, all[2]!], received())],
    ['steps out of order', wrongEscalations([TASK], [...all].reverse(), received())],
    ['a message that nobody received', wrongEscalations([TASK], all, received({ manager: 0 }))],
    ['a message that was received twice', wrongEscalations([TASK], all, received({ manager: 2 }))],
    ['a call of which nothing is known', wrongEscalations([TASK], [], { received: new Map() })],
  ])('finds %s', (_, wrong) => expect(wrong.length).toBeGreaterThan(0));
});

describe('how the soak knows waiting from being late', () => {
  const calls = [{ id: TASK, since: SINCE }];

  it.each([
    [59, 0, 0],
    [60, 0, 1],
    [61, 1, 0],
    [180, 1, 2],
  ])('%i s after a result with %i steps asked, %i are due', (seconds, asked, due) => {
    expect(stepsDue(calls, all.slice(0, asked), after(seconds))).toBe(due);
  });

  it('says how late the latest step was', () => {
    expect(latestStep(calls, all)).toBe(2000);
    expect(latestStep([], all)).toBe(0);
  });
});
