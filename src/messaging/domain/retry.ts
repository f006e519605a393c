/**
 * When to try again, null when it has been tried as often as the plan says. No chance in it: the same message fails in
 * the same way everywhere; that not all come at once is what concurrency and batch are for.
 * @param plan pauses after the first, second, … attempt, in seconds
 * @param attempts how often it was tried, this time included
 * @param retryAfterSeconds what the receiver asked for; longer than the plan's longest pause is not believed
 */
export function nextAttempt(
  plan: readonly number[],
  attempts: number,
  retryAfterSeconds: number | null,
  now: Date,
): Date | null {
  const pause = plan[attempts - 1];
  if (pause === undefined) return null;
  const asked = Math.min(Math.max(retryAfterSeconds ?? 0, 0), Math.max(...plan));
  return new Date(now.getTime() + Math.max(pause, asked) * 1000);
}
