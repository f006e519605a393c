import fc from 'fast-check';
import { type Finding } from '../../assessment/index.js';
import { compareUrgency, URGENCIES, type Urgency } from '../../policy/index.js';
import { belongsTo, planTasks, TASK_CODES } from './plan-tasks.js';

const at = (minute: number): Date => new Date(Date.UTC(2026, 2, 2, 0, minute));
const finding = (id: string, change: Partial<Finding> = {}): Finding => ({
  id,
  personId: 'p1',
  observationId: `o-${id}`,
  ruleId: 'pack/rule',
  ruleSetVersion: 'v1',
  component: 0,
  kind: 'finding',
  status: 'final',
  urgency: 'important',
  disposition: 'call',
  reason: 'important',
  toldValue: 'x',
  evidence: { at: '2026-03-01T00:00:00.000Z' } as Finding['evidence'],
  identifiedAt: at(0),
  updatedAt: at(0),
  toldAt: null,
  toldAs: null,
  correction: 'none',
  decidedAt: null,
  ...change,
});
const HOURS = { A: 2, important: 8, B: 168, C: 720 };
const plan = (...findings: Finding[]): ReturnType<typeof planTasks> =>
  planTasks(findings, ({ urgency }, from) => new Date(from.getTime() + HOURS[urgency] * 3_600_000));
const codes = (...findings: Finding[]): string =>
  plan(...findings)
    .map(({ code }) => code)
    .join(' ');
const retracted = { status: 'retracted' } as const;
const told = { toldAt: at(1), toldAs: { value: 'x', sentence: { zh: '', en: '' } } };
const due = { ...told, correction: 'due' } as const;

describe('what a finding asks for', () => {
  it.each<[string, Partial<Finding>, string]>([
    ['a finding is called', {}, 'notify'],
    ['a preliminary one too', { status: 'preliminary' }, 'notify'],
    ['a retracted one is not', retracted, ''],
    ['one that was told is not called again', told, ''],
    ['one that rings nobody', { disposition: 'none', reason: 'stale' }, ''],
    ['a late one goes to the doctor', { disposition: 'doctor', reason: 'late' }, 'review'],
    ['a review goes to the doctor', { kind: 'review', disposition: 'doctor', reason: 'undecided' }, 'review'],
    ['a decided review is closed', { kind: 'review', disposition: 'doctor', decidedAt: at(1) }, ''],
    ['a told value that changed is corrected', due, 'correction'],
    ['a told finding that was retracted is corrected', { ...due, ...retracted }, 'correction'],
    ['nobody phones the dead', { disposition: 'doctor', reason: 'deceased' }, 'review'],
    ['not even for a correction', { ...due, disposition: 'doctor', reason: 'deceased' }, 'review'],
    ['nor once the doctor has decided', { ...due, reason: 'deceased', decidedAt: at(2) }, ''],
    ['a minor without a guardian is not phoned', { ...due, ...retracted, reason: 'no-guardian' }, 'review'],
    ['a correction that was told is closed', { ...told, correction: 'done' }, ''],
    ['what was retracted and told so may ring again', { correction: 'done' }, 'notify'],
  ])('%s', (_, change, expected) => {
    expect(codes(finding('1', change))).toBe(expected);
  });

  it('may be a call, a review and a correction at a time, one of each', () => {
    const list = [
      finding('1'),
      finding('2'),
      finding('3', { kind: 'review', disposition: 'doctor' }),
      finding('4', { kind: 'review', disposition: 'doctor' }),
      finding('5', due),
      finding('6', due),
    ];
    expect(codes(...list)).toBe('notify review correction');
    expect(codes()).toBe('');
  });
});

