/** How many of its last digits somebody says of a number. */
export const TAIL_DIGITS = 4;
const FEWEST_DIGITS = 7;

/** The last four digits of a telephone number; null of what is none. */
export function phoneTail(system: string, value: string): string | null {
  if (system !== 'phone' && system !== 'sms') return null;
  const digits = value.normalize('NFKC').replace(/\D/g, '');
  return digits.length < FEWEST_DIGITS ? null : digits.slice(-TAIL_DIGITS);
}

/** What is hashed of a tail: never the same as of anything else. */
export function tailKey(tail: string): string {
  return `phone tail ${tail}`;
}
