import fc from 'fast-check';
import { nextAttempt } from './retry.js';

const NOW = new Date('2026-03-02T02:00:00.000Z');
const seconds = (at: Date | null): number | null => at && (at.getTime() - NOW.getTime()) / 1000;

describe('trying again', () => {
  it.each<[string, number, number | null, number | null]>([
    ['after the first attempt', 1, null, 15],
    ['after the second', 2, null, 30],
    ['after the last of the plan', 3, null, 600],
    ['not when the plan is at its end', 4, null, null],
    ['no earlier than the receiver asks', 1, 120, 120],
    ['as planned when the receiver asks for less', 2, 1, 30],
    ['no later than the longest pause, whatever is asked', 1, 86_400, 600],
  ])('%s', (_, attempts, asked, expected) => {
    expect(seconds(nextAttempt([15, 30, 600], attempts, asked, NOW))).toBe(expected);
  });

  it('ends, and each time lies ahead', () => {
    const plan = fc.array(fc.integer({ min: 1, max: 86_400 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(plan, fc.option(fc.integer({ min: -5, max: 1e9 })), (pauses, asked) => {
        for (let attempts = 1; attempts <= pauses.length; attempts++) {
          const pause = seconds(nextAttempt(pauses, attempts, asked, NOW))!;
          expect(pause).toBeGreaterThanOrEqual(pauses[attempts - 1]!);
          expect(pause).toBeLessThanOrEqual(Math.max(...pauses));
        }
        expect(nextAttempt(pauses, pauses.length + 1, asked, NOW)).toBeNull();
      }),
    );
  });
});
