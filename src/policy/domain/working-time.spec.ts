import { type NotificationPolicy } from './policy.js';
import { workingMinutes } from './working-time.js';

const policy = {
  working_hours: { days: [1, 2, 3, 4, 5], from: '08:00', to: '17:30' },
  holidays: ['2026-03-04'],
  extra_workdays: ['2026-03-08'],
} as unknown as NotificationPolicy;
const minutes = (from: string, to: string): number =>
  workingMinutes(policy, new Date(`${from}+08:00`), new Date(`${to}+08:00`), 'Asia/Shanghai');

describe('working minutes', () => {
  it.each([
    ['within a day', '2026-03-02T09:00', '2026-03-02T09:45', 45],
    ['over a night', '2026-03-02T17:00', '2026-03-03T08:10', 40],
    ['over a holiday', '2026-03-03T17:00', '2026-03-05T08:00', 30],
    ['over a weekend of which one day is worked', '2026-03-06T17:30', '2026-03-09T08:00', 570],
    ['at night', '2026-03-02T20:00', '2026-03-03T02:00', 0],
    ['backwards', '2026-03-03T09:00', '2026-03-02T09:00', 0],
  ])('%s', (_, from, to, expected) => expect(minutes(from, to)).toBe(expected));

  it('of years are those of the last month', () => {
    expect(minutes('2016-03-02T09:00', '2026-03-02T09:00')).toBeGreaterThan(10_000);
  });
});
