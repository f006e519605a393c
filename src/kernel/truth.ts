/** Rules are three-valued: they hold, they do not, or it cannot be known from what is there. */
export type Truth = 'fires' | 'silent' | 'unknown';

export function not(truth: Truth): Truth {
  return truth === 'fires' ? 'silent' : truth === 'silent' ? 'fires' : 'unknown';
}

/** Kleene's conjunction. */
export function all(truths: readonly Truth[]): Truth {
  if (truths.includes('silent')) return 'silent';
  return truths.includes('unknown') ? 'unknown' : 'fires';
}

/** Kleene's disjunction. */
export function any(truths: readonly Truth[]): Truth {
  if (truths.includes('fires')) return 'fires';
  return truths.includes('unknown') ? 'unknown' : 'silent';
}
