import { oneOf } from '../../../kernel/index.js';
import { type AnalyteCatalogue, type Bilingual, type CatalogueAnalyte } from '../catalogue.js';
import { type Comparison, COMPARISONS } from '../compare.js';
import { PERSON_WORDS } from '../rule.js';
import { AGE_UNITS, type Threshold } from '../threshold.js';
import { nearest } from '../../../kernel/index.js';
import { asDecimal, readDecimal } from './plain-decimal.js';
import { type Surroundings } from './surroundings.js';
import { asWritten, type FaultList, type SourceNode } from './source-node.js';

/** Names of json-rules-engine where it has them; the last ones are ours. */
export const OWN_LIMIT_OPERATORS = ['aboveOwnLimit', 'reachesOwnLimit', 'belowOwnLimit', 'dropsToOwnLimit'] as const;
export const OPERATORS = [...COMPARISONS, 'in', 'notIn', 'microscopyAbove', ...OWN_LIMIT_OPERATORS, 'cannotExclude'] as const;

/** One condition as nodes. */
export interface LeafNodes {
  node: SourceNode;
  fact: SourceNode;
  operator: string;
  value: SourceNode;
  unit: SourceNode | undefined;
  params: SourceNode | undefined;
}

export interface ReadThreshold {
  threshold: Threshold;
  written: string;
}

type Reader = (leaf: LeafNodes, faults: FaultList) => ReadThreshold | null;

/** Reads value and unit as the fact and the operator want them. Null, with a fault, when they do not fit. */
export function readThreshold(leaf: LeafNodes, around: Surroundings, faults: FaultList): ReadThreshold | null {
  const fact = String(leaf.fact.value);
  const reader = readerFor(fact, leaf.operator, around);
  if (typeof reader === 'function') {
    const isAnswer = around.catalogue.answer(fact) !== undefined;
    if (leaf.params && !isAnswer && !TAKING_PARAMS.includes(leaf.operator)) refuseParams(leaf.params, faults);
    return reader(leaf, faults);
  }
  if (reader === 'limit-for-a-group') faults.add(leaf.node, reader, { fact });
  else {
    const { fits, nature } = reader;
    faults.add(leaf.node, 'operator-unfit', { fact, nature, found: leaf.operator, expected: fits });
  }
  return null;
}

const TAKING_PARAMS = ['microscopyAbove', 'cannotExclude'];

/** A key that nobody reads would leave the condition without what its author meant. */
function refuseParams(node: SourceNode, faults: FaultList): void {
  const members = faults.map(node, 'params', ['over', 'within', 'as', 'visits', 'when']);
  const [lonely] = Object.keys(members ?? {});
  if (lonely) faults.add(node, 'params-without-over', { found: lonely, expected: 'over: previous' });
}

/** The operators that a fact has, and what it is. */
interface Fitting {
  fits: readonly string[];
  nature: Bilingual;
}

function readerFor(fact: string, operator: string, around: Surroundings): Reader | Fitting | 'limit-for-a-group' {
  const { catalogue } = around;
  const words = personWords(fact, catalogue);
  if (fact === 'age' || words) return personReader(operator, words);
  const analyte = catalogue.get(fact);
  const kind = kindOf(fact, catalogue);
  const fits = FITTING[kind];
  if (!fits.includes(operator)) return { fits, nature: NATURES[kind] };
  if ((OWN_LIMIT_OPERATORS as readonly string[]).includes(operator)) return ownLimit;
  if (operator === 'cannotExclude') return (leaf, faults) => text(leaf, analyte, around, faults);
  if (kind === 'category') return (leaf, faults) => category(leaf, analyte, faults);
  if (kind === 'ordinal') return (leaf, faults) => ordinal(leaf, around, faults);
  if (!analyte) return 'limit-for-a-group';
  return (leaf, faults) => number(leaf, analyte, around, faults);
}

/** Which operators fit which kind of fact. */
export const FITTING: Record<CatalogueAnalyte['kind'], readonly string[]> = {
  number: [...COMPARISONS, 'microscopyAbove', ...OWN_LIMIT_OPERATORS],
  ordinal: [...COMPARISONS],
  category: ['equal', 'notEqual', 'in', 'notIn', 'cannotExclude'],
  text: ['cannotExclude'],
};
const NATURES: Record<CatalogueAnalyte['kind'], Bilingual> = {
  number: { zh: '数值', en: 'a number' },
  ordinal: { zh: '分级结果(-、±、+ 到 ++++)', en: 'graded (-, ±, + to ++++)' },
  category: { zh: '分类结果', en: 'one of named categories' },
  text: { zh: '文字结论', en: 'a text' },
};
/** Grades as they are written, the lowest first. */
export const GRADES = ['-', '±', '+', '++', '+++', '++++'] as const;

