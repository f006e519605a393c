import { type InputRules, SEXES } from './model.js';

/** Inputs that several models share. Ages are completed years. */
export const SEX = { kind: 'word', words: SEXES } as const;
export const YES_NO = { kind: 'yes-no' } as const;
export const MUST_NOT = { kind: 'yes-no', mustBe: false } as const;

/** A quantity of which nothing is known but that it is more than none. */
export function positive(unit: string): InputRules[string] & { kind: 'number' } {
  return { kind: 'number', unit, above: 0 };
}

/** Completed years, both ends included. */
export function aged(from: number, to?: number): InputRules[string] & { kind: 'number' } {
  return { kind: 'number', unit: 'a', from, ...(to !== undefined && { to }) };
}
