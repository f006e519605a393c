import type { CallBody } from '../api/client';
import { day } from '../words/times';
import type { ReadBack } from './read-back';

/** Ways in which nobody is told. */
export const FAILED = ['no-answer', 'busy', 'call-back', 'refused', 'wrong-number'] as const;
export type Failure = (typeof FAILED)[number];

/** In the order of their digits. */
export const ANSWERED_BY = ['self', 'guardian', 'relative'] as const;
export const RECHECKS = ['none', 'today', 'days3', 'week', 'day'] as const;

/** The form as it is filled in. */
export interface CallTyped {
  name?: string;
  birthDate?: string;
  answeredBy: (typeof ANSWERED_BY)[number];
  relativeName?: string;
  values?: (string | undefined)[];
  units?: (string | undefined)[];
  recheck: (typeof RECHECKS)[number];
  /** `2026-12-01`, where the recheck is on a day of its own. */
  recheckDay?: string;
  note?: string;
}

const DAY_MS = 24 * 3_600_000;
const DAYS = { none: null, today: 0, days3: 3, week: 7 } as const;
const LATEST_DAYS = 366;

export { day as dayOf };

/** A day of the centre from today on, within a year. */
export function isRecheckDay(typed: string, now: number, zone: string): boolean {
  const days = daysUntil(typed, now, zone);
  return days !== null && days >= 0 && days <= LATEST_DAYS;
}

function daysUntil(typed: string, now: number, zone: string): number | null {
  const written = typed.trim().normalize('NFKC');
  const at = /^\d{4}-\d\d-\d\d$/.test(written) ? Date.parse(written) : NaN;
  if (Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== written) return null;
  return Math.round((at - Date.parse(day(now, zone))) / DAY_MS);
}

interface Told {
  version: number;
  groups: readonly ReadBack[];
  phone: string | undefined;
  now: number;
  zone: string;
}

/** What the service is told of a call in which somebody was told. */
export function toldBody(typed: CallTyped, { version, groups, phone, now, zone }: Told): CallBody {
  const days = typed.recheck === 'day' ? daysUntil(typed.recheckDay ?? '', now, zone) : DAYS[typed.recheck];
  const unitOf = (i: number) => typed.units?.[i]?.trim();
  return {
    version,
    outcome: 'told',
    channel: 'phone',
    answeredBy: typed.answeredBy,
    ...(typed.answeredBy === 'relative' && { relativeName: typed.relativeName?.trim() ?? '' }),
    ...(phone !== undefined && { number: phone }),
    heard: { name: typed.name?.trim() ?? '', birthDate: typed.birthDate?.trim() ?? '' },
    readBack: groups.flatMap(({ findingIds }, i) =>
      findingIds.map((findingId) => ({
        findingId,
        value: typed.values?.[i]?.trim() ?? '',
        ...(unitOf(i) && { unit: unitOf(i) }),
      })),
    ),
    ...(days !== null && { recheckAt: new Date(now + days * DAY_MS).toISOString() }),
    ...(typed.note?.trim() && { note: typed.note.trim() }),
  };
}
