const SHAPE = /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,63}$/u;

/**
 * The name somebody signs in with, as it is stored and compared: width, case and surrounding spaces don't matter.
 * @returns null when it is no such name: 1 to 64 letters (Chinese too), digits, `.`, `_` or `-`
 */
export function loginName(typed: string): string | null {
  if (typed.length > 256) return null;
  const name = typed.normalize('NFKC').trim().toLowerCase();
  return SHAPE.test(name) ? name : null;
}
