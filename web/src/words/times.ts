import type { Words } from './index';

const MINUTE_MS = 60_000;
const formats = new Map<string, Intl.DateTimeFormat>();

function partsOf(at: number, zone: string): Record<string, string> {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    formats.set(zone, format);
  }
  return Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
}

/** `14:32:08` in the centre's zone. */
export function clockTime(at: number, zone: string): string {
  const { hour, minute, second } = partsOf(at, zone);
  return `${hour}:${minute}:${second}`;
}

/** `2026-11-22 14:32` in the centre's zone. */
export function dayAndTime(at: number, zone: string): string {
  const { year, month, day, hour, minute } = partsOf(at, zone);
  return `${year}-${month}-${day} ${hour}:${minute}`;
}

/** `2026-11-22` in the centre's zone. */
export function day(at: number, zone: string): string {
  return dayAndTime(at, zone).slice(0, 10);
}

/** `14:55` of today, else `11-24 14:55`, of another year `2027-01-02 14:55`. */
export function shortTime(at: number, now: number, zone: string): string {
  const [then, today] = [partsOf(at, zone), partsOf(now, zone)];
  const time = `${then['hour']}:${then['minute']}`;
  if (then['year'] !== today['year']) return `${then['year']}-${then['month']}-${then['day']} ${time}`;
  const isToday = then['month'] === today['month'] && then['day'] === today['day'];
  return isToday ? time : `${then['month']}-${then['day']} ${time}`;
}

/** The same to the second: `14:32:08`. */
export function shortTimeToSecond(at: number, now: number, zone: string): string {
  return `${shortTime(at, now, zone)}${clockTime(at, zone).slice(-3)}`;
}

/** How long until a time, or since: `剩 23 分`, `超时 2 天`. It changes by the minute. */
export function timeLeft(due: number, now: number, words: Words): string {
  const { left, overdue } = words.queue;
  const minutes = Math.floor(Math.abs(due - now) / MINUTE_MS);
  const span = spanInWords(minutes, words);
  return due >= now ? left(span) : overdue(span);
}

function spanInWords(minutes: number, { queue }: Words): string {
  if (minutes < 60) return queue.minutes(minutes);
  if (minutes < 24 * 60) return queue.hours(Math.floor(minutes / 60), minutes % 60);
  return queue.days(Math.floor(minutes / (24 * 60)));
}
