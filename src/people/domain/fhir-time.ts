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
const spans = new Map<string, Map<string, TimeSpan | null>>();

/**
 * Reads a FHIR date, dateTime or instant. A date without a time is the whole day in the centre's zone.
 * @returns null when the text is missing or no date.
 */
export function readTime(text: string | undefined, zone: string): TimeSpan | null {
  if (!text) return null;
  let ofZone = spans.get(zone);
  if (!ofZone) spans.set(zone, (ofZone = new Map<string, TimeSpan | null>()));
  let span = ofZone.get(text);
  if (span === undefined) {
    if (ofZone.size >= MOST_REMEMBERED) ofZone.clear();
    span = WITH_ZONE.test(text) ? readInstant(text) : readDay(text, zone);
    ofZone.set(text, span);
  }
  return span;
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

interface Ages {
  years: number | null;
  days: number | null;
}

const NO_AGES: Ages = { years: null, days: null };
/** The results of one message are of one person and share their instants. */
const ages = new WeakMap<Date, Ages & { birthDate: string; zone: string }>();

/** Completed years at an instant; null when the birth date is unknown or comes later. A bare year or month counts from its end (the younger reading). */
export function ageInYears(birthDate: string | null, at: Date, zone: string): number | null {
  return agesAt(birthDate, at, zone).years;
}

/** Completed days at an instant, by the centre's calendar; null and bare years or months as for `ageInYears`. */
export function ageInDays(birthDate: string | null, at: Date, zone: string): number | null {
  return agesAt(birthDate, at, zone).days;
}

function agesAt(birthDate: string | null, at: Date, zone: string): Ages {
  if (birthDate === null) return NO_AGES;
  const known = ages.get(at);
  if (known?.birthDate === birthDate && known.zone === zone) return known;
  const found = { birthDate, zone, ...reckonAges(birthDate, at, zone) };
  ages.set(at, found);
  return found;
}

function reckonAges(birthDate: string, at: Date, zone: string): Ages {
  const born = lastDayOf(birthDate);
  if (!born) return NO_AGES;
  const local = new Date(at.getTime() + offsetMinutes(at.getTime(), zone) * 60_000);
  const [year, month, day] = [local.getUTCFullYear(), local.getUTCMonth() + 1, local.getUTCDate()];
  const isBeforeBirthday = month < born.month || (month === born.month && day < born.day);
  const years = year - born.year - (isBeforeBirthday ? 1 : 0);
  if (years < 0) return NO_AGES;
  const firstDay = new Date(0);
  firstDay.setUTCFullYear(born.year, born.month - 1, born.day);
  return { years, days: Math.floor(local.getTime() / DAY_MS) - firstDay.getTime() / DAY_MS };
}

/** The day of a FHIR date; of a bare month or year its last. Null when there is no such day. */
function lastDayOf(date: string): { year: number; month: number; day: number } | null {
  const [, year, month = '12', day] = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(date) ?? [];
  if (year === undefined || Number(month) < 1 || Number(month) > 12) return null;
  const last = new Date(0);
  last.setUTCFullYear(Number(year), Number(month), 0);
  const days = last.getUTCDate();
  const wanted = day === undefined ? days : Number(day);
  return wanted >= 1 && wanted <= days ? { year: Number(year), month: Number(month), day: wanted } : null;
}

const DAY_MS = 86_400_000;
/** Minutes east of UTC by zone and UTC day, NaN on a day when the clocks change: asking the zone is slow. */
const offsets = new Map<string, Map<number, number>>();

function offsetMinutes(at: number, zone: string): number {
  let ofZone = offsets.get(zone);
  if (!ofZone) offsets.set(zone, (ofZone = new Map<number, number>()));
  const day = Math.floor(at / DAY_MS);
  let offset = ofZone.get(day);
  if (offset === undefined) {
    if (ofZone.size >= MOST_REMEMBERED) ofZone.clear();
    const start = offsetAt(day * DAY_MS, zone);
    offset = start === offsetAt((day + 1) * DAY_MS, zone) ? start : Number.NaN;
    ofZone.set(day, offset);
  }
  return Number.isNaN(offset) ? offsetAt(at, zone) : offset;
}

function offsetAt(at: number, zone: string): number {
  return DateTime.fromMillis(at, { zone }).offset;
}
