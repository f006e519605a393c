import { CHINA_PAR } from '../../../risk-models/domain/china-par.js';
import { CHINESE_DIABETES_SCORE } from '../../../risk-models/domain/chinese-diabetes-score.js';
import { CKD_EPI_2021_CR } from '../../../risk-models/domain/ckd-epi-2021.js';
import { FIB_4 } from '../../../risk-models/domain/fib-4.js';
import { HOMA_IR } from '../../../risk-models/domain/homa-ir.js';
import { LDL_FRIEDEWALD } from '../../../risk-models/domain/ldl-friedewald.js';
import { type RiskModel } from '../../../risk-models/domain/model.js';
import { type AnalyteCatalogue } from '../catalogue.js';
import { type FormulaInput, type ModelFormula } from './formula.js';

/** How a model becomes a fact of rules. */
interface ModelFact {
  /** What rules call it; may be an analyte that laboratories report themselves: then a reported value goes first. */
  id: string;
  model: RiskModel;
  /** By input of the model: the analyte of which the day's latest number counts. */
  numbers: Readonly<Record<string, string>>;
  /** By input: the analyte of which the day's latest category counts, and what the model is told by category. */
  words?: Readonly<Record<string, { analyte: string; means: Readonly<Record<string, string | boolean>> }>>;
  /** By input: facts of the person. */
  person: Readonly<Record<string, readonly string[]>>;
}

const MODEL_FACTS: readonly ModelFact[] = [
  {
    id: 'egfr',
    model: CKD_EPI_2021_CR,
    numbers: { creatinine: 'creatinine' },
    person: { sex: ['sex'], age: ['age'] },
  },
  {
    id: 'fib-4',
    model: FIB_4,
    numbers: { ast: 'ast', alt: 'alt', plt: 'plt' },
    person: { age: ['age'] },
  },
  {
    id: 'ldl-c',
    model: LDL_FRIEDEWALD,
    numbers: { cholesterolTotal: 'cholesterol-total', hdlC: 'hdl-c', triglycerides: 'triglycerides' },
    person: {},
  },
  {
    id: 'homa-ir',
    model: HOMA_IR,
    numbers: { glucoseFasting: 'glucose-fasting', insulinFasting: 'insulin-fasting' },
    person: {},
  },
  {
    id: 'china-par-10y',
    model: CHINA_PAR,
    numbers: { systolicBp: 'systolic-bp', cholesterolTotal: 'cholesterol-total', hdlC: 'hdl-c', waist: 'waist' },
    words: {
      isSmoker: { analyte: 'smoking-status', means: { current: true, former: false, never: false } },
      livesInNorth: { analyte: 'residence-region', means: { north: true, south: false } },
      livesInCity: { analyte: 'residence-area', means: { urban: true, rural: false } },
    },
    person: {
      sex: ['sex'],
      age: ['age'],
      priorAscvd: ['history.coronary-heart-disease', 'history.stroke'],
      isTreated: ['medication.antihypertensive'],
      hasDiabetes: ['history.diabetes'],
      familyHistory: ['family.coronary-heart-disease', 'family.stroke'],
    },
  },
  {
    id: 'chinese-diabetes-score',
    model: CHINESE_DIABETES_SCORE,
    numbers: { systolicBp: 'systolic-bp', bmi: 'bmi', waist: 'waist' },
    person: {
      sex: ['sex'],
      age: ['age'],
      hasDiabetes: ['history.diabetes'],
      familyHistory: ['family.diabetes'],
    },
  },
];

/**
 * The risk models as facts, in the terms of a vocabulary: a model whose inputs it does not have, or has in another unit
 * than the model takes, is left out, and a rule that names it is refused.
 */
export function modelFacts(catalogue: AnalyteCatalogue): ModelFormula[] {
  return MODEL_FACTS.flatMap((fact) => {
    const inputs = inputsOf(fact, catalogue);
    const isKnown = Object.values(fact.person).flat().every((name) => !name.includes('.') || catalogue.answer(name));
    if (!inputs || !isKnown || !fitsAnalyte(fact, catalogue)) return [];
    const { id, model, person } = fact;
    const { title, unit, decimals, source } = model;
    return [{ id, title, unit, decimals, source, inputs, call: { model, person } }];
  });
}

/** The ids that rules call models by. */
export const MODEL_FACT_IDS: ReadonlySet<string> = new Set(MODEL_FACTS.map(({ id }) => id));

function inputsOf({ model, numbers, words = {} }: ModelFact, catalogue: AnalyteCatalogue): FormulaInput[] | null {
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
function fitsAnalyte({ id, model }: ModelFact, catalogue: AnalyteCatalogue): boolean {
  const analyte = catalogue.get(id);
  return !analyte || (analyte.unit === model.unit && analyte.decimals === model.decimals);
}
