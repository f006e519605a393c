/** A tenth of the time that a sender is promised an answer in: who waits behind a check of the rules won't notice. */
const LONGEST_HOLD_MS = 8;

/** To be awaited often in long work: as soon as it has held the event loop for long enough, others have their turn. */
export function takeTurns(): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < LONGEST_HOLD_MS) return;
    await new Promise((next) => setImmediate(next));
    since = performance.now();
  };
}
