import { findGrades } from './grades.js';
import { type Lexicon, type MeasuredPhrase, type PhraseList } from './lexicon.js';

/** A place in a clause that speaks of what the lexicon looks for. */
export interface Mention {
  kind: 'malignant' | 'tumour' | 'positive' | 'possible' | 'benign' | 'measured';
  start: number;
  end: number;
  /** The measure that makes it a finding. */
  measured?: MeasuredPhrase;
}

const KINDS: readonly (readonly [PhraseList, Mention['kind']])[] = [
  ['positive', 'positive'],
  ['possible', 'possible'],
  ['malignant', 'malignant'],
  ['abbreviations', 'malignant'],
  ['benign', 'benign'],
  ['tumour', 'tumour'],
];

/** Every mention of the clause once: a longer name takes the place of those inside it (血管瘤 is no 瘤 of unknown kind). */
export function mentionsIn(clause: string, lexicon: Lexicon, systems: readonly string[]): Mention[] {
  const found: Mention[] = [];
  for (const [list, kind] of KINDS) {
    const pattern = lexicon.patterns[list];
    if (!pattern) continue;
    for (const match of clause.matchAll(pattern)) {
      found.push({ kind, start: match.index, end: match.index + match[0].length });
    }
  }
  for (const measured of lexicon.measured) {
    for (const match of clause.matchAll(measured.pattern)) {
      found.push({ kind: 'measured', start: match.index, end: match.index + match[0].length, measured });
    }
  }
  found.push(...gradesIn(clause, lexicon, systems));
  return found.filter((one) => !found.some((other) => covers(other, one)));
}

/** A class that reaches from below the limit to it (3-4类) is no finding for certain. */
function gradesIn(clause: string, { grades }: Lexicon, systems: readonly string[]): Mention[] {
  if (grades === null) return [];
  return findGrades(clause, systems, grades).map(({ start, end, isCertain }) => {
    if (!grades.areFindings) return { kind: 'tumour', start, end };
    return { kind: isCertain ? 'positive' : 'possible', start, end };
  });
}

function covers(outer: Mention, inner: Mention): boolean {
  const isLonger = outer.end - outer.start > inner.end - inner.start;
  return isLonger && outer.start <= inner.start && outer.end >= inner.end;
}
