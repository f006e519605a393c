import { DateTime } from 'luxon';
import { isWorkingDay } from './due-time.js';
import { type NotificationPolicy } from './policy.js';

/** Longer than any holiday: who has been silent for so long has been silent for longer than any gap. */
const MOST_DAYS = 31;

/** Minutes of working hours between two instants, as the policy has its days, holidays and hours. */
export function workingMinutes(policy: NotificationPolicy, from: Date, to: Date, zone: string): number {
  const end = DateTime.fromJSDate(to, { zone });
  const start = DateTime.max(DateTime.fromJSDate(from, { zone }), end.minus({ days: MOST_DAYS }));
  let minutes = 0;
  for (let day = start.startOf('day'); day <= end; day = day.plus({ days: 1 })) {
    if (!isWorkingDay(policy, day)) continue;
    const opens = DateTime.max(start, at(day, policy.working_hours.from));
    const closes = DateTime.min(end, at(day, policy.working_hours.to));
    minutes += Math.max(0, closes.diff(opens, 'minutes').minutes);
  }
  return minutes;
}

function at(day: DateTime, clock: string): DateTime {
  const [hour = 0, minute = 0] = clock.split(':').map(Number);
  return day.set({ hour, minute });
}
