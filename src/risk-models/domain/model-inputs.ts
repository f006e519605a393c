/** Where the inputs of a model come from; sex and age it takes by these names. */
export interface ModelInputs {
  /** By input: the analyte whose number counts. */
  numbers: Readonly<Record<string, string>>;
  /** By input: an analyte with categories, and what the model is told by category. */
  words?: Readonly<Record<string, { analyte: string; means: Readonly<Record<string, boolean | string>> }>>;
  /** By input: facts that records tell; true when any of them is. */
  records: Readonly<Record<string, readonly string[]>>;
}

const CARDIOVASCULAR = ['history.coronary-heart-disease', 'history.myocardial-infarction', 'history.stroke'];
/** Who stopped counts as not smoking. */
const SMOKER = { analyte: 'smoking-status', means: { current: true, former: false, never: false } };

/** PREVENT asks for smoking, treatment and eGFR; heart failure for the body mass index, the others for lipids. */
const PREVENT: ModelInputs = {
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

/** By id of the model: the one place where the vocabulary meets the models, for facts of rules and for predictions. */
export const MODEL_INPUTS: Readonly<Record<string, ModelInputs>> = {
  'ckd-epi-2021-cr': { numbers: { creatinine: 'creatinine' }, records: {} },
  'ldl-friedewald': {
    numbers: { cholesterolTotal: 'cholesterol-total', hdlC: 'hdl-c', triglycerides: 'triglycerides' },
    records: {},
  },
  'homa-ir': {
    numbers: { glucoseFasting: 'glucose-fasting', insulinFasting: 'insulin-fasting' },
    records: {},
  },
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
  findrisc: {
    numbers: { bmi: 'bmi', waist: 'waist' },
    words: {
      isActive: { analyte: 'daily-activity', means: { yes: true, no: false } },
      eatsVegetables: { analyte: 'daily-vegetables', means: { yes: true, no: false } },
      hadHighGlucose: { analyte: 'high-glucose-ever', means: { yes: true, no: false } },
      relatives: {
        analyte: 'relatives-with-diabetes',
        means: { none: 'none', 'second-degree': 'second-degree', 'first-degree': 'first-degree' },
      },
    },
    records: { isTreated: ['medication.antihypertensive'] },
  },
  'fib-4': { numbers: { ast: 'ast', alt: 'alt', plt: 'plt' }, records: {} },
};
