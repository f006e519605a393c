import { DateTime } from 'luxon';
import { type LadderRole } from './calling.js';
import { type NotificationPolicy, type Urgency } from './policy.js';

/** What the plan asks of a task; all instants, all facts. A doctor's doubt is not among them: it stops no clock. */
export interface AtWork {
  urgency: Urgency;
  /** When the clock of its gravest, earliest finding began. */
  since: Date;
  /** By when the person must have been told. */
  dueAt: Date;
  /** Somebody holds it until then; null when nobody does. */
  claimedUntil: Date | null;
  attempts: number;
  lastAttemptAt: Date | null;
  /** A time promised to the person (or chosen by the nurse), before which nobody rings. */
  promisedAt: Date | null;
  /** When the person was told; null while they have not been. */
  toldAt: Date | null;
  /** When its outcome became known. */
  closedAt: Date | null;
  /** How many steps of the ladder have been asked already, the nurse's among them. */
  steps: number;
}

/** What is due of a task, each null when it is not any more. */
export interface Plan {
  claimBy: Date | null;
  reachBy: Date | null;
  closeBy: Date | null;
  /** From when on the next call may be made: attempts, promise and quiet hours considered. */
  attemptAt: Date | null;
  /** See `nextOnLadder`. */
  escalate: { step: number; role: LadderRole; at: Date } | null;
  /** When to ask what became of it. */
  followUpAt: Date | null;
}

/**
 * What is due next of a task. Pure: the same task, policy and instant give the same plan.
 * @param now the earliest instant of the next attempt and follow-up; everything else follows from the task alone
 */
export function planCall(task: AtWork, policy: NotificationPolicy, now: Date, zone: string): Plan {
  const none: Plan = {
    claimBy: null, reachBy: null, closeBy: null, attemptAt: null, escalate: null, followUpAt: null,
  }; // prettier-ignore
  if (task.closedAt) return none;
  const followUp = policy.follow_up_days[task.urgency];
  if (task.toldAt) {
    const told = DateTime.fromJSDate(task.toldAt, { zone });
    const asked = followUp.map((days) => told.plus({ days }).toJSDate());
    return {
      ...none,
      closeBy: asked.at(-1)!,
      followUpAt: asked.find((at) => at > now) ?? asked.at(-1)!,
    };
  }
  const isHeld = task.claimedUntil !== null && task.claimedUntil > now;
  const claimBy = plusMinutes(task.since, policy.claim_within_minutes[task.urgency]);
  return {
    ...none,
    // A limit to claim beyond the limit to tell would be none.
    claimBy: isHeld || task.attempts > 0 ? null : earlier(claimBy, task.dueAt),
    reachBy: task.dueAt,
    attemptAt: attemptAt(task, policy, now, zone),
    escalate: nextOnLadder(task, policy),
  };
}

/** The next role that hears of a task, and when: at the limit at the latest, however far its step is. Null after the last. */
export function nextOnLadder(
  { urgency, since, dueAt, steps }: Pick<AtWork, 'urgency' | 'since' | 'dueAt' | 'steps'>,
  policy: NotificationPolicy,
): Plan['escalate'] {
  const next = policy.ladder[urgency][steps];
  return next
    ? { step: steps, role: next.role, at: earlier(plusMinutes(since, next.after_minutes), dueAt) }
    : null;
}

function attemptAt(task: AtWork, policy: NotificationPolicy, now: Date, zone: string): Date {
  const every = policy.attempts[task.urgency].every_minutes;
  const again = task.lastAttemptAt ? plusMinutes(task.lastAttemptAt, every) : task.since;
  const wanted = [now, task.promisedAt ?? again].reduce(later);
  return quietUntil(policy, task.urgency, wanted, zone);
}

/** The instant itself, or the end of the quiet hours that it falls into. */
export function quietUntil(policy: NotificationPolicy, urgency: Urgency, at: Date, zone: string): Date {
  const quiet = urgency === 'A' ? undefined : policy.quiet_hours[urgency];
  if (!quiet || quiet.from === quiet.to) return at;
  const local = DateTime.fromJSDate(at, { zone });
  const clock = local.toFormat('HH:mm');
  const passesMidnight = quiet.from > quiet.to;
  const isQuiet = passesMidnight
    ? clock >= quiet.from || clock < quiet.to
    : clock >= quiet.from && clock < quiet.to;
  if (!isQuiet) return at;
  const [hour = 0, minute = 0] = quiet.to.split(':').map(Number);
  const day = passesMidnight && clock >= quiet.from ? local.plus({ days: 1 }) : local;
  return day.set({ hour, minute, second: 0, millisecond: 0 }).toJSDate();
}

function plusMinutes(at: Date, minutes: number): Date {
  return new Date(at.getTime() + minutes * 60_000);
}

function earlier(a: Date, b: Date): Date {
  return a < b ? a : b;
}

function later(a: Date, b: Date): Date {
  return a > b ? a : b;
}
