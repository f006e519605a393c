import { NO_UNIT, unitProduct } from '../../../terminology/domain/units/unit-algebra.js';
import { type AnalyteCatalogue, type Bilingual } from '../catalogue.js';
import { inUnits } from '../formula/check-units.js';
import { type Expression, FormulaFault, FUNCTIONS, parseExpression } from '../formula/expression.js';
import { type ArithmeticFormula, type FormulaInput } from '../formula/formula.js';
import { noSuchFact } from './read-condition.js';
import { readId, readTitle } from './read-rule-file.js';
import { asWritten, type FaultList, type SourceNode } from './source-node.js';

/** What a file of formulas may have. */
export const FORMULA_FILE_KEYS = ['kind', 'title', 'source', 'owner', 'review-by', 'note', 'formulas'] as const;
/** What a formula may have. */
export const FORMULA_KEYS = ['id', 'title', 'unit', 'decimals', 'from', 'formula', 'source', 'note', 'examples'] as const;
/** More than any laboratory reports. */
export const MOST_DECIMALS = 6;

/** A formula with what its checks need: where it stands, and its examples. */
export interface PlacedFormula {
  formula: ArithmeticFormula;
  at: SourceNode;
  examples: readonly SourceNode[];
}

/** What formulas look things up in. */
export interface FormulaSurroundings {
  catalogue: AnalyteCatalogue;
  /** Ids of all formulas, sound or not: none is computed from another. */
  ids: ReadonlySet<string>;
}

/** The ids in a file of formulas. */
export function formulaIdsIn(node: SourceNode): string[] {
  const formulas = node.members.get('formulas')?.value.items ?? [];
  return formulas.flatMap((one) => one.members.get('id')?.value.digits ?? []);
}

/** Reads a file of formulas (`kind: formula`). Formulas with faults are left out. */
export function readFormulaFile(
  node: SourceNode,
  around: FormulaSurroundings,
  faults: FaultList,
): PlacedFormula[] {
  const members = faults.map(node, 'a formula file', FORMULA_FILE_KEYS);
  if (!members) return [];
  if (!members.title) faults.add(node, 'no-title', { expected: 'title: { zh: …, en: … }' });
  else if (members.title.kind !== 'text') readTitle(members.title, node, faults);
  const source = members.source ? faults.text(members.source, node, 'source') : null;
  if (!members.formulas) {
    faults.add(node, 'no-list-of-formulas', { expected: 'formulas: [ … ]' });
    return [];
  }
  return faults
    .list(members.formulas, 'formulas')
    .map((one) => readFormula(one, source, around, faults))
    .filter((one) => one !== null);
}

function readFormula(
  node: SourceNode,
  fileSource: string | null,
  around: FormulaSurroundings,
  faults: FaultList,
): PlacedFormula | null {
  const { catalogue } = around;
  const members = faults.map(node, 'a formula', FORMULA_KEYS);
  if (!members) return null;
  const id = readId(members.id, node, faults);
  const title = readTitle(members.title, node, faults);
  const source =
    members.source || fileSource === null ? faults.text(members.source, node, 'source', 'no-source') : fileSource;
  const unit = readUnit(members.unit, node, faults);
  const decimals = readDecimals(members.decimals, node, faults);
  const inputs = readInputs(members.from, node, around, faults);
  const examples = members.examples ? faults.list(members.examples, 'examples') : [];
  if (examples.length === 0) faults.add(node, 'formula-no-examples');
  if (id === null || !title || source === null || unit === null || decimals === null || !inputs) return null;
  if (!fitsVocabulary({ id, unit, decimals }, node, catalogue, faults)) return null;
  const expression = readExpression(members.formula, node, inputs, unit, catalogue, faults);
  if (!expression) return null;
  const { value } = members.formula as SourceNode;
  const formula = complete({ id, title, source, unit, decimals }, inputs, expression, String(value));
  return { formula, at: node, examples };
}

type Input = FormulaInput & { node: SourceNode };

function complete(
  head: { id: string; title: Bilingual; source: string; unit: string; decimals: number },
  inputs: readonly Input[],
  expression: Expression,
  written: string,
): ArithmeticFormula {
  const plain = inputs.map(({ name, analyte, lowest }) => ({ name, analyte, lowest }));
  return { ...head, inputs: plain, written, expression };
}

