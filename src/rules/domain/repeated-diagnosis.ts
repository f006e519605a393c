import { type Bilingual } from './catalogue.js';

/** A disease that is diagnosed by values of diagnostic size on several days. */
export interface RepeatedDiagnosis {
  id: string;
  title: Bilingual;
  /** On so many days of the centre's calendar. */
  days: number;
  /** The first and the last of them so far apart, at least. */
  apartMs: number;
  /** Facts of the person, e.g. `history.ckd`: with one of them on record nothing is suspected. */
  known: readonly string[];
  /** What to do once it is repeated, in place of the advice of the rule. */
  advice: Partial<Bilingual> & { zh: string };
}
