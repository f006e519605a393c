import { type FileNotice, Remembered } from '../../../kernel/index.js';
import { type AnalyteCatalogue } from '../catalogue.js';

/** What a check depends on besides the files that it is of. */
export interface CheckSurroundings {
  vocabulary: AnalyteCatalogue;
  /** Texts of lexicons, formulas, level plan and overlay. */
  texts: string;
}

/**
 * Checks of files and packs that found no fault, by their very texts, with the warnings that they gave. A check is a pure
 * function of these texts and its surroundings: after an edit only what it touches is checked again, and what comes of it is the same.
 */
export type CheckedBefore = Remembered<readonly FileNotice[]>;

/** Characters: some two versions of what is shipped, where each text stands twice, as a file and in its pack. */
const MOST_TEXT = 3_000_000;
/** Characters: a few other lexicons, or overlays. */
const MOST_SURROUNDINGS = 2_000_000;

const known = new WeakMap<AnalyteCatalogue, Remembered<CheckedBefore>>();

/** What was checked in these surroundings; in others nothing of it counts. */
export function checkedBefore({ vocabulary, texts }: CheckSurroundings): CheckedBefore {
  const within = known.get(vocabulary) ?? new Remembered<CheckedBefore>(MOST_SURROUNDINGS);
  known.set(vocabulary, within);
  return within.of(texts, () => new Remembered(MOST_TEXT));
}
