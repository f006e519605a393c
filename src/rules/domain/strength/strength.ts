import { type AnalyteCatalogue } from '../catalogue.js';
import { joinLexicons } from '../files/join-lexicons.js';
import { type LexiconFile } from '../files/read-lexicon.js';
import { type PlacedRule } from '../files/read-rule-file.js';
import { READINGS } from '../text/lexicon.js';
import { Sayings } from './sayings.js';
import { editSurroundings, type EditSurroundings } from './edit.js';
import { measureLexicons } from './measure-lexicons.js';
import { measureRule, type Strength } from './measure-rule.js';

/**
 * Measures how well the examples of sound rule files hold them: every rule, then every phrase.
 * @param operators `every` also puts any other operator that can be read in the place of each: more than a doctor's own
 * rules need, but what the shipped ones keep
 */
export async function measureStrength(
  placed: readonly PlacedRule[],
  lexiconFiles: readonly LexiconFile[],
  catalogue: AnalyteCatalogue,
  operators: EditSurroundings['operators'] = 'turned',
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
  for (const rule of placed) parts.push(await measureRule(rule, around));
  parts.push(measureLexicons(lexiconFiles));
  const sum = (count: (part: Strength) => number) => parts.reduce((total, part) => total + count(part), 0);
  return {
    mutants: sum(({ mutants }) => mutants),
    noticed: sum(({ noticed }) => noticed),
    survivors: parts.flatMap(({ survivors }) => survivors),
    equal: parts.flatMap(({ equal }) => equal),
  };
}

/** Of each lexicon one conclusion of each reading. */
function textsOf(files: readonly LexiconFile[]): string[] {
  return files.flatMap(({ examples }) =>
    READINGS.flatMap((reading) => examples.find(({ expect }) => expect === reading)?.text ?? []),
  );
}
