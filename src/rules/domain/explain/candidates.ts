import { Decimal } from 'decimal.js';
import { CARE_SETTINGS, exactly, type Interval, type MeasuredFact, type MeasuredValue } from '../../../kernel/index.js';
import { type AnalyteCatalogue } from '../catalogue.js';
import { type Leaf, type LeafEvidence, PERSON_WORDS } from '../rule.js';
import { printedLimit } from '../own-limit.js';
import { type Threshold } from '../threshold.js';
import { GRADES } from '../strength/step.js';
import { keyOfValue, personWith, type Replacement, type SeenLeaf, type Surroundings, verdictAgain } from './leaf-again.js';
import { nearestMoves } from './moves.js';
import { factAgain, numberOf, type SeenValue, valuesSeen, valuesThatSpeak } from './seen-again.js';

/** Something that was seen and could have been otherwise. */
export interface Place {
  key: string;
  leaf: SeenLeaf;
  /** Null for a fact of the person. */
  value: SeenValue | null;
}

/** What could stand in a place. */
export interface Candidate {
  replacement: Replacement;
  /** In words: number, grade, category, word; null: words that must not stand there. */
  to: string | null;
  /** Sizes of number or grade, before and after, where it is one. */
  from: Interval | null;
  size: string | null;
  /** How hard it is to imagine: a number or grade, another word, another person. */
  rank: 0 | 1 | 2;
}

/** What a condition saw, each as a place. */
export function placesOf(leaf: SeenLeaf): Place[] {
  if (leaf.leaf.analytes.size === 0) return [{ key: leaf.leaf.fact, leaf, value: null }];
  return valuesThatSpeak(leaf.leaf, leaf.seen).map((value) => ({ key: keyOfValue(value), leaf, value }));
}

/** Values that this condition may take otherwise than the one in the place: on its limit and one last digit beside it. */
export function candidatesFor({ leaf: { leaf, seen }, value, key }: Place, around: Surroundings): Candidate[] {
  if (value === null) return wordsFor(leaf).map((word) => ({ replacement: { person: personWith(leaf, word) }, to: word, ...sizesOf(leaf, seen, word), rank: 2 }));
  const fact = factAgain(value, around.catalogue);
  if (isMovement(leaf)) return moves({ leaf, seen }, fact, key, around);
  const threshold = leaf.over?.kind === 'count' ? leaf.over.when.threshold : leaf.threshold;
  return valuesFor(threshold, fact, leaf.negated, around.catalogue);
}

export function isMovement({ over }: Leaf): boolean {
  return over !== null && ['change', 'rise', 'fall', 'rate'].includes(over.kind);
}

function moves(leaf: SeenLeaf, fact: MeasuredFact, key: string, around: Surroundings): Candidate[] {
  const { value } = fact.measurement;
  const { analyte } = fact.measurement;
  const current = valuesSeen(leaf.leaf, leaf.seen).find((one) => one.analyte === analyte);
  if (!current || keyOfValue(current) !== key || value?.kind !== 'number') return [];
  const at = (number: string) => asNumber(number, value.interval, analyte, around.catalogue);
  const asked = (number: string) => verdictAgain(leaf, new Map([[key, at(number).replacement]]), around);
  return nearestMoves(value.interval, asked).map(at);
}

function valuesFor(threshold: Threshold, { measurement }: MeasuredFact, isNegated: boolean, catalogue: AnalyteCatalogue): Candidate[] {
  const { analyte, value } = measurement;
  switch (threshold.kind) {
    case 'category':
      return (catalogue.get(analyte)?.categories ?? []).map((category) => ({
        ...PLAIN,
        replacement: { value: { kind: 'category', category } },
        to: category,
      }));
    case 'text':
      return [{ ...PLAIN, replacement: { value: { kind: 'text', text: '', codings: [] } }, to: null }];
    case 'own-limit': {
      const flagged = FLAGGED[threshold.end][isNegated ? 'beyond' : 'within'];
      if (value?.kind === 'ordinal') return [...grades(value), flagged];
      const own = printedLimit(measurement, threshold.end);
      if (!own) return [flagged];
      const limit = new Decimal(own.limit).times(threshold.times).toFixed();
      return [...numbers(limit, value, catalogue, analyte), flagged];
    }
    case 'number':
      return numbers(threshold.limit, value, catalogue, analyte);
    case 'microscopy':
      return value?.kind === 'ordinal' ? grades(value) : numbers(threshold.limit, value, catalogue, analyte);
    case 'ordinal':
      return grades(value);
    default:
      return [];
  }
}

const PLAIN = { from: null, size: null, rank: 1 } as const;
/** The report itself says whether the value is beyond its limit. */
const FLAGGED: Record<'high' | 'low', Record<'within' | 'beyond', Candidate>> = {
  high: {
    within: { ...PLAIN, replacement: { ownLimit: { from: 'interpretation', flag: 'within' } }, to: 'N' },
    beyond: { ...PLAIN, replacement: { ownLimit: { from: 'interpretation', flag: 'above' } }, to: 'H' },
  },
  low: {
    within: { ...PLAIN, replacement: { ownLower: { from: 'interpretation', flag: 'within' } }, to: 'N' },
    beyond: { ...PLAIN, replacement: { ownLower: { from: 'interpretation', flag: 'below' } }, to: 'L' },
  },
};

function grades(value: MeasuredValue | null): Candidate[] {
  const from = value?.kind === 'ordinal' ? value.interval : null;
  return GRADES.map((grade): Candidate => {
    return { replacement: { value: { kind: 'ordinal', interval: exactly(grade) } }, to: grade, from, size: grade, rank: 0 };
  });
}

function numbers(limit: string, value: MeasuredValue | null, catalogue: AnalyteCatalogue, analyte: string): Candidate[] {
  const from = value && 'interval' in value ? value.interval : null;
  const digits = Math.max(decimalsIn(limit), decimalsIn(from?.low), decimalsIn(from?.high));
  const step = new Decimal(10).pow(-digits);
  const at = new Decimal(limit);
  return [at.minus(step), at, at.plus(step)].map((number) => asNumber(number.toFixed(digits), from, analyte, catalogue));
}

function asNumber(number: string, from: Interval | null, analyte: string, catalogue: AnalyteCatalogue): Candidate {
  return { replacement: { value: numberOf(analyte, exactly(number), catalogue) }, to: number, from, size: number, rank: 0 };
}

export function decimalsIn(number: string | null | undefined): number {
  return number?.split('.')[1]?.length ?? 0;
}

function wordsFor({ fact, threshold }: Leaf): readonly string[] {
  if (threshold.kind === 'person-number') {
    const limit = Number(threshold.limit);
    return [limit - 1, limit, limit + 1].filter((age) => age >= 0).map(String);
  }
  if (fact === 'care-setting') return CARE_SETTINGS;
  return fact === 'sex' ? PERSON_WORDS.sex : PERSON_WORDS.pregnant;
}

function sizesOf({ threshold }: Leaf, { converted }: LeafEvidence, word: string): Pick<Candidate, 'from' | 'size'> {
  if (threshold.kind !== 'person-number') return { from: null, size: null };
  return { from: converted === null ? null : exactly(converted), size: word };
}
