import { Decimal } from 'decimal.js';
import { unitOfLastDigit } from './step.js';

/** The limits, a number between each two, and one beyond each end; some number where there is no limit. */
export function aroundLimits(limits: readonly string[]): string[] {
  const sorted = inOrder(limits);
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (first === undefined || last === undefined) return ['1'];
  const between = sorted.slice(1).map((limit, at) => new Decimal(sorted[at] ?? limit).plus(limit).dividedBy(2));
  const beyond = [new Decimal(first).minus(unitOfLastDigit(first)), new Decimal(last).plus(unitOfLastDigit(last))];
  return [...sorted, ...[...between, ...beyond].map((number) => number.toFixed())];
}

/** Every span from one of these numbers to another, and those without an end. */
export function spansBetween(numbers: readonly string[]): string[] {
  const sorted = inOrder(numbers);
  const closed = sorted.flatMap((low, at) => sorted.slice(at + 1).map((high) => `${low}-${high}`));
  const open = sorted.flatMap((number) => [`'≤${number}'`, `'>${number}'`]);
  return [...open, ...closed];
}

/** Each number once, lowest first. */
function inOrder(numbers: readonly string[]): string[] {
  const byNumber = new Map(numbers.map((number) => [new Decimal(number).toFixed(), number]));
  return [...byNumber.values()].sort((a, b) => new Decimal(a).comparedTo(b));
}
