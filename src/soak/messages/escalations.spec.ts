import { wrongEscalations } from './escalations.js';
import { STAFF } from './results.js';

const TASK = '0197f1c2-5a0e-7c6b-9d5e-3f6a4b8c2d10';
const all = STAFF.map(({ role }) => ({ taskId: TASK, role }));
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
