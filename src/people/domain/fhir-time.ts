import { DateTime } from 'luxon';

/** The span of time a FHIR date or dateTime means: an instant, or the centre's day, month or year. */
export interface TimeSpan {
  from: Date;
  /** Last millisecond of a day, month or year; the same as `from` for an instant. */
  to: Date;
}

const WITH_ZONE = /T.*(Z|[+-]\d\d:\d\d)$/;
const UNITS = { 4: 'year', 7: 'month', 10: 'day' } as const;
const DAYS_CACHED = 4000;
const days = new Map<string, TimeSpan | null>();

/**
 * Reads a FHIR date, dateTime or instant. A date without a time is the whole day in the centre's zone.
 * @returns null when the text is missing or no date.
 */
export function readTime(text: string | undefined, zone: string): TimeSpan | null {
  if (!text) return null;
  if (WITH_ZONE.test(text)) {
    const at = new Date(text);
    return Number.isNaN(at.getTime()) ? null : { from: at, to: at };
  }
  const key = `${zone} ${text}`;
  let span = days.get(key);
  if (span === undefined) {
    span = readDay(text, zone);
    if (days.size < DAYS_CACHED) days.set(key, span);
  }
  return span;
}

function readDay(text: string, zone: string): TimeSpan | null {
  const start = DateTime.fromISO(text, { zone });
  if (!start.isValid) return null;
  const unit = UNITS[text.length as keyof typeof UNITS];
  return { from: start.toJSDate(), to: (unit ? start.endOf(unit) : start).toJSDate() };
}

/** Completed years at an instant; null when the birth date is unknown or comes later. A bare year or month counts from its end (the younger reading). */
export function ageInYears(birthDate: string | null, at: Date, zone: string): number | null {
  const born = readTime(birthDate ?? undefined, zone);
  if (!born) return null;
  const [by = 0, bm = 12, bd] = birthDate!.split('-').map(Number);
  const day = bd ?? 31;
  const local = DateTime.fromJSDate(at, { zone });
  const years = local.year - by - (local.month < bm || (local.month === bm && local.day < day) ? 1 : 0);
  return years < 0 ? null : years;
}
