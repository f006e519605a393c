import { Decimal } from 'decimal.js';
import { exactly } from '../../../kernel/index.js';
import { inWords } from '../in-words.js';

/** A decimal and its two neighbours one unit of its last digit away: 3.0 → 2.9 and 3.1, 90 → 89 and 91. */
export function neighbours(digits: string): [below: string, above: string] {
  const unit = unitOfLastDigit(digits);
  const decimals = decimalsOf(digits);
  const number = new Decimal(digits);
  return [number.minus(unit).toFixed(decimals), number.plus(unit).toFixed(decimals)];
}

export function unitOfLastDigit(digits: string): Decimal {
  return new Decimal(10).pow(-decimalsOf(digits));
}

function decimalsOf(digits: string): number {
  return digits.split('.')[1]?.length ?? 0;
}

/** Grades of an ordinal scale, lowest first. */
export const GRADES = ['0', '0.5', '1', '2', '3', '4'];

/** The grades beside one of them; at an end of the scale only one. */
export function gradesBeside(grade: string): string[] {
  const at = GRADES.indexOf(grade);
  if (at < 0) return [];
  return [GRADES[at - 1], GRADES[at + 1]].filter((beside) => beside !== undefined);
}

/** A grade as files write it: -, ±, +, ++ … */
export function gradeWord(grade: string): string {
  return inWords({ kind: 'ordinal', interval: exactly(grade) });
}
