import { type Bilingual } from '../catalogue.js';
import { gradeInWords } from '../evidence.js';
import { type SourceNode } from '../files/source-node.js';
import { type Edit, type EditKind, type EditSurroundings } from './edit.js';
import { edited, renumbered, reworded } from './node-edit.js';
import { gradesBeside, neighbours } from './step.js';

/** Operators that differ only in the limit itself, and those that look the other way. */
const INCLUSIVE: Record<string, string> = {
  lessThan: 'lessThanInclusive',
  lessThanInclusive: 'lessThan',
  greaterThan: 'greaterThanInclusive',
  greaterThanInclusive: 'greaterThan',
};
const TURNED: Record<string, string> = {
  lessThan: 'greaterThan',
  lessThanInclusive: 'greaterThanInclusive',
  greaterThan: 'lessThan',
  greaterThanInclusive: 'lessThanInclusive',
  equal: 'notEqual',
  notEqual: 'equal',
  in: 'notIn',
  notIn: 'in',
  // It has no opposite; a plain comparison loses the spans and the plus-grades.
  microscopyAbove: 'greaterThan',
};

/** Every change to one condition: its limit, operator, unit, grade, categories, words. */
export function leafEdits(leaf: SourceNode, around: EditSurroundings): Edit[] {
  const at = (key: string) => leaf.members.get(key)?.value;
  const fact = String(at('fact')?.value);
  const params = at('params')?.members;
  const [value, operator, unit] = [at('value'), at('operator'), at('unit')];
  return [
    ...(value ? valueEdits(value, fact, around) : []),
    ...(params?.get('grade') ? gradeEdits(params.get('grade')!.value, fact, around) : []),
    ...(params?.get('categories') ? setEdits(params.get('categories')!.value, fact, around) : []),
    ...(operator ? operatorEdits(operator) : []),
    ...(unit ? unitEdits(unit, around) : []),
  ];
}

function valueEdits(value: SourceNode, fact: string, around: EditSurroundings): Edit[] {
  if (value.kind === 'number') return limitEdits(value);
  if (value.kind === 'boolean') return [wordEdit(value, String(!value.value))];
  const grades = gradeEdits(value, fact, around);
  return grades.length > 0 ? grades : setEdits(value, fact, around);
}

function limitEdits(value: SourceNode): Edit[] {
  return neighbours(value.digits).map((digits) =>
    put('limit', value, renumbered(value, digits), { zh: '界值', en: 'limit' }),
  );
}

function gradeEdits(node: SourceNode, fact: string, { catalogue }: EditSurroundings): Edit[] {
  const analyte = catalogue.get(fact) ? fact : catalogue.inGroup(fact)[0];
  const read = analyte === undefined ? null : catalogue.read(analyte, String(node.value));
  if (node.kind !== 'text' || read?.kind !== 'ordinal' || read.interval.low === null) return [];
  return gradesBeside(read.interval.low).map((grade) =>
    put('grade', node, reworded(node, gradeInWords(grade)), { zh: '分级', en: 'grade' }),
  );
}

function operatorEdits(operator: SourceNode): Edit[] {
  const name = { zh: '运算符', en: 'operator' };
  const word = String(operator.value);
  const [inclusive, turned] = [INCLUSIVE[word], TURNED[word]];
  return [
    ...(inclusive ? [put('inclusive', operator, reworded(operator, inclusive), name)] : []),
    ...(turned ? [put('turned', operator, reworded(operator, turned), name)] : []),
  ];
}

/** Every other unit; those in which the limit cannot be read are refused when they are read. */
function unitEdits(unit: SourceNode, { units }: EditSurroundings): Edit[] {
  return units
    .filter((other) => other !== unit.value)
    .map((other) => put('unit', unit, reworded(unit, other), { zh: '单位', en: 'unit' }));
}

const SEXES = ['male', 'female'];

/** Of a list, each word taken out and each other word taken in; a single word becomes each of the others. */
function setEdits(node: SourceNode, fact: string, { catalogue }: EditSurroundings): Edit[] {
  const words = fact === 'sex' ? SEXES : (catalogue.get(fact)?.categories ?? []);
  if (node.kind !== 'list') return words.includes(String(node.value)) ? swaps(node, words) : [];
  const present = node.items.map((item) => String(item.value));
  const absent = words.filter((word) => !present.includes(word));
  const taken = node.items.map((item) => ({
    ...put('category', item, null, { zh: '类别', en: 'category' }),
    what: { zh: `去掉类别 ${String(item.value)}`, en: `category ${String(item.value)} taken out` },
  }));
  const given = absent.map((word) => ({
    ...put('category', node, { ...node, items: [...node.items, reworded(node, word)] }, { zh: '类别', en: 'category' }),
    what: { zh: `加上类别 ${word}`, en: `category ${word} taken in` },
  }));
  return [...(present.length > 1 ? taken : []), ...given];
}

function swaps(node: SourceNode, words: readonly string[]): Edit[] {
  return words.filter((word) => word !== node.value).map((word) => wordEdit(node, word));
}

function wordEdit(node: SourceNode, word: string): Edit {
  const by = node.kind === 'boolean' ? { ...node, value: word === 'true', digits: word } : reworded(node, word);
  return put('word', node, by, { zh: '取值', en: 'value' });
}

/** An edit that puts one node in the place of another, said as `name before → after`. */
function put(kind: EditKind, node: SourceNode, by: SourceNode | null, name: Bilingual): Edit {
  const arrow = by ? `${spelling(node)} → ${spelling(by)}` : spelling(node);
  return {
    kind,
    place: node,
    what: { zh: `${name.zh} ${arrow}`, en: `${name.en} ${arrow}` },
    apply: (conditions) => edited(conditions, node, by),
  };
}

function spelling(node: SourceNode): string {
  return node.kind === 'number' ? node.digits : String(node.value);
}
