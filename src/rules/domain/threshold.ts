import { type Comparison } from './compare.js';
import { type Lexicon } from './text/lexicon.js';

/** UCUM units of an age: completed years, completed days. */
export const AGE_UNITS = ['a', 'd'] as const;
export type AgeUnit = (typeof AGE_UNITS)[number];

/** What a condition compares with, ready to be used: limits in the canonical unit of the fact. */
export type Threshold =
  | { kind: 'number'; comparison: Comparison; limit: string }
  | { kind: 'ordinal'; comparison: Comparison; limit: string }
  | { kind: 'microscopy'; limit: string; grade: string }
  | { kind: 'own-limit'; end: 'low' | 'high'; times: string; inclusive: boolean }
  | { kind: 'category'; categories: ReadonlySet<string>; inside: boolean }
  | { kind: 'text'; lexicon: Lexicon; categories: ReadonlySet<string> }
  | { kind: 'person-number'; comparison: Comparison; limit: string; unit: AgeUnit }
  /** `known`: what is not on record leaves the condition unknown, in rules that call too. */
  | { kind: 'person-word'; words: ReadonlySet<string>; inside: boolean; known?: true };