/** What values of an analyte are, or of the analytes of a group. */
export function kindOf(fact: string, catalogue: AnalyteCatalogue): CatalogueAnalyte['kind'] {
  const [first] = catalogue.inGroup(fact);
  return catalogue.get(fact)?.kind ?? (first ? catalogue.get(first)?.kind : undefined) ?? 'number';
}

function number(
  leaf: LeafNodes,
  analyte: CatalogueAnalyte,
  { catalogue }: Surroundings,
  faults: FaultList,
): ReadThreshold | null {
  const written = readLimit(leaf.value, analyte.id, '3.0', faults);
  if (written === null) return null;
  const canonical = analyte.unit ?? '1';
  if (!leaf.unit) {
    faults.add(leaf.node, 'no-unit', { fact: analyte.id, expected: `unit: ${canonical}` });
    return null;
  }
  const unit = String(leaf.unit.value);
  if (!convertsByPowersOfTen(analyte.id, unit, catalogue)) {
    const isKnown = catalogue.convert(analyte.id, '1', unit) !== null;
    const seen = { found: unit, expected: canonical, nearest: isKnown ? null : nearest(unit, analyte.reportedIn) };
    faults.add(leaf.unit, isKnown ? 'unit-rounds' : 'unit-impossible', { fact: analyte.id, ...seen });
    return null;
  }
  const limit = catalogue.convert(analyte.id, written, unit);
  if (limit === null) return null;
  if (leaf.operator === 'microscopyAbove') return microscopy(leaf, limit, written, catalogue, faults);
  return { threshold: { kind: 'number', comparison: leaf.operator as Comparison, limit }, written };
}

/** A limit as the file has it. Null, with a fault, when it is no number. */
export function readLimit(value: SourceNode, fact: string, example: string, faults: FaultList): string | null {
  return readDecimal(value, example, faults, () => {
    faults.add(value, 'limit-no-number', { fact, found: asWritten(value), expected: asDecimal(value, example) });
  });
}

/** A limit must not be rounded: 126.4 and 125.6 mg/dL are both 7.0 mmol/L, and `>` would lose the people between. */
function convertsByPowersOfTen(id: string, unit: string, catalogue: Surroundings['catalogue']): boolean {
  const probe = catalogue.convert(id, '1234567', unit);
  return probe !== null && /^0*1234567$/.test(probe.replace('.', '').replace(/0+$/, ''));
}

function microscopy(
  leaf: LeafNodes,
  limit: string,
  written: string,
  catalogue: AnalyteCatalogue,
  faults: FaultList,
): ReadThreshold | null {
  const params = leaf.params && faults.map(leaf.params, 'params of microscopyAbove', ['grade']);
  const grade = params?.grade ? gradeOf(leaf, params.grade, catalogue) : null;
  if (grade === null) {
    faults.add(leaf.node, 'no-grade', { expected: 'params: { grade: ++ }' });
    return null;
  }
  return { threshold: { kind: 'microscopy', limit, grade }, written };
}

function ordinal(leaf: LeafNodes, { catalogue }: Surroundings, faults: FaultList): ReadThreshold | null {
  const grade = gradeOf(leaf, leaf.value, catalogue);
  if (grade === null) {
    faults.add(leaf.value, 'bad-grade', { fact: String(leaf.fact.value), found: asWritten(leaf.value), expected: GRADES });
    return null;
  }
  const written = String(leaf.value.value);
  return { threshold: { kind: 'ordinal', comparison: leaf.operator as Comparison, limit: grade }, written };
}

/** A single grade; "positive" is several and no limit. */
function gradeOf(leaf: LeafNodes, node: SourceNode, catalogue: AnalyteCatalogue): string | null {
  const fact = String(leaf.fact.value);
  const analyte = catalogue.get(fact) ? fact : catalogue.inGroup(fact)[0];
  if (node.kind !== 'text' || analyte === undefined) return null;
  const value = catalogue.read(analyte, String(node.value));
  return value?.kind === 'ordinal' && value.interval.low === value.interval.high ? value.interval.low : null;
}

/** `value` is how many times the report's own upper, or lower, limit. */
const ownLimit: Reader = (leaf, faults) => {
  const noMultiple = (): void => {
    faults.add(leaf.value, 'bad-multiple', { found: asWritten(leaf.value), expected: 'value: 1' });
  };
  const times = readDecimal(leaf.value, '1', faults, noMultiple);
  if (times === null) return null;
  if (Number(times) > 0) {
    const end = leaf.operator === 'belowOwnLimit' || leaf.operator === 'dropsToOwnLimit' ? 'low' : 'high';
    const inclusive = leaf.operator === 'reachesOwnLimit' || leaf.operator === 'dropsToOwnLimit';
    return { threshold: { kind: 'own-limit', end, times, inclusive }, written: times };
  }
  noMultiple();
  return null;
};

