/** So long a request may wait behind a check of the rules; shorter turns would draw the check out under load. */
const LONGEST_HOLD_MS = 16;

/** To be awaited often in long work: as soon as it has held the event loop for long enough, others have their turn. */
export function takeTurns(): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < LONGEST_HOLD_MS) return;
    await new Promise((next) => setImmediate(next));
    since = performance.now();
  };
}
