import { Decimal } from 'decimal.js';

/** What is looked for, and where. */
export interface Search {
  now: string;
  /** Values are asked for as printed: with so many decimals. */
  decimals: number;
  /** Where the answer may turn: each is asked on both sides. */
  limits: readonly string[];
  /** It may turn elsewhere too: values in between are asked as well. */
  isDense: boolean;
  low: string;
  high: string | null;
  isGood: (value: string) => Promise<boolean>;
}

/** Between the limits: steps of a fortieth of the value, to half of it and to twice of it. */
const SHARE = 40;

/**
 * The printed value nearest to the present one that is good: the one beside it, one last digit nearer, is not. Null where
 * none is. Between two values that were asked the answer is taken to turn once at most.
 */
export async function nearestOnGrid(search: Search): Promise<string | null> {
  const { now, decimals, limits, isDense, low, high, isGood } = search;
  const unit = new Decimal(10).pow(decimals);
  const at = new Decimal(now).times(unit);
  const bottom = new Decimal(low).times(unit).ceil().toNumber();
  const top = high === null ? Infinity : new Decimal(high).times(unit).floor().toNumber();
  const places = limits.flatMap((limit) => {
    const place = new Decimal(limit).times(unit);
    const [floor, ceil] = [place.floor().toNumber(), place.ceil().toNumber()];
    return [floor - 1, floor, ceil, ceil + 1];
  });
  if (isDense) {
    for (let i = 1; i <= SHARE; i++) {
      places.push(
        at
          .times(1 + i / SHARE)
          .round()
          .toNumber(),
        at
          .times(1 - i / (2 * SHARE))
          .round()
          .toNumber(),
      );
    }
  }
  const print = (place: number): string => new Decimal(place).div(unit).toFixed(decimals);
  const good = (place: number): Promise<boolean> => isGood(print(place));
  const within = [...new Set(places)].filter((place) => place >= bottom && place <= top);
  const up = within.filter((place) => at.lessThan(place)).sort((a, b) => a - b);
  const down = within.filter((place) => at.greaterThan(place)).sort((a, b) => b - a);
  const found = [
    await firstGood(at.ceil().toNumber(), up, good),
    await firstGood(at.floor().toNumber(), down, good),
  ].filter((place) => place !== null);
  found.sort((a, b) => at.minus(a).abs().comparedTo(at.minus(b).abs()));
  return found.length > 0 ? print(found[0]!) : null;
}

/** The first good place on the way from where we are, found by halving the step before it. */
async function firstGood(
  start: number,
  places: readonly number[],
  isGood: (place: number) => Promise<boolean>,
): Promise<number | null> {
  let bad = start;
  for (const place of places) {
    if (!(await isGood(place))) {
      bad = place;
      continue;
    }
    let good = place;
    while (Math.abs(good - bad) > 1) {
      const middle = Math.trunc((good + bad) / 2);
      if (await isGood(middle)) good = middle;
      else bad = middle;
    }
    return good;
  }
  return null;
}
