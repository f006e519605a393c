import {
  LADDER_ROLES,
  type LadderRole,
  nextOnLadder,
  type NotificationPolicy,
  type Urgency,
} from '../../policy/index.js';

/** Where a task stands on the policy's ladder. */
export interface OnLadder {
  urgency: Urgency;
  /** From when on the steps count. */
  since: Date;
  dueAt: Date;
  /** How many steps have been asked. */
  steps: number;
}

/** What has to be asked now, first to last, and what comes after that. */
export interface Asked {
  roles: LadderRole[];
  steps: number;
  /** When the next step is asked; null after the last. */
  nextAt: Date | null;
}

/** The step that was asked last, as the policy of its time had it. */
export interface AskedLast {
  role: LadderRole;
  step: number;
}

/**
 * How many steps of the ladder as it is now have been asked. Under a policy that was changed meanwhile the place of the
 * last one is another: it goes on above whom it asked last, so that nobody who is left is passed over.
 */
export function stepsAsked(
  steps: number,
  last: AskedLast | null,
  ladder: NotificationPolicy['ladder'][Urgency],
): number {
  const atOnce = undelayed(ladder);
  // Nobody has been asked, or it began anew as a graver one.
  if (last === null || steps <= atOnce) return atOnce;
  if (last.step === steps - 1 && ladder[last.step]?.role === last.role) return steps;
  const at = ladder.findIndex(({ role }) => role === last.role);
  if (at >= 0) return at + 1;
  const above = LADDER_ROLES.indexOf(last.role);
  const next = ladder.findIndex(({ role }) => LADDER_ROLES.indexOf(role) > above);
  return next < 0 ? ladder.length : Math.max(next, atOnce);
}

/** Asks every step whose time has come: after an outage several at once, each of them once. */
export function askUntil(task: OnLadder, policy: NotificationPolicy, now: Date): Asked {
  const roles: LadderRole[] = [];
  let next = nextOnLadder(task, policy);
  while (next && next.at <= now) {
    roles.push(next.role);
    next = nextOnLadder({ ...task, steps: task.steps + roles.length }, policy);
  }
  return { roles, steps: task.steps + roles.length, nextAt: next?.at ?? null };
}

/**
 * A task that begins its way, or begins it anew as a graver one. Steps without delay need no asking: the queue does it.
 */
export function ladderFrom(
  task: Omit<OnLadder, 'steps'>,
  policy: NotificationPolicy,
): { ladderSince: Date; ladderSteps: number; escalateAt: Date | null } {
  const ladder = policy.ladder[task.urgency];
  const steps = undelayed(ladder);
  return {
    ladderSince: task.since,
    ladderSteps: steps,
    escalateAt: nextOnLadder({ ...task, steps }, policy)?.at ?? null,
  };
}

/** How many steps need no asking: the queue does it. */
function undelayed(ladder: NotificationPolicy['ladder'][Urgency]): number {
  const delayed = ladder.findIndex(({ after_minutes }) => after_minutes > 0);
  return delayed < 0 ? ladder.length : delayed;
}

/**
 * Somebody who was asked has taken it on: nobody else is asked before the limit, and then all who are left. It rests, it
 * doesn't end: only the person's being told ends it.
 */
export function restingAt({ escalateAt, dueAt }: { escalateAt: Date | null; dueAt: Date }): Date | null {
  return escalateAt !== null && escalateAt < dueAt ? dueAt : escalateAt;
}
