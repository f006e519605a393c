const FREE_ATTEMPTS = 5;
const FIRST_WAIT_SECONDS = 30;
const LONGEST_WAIT_SECONDS = 15 * 60;
/** A day without an attempt, and what was counted is forgotten. */
const FORGOTTEN_AFTER_MS = 24 * 3_600_000;

/** Attempts to sign in under one name that have not ended well. */
export interface Attempts {
  count: number;
  lastAt: Date;
}

/** Until when nobody may try this name; null when it may be tried now. Waits double from half a minute to a quarter of an hour. */
export function blockedUntil({ count, lastAt }: Attempts, now: Date): Date | null {
  if (count < FREE_ATTEMPTS || isForgotten({ count, lastAt }, now)) return null;
  const wait = Math.min(FIRST_WAIT_SECONDS * 2 ** (count - FREE_ATTEMPTS), LONGEST_WAIT_SECONDS);
  const until = new Date(lastAt.getTime() + wait * 1000);
  return until > now ? until : null;
}

/** The count with one more attempt. */
export function oneMore(before: Attempts | null, now: Date): Attempts {
  return { count: before && !isForgotten(before, now) ? before.count + 1 : 1, lastAt: now };
}

export function forgottenBefore(now: Date): Date {
  return new Date(now.getTime() - FORGOTTEN_AFTER_MS);
}

function isForgotten({ lastAt }: Attempts, now: Date): boolean {
  return lastAt <= forgottenBefore(now);
}