function readUnit(node: SourceNode | undefined, owner: SourceNode, faults: FaultList): string | null {
  if (!node) {
    faults.add(owner, 'formula-no-unit', { expected: "unit: '1'" });
    return null;
  }
  const unit = String(node.value);
  if (unitProduct(unit)) return unit;
  faults.add(node, 'formula-bad-unit', { found: asWritten(node) });
  return null;
}

function readDecimals(node: SourceNode | undefined, owner: SourceNode, faults: FaultList): number | null {
  const isWhole = node?.kind === 'number' && /^\d$/.test(node.digits) && Number(node.digits) <= MOST_DECIMALS;
  if (node && isWhole) return Number(node.digits);
  const found = node ? { found: asWritten(node) } : {};
  faults.add(node ?? owner, 'formula-decimals', { most: MOST_DECIMALS, ...found });
  return null;
}

/** `from: { f: psa-free, t: psa-total }`: names in the formula, and the analytes that they stand for. */
function readInputs(
  node: SourceNode | undefined,
  owner: SourceNode,
  { catalogue, ids }: FormulaSurroundings,
  faults: FaultList,
): Input[] | null {
  if (node?.kind !== 'map' || node.members.size === 0) {
    faults.add(node ?? owner, 'formula-no-inputs', { expected: 'from: { f: psa-free, t: psa-total }' });
    return null;
  }
  const inputs = [...node.members].map(([name, { key, value }]) => {
    if (!/^[a-z][A-Za-z0-9_]*$/.test(name) || (FUNCTIONS as readonly string[]).includes(name)) {
      faults.add(key, 'formula-bad-name', { found: name });
      return null;
    }
    const id = String(value.value);
    const analyte = catalogue.get(id);
    const unit = analyte?.unit ?? '1';
    if (ids.has(id)) faults.add(value, 'formula-of-formula', { found: id });
    else if (!analyte) faults.add(value, 'unknown-fact', noSuchFact(id, catalogue));
    else if (analyte.kind !== 'number') faults.add(value, 'formula-input-no-number', { fact: id });
    else if (analyte.sensitive) faults.add(value, 'formula-input-confidential', { fact: id });
    else if (!unitProduct(unit)) faults.add(value, 'formula-input-scale', { fact: id, unit });
    else return { name, analyte: id, lowest: analyte.lowest, node: value };
    return null;
  });
  return inputs.includes(null) ? null : (inputs as Input[]);
}

/** A formula may carry the id of an analyte that laboratories report themselves: it must then give the same thing. */
function fitsVocabulary(
  { id, unit, decimals }: Pick<ArithmeticFormula, 'id' | 'unit' | 'decimals'>,
  node: SourceNode,
  catalogue: AnalyteCatalogue,
  faults: FaultList,
): boolean {
  if (catalogue.inGroup(id).length > 0) {
    faults.add(node, 'formula-is-group', { found: id });
    return false;
  }
  const analyte = catalogue.get(id);
  if (!analyte || (analyte.kind === 'number' && analyte.unit === unit && analyte.decimals === decimals)) return true;
  const own = { unit: analyte.unit ?? '—', decimals: analyte.decimals };
  faults.add(node, 'formula-unlike-analyte', { fact: id, ...own });
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
    faults.add(node ?? owner, 'formula-missing', { expected: 'formula: f / t' });
    return null;
  }
  const text = node.kind === 'number' ? node.digits : String(node.value);
  const names = inputs.map(({ name }) => name);
  try {
    const expression = parseExpression(text, names);
    const idle = inputs.find(({ name }) => !isUsed(expression, name));
    if (idle) faults.add(idle.node, 'formula-idle-input', { found: idle.name });
    const units = new Map(inputs.map(({ name, analyte }) => [name, unitProduct(catalogue.get(analyte)?.unit ?? '1')]));
    return inUnits(expression, (name) => units.get(name) ?? NO_UNIT, unit);
  } catch (error) {
    if (!(error instanceof FormulaFault)) throw error;
    faults.add(placeIn(node, error.at), error.kind, error.details as never);
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
