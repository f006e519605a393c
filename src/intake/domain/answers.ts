import { type HistoryTerms } from '../../terminology/index.js';
import { type Statement } from './said.js';

/** What a statement answers to a fact that rules may ask for, and for which days. */
export interface Answer {
  /** `history.diabetes`. */
  fact: string;
  isSo: boolean;
  from?: string;
  until?: string;
}

/** What statements answer, in the terms of the vocabulary. */
export function answersOf(statements: readonly Statement[], terms: HistoryTerms): Answer[] {
  return statements.flatMap(({ of, codes, texts, isSo, from, until }) => {
    const when = { ...(from && { from }), ...(until && { until }) };
    if (of === 'medication')
      return terms.medications(codes, texts).map((id) => ({ fact: `medication.${id}`, isSo, ...when }));
    // 否认糖尿病 that is refuted says nothing.
    return terms
      .conditions(codes, texts)
      .filter(({ isDenied }) => isSo || !isDenied)
      .map(({ id, isDenied }) => ({ fact: `${of}.${id}`, isSo: isSo && !isDenied, ...when }));
  });
}

/**
 * What is known on a day (`2026-03-02`, the centre's). A statement counts for every result unless it begins after the
 * result's day, or ended before. Where one record says so and another not, it is so: a refuted diagnosis speaks of itself
 * alone.
 */
export function answersOn(day: string, answers: readonly Answer[]): Map<string, boolean> {
  const known = new Map<string, boolean>();
  for (const { fact, isSo, from, until } of answers) {
    if ((from !== undefined && from > day) || (until !== undefined && until < day)) continue;
    if (isSo || !known.has(fact)) known.set(fact, isSo);
  }
  return known;
}
