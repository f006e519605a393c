import { NO_UNIT, unitProduct } from '../../../terminology/domain/units/unit-algebra.js';
import { type AnalyteCatalogue, type Bilingual } from '../catalogue.js';
import { inUnits } from '../formula/check-units.js';
import { type Expression, FormulaFault, FUNCTIONS, parseExpression } from '../formula/expression.js';
import { type Formula, type FormulaInput } from '../formula/formula.js';
import { readId, readTitle } from './read-rule-file.js';
import { describe, type FaultList, type SourceNode, suggest } from './source-node.js';

const FILE_KEYS = ['kind', 'title', 'source', 'owner', 'review-by', 'note', 'formulas'] as const;
const FORMULA_KEYS = ['id', 'title', 'unit', 'decimals', 'from', 'formula', 'source', 'note', 'examples'] as const;
const MOST_DECIMALS = 6;

/** A formula with what its checks need: where it stands, and its examples. */
export interface PlacedFormula {
  formula: Formula;
  at: SourceNode;
  /** Analytes that it is computed from, each where it is named. */
  inputNodes: readonly SourceNode[];
  examples: readonly SourceNode[];
}

/** Reads a file of formulas (`kind: formula`). Formulas with faults are left out. */
export function readFormulaFile(
  node: SourceNode,
  catalogue: AnalyteCatalogue,
  faults: FaultList,
): PlacedFormula[] {
  const members = faults.map(node, 'a formula file', FILE_KEYS);
  if (!members) return [];
  if (!members.title) faults.add(node, 'title is missing');
  else if (members.title.kind !== 'text') readTitle(members.title, node, faults);
  const source = members.source ? faults.text(members.source, node, 'source') : null;
  if (!members.formulas) {
    faults.add(node, 'formulas is missing');
    return [];
  }
  return faults
    .list(members.formulas, 'formulas')
    .map((one) => readFormula(one, source, catalogue, faults))
    .filter((one) => one !== null);
}

function readFormula(
  node: SourceNode,
  fileSource: string | null,
  catalogue: AnalyteCatalogue,
  faults: FaultList,
): PlacedFormula | null {
  const members = faults.map(node, 'a formula', FORMULA_KEYS);
  if (!members) return null;
  const id = readId(members.id, node, faults);
  const title = readTitle(members.title, node, faults);
  const source = members.source || fileSource === null ? faults.text(members.source, node, 'source') : fileSource;
  const unit = readUnit(members.unit, node, faults);
  const decimals = readDecimals(members.decimals, node, faults);
  const inputs = readInputs(members.from, node, catalogue, faults);
  const examples = members.examples ? faults.list(members.examples, 'examples') : [];
  if (examples.length === 0) faults.add(node, 'a formula needs an example, e.g. { facts: { … }, expect: 12.5 }');
  if (id === null || !title || source === null || unit === null || decimals === null || !inputs) return null;
  if (!fitsVocabulary({ id, unit, decimals }, node, catalogue, faults)) return null;
  const expression = readExpression(members.formula, node, inputs, unit, catalogue, faults);
  if (!expression) return null;
  const { value } = members.formula as SourceNode;
  const formula = complete({ id, title, source, unit, decimals }, inputs, expression, String(value));
  return { formula, at: node, inputNodes: inputs.map((input) => input.node), examples };
}

type Input = FormulaInput & { node: SourceNode };

function complete(
  head: { id: string; title: Bilingual; source: string; unit: string; decimals: number },
  inputs: readonly Input[],
  expression: Expression,
  written: string,
): Formula {
  const plain = inputs.map(({ name, analyte, lowest }) => ({ name, analyte, lowest }));
  return { ...head, inputs: plain, written, expression };
}

function readUnit(node: SourceNode | undefined, owner: SourceNode, faults: FaultList): string | null {
  if (!node) {
    faults.add(owner, "unit is missing: the UCUM unit of the value; a ratio has unit: '1' or '%'");
    return null;
  }
  const unit = String(node.value);
  if (unitProduct(unit)) return unit;
  faults.add(node, `unit ${describe(node)} is no UCUM unit that can be calculated with, e.g. mmol/L, '1' or '%'`);
  return null;
}

function readDecimals(node: SourceNode | undefined, owner: SourceNode, faults: FaultList): number | null {
  const isWhole = node?.kind === 'number' && /^\d$/.test(node.digits) && Number(node.digits) <= MOST_DECIMALS;
  if (node && isWhole) return Number(node.digits);
  const found = node ? `, found ${describe(node)}` : '';
  faults.add(node ?? owner, `decimals says how the value is printed: a whole number from 0 to ${MOST_DECIMALS}${found}`);
  return null;
}

