import { CARE_SETTINGS } from '../../../kernel/index.js';
import { OPERATORS } from '../files/read-threshold.js';
import { type SourceNode } from '../files/source-node.js';
import { type Edit, type EditKind, type EditSurroundings, putting } from './edit.js';
import { renumbered, reworded } from './node-edit.js';
import { gradesBeside, gradeWord, neighbours } from './step.js';
import { overTimeEdits, withoutParams } from './time-edits.js';

/** Operators that differ only in the limit itself, and those that look the other way. */
const INCLUSIVE: Record<string, string> = {
  lessThan: 'lessThanInclusive',
  lessThanInclusive: 'lessThan',
  greaterThan: 'greaterThanInclusive',
  greaterThanInclusive: 'greaterThan',
  aboveOwnLimit: 'reachesOwnLimit',
  reachesOwnLimit: 'aboveOwnLimit',
  belowOwnLimit: 'dropsToOwnLimit',
  dropsToOwnLimit: 'belowOwnLimit',
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
};

/** Every change to one condition: its limit, operator, unit, grade, categories, words, and how it looks back. */
export function leafEdits(leaf: SourceNode, around: EditSurroundings): Edit[] {
  const fact = String(leaf.members.get('fact')?.value.value);
  const params = leaf.members.get('params')?.value;
  const when = params?.members.get('when')?.value;
  return [
    ...comparisonEdits(leaf, fact, around),
    ...(params ? [...overTimeEdits(leaf, params), ...knownEdits(leaf, params)] : []),
    ...(when ? comparisonEdits(when, fact, around) : []),
  ];
}

/** `known: true` forgotten: what is unknown takes the stricter side. */
function knownEdits(leaf: SourceNode, params: SourceNode): Edit[] {
  const known = params.members.get('known')?.value;
  return known ? [withoutParams(leaf, known, 'known')] : [];
}

/** Changes to what is compared how with what; the fact may stand further up. */
function comparisonEdits(node: SourceNode, fact: string, around: EditSurroundings): Edit[] {
  const [value, operator, unit] = ['value', 'operator', 'unit'].map((key) => node.members.get(key)?.value);
  const params = node.members.get('params')?.value.members;
  const [grade, categories, over] = ['grade', 'categories', 'over'].map((key) => params?.get(key)?.value);
  return [
    ...(value ? valueEdits(value, fact, around) : []),
    ...(grade ? gradeEdits(grade, fact, around) : []),
    ...(categories ? setEdits(categories, fact, around) : []),
    ...(operator ? operatorEdits(operator, around) : []),
    ...(unit ? unitEdits(unit, over?.value === 'rate' ? around.rates : around.units) : []),
  ];
}

function valueEdits(value: SourceNode, fact: string, around: EditSurroundings): Edit[] {
  if (value.kind === 'number') return limitEdits(value);
  if (value.kind === 'boolean') return [flipped(value)];
  const grades = gradeEdits(value, fact, around);
  return grades.length > 0 ? grades : setEdits(value, fact, around);
}

function limitEdits(value: SourceNode): Edit[] {
  return neighbours(value.digits).map((digits) =>
    putting('limit', value, renumbered(value, digits), { zh: '界值', en: 'limit' }),
  );
}

function gradeEdits(node: SourceNode, fact: string, { catalogue }: EditSurroundings): Edit[] {
  const analyte = catalogue.get(fact) ? fact : catalogue.inGroup(fact)[0];
  const read = analyte === undefined ? null : catalogue.read(analyte, String(node.value));
  if (node.kind !== 'text' || read?.kind !== 'ordinal' || read.interval.low === null) return [];
  return gradesBeside(read.interval.low).map((grade) =>
    putting('grade', node, reworded(node, gradeWord(grade)), { zh: '分级', en: 'grade' }),
  );
}

function operatorEdits(operator: SourceNode, { operators }: EditSurroundings): Edit[] {
  const name = { zh: '运算符', en: 'operator' };
  const word = String(operator.value);
  const put = (kind: EditKind, other: string): Edit => putting(kind, operator, reworded(operator, other), name);
  if (operators === 'every') return OPERATORS.filter((other) => other !== word).map((other) => put('turned', other));
  const [inclusive, turned] = [INCLUSIVE[word], TURNED[word]];
  return [...(inclusive ? [put('inclusive', inclusive)] : []), ...(turned ? [put('turned', turned)] : [])];
}

/** Every other unit; those in which the limit cannot be read are refused when they are read. */
function unitEdits(unit: SourceNode, units: readonly string[]): Edit[] {
  return units
    .filter((other) => other !== unit.value)
    .map((other) => putting('unit', unit, reworded(unit, other), { zh: '单位', en: 'unit' }));
}

/** Of a list, each word taken out and each other word taken in; a single word becomes each of the others. */
function setEdits(node: SourceNode, fact: string, around: EditSurroundings): Edit[] {
  const words = wordsOf(fact, around);
  if (node.kind !== 'list') return words.includes(String(node.value)) ? swaps(node, words) : [];
  const present = node.items.map((item) => String(item.value));
  const name = { zh: '类别', en: 'category' };
  const taken = node.items.map((item) => putting('category', item, null, name));
  const given = words
    .filter((word) => !present.includes(word))
    .map((word) => ({
      ...putting('category', node, { ...node, items: [...node.items, reworded(node, word)] }, name),
      what: { zh: `加上类别 ${word}`, en: `category ${word} taken in` },
    }));
  return [...(present.length > 1 ? taken : []), ...given];
}

function wordsOf(fact: string, { catalogue }: EditSurroundings): readonly string[] {
  if (fact === 'sex') return ['male', 'female'];
  return fact === 'care-setting' ? CARE_SETTINGS : (catalogue.get(fact)?.categories ?? []);
}

function swaps(node: SourceNode, words: readonly string[]): Edit[] {
  return words
    .filter((word) => word !== node.value)
    .map((word) => putting('word', node, reworded(node, word), { zh: '取值', en: 'value' }));
}

function flipped(node: SourceNode): Edit {
  const value = node.value !== true;
  return putting('word', node, { ...node, value, digits: String(value) }, { zh: '取值', en: 'value' });
}
