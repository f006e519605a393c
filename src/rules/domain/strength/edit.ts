import { type AnalyteCatalogue, type Bilingual } from '../catalogue.js';
import { TIME_UNITS } from '../files/read-window.js';
import { type SourceNode } from '../files/source-node.js';
import { AGE_UNITS } from '../threshold.js';
import { edited } from './node-edit.js';

/** What a slip of the pen may change in the conditions of a rule. */
export type EditKind =
  | 'limit'
  | 'grade'
  | 'inclusive'
  | 'turned'
  | 'unit'
  | 'category'
  | 'word'
  | 'dropped'
  | 'not'
  | 'all-any';

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
  /** Every unit that the vocabulary writes values in, and those of ages: what a unit may be taken for. */
  units: readonly string[];
  /** The same units by each unit of time. */
  rates: readonly string[];
  /** `turned`: the limit in or out, the other way round. `every`: whatever operator can be read there. */
  operators: 'turned' | 'every';
}

export function editSurroundings(catalogue: AnalyteCatalogue): EditSurroundings {
  const analytes = catalogue.names().flatMap((name) => catalogue.get(name) ?? []);
  const written = analytes.flatMap(({ unit, reportedIn }) => [...(unit ? [unit] : []), ...reportedIn]);
  const units = [...new Set([...written, ...AGE_UNITS])];
  const times = Object.keys(TIME_UNITS);
  return { catalogue, operators: 'turned', units, rates: units.flatMap((unit) => times.map((time) => `${unit}/${time}`)) };
}

/** An edit that puts one node in the place of another, or takes it out, said as `name before → after`. */
export function putting(kind: EditKind, node: SourceNode, by: SourceNode | null, name: Bilingual): Edit {
  const before = spelling(node);
  const what = by
    ? { zh: `${name.zh} ${before} → ${spelling(by)}`, en: `${name.en} ${before} → ${spelling(by)}` }
    : { zh: `去掉${name.zh} ${before}`, en: `${name.en} ${before} taken out` };
  return { kind, place: node, what, apply: (conditions) => edited(conditions, node, by) };
}

function spelling(node: SourceNode): string {
  return node.kind === 'number' ? node.digits : String(node.value);
}
