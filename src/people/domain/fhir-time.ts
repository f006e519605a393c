import { DateTime } from 'luxon';

/** The span of time a FHIR date or dateTime means: an instant, or the centre's day, month or year. */
export interface TimeSpan {
  from: Date;
  /** Last millisecond of a day, month or year; the same as `from` for an instant. */
  to: Date;
}

const WITH_ZONE = /T.*(Z|[+-]\d\d:\d\d)$/;
const UNITS = { 4: 'year', 7: 'month', 10: 'day' } as const;
/** The results of one message share their times: what was read a moment ago is not read again. */
const MOST_REMEMBERED = 4000;
const spans = new Map<string, TimeSpan | null>();
const ages = new Map<string, number | null>();

/**
 * Reads a FHIR date, dateTime or instant. A date without a time is the whole day in the centre's zone.
 * @returns null when the text is missing or no date.
 */
export function readTime(text: string | undefined, zone: string): TimeSpan | null {
  if (!text) return null;
  return remembered(spans, `${zone} ${text}`, () =>
    WITH_ZONE.test(text) ? readInstant(text) : readDay(text, zone),
  );
}

function remembered<T>(memory: Map<string, T>, key: string, work: () => T): T {
  const known = memory.get(key);
  if (known !== undefined) return known;
  if (memory.size >= MOST_REMEMBERED) memory.clear();
  const value = work();
  memory.set(key, value);
  return value;
}

function readInstant(text: string): TimeSpan | null {
  const at = new Date(text);
  if (Number.isNaN(at.getTime())) return null;
  const kept = keepable(at);
  return { from: kept, to: kept };
}

/** Both databases keep the years 1000 to 9999 in UTC; FHIR's 0001 and its last hours of 9999 west of it come close enough. */
const EARLIEST = Date.UTC(1000, 0, 1);
const LATEST = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

function keepable(at: Date): Date {
  const time = at.getTime();
  return time < EARLIEST ? new Date(EARLIEST) : time > LATEST ? new Date(LATEST) : at;
}

function readDay(text: string, zone: string): TimeSpan | null {
  const start = DateTime.fromISO(text, { zone });
  if (!start.isValid) return null;
  const unit = UNITS[text.length as keyof typeof UNITS];
  return {
    from: keepable(start.toJSDate()),
    to: keepable((unit ? start.endOf(unit) : start).toJSDate()),
  };
}

/** Completed days at an instant, by the centre's calendar; null and bare years or months as for `ageInYears`. */
export function ageInDays(birthDate: string | null, at: Date, zone: string): number | null {
  const born = birthDate === null ? null : readTime(birthDate, zone);
  if (!born) return null;
  const day = (date: Date) => DateTime.fromJSDate(date, { zone }).startOf('day');
  const days = Math.round(day(at).diff(day(born.to), 'days').days);
  return days < 0 ? null : days;
}

/** Completed years at an instant; null when the birth date is unknown or comes later. A bare year or month counts from its end (the younger reading). */
export function ageInYears(birthDate: string | null, at: Date, zone: string): number | null {
  if (birthDate === null) return null;
  return remembered(ages, `${zone} ${birthDate} ${at.getTime()}`, () => ageAt(birthDate, at, zone));
}

function ageAt(birthDate: string, at: Date, zone: string): number | null {
  const born = readTime(birthDate, zone);
  if (!born) return null;
  const birthday = DateTime.fromJSDate(born.to, { zone });
  const local = DateTime.fromJSDate(at, { zone });
  const isBeforeBirthday =
    local.month < birthday.month || (local.month === birthday.month && local.day < birthday.day);
  const years = local.year - birthday.year - (isBeforeBirthday ? 1 : 0);
  return years < 0 ? null : years;
}
