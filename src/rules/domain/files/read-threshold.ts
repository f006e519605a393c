import { type AnalyteCatalogue, type CatalogueAnalyte } from '../catalogue.js';
import { type Comparison, COMPARISONS } from '../compare.js';
import { AGE_UNITS, type PersonFact, type Threshold } from '../rule.js';
import { type Surroundings } from './read-condition.js';
import { describe, expected, type FaultList, type SourceNode, suggest } from './source-node.js';

/** Names of json-rules-engine where it has them; the last ones are ours. */
const OWN_LIMIT_OPERATORS = ['aboveOwnLimit', 'reachesOwnLimit'] as const;
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

interface ReadThreshold {
  threshold: Threshold;
  written: string;
}

type Reader = (leaf: LeafNodes, faults: FaultList) => ReadThreshold | null;

/** Reads value and unit as the fact and the operator want them. Null, with a fault, when they do not fit. */
export function readThreshold(leaf: LeafNodes, around: Surroundings, faults: FaultList): ReadThreshold | null {
  const fact = String(leaf.fact.value);
  const reader = readerFor(fact, leaf.operator, around);
  if (typeof reader === 'string') {
    faults.add(leaf.node, reader);
    return null;
  }
  return reader(leaf, faults);
}

function readerFor(fact: string, operator: string, around: Surroundings): Reader | string {
  const { catalogue } = around;
  if (fact === 'age' || fact === 'sex' || fact === 'pregnant') return personReader(fact, operator);
  const analyte = catalogue.get(fact);
  if ((OWN_LIMIT_OPERATORS as readonly string[]).includes(operator)) return ownLimit;
  const kind = analyte?.kind ?? kindOfGroup(fact, around);
  const fits = FITTING[kind];
  if (!fits.includes(operator)) {
    return `operator "${operator}" does not fit "${fact}", which is ${KIND_WORDS[kind]}${expected(fits)}`;
  }
  if (operator === 'cannotExclude') return (leaf, faults) => text(leaf, analyte, around, faults);
  if (kind === 'category') return (leaf, faults) => category(leaf, analyte, faults);
  if (kind === 'ordinal') return (leaf, faults) => ordinal(leaf, around, faults);
  if (!analyte) return `limits differ within the group "${fact}"; name the analyte, or use ${OWN_LIMIT_OPERATORS.join(' or ')}`;
  return (leaf, faults) => number(leaf, analyte, around, faults);
}

const FITTING: Record<CatalogueAnalyte['kind'], string[]> = {
  number: [...COMPARISONS, 'microscopyAbove', ...OWN_LIMIT_OPERATORS],
  ordinal: [...COMPARISONS],
  category: ['equal', 'notEqual', 'in', 'notIn', 'cannotExclude'],
  text: ['cannotExclude'],
};
const KIND_WORDS: Record<CatalogueAnalyte['kind'], string> = {
  number: 'a number',
  ordinal: 'graded (-, ±, + to ++++)',
  category: 'one of named categories',
  text: 'a text',
};

function kindOfGroup(group: string, { catalogue }: Surroundings): CatalogueAnalyte['kind'] {
  const [first] = catalogue.inGroup(group);
  return (first ? catalogue.get(first)?.kind : undefined) ?? 'number';
}

/** A plain decimal as the file has it, digits kept. */
function decimalOf(value: SourceNode): string | null {
  const digits = value.digits.replace(/^\+/, '');
  return value.kind === 'number' && /^-?\d+(\.\d+)?$/.test(digits) ? digits : null;
}

