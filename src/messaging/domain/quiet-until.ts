import { mayPhone, type NotificationPolicy, planCall, type Urgency } from '../../policy/index.js';

/** The instant itself, or the end of the quiet hours that it falls into: a message rings as a call does. */
export function quietUntil(policy: NotificationPolicy, urgency: Urgency, at: Date, zone: string): Date {
  if (mayPhone(policy, urgency, at, zone)) return at;
  // A call that was promised for this instant is made at the first one after it that the policy allows.
  const call = { urgency, since: at, dueAt: at, promisedAt: at, attempts: 0, steps: 0 };
  const untouched = { claimedUntil: null, lastAttemptAt: null, toldAt: null, closedAt: null };
  return planCall({ ...call, ...untouched }, policy, at, zone).attemptAt ?? at;
}
