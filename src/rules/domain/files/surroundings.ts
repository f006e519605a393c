import { type AnalyteCatalogue } from '../catalogue.js';
import { type LevelPlan } from '../level-plan.js';
import { type Lexicon } from '../text/lexicon.js';

/** What the reading of a rule looks things up in. */
export interface Surroundings {
  catalogue: AnalyteCatalogue;
  lexicons: ReadonlyMap<string, Lexicon>;
  /** Absent where no rule gives levels. */
  levels?: LevelPlan | null;
}
