import { DateTime } from 'luxon';

/** The results of one message share their instants: what was worked out a moment ago is not worked out again. */
const MOST_REMEMBERED = 4000;
const days = new Map<string, string>();
const starts = new Map<string, Date>();

/** The day of an instant (ISO 8601) in a zone, `2026-03-02`. */
export function localDay(at: string, zone: string): string {
  const key = `${zone} ${at}`;
  let day = days.get(key);
  if (day === undefined) {
    if (days.size >= MOST_REMEMBERED) days.clear();
    days.set(key, (day = DateTime.fromISO(at, { zone }).toFormat('yyyy-MM-dd')));
  }
  return day;
}

/** The first instant of the day of an instant, in a zone. */
export function startOfLocalDay(at: Date, zone: string): Date {
  const key = `${zone} ${at.getTime()}`;
  let start = starts.get(key);
  if (start === undefined) {
    if (starts.size >= MOST_REMEMBERED) starts.clear();
    starts.set(key, (start = DateTime.fromJSDate(at, { zone }).startOf('day').toJSDate()));
  }
  return start;
}

/** The first instant after a day (`2026-03-02`) in a zone; null where there is no such day. */
export function endOfLocalDay(day: string, zone: string): Date | null {
  const start = DateTime.fromFormat(day, 'yyyy-MM-dd', { zone });
  return start.isValid ? start.plus({ days: 1 }).startOf('day').toJSDate() : null;
}
