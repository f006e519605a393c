import { type MeasuredFact } from '../../kernel/index.js';

/** The last values of an analyte on one day of the centre's calendar: one, or several that are equally late. */
export interface LastOfDay {
  /** `YYYY-MM-DD` */
  day: string;
  facts: readonly MeasuredFact[];
}

/** On how many days values of diagnostic size were seen, the first and the last of them as `YYYY-MM-DD`. */
export interface SeenOn {
  days: number;
  from: string;
  to: string;
}
