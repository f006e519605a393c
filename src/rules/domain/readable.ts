import { Decimal } from 'decimal.js';

/** No laboratory prints so many digits more than is usual: they are left over from a computation. */
const FEW_MORE = 2;
const FRACTION = /\d+\.\d+/g;
/** A limit, or so many times the report's own. */
const LIMIT = /^(?:(\d+(?:\.\d+)?) × )?(-?\d+(?:\.\d+)?)$/;

/**
 * A number, or a span of them, as it is read out: digits that nobody prints are rounded away, half up, as far as what is
 * said stays on its side of each limit. What a laboratory prints is left as it is.
 * @param decimals how many are usual for the analyte
 * @param limits others than numbers are passed over
 */
export function readable(words: string, decimals: number, limits: readonly string[] = []): string {
  return words.replace(FRACTION, (number) => {
    const most = decimals + FEW_MORE;
    // Nearly every number is as a laboratory prints it: then no limit is looked at.
    if (number.length - number.indexOf('.') - 1 <= most) return number;
    const value = new Decimal(number);
    const all = value.decimalPlaces();
    if (all <= most) return number;
    const numbers = limits.flatMap(numberOf);
    for (let digits = decimals; digits < all; digits++) {
      const rounded = value.toDecimalPlaces(digits, Decimal.ROUND_HALF_UP);
      if (numbers.every((limit) => rounded.comparedTo(limit) === value.comparedTo(limit)))
        return rounded.toFixed(digits);
    }
    return number;
  });
}

function numberOf(limit: string): Decimal | [] {
  const [, times = '1', of] = LIMIT.exec(limit) ?? [];
  return of === undefined ? [] : new Decimal(of).times(times);
}
