import type { CallBody } from '../api/client';
import type { ReadBack } from './read-back';

/** Ways in which nobody is told. */
export const FAILED = ['no-answer', 'busy', 'call-back', 'refused', 'wrong-number'] as const;
export type Failure = (typeof FAILED)[number];

/** The form as it is filled in. */
export interface CallTyped {
  name?: string;
  birthDate?: string;
  answeredBy: 'self' | 'guardian' | 'relative';
  relativeName?: string;
  values?: (string | undefined)[];
  units?: (string | undefined)[];
  recheck: 'none' | 'today' | 'days3' | 'week';
  note?: string;
}

const DAY_MS = 24 * 3_600_000;
const DAYS = { none: null, today: 0, days3: 3, week: 7 } as const;

/** What the service is told of a call in which somebody was told. */
export function toldBody(
  typed: CallTyped,
  version: number,
  groups: readonly ReadBack[],
  phone: string | undefined,
  now: number,
): CallBody {
  const days = DAYS[typed.recheck];
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
