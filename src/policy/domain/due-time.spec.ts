import fc from 'fast-check';
import { CALLING_DEFAULTS } from './calling.js';
import { dueTime } from './due-time.js';
import { compareUrgency, type NotificationPolicy, URGENCIES, urgencyOf } from './policy.js';

const SHANGHAI = 'Asia/Shanghai';
const policy: NotificationPolicy = {
  ...CALLING_DEFAULTS,
  working_hours: { days: [1, 2, 3, 4, 5], from: '08:00', to: '17:30' },
  holidays: ['2026-10-01', '2026-10-02', '2026-10-05', '2026-10-06', '2026-10-07'],
  extra_workdays: ['2026-10-10'],
  tell_within: { A: { hours: 2 }, important: { same_working_day: true }, B: { days: 7 }, C: { days: 30 } },
  packs: { 'important-results': 'important', slow: 'C', urgent: 'A' },
  freshness: { days: 30, days_class_A: 90 },
  late_review: [],
  minors: { guardian_below: 18 },
};
const due = (urgency: 'A' | 'important' | 'B' | 'C', from: string, zone = SHANGHAI): string =>
  dueTime(policy, urgency, new Date(from), zone).toISOString();

describe('the same working day', () => {
  // 2026-03-02 is a Monday.
  it.each([
    ['in the morning', '2026-03-02T09:00:00+08:00', '2026-03-02T09:30:00.000Z'],
    ['before work begins', '2026-03-02T00:00:00+08:00', '2026-03-02T09:30:00.000Z'],
    ['in the last millisecond', '2026-03-02T17:29:59.999+08:00', '2026-03-02T09:30:00.000Z'],
    ['at the end of work', '2026-03-02T17:30:00+08:00', '2026-03-03T09:30:00.000Z'],
    ['late on Friday', '2026-03-06T18:00:00+08:00', '2026-03-09T09:30:00.000Z'],
    ['on Saturday', '2026-03-07T09:00:00+08:00', '2026-03-09T09:30:00.000Z'],
    ['on the eve of the holidays, after work', '2026-09-30T20:00:00+08:00', '2026-10-08T09:30:00.000Z'],
    ['on a holiday', '2026-10-01T09:00:00+08:00', '2026-10-08T09:30:00.000Z'],
    ['on a Saturday that is worked', '2026-10-10T09:00:00+08:00', '2026-10-10T09:30:00.000Z'],
    ['on Friday evening before it', '2026-10-09T18:00:00+08:00', '2026-10-10T09:30:00.000Z'],
  ])('found %s', (_, from, expected) => {
    expect(due('important', from)).toBe(expected);
  });

  it('ends by the clock on the wall where clocks change', () => {
    expect(due('important', '2026-03-27T18:00:00+01:00', 'Europe/Berlin')).toBe('2026-03-30T15:30:00.000Z');
  });

  it('is due at once when no day is ever worked', () => {
    const never = { ...policy, working_hours: { ...policy.working_hours, days: [] }, extra_workdays: [] };
    const from = new Date('2026-03-02T01:00:00Z');
    expect(dueTime(never, 'important', from, SHANGHAI)).toEqual(from);
  });

  it('is after the finding, on a working day, and never later for an earlier one', () => {
    const instant = fc.date({
      min: new Date('2026-01-01T00:00:00Z'),
      max: new Date('2026-12-01T00:00:00Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(instant, instant, (a, b) => {
        const [early, late] = a <= b ? [a, b] : [b, a];
        const end = dueTime(policy, 'important', early, SHANGHAI);
        expect(end.getTime()).toBeGreaterThan(early.getTime());
        expect(end.toISOString()).toMatch(/T09:30:00\.000Z$/);
        expect(policy.holidays).not.toContain(end.toISOString().slice(0, 10));
        expect(end.getTime()).toBeLessThanOrEqual(dueTime(policy, 'important', late, SHANGHAI).getTime());
      }),
    );
  });
});

describe('hours and days', () => {
  it('class A is due within two hours, at night and on holidays too', () => {
    expect(due('A', '2026-10-01T23:30:00+08:00')).toBe('2026-10-01T17:30:00.000Z');
    expect(due('A', '2026-03-29T00:30:00+01:00', 'Europe/Berlin')).toBe('2026-03-29T01:30:00.000Z');
  });

  it('class B by the working day is due within a week, however long the holidays', () => {
    const day = { ...policy, tell_within: { ...policy.tell_within, B: { same_working_day: true as const } } };
    const dueB = (from: string) => dueTime(day, 'B', new Date(from), SHANGHAI).toISOString();
    expect(dueB('2026-03-02T09:00:00+08:00')).toBe('2026-03-02T09:30:00.000Z');
    // From Wednesday evening to Thursday of the week after.
    expect(dueB('2026-09-30T17:30:00+08:00')).toBe('2026-10-07T09:30:00.000Z');
  });

  it('days keep the hour on the wall', () => {
    expect(due('B', '2026-03-02T09:00:00+08:00')).toBe('2026-03-09T01:00:00.000Z');
    expect(due('B', '2026-03-27T09:00:00+01:00', 'Europe/Berlin')).toBe('2026-04-03T07:00:00.000Z');
    expect(due('C', '2026-01-31T09:00:00+08:00')).toBe('2026-03-02T01:00:00.000Z');
  });
});

describe('urgency', () => {
  it.each([
    ['important-results', 'A', 'A'],
    ['important-results', 'B', 'important'],
    ['important-results', null, 'important'],
    ['consensus-ab', 'A', 'A'],
    ['consensus-ab', 'B', 'B'],
    ['slow', 'A', 'A'],
    ['slow', 'B', 'B'],
    ['slow', null, 'C'],
    ['urgent', 'B', 'A'],
    ['other', 'C', 'C'],
    ['other', null, 'C'],
  ] as const)('of a rule of %s with class %s is %s', (pack, ruleClass, urgency) => {
    expect(urgencyOf(policy, pack, ruleClass)).toBe(urgency);
  });

  it('ranks A first', () => {
    expect([...URGENCIES].reverse().sort(compareUrgency)).toEqual(['A', 'important', 'B', 'C']);
  });
});
