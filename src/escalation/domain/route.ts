import { type CareSetting as Setting } from '../../kernel/index.js';
import { type CareSetting, type RouteStep } from '../../policy/domain/calling.js';
import { type NotificationPolicy } from '../../policy/domain/policy.js';
import { type Urgency } from '../../policy/domain/urgency.js';

/** Who is asked to ring, and told nothing. */
export const ASKED_TO_RING = ['person', 'guardian', 'family'] as const;
export type AskedToRing = (typeof ASKED_TO_RING)[number];

/** Somebody who is told, or asked to ring, by a message. */
export interface MessageStep {
  /** Its place in the route. */
  step: number;
  to: RouteStep['to'];
  /** Somebody who is asked to ring after a nurse has phoned: not before the calls have failed. */
  isAfterCalls: boolean;
}

export function isAskedToRing(to: string): to is AskedToRing {
  return (ASKED_TO_RING as readonly string[]).includes(to);
}

/** The route of a care setting. An emergency is an outpatient's; where nobody says, somebody came for a checkup. */
export function routeName(setting: Setting | null): CareSetting {
  if (setting === null) return 'checkup';
  return setting === 'emergency' ? 'outpatient' : setting;
}

/** The first message of a route from a step on; what goes by phone is the queue's. Null when there is none left. */
export function nextMessage(route: readonly RouteStep[], from: number): MessageStep | null {
  for (const [step, { to, by }] of route.entries()) {
    if (step < from || by !== 'message') continue;
    const isAfterCalls = isAskedToRing(to) && route.slice(0, step).some((one) => one.by === 'phone');
    return { step, to, isAfterCalls };
  }
  return null;
}

/** What of a task decides when somebody is asked to ring. */
export interface Called {
  urgency: Urgency;
  /** When its clock began. */
  since: Date;
  attempts: number;
  /** Nobody rings the person before. */
  promisedAt: Date | null;
}

/**
 * From when on somebody may be asked to ring after calls: when as many have failed as the policy asks for, or would have
 * been made by now; never before a time that the person was promised.
 */
export function callsAreOver(
  { urgency, since, attempts, promisedAt }: Called,
  {
    claim_within_minutes: claim,
    attempts: wanted,
  }: Pick<NotificationPolicy, 'claim_within_minutes' | 'attempts'>,
): Date {
  const { at_least: atLeast, every_minutes: every } = wanted[urgency];
  const minutes = attempts >= atLeast ? 0 : claim[urgency] + (atLeast - 1) * every;
  const over = new Date(since.getTime() + minutes * 60_000);
  return promisedAt !== null && promisedAt > over ? promisedAt : over;
}
