/**
 * A grade as laboratories write it, as decimal text: negative 0, trace 0.5, then one a plus sign.
 * Null when it is none. A bare "positive" has no grade of its own: see `isPositive`.
 */
export function readGrade(written: string): string | null {
  const text = written.normalize('NFKC').trim().replace(/^\((.*)\)$/, '$1');
  if (/^(-|阴性?|neg(ative)?|未检出)$/i.test(text)) return '0';
  if (/^(±|\+-|\+\/-|弱阳性|trace)$/i.test(text)) return '0.5';
  if (/^\+{1,4}$/.test(text)) return String(text.length);
  const counted = /^([1-4])\+$|^\+([1-4])$/.exec(text);
  return counted ? (counted[1] ?? counted[2] ?? null) : null;
}

/** Positive without a grade: anything from + to ++++. */
export function isPositive(written: string): boolean {
  return /^(阳性?|pos(itive)?)$/i.test(written.normalize('NFKC').trim());
}
