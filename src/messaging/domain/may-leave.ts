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
  /** To family: relatives of the person have refused messages by this channel. Not the person's to override. */
  hasFamilyRefused: boolean;
  /** To family: why what it is about does not allow it any more; null while it does. */
  objection: ErrorKind | null;
  isDeceased: boolean;
  /** When the same words left to the same address before; `now` while they are under way to it, null when they never did. */
  saidAt: Date | 'now' | null;
  /** When messages left to this person before, in any order, as far back as the longest cap looks. */
  sentAt: readonly Date[];
}

export type Permission =
  { may: 'leave' } | { may: 'wait'; until: Date; because: ErrorKind } | { may: 'not'; because: ErrorKind };

/** So long an attempt may take: whether it was said is known then. */
const UNDER_WAY_MS = 60_000;

/**
 * Whether a message may leave now. Class A overrides the person's wish for no messages and the quiet hours (it has
 * none); it has caps of its own, which only space messages out. Nobody is sent a message after a death, and no relative
 * without a consent that holds now.
 * @param sayOnce for how many minutes words that were said are not said again
 * @param quietUntil the instant itself, or the end of the quiet hours that it falls into
 */
export function mayLeave(
  { audience, urgency, isDeceased, sentAt, ...wishes }: Leaving,
  caps: Readonly<Record<Urgency, readonly Cap[]>>,
  sayOnce: Readonly<Record<Urgency, number>>,
  now: Date,
  quietUntil: (at: Date) => Date,
): Permission {
  if (audience === 'staff') return { may: 'leave' };
  if (isDeceased) return { may: 'not', because: 'deceased' };
  if (audience === 'family' && wishes.objection !== null) return { may: 'not', because: wishes.objection };
  const isRefused = audience === 'family' && wishes.hasFamilyRefused;
  if (isRefused || (wishes.isOptedOut && urgency !== 'A')) return { may: 'not', because: 'opted-out' };
  // Whoever was asked to ring a moment ago rings for all of it.
  if (wishes.saidAt === 'now')
    return { may: 'wait', until: new Date(now.getTime() + UNDER_WAY_MS), because: 'already-said' };
  if (wishes.saidAt && now.getTime() - wishes.saidAt.getTime() < sayOnce[urgency] * 60_000)
    return { may: 'not', because: 'already-said' };
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
