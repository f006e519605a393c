/** What stands for the signs that are not shown. */
export const HIDDEN = '****';

/** `138****4471`; what is shorter than seven signs shows nothing. */
export function maskText(text: string): string {
  const at = text.indexOf('@');
  if (at > 0) return `${text.slice(0, 1)}${HIDDEN}@${HIDDEN}`;
  const compact = text.replace(/[\s()-]/g, '');
  const [first, last] = compact.length >= 11 ? [3, 4] : compact.length >= 7 ? [0, 2] : [0, 0];
  return `${compact.slice(0, first)}${HIDDEN}${last > 0 ? compact.slice(-last) : ''}`;
}

/** What the mask shows of the end of a number, `4471`; null where it shows nothing of it. */
export function shownEnd(number: string): string | null {
  return maskText(number).split(HIDDEN).at(-1) || null;
}