function number(
  leaf: LeafNodes,
  analyte: CatalogueAnalyte,
  { catalogue }: Surroundings,
  faults: FaultList,
): ReadThreshold | null {
  const written = decimalOf(leaf.value);
  if (written === null) {
    faults.add(leaf.value, `the limit of "${analyte.id}" must be a number, found ${describe(leaf.value)}`);
    return null;
  }
  const canonical = analyte.unit ?? '1';
  if (!leaf.unit) {
    faults.add(leaf.node, `the limit of "${analyte.id}" needs a unit, e.g. unit: ${canonical}`);
    return null;
  }
  const unit = String(leaf.unit.value);
  if (!convertsByPowersOfTen(analyte.id, unit, catalogue)) {
    const isKnown = catalogue.convert(analyte.id, '1', unit) !== null;
    const why = isKnown
      ? 'would be rounded on the way to the unit that values are compared in; write the limit'
      : 'cannot be converted; expected a unit';
    faults.add(leaf.unit, `unit "${unit}" of "${analyte.id}" ${why} in ${canonical} or a power of ten of it`);
    return null;
  }
  const limit = catalogue.convert(analyte.id, written, unit);
  if (limit === null) return null;
  if (leaf.operator === 'microscopyAbove') return microscopy(leaf, limit, written, catalogue, faults);
  return { threshold: { kind: 'number', comparison: leaf.operator as Comparison, limit }, written };
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
    faults.add(leaf.node, 'microscopyAbove needs the plus-grade that fires too, e.g. params: { grade: ++ }');
    return null;
  }
  return { threshold: { kind: 'microscopy', limit, grade }, written };
}

function ordinal(leaf: LeafNodes, { catalogue }: Surroundings, faults: FaultList): ReadThreshold | null {
  const grade = gradeOf(leaf, leaf.value, catalogue);
  if (grade === null) {
    faults.add(leaf.value, `a grade must be one of "-", ±, +, ++, +++, ++++, found ${describe(leaf.value)}`);
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

/** `value` is how many times the report's own upper limit. */
const ownLimit: Reader = (leaf, faults) => {
  const times = decimalOf(leaf.value);
  if (times !== null && Number(times) > 0) {
    return { threshold: { kind: 'own-limit', times, inclusive: leaf.operator === 'reachesOwnLimit' }, written: times };
  }
  faults.add(leaf.value, `${leaf.operator} needs the multiple of the report's limit, e.g. 1, found ${describe(leaf.value)}`);
  return null;
};

function wordsOf(leaf: LeafNodes, allowed: readonly string[], faults: FaultList): Set<string> | null {
  const isList = leaf.operator === 'in' || leaf.operator === 'notIn';
  const nodes = isList ? faults.list(leaf.value, `the value of ${leaf.operator}`) : [leaf.value];
  return knownWords(nodes, allowed, faults);
}

function knownWords(nodes: readonly SourceNode[], allowed: readonly string[], faults: FaultList): Set<string> | null {
  const unknown = nodes.filter((node) => !allowed.includes(String(node.value)));
  for (const node of unknown) {
    faults.add(node, `${describe(node)} is not one of its values${suggest(String(node.value), allowed)}`);
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
    faults.add(leaf.value, `unknown lexicon ${describe(leaf.value)}${suggest(String(leaf.value.value), [...lexicons.keys()])}`);
    return null;
  }
  const params = leaf.params && faults.map(leaf.params, 'params of cannotExclude', ['categories']);
  const nodes = params?.categories ? faults.list(params.categories, 'categories') : [];
  const categories = nodes.length ? knownWords(nodes, analyte?.categories ?? [], faults) : new Set<string>();
  return categories && { threshold: { kind: 'text', lexicon, categories }, written: lexicon.title.zh };
}

function personReader(fact: PersonFact, operator: string): Reader | string {
  const comparisons: readonly string[] = COMPARISONS;
  if (fact === 'age') return comparisons.includes(operator) ? age : `operator "${operator}" does not fit "age", a number`;
  const words = fact === 'sex' ? ['male', 'female'] : ['true', 'false'];
  if (!['equal', 'notEqual', 'in', 'notIn'].includes(operator)) {
    return `operator "${operator}" does not fit "${fact}", which is ${words.join(' or ')}; expected equal, notEqual`;
  }
  return (leaf, faults) => {
    const found = wordsOf(leaf, words, faults);
    return found && {
      threshold: { kind: 'person-word', words: found, inside: isInside(operator) },
      written: [...found].join(', '),
    };
  };
}

const age: Reader = (leaf, faults) => {
  const written = decimalOf(leaf.value);
  const unit = AGE_UNITS.find((each) => each === leaf.unit?.value);
  if (written === null) faults.add(leaf.value, `an age must be a number, found ${describe(leaf.value)}`);
  else if (!unit) faults.add(leaf.unit ?? leaf.node, 'an age is in completed years or days; write unit: a, or unit: d');
  else {
    const comparison = leaf.operator as Comparison;
    return { threshold: { kind: 'person-number', comparison, limit: written, unit }, written };
  }
  return null;
};
