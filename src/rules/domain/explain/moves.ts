import { Decimal } from 'decimal.js';
import { type Interval } from '../../../kernel/index.js';
import { SILENT, type Verdict } from '../verdict.js';

/** Doublings of the step: beyond a thousand million last digits nothing is near any more. */
const MOST_DOUBLINGS = 30;

/**
 * The nearest numbers below and above what was seen (of a span, beyond its ends) at which a condition on its movement
 * is silent, to its own last digit; fewer where there is none.
 */
export function nearestMoves({ low, high }: Interval, asked: (number: string) => Verdict): string[] {
  const ends = [high ?? low, low ?? high];
  return ends.flatMap((end, at) => {
    if (end === null || asked(end) === SILENT) return [];
    const digits = end.split('.')[1]?.length ?? 0;
    const step = new Decimal(10).pow(-digits).times(at === 0 ? -1 : 1);
    const moved = (steps: number) => step.times(steps).plus(end).toFixed(digits);
    const steps = firstSuch((count) => asked(moved(count)) === SILENT);
    return steps === null ? [] : [moved(steps)];
  });
}

/** The first count, 1 or more, that is such, when all after it are; null when none is. */
function firstSuch(is: (count: number) => boolean): number | null {
  let [before, found] = [0, 1];
  for (let doubled = 0; !is(found); doubled++) {
    if (doubled === MOST_DOUBLINGS) return null;
    [before, found] = [found, found * 2];
  }
  while (found - before > 1) {
    const middle = Math.floor((before + found) / 2);
    if (is(middle)) found = middle;
    else before = middle;
  }
  return found;
}
