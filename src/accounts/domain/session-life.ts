/**
 * NIST SP 800-63B-3 §4.2.3 (AAL2): a session ends after 30 minutes without its person, and after 12 hours whatever
 * happens; the latter is also the longest shift.
 */
export const IDLE_MS = 30 * 60_000;
export const LONGEST_MS = 12 * 3_600_000;
/** Being there is written this often, not at every request. */
const NOTED_EVERY_MS = 60_000;

export interface SessionTimes {
  lastSeenAt: Date;
  expiresAt: Date;
  endedAt: Date | null;
}

export function isAlive({ lastSeenAt, expiresAt, endedAt }: SessionTimes, now: Date): boolean {
  return endedAt === null && now < expiresAt && now.getTime() - lastSeenAt.getTime() < IDLE_MS;
}

/** Whether it is time to write down that somebody is there. */
export function isWorthNoting({ lastSeenAt }: SessionTimes, now: Date): boolean {
  return now.getTime() - lastSeenAt.getTime() >= NOTED_EVERY_MS;
}
