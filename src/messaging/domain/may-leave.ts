import { type Urgency } from '../../policy/index.js';
import { type Audience } from './message.js';
import { type ErrorKind } from './next-step.js';

/** At most so many messages to one person within a span. */
export interface Cap {
  at_most: number;
  within_minutes: number;
}

/** A message that is due, and what is known of whom it goes to. */
export interface Leaving {
  audience: Audience;
  urgency: Urgency;
  /** The person wants no messages by this channel. */
  isOptedOut: boolean;
  isDeceased: boolean;
  /** When messages left to this person before, in any order, as far back as the longest cap looks. */
  sentAt: readonly Date[];
}

export type Permission =
  { may: 'leave' } | { may: 'wait'; until: Date; because: ErrorKind } | { may: 'not'; because: ErrorKind };

/**
 * Whether a message may leave now. Class A overrides the wish for no messages and the quiet hours (it has none); it
 * has caps of its own, which only space messages out. Nobody is sent a message after their death.
 * @param quietUntil the instant itself, or the end of the quiet hours that it falls into
 */
export function mayLeave(
  { audience, urgency, isOptedOut, isDeceased, sentAt }: Leaving,
  caps: Readonly<Record<Urgency, readonly Cap[]>>,
  now: Date,
  quietUntil: (at: Date) => Date,
): Permission {
  if (audience === 'staff') return { may: 'leave' };
  if (isDeceased) return { may: 'not', because: 'deceased' };
  if (isOptedOut && urgency !== 'A') return { may: 'not', because: 'opted-out' };
  const free = caps[urgency].map((cap) => freeAt(cap, sentAt, now)).reduce(later, now);
  const until = quietUntil(free);
  if (until <= now) return { may: 'leave' };
  return { may: 'wait', until, because: free > now ? 'cap' : 'quiet-hours' };
}

/** From when on one more message is within the cap. */
export function freeAt(
  { at_most: most, within_minutes: minutes }: Cap,
  sentAt: readonly Date[],
  now: Date,
): Date {
  const span = minutes * 60_000;
  const recent = sentAt
    .map((at) => at.getTime())
    .filter((at) => at > now.getTime() - span)
    .sort((a, b) => a - b);
  const oldest = recent[recent.length - most];
  return oldest === undefined ? now : new Date(oldest + span);
}

/** How far back the caps look, in minutes. */
export function longestSpan(caps: Readonly<Record<Urgency, readonly Cap[]>>): number {
  return Math.max(
    0,
    ...Object.values(caps).flatMap((list) => list.map(({ within_minutes }) => within_minutes)),
  );
}

function later(a: Date, b: Date): Date {
  return a > b ? a : b;
}
