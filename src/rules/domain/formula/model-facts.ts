import { CHINA_PAR } from '../../../risk-models/domain/china-par.js';
import { CHINESE_DIABETES_SCORE } from '../../../risk-models/domain/chinese-diabetes-score.js';
import { CKD_EPI_2021_CR } from '../../../risk-models/domain/ckd-epi-2021.js';
import { FIB_4 } from '../../../risk-models/domain/fib-4.js';
import { FINDRISC } from '../../../risk-models/domain/findrisc.js';
import { HOMA_IR } from '../../../risk-models/domain/homa-ir.js';
import { LDL_FRIEDEWALD } from '../../../risk-models/domain/ldl-friedewald.js';
import { MODEL_INPUTS, type ModelInputs } from '../../../risk-models/domain/model-inputs.js';
import { type RiskModel } from '../../../risk-models/domain/model.js';
import { type AnalyteCatalogue } from '../catalogue.js';
import { type FormulaInput, type ModelFormula } from './formula.js';

/** What rules call a model; may be an analyte that laboratories report themselves: then a reported value goes first. */
const MODEL_FACTS: readonly { id: string; model: RiskModel }[] = [
  { id: 'egfr', model: CKD_EPI_2021_CR },
  { id: 'fib-4', model: FIB_4 },
  { id: 'ldl-c', model: LDL_FRIEDEWALD },
  { id: 'homa-ir', model: HOMA_IR },
  { id: 'china-par-10y', model: CHINA_PAR },
  { id: 'chinese-diabetes-score', model: CHINESE_DIABETES_SCORE },
  { id: 'findrisc', model: FINDRISC },
];

/**
 * The risk models as facts, in the terms of a vocabulary: a model whose inputs it does not have, or has in another unit
 * than the model takes, is left out, and a rule that names it is refused.
 */
export function modelFacts(catalogue: AnalyteCatalogue): ModelFormula[] {
  return MODEL_FACTS.flatMap(({ id, model }) => {
    const wiring = MODEL_INPUTS[model.id];
    const inputs = wiring ? inputsOf(model, wiring, catalogue) : null;
    if (!wiring || !inputs || !fitsAnalyte(id, model, catalogue)) return [];
    if (!Object.values(wiring.records).flat().every((name) => catalogue.answer(name))) return [];
    const { title, unit, decimals, source } = model;
    const person = { ...personOf(model), ...wiring.records };
    return [{ id, title, unit, decimals, source, inputs, call: { model, person } }];
  });
}

/** By input: the facts of the person that rules call as the model does. */
function personOf({ inputs }: RiskModel): Record<string, readonly string[]> {
  const names = ['sex', 'age'].filter((name) => inputs[name] !== undefined);
  return Object.fromEntries(names.map((name) => [name, [name]]));
}

/** The ids that rules call models by. */
export const MODEL_FACT_IDS: ReadonlySet<string> = new Set(MODEL_FACTS.map(({ id }) => id));

function inputsOf(
  model: RiskModel,
  { numbers, words = {} }: ModelInputs,
  catalogue: AnalyteCatalogue,
): FormulaInput[] | null {
  const inputs: FormulaInput[] = [];
  for (const [name, id] of Object.entries(numbers)) {
    const [rule, analyte] = [model.inputs[name], catalogue.get(id)];
    if (rule?.kind !== 'number' || analyte?.kind !== 'number' || analyte.unit !== rule.unit) return null;
    inputs.push({ name, analyte: id, lowest: analyte.lowest });
  }
  for (const [name, { analyte, means }] of Object.entries(words)) {
    if (catalogue.get(analyte)?.kind !== 'category') return null;
    const isOptional = model.inputs[name]?.onlyFor !== undefined;
    inputs.push({ name, analyte, lowest: null, words: means, ...(isOptional && { isOptional }) });
  }
  return inputs;
}

/** An analyte that the model gives must be in its unit, and of its decimals. */
function fitsAnalyte(id: string, model: RiskModel, catalogue: AnalyteCatalogue): boolean {
  const analyte = catalogue.get(id);
  return !analyte || (analyte.unit === model.unit && analyte.decimals === model.decimals);
}