/** `from: { f: psa-free, t: psa-total }`: names in the formula, and the analytes that they stand for. */
function readInputs(
  node: SourceNode | undefined,
  owner: SourceNode,
  catalogue: AnalyteCatalogue,
  faults: FaultList,
): Input[] | null {
  if (node?.kind !== 'map' || node.members.size === 0) {
    faults.add(node ?? owner, 'from names the inputs, e.g. from: { f: psa-free, t: psa-total }');
    return null;
  }
  const inputs = [...node.members].map(([name, { key, value }]) => {
    if (!/^[a-z][A-Za-z0-9_]*$/.test(name) || (FUNCTIONS as readonly string[]).includes(name)) {
      faults.add(key, `"${name}" cannot be the name of an input: letters and digits, a small letter first, none of ${FUNCTIONS.join(', ')}`);
      return null;
    }
    const id = String(value.value);
    const analyte = catalogue.get(id);
    if (!analyte) faults.add(value, `unknown analyte ${describe(value)}${suggest(id, catalogue.names())}`);
    else if (analyte.kind !== 'number') faults.add(value, `"${id}" is no number: nothing can be computed from it`);
    else if (analyte.sensitive) faults.add(value, `"${id}" is a confidential result: what is computed from it would tell it`);
    else if (!unitProduct(analyte.unit ?? '1')) faults.add(value, `"${id}" is in ${analyte.unit}, which cannot be calculated with`);
    else return { name, analyte: id, lowest: analyte.lowest, node: value };
    return null;
  });
  return inputs.includes(null) ? null : (inputs as Input[]);
}

/** A formula may carry the id of an analyte that laboratories report themselves: it must then give the same thing. */
function fitsVocabulary(
  { id, unit, decimals }: Pick<Formula, 'id' | 'unit' | 'decimals'>,
  node: SourceNode,
  catalogue: AnalyteCatalogue,
  faults: FaultList,
): boolean {
  if (catalogue.inGroup(id).length > 0) {
    faults.add(node, `"${id}" is a group of analytes; a formula needs an id of its own`);
    return false;
  }
  const analyte = catalogue.get(id);
  if (!analyte || (analyte.kind === 'number' && analyte.unit === unit && analyte.decimals === decimals)) return true;
  const is = analyte.kind === 'number' ? `in ${analyte.unit} with ${analyte.decimals} decimals` : 'no number';
  faults.add(node, `"${id}" is an analyte of the vocabulary, ${is}: the formula must give the same, or have another id`);
  return false;
}

function readExpression(
  node: SourceNode | undefined,
  owner: SourceNode,
  inputs: readonly Input[],
  unit: string,
  catalogue: AnalyteCatalogue,
  faults: FaultList,
): Expression | null {
  if (!node || (node.kind !== 'text' && node.kind !== 'number')) {
    faults.add(node ?? owner, 'formula is missing: what is computed, e.g. formula: f / t');
    return null;
  }
  const text = node.kind === 'number' ? node.digits : String(node.value);
  const names = inputs.map(({ name }) => name);
  try {
    const expression = parseExpression(text, names);
    const idle = inputs.find(({ name }) => !isUsed(expression, name));
    if (idle) faults.add(idle.node, `"${idle.name}" does not occur in the formula`);
    const units = new Map(inputs.map(({ name, analyte }) => [name, unitProduct(catalogue.get(analyte)?.unit ?? '1')]));
    return inUnits(expression, (name) => units.get(name) ?? NO_UNIT, unit);
  } catch (error) {
    if (!(error instanceof FormulaFault)) throw error;
    faults.add(placeIn(node, error.at), error.message);
    return null;
  }
}

function isUsed(expression: Expression, name: string): boolean {
  switch (expression.kind) {
    case 'number':
      return false;
    case 'input':
      return expression.name === name;
    case 'operation':
      return isUsed(expression.left, name) || isUsed(expression.right, name);
    case 'call':
      return expression.parts.some((part) => isUsed(part, name));
    default:
      return isUsed(expression.of, name);
  }
}

/** Line and column of a character of a text; where the text is spread over lines, of its beginning. */
function placeIn(node: SourceNode, at: number): Pick<SourceNode, 'line' | 'column'> {
  const { line, column, textColumn } = node;
  return { line, column: textColumn === null ? column : textColumn + at };
}
