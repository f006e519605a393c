import { type AnalyteCatalogue } from '../catalogue.js';
import { joinLexicons } from '../files/join-lexicons.js';
import { type LexiconFile } from '../files/read-lexicon.js';
import { type PlacedRule } from '../files/read-rule-file.js';
import { READINGS } from '../text/lexicon.js';
import { Sayings } from './sayings.js';
import { editSurroundings, type EditSurroundings } from './edit.js';
import { measureLexicons } from './measure-lexicons.js';
import { measureRule, type Measuring, type Strength } from './measure-rule.js';

export interface MeasuringAll extends Measuring {
  /**
   * `every` also puts any other operator that can be read in the place of each: more than a doctor's own rules need, but
   * what the shipped ones keep
   */
  operators?: EditSurroundings['operators'];
  /** Those that are measured, where not all are. */
  lexicons?: readonly LexiconFile[];
}

/**
 * Measures how well the examples of sound rule files hold them: every rule, then every phrase.
 */
export async function measureStrength(
  placed: readonly PlacedRule[],
  lexiconFiles: readonly LexiconFile[],
  catalogue: AnalyteCatalogue,
  { operators = 'turned', most = Infinity, pause, lexicons: measured = lexiconFiles }: MeasuringAll = {},
): Promise<Strength> {
  const { lexicons } = joinLexicons(lexiconFiles);
  const around = {
    ...editSurroundings(catalogue),
    operators,
    lexicons,
    sayings: new Sayings(catalogue),
    texts: textsOf(lexiconFiles),
  };
  const parts: Strength[] = [];
  let left = most;
  for (const rule of placed) {
    const part = await measureRule(rule, around, { most: left, pause });
    left -= part.mutants + part.equal.length;
    parts.push(part);
  }
  parts.push(await measureLexicons(lexiconFiles, { of: measured, most: left, pause }));
  const sum = (count: (part: Strength) => number) => parts.reduce((total, part) => total + count(part), 0);
  return {
    mutants: sum(({ mutants }) => mutants),
    noticed: sum(({ noticed }) => noticed),
    survivors: parts.flatMap(({ survivors }) => survivors),
    equal: parts.flatMap(({ equal }) => equal),
    unmeasured: parts.flatMap(({ unmeasured }) => unmeasured),
  };
}

/** Of each lexicon one conclusion of each reading. */
function textsOf(files: readonly LexiconFile[]): string[] {
  return files.flatMap(({ examples }) =>
    READINGS.flatMap((reading) => examples.find(({ expect }) => expect === reading)?.text ?? []),
  );
}
