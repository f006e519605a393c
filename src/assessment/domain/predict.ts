import { type MeasuredFact, type PersonFacts } from '../../kernel/index.js';
import { isValue, type NotApplicable, RISK_MODELS, type RiskModel } from '../../risk-models/index.js';

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

/** Where the inputs of a model come from. */
interface Inputs {
  /** By input: the analyte whose latest value counts. */
  numbers: Readonly<Record<string, string>>;
  /** By input: an analyte with categories, and what the model is told by category. */
  words?: Readonly<Record<string, { analyte: string; means: Readonly<Record<string, boolean>> }>>;
  /** By input: facts that records tell; true when any of them is. */
  records: Readonly<Record<string, readonly string[]>>;
}

const CARDIOVASCULAR = ['history.coronary-heart-disease', 'history.myocardial-infarction', 'history.stroke'];
const SMOKER = { analyte: 'smoking-status', means: { current: true, former: false, never: false } };

/** PREVENT asks for smoking, treatment and eGFR; heart failure for the body mass index, the others for lipids. */
const PREVENT: Inputs = {
  numbers: {
    systolicBp: 'systolic-bp',
    egfr: 'egfr',
    cholesterolTotal: 'cholesterol-total',
    hdlC: 'hdl-c',
    bmi: 'bmi',
  },
  words: { isSmoker: SMOKER },
  records: {
    priorCvd: CARDIOVASCULAR,
    isTreated: ['medication.antihypertensive'],
    takesStatin: ['medication.statin'],
    hasDiabetes: ['history.diabetes'],
  },
};

/** The models of what may happen, in the order in which they are shown: China-PAR first (domain notes 06 §2). */
const PREDICTING: Readonly<Record<string, Inputs>> = {
  'china-par': {
    numbers: {
      systolicBp: 'systolic-bp',
      cholesterolTotal: 'cholesterol-total',
      hdlC: 'hdl-c',
      waist: 'waist',
    },
    words: {
      isSmoker: SMOKER,
      livesInNorth: { analyte: 'residence-region', means: { north: true, south: false } },
      livesInCity: { analyte: 'residence-area', means: { urban: true, rural: false } },
    },
    records: {
      priorAscvd: CARDIOVASCULAR,
      isTreated: ['medication.antihypertensive'],
      hasDiabetes: ['history.diabetes'],
      familyHistory: ['family.coronary-heart-disease', 'family.myocardial-infarction', 'family.stroke'],
    },
  },
  'prevent-cvd': PREVENT,
  'prevent-ascvd': PREVENT,
  'prevent-hf': PREVENT,
  'chinese-diabetes-score': {
    numbers: { systolicBp: 'systolic-bp', bmi: 'bmi', waist: 'waist' },
    records: { hasDiabetes: ['history.diabetes'], familyHistory: ['family.diabetes'] },
  },
  'fib-4': { numbers: { ast: 'ast', alt: 'alt', plt: 'plt' }, records: {} },
};

const MODELS: readonly { model: RiskModel; inputs: Inputs }[] = RISK_MODELS.flatMap((model) => {
  const inputs = PREDICTING[model.id];
  return inputs ? { model, inputs } : [];
});

/** The analytes of which the latest value must be known. */
export const PREDICTED_FROM: ReadonlySet<string> = new Set(
  Object.values(PREDICTING).flatMap(({ numbers, words = {} }) => [
    ...Object.values(numbers),
    ...Object.values(words).map(({ analyte }) => analyte),
  ]),
);

/**
 * What the risk models say of somebody's latest values. Of history, family and medication what no record speaks of is
 * taken to be no, and named as `assumed`; a value that is missing, or only known within limits, gives no number.
 */
export function predict(latest: ReadonlyMap<string, MeasuredFact>, person: PersonFacts): Prediction[] {
  return askedOf(latest, person).map(({ model, input, assumed }) => {
    const result = model.of(input);
    const { id, version, unit } = model;
    const told = { model: id, version, unit };
    if (!isValue(result)) {
      const { notApplicable, input, limits } = result;
      return { ...told, value: null, class: null, reason: { notApplicable, input, limits }, assumed: [] };
    }
    return { ...told, value: result.value, class: result.class ?? null, reason: null, assumed };
  });
}

/** A model, and what it is told of somebody. */
export interface AskedModel {
  model: RiskModel;
  input: Readonly<Record<string, unknown>>;
  assumed: readonly string[];
}

/** Each model with what it is told, in the order in which they are shown. */
export function askedOf(latest: ReadonlyMap<string, MeasuredFact>, person: PersonFacts): AskedModel[] {
  return MODELS.map(({ model, inputs }) => {
    const assumed: string[] = [];
    const input = {
      sex: person.sex ?? undefined,
      age: person.ageYears ?? undefined,
      ...numbersOf(inputs, latest),
      ...wordsOf(inputs, latest),
      ...recordsOf(inputs, person, assumed),
    };
    return { model, input, assumed };
  });
}

/** The analyte, or facts of the person, behind an input of a model; for telling what is missing. */
export function behindInput(model: string, input: string): string {
  const inputs = PREDICTING[model];
  return inputs?.numbers[input] ?? inputs?.words?.[input]?.analyte ?? inputs?.records[input]?.[0] ?? input;
}

function numbersOf({ numbers }: Inputs, latest: ReadonlyMap<string, MeasuredFact>): Record<string, string> {
  const given: Record<string, string> = {};
  for (const [input, analyte] of Object.entries(numbers)) {
    const value = latest.get(analyte)?.measurement.value;
    if (value?.kind !== 'number') continue;
    const { low, high } = value.interval;
    if (low !== null && low === high) given[input] = low;
  }
  return given;
}

function wordsOf({ words = {} }: Inputs, latest: ReadonlyMap<string, MeasuredFact>): Record<string, boolean> {
  const given: Record<string, boolean> = {};
  for (const [input, { analyte, means }] of Object.entries(words)) {
    const value = latest.get(analyte)?.measurement.value;
    const meant = value?.kind === 'category' ? means[value.category] : undefined;
    if (meant !== undefined) given[input] = meant;
  }
  return given;
}

function recordsOf(
  { records }: Inputs,
  { answers }: PersonFacts,
  assumed: string[],
): Record<string, boolean> {
  const given: Record<string, boolean> = {};
  for (const [input, facts] of Object.entries(records)) {
    given[input] = facts.some((fact) => answers.get(fact) === true);
    if (!given[input]) assumed.push(...facts.filter((fact) => !answers.has(fact)));
  }
  return given;
}
