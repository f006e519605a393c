import { findGrades } from './grades.js';
import { type Lexicon, type PhraseList } from './lexicon.js';

/** A place in a clause that speaks of a tumour. */
export interface Mention {
  kind: 'malignant' | 'tumour' | 'positive' | 'benign';
  start: number;
  end: number;
}

const KINDS: readonly (readonly [PhraseList, Mention['kind']])[] = [
  ['positive', 'positive'],
  ['malignant', 'malignant'],
  ['abbreviations', 'malignant'],
  ['benign', 'benign'],
  ['tumour', 'tumour'],
];

/** Every mention of the clause once: a longer name takes the place of those inside it (血管瘤 is no 瘤 of unknown kind). */
export function mentionsIn(clause: string, lexicon: Lexicon, gradesAreNamed: boolean): Mention[] {
  const found: Mention[] = [];
  for (const [list, kind] of KINDS) {
    const pattern = lexicon.patterns[list];
    if (!pattern) continue;
    for (const match of clause.matchAll(pattern)) {
      found.push({ kind, start: match.index, end: match.index + match[0].length });
    }
  }
  if (lexicon.gradesFrom !== null) {
    for (const grade of findGrades(clause, gradesAreNamed, lexicon.gradesFrom)) {
      found.push({ kind: 'tumour', ...grade });
    }
  }
  return found.filter((one) => !found.some((other) => covers(other, one)));
}

function covers(outer: Mention, inner: Mention): boolean {
  const isLonger = outer.end - outer.start > inner.end - inner.start;
  return isLonger && outer.start <= inner.start && outer.end >= inner.end;
}
