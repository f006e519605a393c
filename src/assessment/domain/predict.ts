import { type MeasuredFact, type PersonFacts } from '../../kernel/index.js';
import {
  isValue,
  MODEL_INPUTS,
  type ModelInputs,
  type NotApplicable,
  PREDICTING_MODELS,
  type RiskModel,
} from '../../risk-models/index.js';
import { alternatives, NO_RIVALS, type Rivals } from '../../rules/domain/rivals.js';

/** What a risk model says of a person, or why it says nothing. */
export interface Prediction {
  /** Id of the model. */
  model: string;
  version: string;
  /** As printed, in `unit`; null where the model does not apply. */
  value: string | null;
  /** UCUM; `%` is a probability. */
  unit: string;
  /** The model's class of the value, by its id; null where it has none. */
  class: string | null;
  /** Why there is no value, by the model's name of the input; null where there is one. */
  reason: Pick<NotApplicable, 'notApplicable' | 'input' | 'limits'> | null;
  /** What was taken to be no because no record speaks of it: facts of the person, as rules name them. */
  assumed: readonly string[];
}

const MODELS: readonly { model: RiskModel; inputs: ModelInputs }[] = PREDICTING_MODELS.flatMap((model) => {
  const inputs = MODEL_INPUTS[model.id];
  return inputs ? { model, inputs } : [];
});

/** The analytes of which the latest value must be known. */
export const PREDICTED_FROM: ReadonlySet<string> = new Set(
  MODELS.flatMap(({ inputs: { numbers, words = {} } }) => [
    ...Object.values(numbers),
    ...Object.values(words).map(({ analyte }) => analyte),
  ]),
);

/**
 * What the risk models say of somebody's latest values. Of history, family and medication what no record speaks of is
 * taken to be no, and named as `assumed`; a value that is missing, or only known within limits, gives no number. Of values
 * that are equally late those count by which the risk is highest.
 */
export function predict(
  latest: ReadonlyMap<string, MeasuredFact>,
  person: PersonFacts,
  rivals: Rivals = NO_RIVALS,
): Prediction[] {
  const ways = alternatives(latest, PREDICTED_FROM, rivals).map((way) => askedOf(way, person).map(predicted));
  const [first, ...others] = ways;
  return first!.map((one, i) => others.reduce((highest, way) => higher(highest, way[i]!), one));
}

function predicted({ model, input, assumed }: AskedModel): Prediction {
  const result = model.of(input);
  const { id, version, unit } = model;
  if (!isValue(result)) {
    const { notApplicable, input, limits } = result;
    const reason = { notApplicable, input, limits };
    return { model: id, version, unit, value: null, class: null, reason, assumed: [] };
  }
  return {
    model: id,
    version,
    unit,
    value: result.value,
    class: result.class ?? null,
    reason: null,
    assumed,
  };
}

/** More is worse in every one of these models. */
function higher(a: Prediction, b: Prediction): Prediction {
  return b.value !== null && (a.value === null || Number(b.value) > Number(a.value)) ? b : a;
}

/** A model, and what it is told of somebody. */
export interface AskedModel {
  model: RiskModel;
  input: Readonly<Record<string, unknown>>;
  assumed: readonly string[];
}

/** Each model with what it is told, in the order in which they are shown; those that ask the same are told the same. */
export function askedOf(latest: ReadonlyMap<string, MeasuredFact>, person: PersonFacts): AskedModel[] {
  const told = new Map<ModelInputs, Omit<AskedModel, 'model'>>();
  return MODELS.map(({ model, inputs }) => {
    const known = told.get(inputs) ?? toldTo(inputs, latest, person);
    told.set(inputs, known);
    return { model, input: known.input, assumed: known.assumed };
  });
}

/** The analyte, or facts of the person, behind an input of a model; for telling what is missing. */
export function behindInput(model: string, input: string): string {
  const inputs = MODEL_INPUTS[model];
  return inputs?.numbers[input] ?? inputs?.words?.[input]?.analyte ?? inputs?.records[input]?.[0] ?? input;
}

function toldTo(
  { numbers, words = {}, records }: ModelInputs,
  latest: ReadonlyMap<string, MeasuredFact>,
  { sex, ageYears, answers }: PersonFacts,
): Omit<AskedModel, 'model'> {
  const input: Record<string, unknown> = { sex: sex ?? undefined, age: ageYears ?? undefined };
  const assumed: string[] = [];
  for (const name in numbers) {
    const value = latest.get(numbers[name]!)?.measurement.value;
    if (value?.kind !== 'number') continue;
    const { low, high } = value.interval;
    if (low !== null && low === high) input[name] = low;
  }
  for (const name in words) {
    const { analyte, means } = words[name]!;
    const value = latest.get(analyte)?.measurement.value;
    const meant = value?.kind === 'category' ? means[value.category] : undefined;
    if (meant !== undefined) input[name] = meant;
  }
  for (const name in records) {
    const facts = records[name]!;
    const isSo = facts.some((fact) => answers.get(fact) === true);
    input[name] = isSo;
    if (!isSo) assumed.push(...facts.filter((fact) => !answers.has(fact)));
  }
  return { input, assumed };
}
