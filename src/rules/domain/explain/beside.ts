import { exactly } from '../../../kernel/index.js';
import { GRADES, neighbours as neighboursOf } from '../strength/step.js';
import { type Place } from './candidates.js';
import { personWith, type Replacement } from './leaf-again.js';

/** What lies one last digit, or one grade, below and above what would stand in a place. */
export function besideOf({ value: seen, leaf: { leaf } }: Place, replacement: Replacement, size: string): Replacement[] {
  if (seen === null) return neighboursOf(size).map((word) => ({ person: personWith(leaf, word) }));
  const value = 'value' in replacement ? replacement.value : undefined;
  if (value?.kind === 'ordinal') {
    const at = GRADES.indexOf(size);
    return [GRADES[at - 1] ?? size, GRADES[at + 1] ?? size].map((grade) => ({ value: { ...value, interval: exactly(grade) } }));
  }
  return value?.kind === 'number' ? neighboursOf(size).map((end) => ({ value: { ...value, interval: exactly(end) } })) : [];
}