describe('the class and clock of a task', () => {
  it('are those of its gravest finding, and of the earliest among equals', () => {
    const [task] = plan(
      finding('early-b', { urgency: 'B', identifiedAt: at(0) }),
      finding('late-a', { urgency: 'A', identifiedAt: at(9) }),
      finding('early-a', { urgency: 'A', identifiedAt: at(5) }),
    );
    expect(task).toMatchObject({ urgency: 'A', reasonFindingId: 'early-a', dueAt: at(5 + 120) });
    expect(task?.findingIds).toEqual(['early-a', 'late-a', 'early-b']);
  });

  it('go down again when the gravest is retracted', () => {
    const [task] = plan(finding('1', { urgency: 'A', ...retracted }), finding('2', { urgency: 'B' }));
    expect(task).toMatchObject({ urgency: 'B', reasonFindingId: '2' });
  });

  // Important results are due within the day, class A within two hours, class B within the week: minutes after 00:00.
  it.each<[string, [Urgency, number, Partial<Finding>?][], { urgency: Urgency; due: number; reason: number }]>([
    ['alone: its own', [['important', 0]], { urgency: 'important', due: 480, reason: 0 }],
    ['a graver one is due sooner', [['important', 0], ['A', 60]], { urgency: 'A', due: 180, reason: 1 }],
    ['a graver one is due later', [['important', 0], ['A', 420]], { urgency: 'A', due: 480, reason: 1 }],
    ['at the same instant', [['important', 0], ['A', 360]], { urgency: 'A', due: 480, reason: 1 }],
    ['a week that is nearly over', [['B', 0], ['important', 10_000]], { urgency: 'important', due: 10_080, reason: 1 }],
    ['three classes, the least grave due first', [['B', 0], ['important', 9_900], ['A', 10_000]], { urgency: 'A', due: 10_080, reason: 2 }],
    ['of one class the earliest, whichever came first', [['important', 30], ['important', 10]], { urgency: 'important', due: 490, reason: 1 }],
    ['later again once the early one is retracted', [['important', 0, retracted], ['A', 420]], { urgency: 'A', due: 540, reason: 1 }],
    ['later again once the early one was told', [['important', 0, told], ['A', 420]], { urgency: 'A', due: 540, reason: 1 }],
  ])('class of the gravest, due with the first: %s', (_, findings, { urgency, due, reason }) => {
    const [task] = plan(
      ...findings.map(([of, minute, change], i) =>
        finding(String(i), { urgency: of, identifiedAt: at(minute), updatedAt: at(minute), ...change }),
      ),
    );
    expect(task).toMatchObject({ urgency, reasonFindingId: String(reason), dueAt: at(due) });
  }); // prettier-ignore

  it('run, for corrections, from the earliest change of what was told', () => {
    const [task] = plan(
      finding('1', { ...due, identifiedAt: at(0), updatedAt: at(50) }),
      finding('2', { ...due, identifiedAt: at(1), updatedAt: at(20) }),
    );
    expect(task).toMatchObject({ code: 'correction', reasonFindingId: '2', dueAt: at(20 + 480) });
  });

  const minute = fc.integer({ min: 0, max: 60 * 24 * 40 }).map(at);
  const anyFinding = fc.record({
    urgency: fc.constantFrom(...URGENCIES),
    ruleId: fc.constantFrom('pack/a', 'pack/b'),
    identifiedAt: fc.oneof(fc.constantFrom(at(0), at(1)), minute),
    updatedAt: fc.oneof(fc.constantFrom(at(2), at(3)), minute),
    status: fc.constantFrom('final' as const, 'retracted' as const),
    disposition: fc.constantFrom('call' as const, 'doctor' as const, 'none' as const),
    reason: fc.constantFrom('important' as const, 'deceased' as const),
    correction: fc.constantFrom('none' as const, 'due' as const),
  });

  it('never move later, nor down, by a finding that joins', () => {
    fc.assert(
      fc.property(fc.array(anyFinding, { maxLength: 6 }), anyFinding, (changes, joining) => {
        const list = changes.map((change, i) => finding(`f${i}`, change));
        const after = plan(...list, finding('joining', joining));
        for (const before of plan(...list)) {
          const same = after.find(({ code }) => code === before.code)!;
          expect(same.dueAt.getTime()).toBeLessThanOrEqual(before.dueAt.getTime());
          expect(compareUrgency(same.urgency, before.urgency)).toBeLessThanOrEqual(0);
        }
      }),
    );
  });

  it('do not depend on the order in which findings are read, nor lose or share one', () => {
    fc.assert(
      fc.property(fc.array(anyFinding, { maxLength: 8 }), (changes) => {
        const list = changes.map((change, i) => finding(`f${i}`, change));
        const tasks = plan(...list);
        expect(plan(...[...list].reverse())).toEqual(tasks);
        const placed = tasks.flatMap((task) => task.findingIds);
        expect(new Set(placed).size).toBe(placed.length);
        const asking = list.filter((each) => TASK_CODES.some((code) => belongsTo(code, each)));
        expect([...placed].sort()).toEqual(asking.map(({ id }) => id).sort());
      }),
    );
  });
});
