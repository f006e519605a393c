import { DateTime } from 'luxon';
import { type LadderRole, type RotaEntry } from './calling.js';
import { type NotificationPolicy } from './policy.js';

/** Who of a role is on duty at an instant, by the rota; in the order of the file. */
export function onDuty(policy: NotificationPolicy, role: LadderRole, at: Date, zone: string): string[] {
  const local = DateTime.fromJSDate(at, { zone });
  return (policy.rota[role] ?? []).filter((entry) => covers(entry, local)).map(({ user }) => user);
}

/** A duty that passes midnight belongs to the day it began on. */
function covers({ days, from = '00:00', to = '24:00' }: RotaEntry, at: DateTime): boolean {
  const clock = at.toFormat('HH:mm');
  const worksOn = (day: DateTime): boolean => days === undefined || days.includes(day.weekday);
  if (from < to) return worksOn(at) && clock >= from && clock < to;
  return (worksOn(at) && clock >= from) || (worksOn(at.minus({ days: 1 })) && clock < to);
}

/** A role without which, at some time of the week, nobody by name would hear of a class A in time. */
export interface WeakSpot {
  role: LadderRole | null;
  /** The first such time of the week: 1 = Monday, and the clock. */
  weekday: number;
  clock: string;
}

const STEP_MINUTES = 15;
const WEEK_STEPS = (7 * 24 * 60) / STEP_MINUTES;

/**
 * Takes away one role of class A's ladder after another and asks for every quarter of an hour of a week whether somebody
 * by name is on duty at one of the others, in time. `role: null` where nobody is even with all of them.
 */
export function weakSpots(policy: NotificationPolicy): WeakSpot[] {
  const roles = policy.ladder.A.map(({ role }) => role);
  // The rota's clocks are local: any zone will do, and this one never changes them.
  const zone = 'UTC';
  const monday = DateTime.fromISO('2026-01-05T00:00', { zone });
  const times = Array.from({ length: WEEK_STEPS }, (_, i) => monday.plus({ minutes: i * STEP_MINUTES }));
  const isHeard = (at: DateTime, without: LadderRole | null): boolean =>
    policy.ladder.A.some(
      ({ role, after_minutes }) =>
        role !== without &&
        onDuty(policy, role, at.plus({ minutes: after_minutes }).toJSDate(), zone).length > 0,
    );
  const spots = ([null, ...roles] as const).flatMap((role): WeakSpot[] => {
    const at = times.find((time) => !isHeard(time, role));
    return at ? [{ role, weekday: at.weekday, clock: at.toFormat('HH:mm') }] : [];
  });
  // Where nobody is there at all, each role's absence says nothing more.
  return spots[0]?.role === null ? spots.slice(0, 1) : spots;
}
