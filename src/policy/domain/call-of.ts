import { type CareSetting, type LadderRole, type RouteStep } from './calling.js';
import { dueTime } from './due-time.js';
import { nextOnLadder, planCall } from './plan-call.js';
import { type NotificationPolicy, type Urgency } from './policy.js';

/** A finding at some moment, as a case of the policy puts it. */
export interface CallGiven {
  urgency: Urgency;
  /** When the finding was made: its clock begins. */
  found: Date;
  careSetting: CareSetting;
  /** When it was rung last in vain; null before the first call. */
  rung: Date | null;
  /** When the person was told; null while they have not been. */
  told: Date | null;
}

/** What the policy makes of it; times are null where nothing is due any more. */
export interface Call {
  claimBy: Date | null;
  tellBy: Date | null;
  /** From when on the next call may be made. */
  callFrom: Date | null;
  /** Everybody on the ladder, and from when on they are asked; nobody once the person was told. */
  asked: { role: LadderRole; at: Date }[];
  /** Whom it is told to first. */
  first: RouteStep['to'][];
  followUp: Date | null;
  closeBy: Date | null;
}

/** What the policy makes of a finding: the same functions that the service asks, with the clock where the case has it. */
export function callOf(policy: NotificationPolicy, given: CallGiven, zone: string): Call {
  const { urgency, found, careSetting, rung, told } = given;
  const task = {
    ...{ urgency, since: found, dueAt: dueTime(policy, urgency, found, zone), toldAt: told, closedAt: null },
    ...{ claimedUntil: null, attempts: rung ? 1 : 0, lastAttemptAt: rung, promisedAt: null, steps: 0 },
  };
  const plan = planCall(task, policy, told ?? rung ?? found, zone);
  const steps = told ? [] : policy.ladder[urgency];
  return {
    claimBy: plan.claimBy,
    tellBy: plan.reachBy,
    callFrom: plan.attemptAt,
    asked: steps.map(({ role }, step) => ({ role, at: nextOnLadder({ ...task, steps: step }, policy)!.at })),
    first: policy.routes[careSetting].map(({ to }) => to),
    followUp: plan.followUpAt,
    closeBy: plan.closeBy,
  };
}
