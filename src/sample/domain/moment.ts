export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** China has one zone without summer time: an instant is written as its laboratories write it, `…+08:00`. */
export function chinaTime(instant: number): string {
  return `${new Date(instant + 8 * HOUR).toISOString().slice(0, 19)}+08:00`;
}

/** The day in China of an instant, `YYYY-MM-DD`. */
export function chinaDay(instant: number): string {
  return chinaTime(instant).slice(0, 10);
}

/** The instant of `hours` (may be a fraction) on the same day in China. */
export function atHour(instant: number, hours: number): number {
  const midnight = Math.floor((instant + 8 * HOUR) / DAY) * DAY - 8 * HOUR;
  return midnight + Math.round((hours * HOUR) / MINUTE) * MINUTE;
}
