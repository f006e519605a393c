import { DateTime } from 'luxon';
import { LONGEST_HOURS, type NotificationPolicy, type Urgency } from './policy.js';

/** A year of holidays means that the calendar is wrong: the finding is then due at once. */
const LONGEST_SEARCH_DAYS = 366;

/**
 * By when a person must have been told of a finding.
 * @param from when the finding was made
 * @param zone the centre's time zone, which decides what a working day is
 */
export function dueTime(policy: NotificationPolicy, urgency: Urgency, from: Date, zone: string): Date {
  const limit = policy.tell_within[urgency];
  if ('hours' in limit) return DateTime.fromJSDate(from).plus({ hours: limit.hours }).toJSDate();
  if ('days' in limit) return DateTime.fromJSDate(from, { zone }).plus({ days: limit.days }).toJSDate();
  const found = DateTime.fromJSDate(from, { zone });
  const end = endOfWorkingDay(policy, found);
  // Over long holidays the next working day may be further off than a class allows.
  const longest = LONGEST_HOURS[urgency];
  return (longest === undefined ? end : DateTime.min(end, found.plus({ hours: longest }))).toJSDate();
}

/** The end of this working day; of the next one when today's has ended or is none. */
function endOfWorkingDay(policy: NotificationPolicy, from: DateTime): DateTime {
  const [hour = 0, minute = 0] = policy.working_hours.to.split(':').map(Number);
  let end = from.set({ hour, minute, second: 0, millisecond: 0 });
  for (let day = 0; day < LONGEST_SEARCH_DAYS; day++) {
    if (end > from && isWorkingDay(policy, end)) return end;
    end = end.plus({ days: 1 });
  }
  return from;
}

/** Whether a day is worked, holidays and days worked instead considered. */
export function isWorkingDay(policy: NotificationPolicy, day: DateTime): boolean {
  const date = day.toISODate() ?? '';
  if (policy.extra_workdays.includes(date)) return true;
  return policy.working_hours.days.includes(day.weekday) && !policy.holidays.includes(date);
}
