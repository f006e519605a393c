import { type CareSetting } from '../../kernel/index.js';

/** What is known around a result and bears on what it means. Null is unknown. */
export interface ResultContext {
  /** `Specimen.collection.fastingStatus`, or a fasting statement of the same encounter. */
  fasting: 'fasting' | 'postprandial' | null;
  setting: CareSetting | null;
  sex: 'male' | 'female' | null;
  /** Completed years, or a fraction for infants, at the time of the result. */
  ageYears: number | null;
  /** What was sampled, when the resource names a specimen; local names such as 白细胞 depend on it. */
  specimen?: 'blood' | 'urine' | 'stool' | 'other' | null;
}

/** Nothing is known. */
export const NO_CONTEXT: ResultContext = {
  fasting: null,
  setting: null,
  sex: null,
  ageYears: null,
  specimen: null,
};