function wordsOf(leaf: LeafNodes, allowed: readonly string[], faults: FaultList): Set<string> | null {
  const isList = leaf.operator === 'in' || leaf.operator === 'notIn';
  const nodes = isList ? faults.list(leaf.value, `the value of ${leaf.operator as 'in' | 'notIn'}`) : [leaf.value];
  if (leaf.value.kind === 'list' && nodes.length === 0) {
    faults.add(leaf.value, 'empty-list', { what: `"${String(leaf.fact.value)}" ${leaf.operator}` });
  }
  return knownWords(leaf, nodes, allowed, faults);
}

function knownWords(
  leaf: LeafNodes,
  nodes: readonly SourceNode[],
  allowed: readonly string[],
  faults: FaultList,
): Set<string> | null {
  const unknown = nodes.filter((node) => !allowed.includes(String(node.value)));
  for (const node of unknown) {
    faults.add(node, 'unknown-value', { fact: String(leaf.fact.value), ...oneOf(asWritten(node), allowed) });
  }
  return unknown.length || nodes.length === 0 ? null : new Set(nodes.map((node) => String(node.value)));
}

function isInside(operator: string): boolean {
  return operator === 'in' || operator === 'equal';
}

function category(leaf: LeafNodes, analyte: CatalogueAnalyte | undefined, faults: FaultList): ReadThreshold | null {
  const categories = wordsOf(leaf, analyte?.categories ?? [], faults);
  if (!categories) return null;
  return {
    threshold: { kind: 'category', categories, inside: isInside(leaf.operator) },
    written: [...categories].join(', '),
  };
}

/** `value` names the lexicon that reads the text; `params.categories` are the coded answers that fire. */
function text(
  leaf: LeafNodes,
  analyte: CatalogueAnalyte | undefined,
  { lexicons }: Surroundings,
  faults: FaultList,
): ReadThreshold | null {
  const lexicon = lexicons.get(String(leaf.value.value));
  if (!lexicon) {
    faults.add(leaf.value, 'unknown-lexicon', oneOf(asWritten(leaf.value), [...lexicons.keys()]));
    return null;
  }
  const params = leaf.params && faults.map(leaf.params, 'params of cannotExclude', ['categories']);
  const nodes = params?.categories ? faults.list(params.categories, 'categories') : [];
  if (params?.categories?.kind === 'list' && nodes.length === 0) {
    faults.add(params.categories, 'empty-list', { what: 'categories' });
  }
  const categories = nodes.length ? knownWords(leaf, nodes, analyte?.categories ?? [], faults) : new Set<string>();
  return categories && { threshold: { kind: 'text', lexicon, categories }, written: lexicon.title.zh };
}

/** What a fact of the person can be; null for one that is no word. */
export function personWords(fact: string, catalogue: AnalyteCatalogue): readonly string[] | null {
  if (catalogue.answer(fact)) return PERSON_WORDS.pregnant;
  return (PERSON_WORDS as Partial<Record<string, readonly string[]>>)[fact] ?? null;
}

/** Operators for facts that are words. */
export const WORD_OPERATORS: readonly string[] = ['equal', 'notEqual', 'in', 'notIn'];

function personReader(operator: string, words: readonly string[] | null): Reader | Fitting {
  const comparisons: readonly string[] = COMPARISONS;
  if (!words) return comparisons.includes(operator) ? age : { fits: COMPARISONS, nature: NATURES.number };
  if (!WORD_OPERATORS.includes(operator)) {
    return { fits: WORD_OPERATORS, nature: { zh: words.join(' 或 '), en: words.join(' or ') } };
  }
  return (leaf, faults) => {
    const found = wordsOf(leaf, words, faults);
    const known = leaf.params ? readKnown(leaf.params, faults) : null;
    return found && {
      threshold: { kind: 'person-word', words: found, inside: isInside(operator), ...known },
      written: [...found].join(', '),
    };
  };
}

/** `params: { known: true }`: only what is on record counts; what is unknown stays unknown, in rules that call too. */
function readKnown(node: SourceNode, faults: FaultList): { known: true } | null {
  const members = faults.map(node, 'params', ['known']);
  if (members?.known?.value === true) return { known: true };
  if (members?.known) faults.add(members.known, 'bad-known', { found: asWritten(members.known) });
  return null;
}

const age: Reader = (leaf, faults) => {
  const digits = readDecimal(leaf.value, '60', faults, () => {
    faults.add(leaf.value, 'age-no-number', { found: asWritten(leaf.value), expected: 'value: 60' });
  });
  const unit = AGE_UNITS.find((each) => each === leaf.unit?.value);
  if (digits === null) return null;
  if (unit) {
    const threshold = { kind: 'person-number', comparison: leaf.operator as Comparison, limit: digits, unit } as const;
    return { threshold, written: digits };
  }
  const expected = AGE_UNITS.map((each) => `unit: ${each}`);
  faults.add(leaf.unit ?? leaf.node, 'age-unit', { found: leaf.unit && asWritten(leaf.unit), expected });
  return null;
};
