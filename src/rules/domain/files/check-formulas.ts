import { compareDecimals, type Interval } from '../../../kernel/index.js';
import { type AnalyteCatalogue } from '../catalogue.js';
import { derive, type Formula } from '../formula/formula.js';
import { MODEL_FACT_IDS, modelFacts } from '../formula/model-facts.js';
import { withFormulas } from '../formula/with-formulas.js';
import { inWords } from '../in-words.js';
import { readExampleFacts } from './read-example.js';
import { type PlacedFormula } from './read-formula-file.js';
import { type FaultList, type SourceNode } from './source-node.js';

interface Checked {
  placed: PlacedFormula;
  faults: FaultList;
}

/**
 * Formulas as one whole: no id twice, none of a risk model, and each gives what its examples say.
 * @returns the catalogue with their values and those of the models, and how many examples ran and failed
 */
export function checkFormulas(
  all: readonly Checked[],
  catalogue: AnalyteCatalogue,
): { catalogue: AnalyteCatalogue; examples: number; failed: number } {
  const ids = new Set(MODEL_FACT_IDS);
  for (const { placed, faults } of all) {
    const { id } = placed.formula;
    if (ids.has(id)) faults.add(placed.at, 'doubled-formula', { found: id });
    ids.add(id);
  }
  const formulas = all.map(({ placed }) => placed.formula);
  const whole = withFormulas(catalogue, [...formulas, ...modelFacts(catalogue)]);
  let [examples, failed] = [0, 0];
  for (const { placed, faults } of all) {
    for (const node of placed.examples) {
      examples++;
      if (!checkExample(node, placed.formula, whole, faults)) failed++;
    }
  }
  return { catalogue: whole, examples, failed };
}

/** `{ facts: { psa-free: 1.2, psa-total: 12 }, expect: 10.0 }`; `expect: unknown` where there is no value. */
function checkExample(node: SourceNode, formula: Formula, catalogue: AnalyteCatalogue, faults: FaultList): boolean {
  const members = faults.map(node, 'an example', ['facts', 'expect', 'note']);
  if (!members?.facts || !members.expect) {
    if (members) faults.add(node, 'formula-example-lacks');
    return false;
  }
  const facts = readExampleFacts(members.facts, { ...catalogue, formulas: [] }, faults);
  if (!facts) return false;
  const [first] = facts.values();
  const value = first ? derive(formula, facts, first.source)?.measurement.value : null;
  const written = members.expect.kind === 'number' ? members.expect.digits : String(members.expect.value);
  const found = value ? inWords(value) : 'unknown';
  const expected = written === 'unknown' ? null : catalogue.read(formula.id, written);
  if (written !== 'unknown' && expected?.kind !== 'number') {
    faults.add(members.expect, 'formula-example-value', { found: written, fact: formula.id });
    return false;
  }
  const isMet = expected?.kind === 'number' ? value?.kind === 'number' && isSame(value.interval, expected.interval) : !value;
  if (!isMet) faults.add(node, 'formula-example-fails', { fact: formula.id, found, expected: written });
  return isMet;
}

/** Whether an end belongs to the span is not written in examples. */
function isSame(a: Interval, b: Interval): boolean {
  const isEqual = (x: string | null, y: string | null) => (x === null || y === null ? x === y : compareDecimals(x, y) === 0);
  return isEqual(a.low, b.low) && isEqual(a.high, b.high);
}
