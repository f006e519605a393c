import { type AnalyteCatalogue, type Bilingual } from '../catalogue.js';
import { type SourceNode } from '../files/source-node.js';

/** What a slip of the pen may change in the conditions of a rule. */
export const EDIT_KINDS = [
  'limit',
  'grade',
  'inclusive',
  'turned',
  'unit',
  'category',
  'word',
  'dropped',
  'not',
  'all-any',
] as const;
export type EditKind = (typeof EDIT_KINDS)[number];

/** One change to the conditions of a rule. */
export interface Edit {
  kind: EditKind;
  /** Where the changed thing stands in the file. */
  place: Pick<SourceNode, 'line' | 'column'>;
  /** What is changed, in words: 界值 3.0 → 3.1. */
  what: Bilingual;
  /** The conditions with the change in them. */
  apply(conditions: SourceNode): SourceNode;
}

/** What edits look things up in. */
export interface EditSurroundings {
  catalogue: AnalyteCatalogue;
  /** Every unit that the vocabulary writes values in: what a unit may be taken for. */
  units: readonly string[];
}

export function unitsOf(catalogue: AnalyteCatalogue): string[] {
  const units = catalogue.names().flatMap((name) => {
    const analyte = catalogue.get(name);
    return analyte ? [...(analyte.unit ? [analyte.unit] : []), ...analyte.reportedIn] : [];
  });
  return [...new Set(units)];
}
