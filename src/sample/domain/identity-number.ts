import { type Sex } from './chinese-names.js';

/**
 * First two digits of every sample identity number. Province codes run from 11 to 83 (GB/T 2260), and the numbers of
 * foreigners' residence cards put such a code behind a 9: no living person can bear a number that begins with 99.
 */
export const FICTITIOUS_PROVINCE = '99';

/**
 * First three digits of every sample mobile number. Mobile numbers begin with 1 and a digit from 3 to 9; the segment
 * 154 has been given to no operator, so that the numbers look right and ring nobody.
 */
export const UNUSED_MOBILE_SEGMENT = '154';

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** The check character of the 17 leading digits of a resident identity number (GB 11643, ISO 7064 mod 11-2). */
export function checkDigit(first17: string): string {
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(first17[i]), 0);
  return '10X98765432'[sum % 11] ?? '';
}

/**
 * A resident identity number with a valid check digit and a fictitious area.
 * @param birthDate `YYYY-MM-DD`
 * @param ordinal distinguishes people born on the same day; unique up to 4,999,999
 */
export function identityNumber(birthDate: string, sex: Sex, ordinal: number): string {
  const area = FICTITIOUS_PROVINCE + String(Math.floor(ordinal / 500) % 10_000).padStart(4, '0');
  // The last digit of the order code is odd for men and even for women.
  const order = (ordinal % 500) * 2 + (sex === 'male' ? 1 : 0);
  const first17 = area + birthDate.replaceAll('-', '') + String(order).padStart(3, '0');
  return first17 + checkDigit(first17);
}

/** A mobile number of the unused segment; unique up to 99,999,999. */
export function mobileNumber(ordinal: number): string {
  return UNUSED_MOBILE_SEGMENT + String(ordinal % 100_000_000).padStart(8, '0');
}
