import { type Truth } from '../../kernel/index.js';

/**
 * A truth with what could still become of it, as one number. The five form a chain, so that `all` is the minimum
 * and `any` the maximum, both for Kleene's truth and for "could it fire, were the uncertain values at their worst".
 * Absent values stay absent: a test that was not done makes nothing fire, and nothing go to review.
 */
export const SILENT = 0;
/** A value is there that cannot be judged with certainty, but no reading of it would fire. */
export const CANNOT = 1;
/** There is no value. */
export const MISSING = 2;
/** A value is there, and one reading of it would fire. */
export const COULD = 3;
export const FIRES = 4;

export type Verdict = typeof SILENT | typeof CANNOT | typeof MISSING | typeof COULD | typeof FIRES;

export function truthOf(verdict: Verdict): Truth {
  if (verdict === FIRES) return 'fires';
  return verdict === SILENT ? 'silent' : 'unknown';
}
