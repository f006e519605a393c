import { Decimal } from 'decimal.js';
import { compareDecimals } from '../../../kernel/index.js';
import { type AnalyteCatalogue } from '../catalogue.js';
import { decimalsIn } from './candidates.js';
import { type SeenValue } from './seen-again.js';

/** A number with its unit, as a laboratory sent it. */
export interface Sent {
  /** As written, without its unit. */
  number: string;
  digits: number;
  /** Canonical value of a number in the sender's unit. */
  convert: (number: string) => string;
  unit: string;
}

/** Units differ by a factor of a thousand million at most. */
const MOST_DOUBLINGS = 60;

/**
 * The number nearest to what was sent, in the sender's unit and to the sender's last digit, that `silences` when its
 * canonical value takes the place of what was seen.
 * @param to the nearest canonical value that silences, and the one a last digit before it, which does not
 * @returns e.g. `125 mg/dL` and its canonical value; null where what was sent is no plain number in a unit that converts
 */
export function nearestAsSent(
  value: SeenValue,
  { to, before }: { to: string; before: string },
  silences: (canonical: string) => boolean,
  catalogue: AnalyteCatalogue,
): { asSent: string; canonical: string } | null {
  const sent = readSent(value, catalogue);
  if (!sent) return null;
  const { digits, convert, unit } = sent;
  const step = new Decimal(10).pow(-digits);
  const at = (steps: Decimal) => step.times(steps).toFixed(digits);
  const isUp = compareDecimals(to, before) > 0;
  // Conversion is increasing, which what silences need not be (`equal`): it is asked between the two values alone.
  const reachesTo = (steps: Decimal) => {
    const order = compareDecimals(convert(at(steps)), to);
    return isUp ? order >= 0 : order <= 0;
  };
  const reachesBefore = (steps: Decimal) => {
    const order = compareDecimals(convert(at(steps)), before);
    return isUp ? order > 0 : order < 0;
  };
  const side = isUp ? 1 : -1;
  const start = new Decimal(numberIn(value.asSent) ?? 0).dividedBy(step).floor();
  const outside = lastBefore(start, side, reachesBefore);
  const inside = outside && firstAfter(outside, side, reachesTo);
  if (!outside || !inside) return null;
  const beyond = firstSuch(outside, inside, reachesBefore);
  const last = firstSuch(outside, inside, reachesTo);
  const found = firstSuch(beyond.minus(side), last, (steps) => silences(convert(at(steps))));
  const canonical = convert(at(found));
  return silences(canonical) ? { asSent: `${at(found)} ${unit}`.trim(), canonical } : null;
}

/** The first such count on the way from one that is not to one that is. */
function firstSuch(from: Decimal, to: Decimal, is: (steps: Decimal) => boolean): Decimal {
  let [before, found] = [from, to];
  while (found.minus(before).abs().gt(1)) {
    const middle = before.plus(found).dividedBy(2).floor();
    if (is(middle)) found = middle;
    else before = middle;
  }
  return found;
}

/** A count, from `start` against the side, that does not reach. */
function lastBefore(start: Decimal, side: 1 | -1, reaches: (steps: Decimal) => boolean): Decimal | null {
  for (let doubled = 0, by = new Decimal(1); doubled < MOST_DOUBLINGS; doubled++, by = by.times(2)) {
    const steps = doubled === 0 ? start : start.minus(by.times(side));
    if (!reaches(steps)) return steps;
  }
  return null;
}

function firstAfter(start: Decimal, side: 1 | -1, reaches: (steps: Decimal) => boolean): Decimal | null {
  for (let doubled = 0, by = new Decimal(1); doubled < MOST_DOUBLINGS; doubled++, by = by.times(2)) {
    const steps = start.plus(by.times(side));
    if (reaches(steps)) return steps;
  }
  return null;
}

const NUMBER = /^[<>≤≥=]*\s*(-?\d+(?:\.\d+)?)(?:\s*[-–~]\s*(\d+(?:\.\d+)?))?\s*(.*)$/;

/** `20 g/dL-30 g/dL`, as both ends of a range are kept, as `20-30 g/dL`. */
function withOneUnit(asSent: string): string {
  return asSent.replace(/^(-?[\d.]+) (\S+)-(-?[\d.]+) \2$/, '$1-$3 $2');
}

function numberIn(asSent: string | null): string | null {
  return NUMBER.exec(asSent ?? '')?.[1] ?? null;
}

/** Null where it is no plain number, or not in a unit that converts to what was compared. */
export function readSent({ analyte, asSent, converted, isUnitKnown }: SeenValue, catalogue: AnalyteCatalogue): Sent | null {
  const [, first, last, unit = ''] = NUMBER.exec(withOneUnit(asSent ?? '')) ?? [];
  if (first === undefined || !isUnitKnown || converted === null) return null;
  const known = catalogue.get(analyte);
  const convert = (number: string) => (unit === '' ? number : catalogue.convert(analyte, number, unit));
  const canonical = convert(first);
  // A centre's own spelling of a unit, or a unit from elsewhere in the message, is not known here.
  const compared = /-?\d[\d.]*/.exec(converted)?.[0];
  const isSame = canonical !== null && compared !== undefined && compareDecimals(compared, canonical) === 0;
  if (known?.kind !== 'number' || !isSame) return null;
  const digits = Math.max(decimalsIn(first), decimalsIn(last));
  return { number: first, digits, unit, convert: (number) => convert(number) as string };
}
