import { type Facts, type Interval, type MeasuredFact, type MeasuredValue, type OwnLimit } from '../../kernel/index.js';
import { ageIn, compileLeaf, measuredFor, verdictOn } from './leaf.js';
import { type Leaf, type LeafEvidence, type RuleKind } from './rule.js';
import { COULD, truthOf, type Verdict } from './verdict.js';

/** What the leaf saw; of a group, the measurement that decided. */
export function evidenceOf(leaf: Leaf, kind: RuleKind, facts: Facts): LeafEvidence {
  const decisive = decisiveFact(leaf, facts);
  const verdict = decisive ? verdictOn(leaf, decisive) : compileLeaf(leaf, kind)(facts);
  const person = leaf.analytes.size === 0 ? personValue(leaf, facts) : null;
  return {
    fact: leaf.fact,
    analyte: decisive?.measurement.analyte ?? null,
    operator: leaf.operator,
    ...limitOf(leaf, decisive?.measurement.ownLimit ?? null),
    negated: leaf.negated,
    truth: truthOfLeaf(leaf, facts, verdict),
    couldFire: verdict === COULD,
    source: decisive?.source ?? null,
    asSent: decisive?.measurement.asSent ?? person,
    isUnitKnown: decisive?.measurement.value?.kind !== 'unit-unknown',
    converted: decisive?.measurement.value ? inWords(decisive.measurement.value) : person,
  };
}

/** The limit in words; the report's own where there is one, `15 × 40` for a multiple of it. */
function limitOf({ threshold, written, unit }: Leaf, ownLimit: OwnLimit | null): Pick<LeafEvidence, 'threshold' | 'unit'> {
  if (threshold.kind !== 'own-limit' || ownLimit?.from !== 'range') return { threshold: written, unit };
  const { times } = threshold;
  return { threshold: times === '1' ? ownLimit.high : `${times} × ${ownLimit.high}`, unit: ownLimit.unit };
}

/** A leaf that was assumed for want of the person's sex, age or pregnancy is shown as what it is: unknown. */
function truthOfLeaf(leaf: Leaf, facts: Facts, verdict: Verdict): LeafEvidence['truth'] {
  return leaf.analytes.size === 0 && personValue(leaf, facts) === null ? 'unknown' : truthOf(verdict);
}

function decisiveFact(leaf: Leaf, facts: Facts): MeasuredFact | undefined {
  const sign = leaf.negated ? -1 : 1;
  return measuredFor(leaf, facts).reduce<MeasuredFact | undefined>(
    (best, next) => (best && sign * verdictOn(leaf, best) >= sign * verdictOn(leaf, next) ? best : next),
    undefined,
  );
}

function personValue({ fact, threshold }: Leaf, { person }: Facts): string | null {
  const value =
    threshold.kind === 'person-number'
      ? ageIn(person, threshold.unit)
      : fact === 'sex'
        ? person.sex
        : person.pregnant;
  return value === null ? null : String(value);
}

/** The compared value in words: a number or span in the canonical unit, grades as plus signs, a category, a text. */
export function inWords(value: MeasuredValue): string {
  switch (value.kind) {
    case 'number':
    case 'implausible':
      return span(value.interval, (number) => number);
    case 'ordinal':
      return span(value.interval, gradeInWords);
    case 'unit-unknown':
      return value.readings.map((reading) => span(reading, (number) => number)).join(' | ');
    case 'category':
      return value.category;
    case 'text':
      return value.text;
  }
}

/** Grades: 0 negative, 0.5 trace, then one plus sign a step. */
export function gradeInWords(grade: string): string {
  if (grade === '0') return '-';
  return grade === '0.5' ? '±' : '+'.repeat(Number(grade));
}

function span({ low, high, lowOpen, highOpen }: Interval, word: (number: string) => string): string {
  if (low !== null && low === high) return word(low);
  if (low === null) return high === null ? '?' : `${highOpen ? '<' : '≤'}${word(high)}`;
  if (high === null) return `${lowOpen ? '>' : '≥'}${word(low)}`;
  return `${word(low)}–${word(high)}`;
}
