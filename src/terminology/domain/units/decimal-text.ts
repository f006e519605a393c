import { Decimal } from 'decimal.js';

/** Decimals of up to 60 significant digits: no product of a laboratory value and a factor is ever cut. */
export const Exact = Decimal.clone({ precision: 60, rounding: Decimal.ROUND_HALF_UP });

/**
 * The shortest decimal that stands for the double, without an exponent: the laboratory's digits up to 15 significant
 * ones (JSON has lost a trailing zero before we see it). Minus zero is zero.
 */
export function decimalText(value: number): string {
  const text = String(value);
  if (text.includes('e')) return new Exact(text).toFixed();
  return text === '-0' ? '0' : text;
}

/** Moves the decimal point: exact, never rounded. */
export function timesPowerOfTen(value: string, exponent: number): string {
  const negative = value.startsWith('-');
  const [whole = '0', fraction = ''] = (negative ? value.slice(1) : value).split('.');
  const digits = whole + fraction;
  const point = whole.length + exponent;
  const padded = point <= 0 ? '0'.repeat(1 - point) + digits : digits.padEnd(point, '0');
  const at = Math.max(point, 1);
  const left = padded.slice(0, at).replace(/^0+(?=\d)/, '');
  const right = padded.slice(at).replace(/0+$/, '');
  const text = right === '' ? left : `${left}.${right}`;
  return negative && text !== '0' ? `-${text}` : text;
}
