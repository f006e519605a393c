/** The first age of each band, in completed years. */
const FROM = [0, 18, 30, 40, 50, 60, 70] as const;

/** `40–49`, `70+`, `unknown`. */
export function ageBand(ageYears: number | null): string {
  if (ageYears === null || ageYears < 0) return 'unknown';
  const at = FROM.findLastIndex((from) => ageYears >= from);
  const next = FROM[at + 1];
  return next === undefined ? `${FROM[at]}+` : `${FROM[at]}–${next - 1}`;
}
