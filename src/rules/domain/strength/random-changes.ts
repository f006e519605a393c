import { type AnalyteCatalogue } from '../catalogue.js';
import { type FileFault } from '../../../kernel/index.js';
import { baseOf } from '../files/join-lexicons.js';
import { type LexiconFile } from '../files/read-lexicon.js';
import { type SourceFile } from '../files/parse-file.js';
import { type ReadRules, readRules } from '../files/read-rules.js';
import { type Rule } from '../rule.js';
import { anotherWord, one, type Pick } from './another-word.js';
import { editSurroundings } from './edit.js';
import { meaningOf } from './mutate-rule.js';
import { Sayings } from './sayings.js';
import { measureStrength } from './strength.js';
import { tellApart } from './tell-apart.js';
import { respelt, spotsOf, type TextSpot } from './text-spots.js';

/** What became of one change to the text of a rule file. */
export interface Tried {
  spot: TextSpot;
  by: string;
  /**
   * `refused`: a fault that names file and rule. `weak`: it could come into force, but changes to it that no example
   * notices are named, with file and rule. Of both `rules check` fails. `same`: the rule means what it meant (3.0 and
   * 3.00, or a condition that its neighbour implies), so that nothing could notice. `missed`: none of these.
   */
  outcome: 'refused' | 'weak' | 'same' | 'missed';
}

/** Changes a limit, operator or unit at random in the text of rule files, and looks what `rules check` makes of it. */
export class RandomChanges {
  readonly #spots: readonly TextSpot[];
  readonly #units: readonly string[];
  readonly #rules: ReadonlyMap<string, Rule>;
  readonly #lexiconFiles: readonly LexiconFile[];

  private constructor(
    private readonly files: readonly SourceFile[],
    private readonly catalogue: AnalyteCatalogue,
    sound: ReadRules,
  ) {
    this.#spots = sound.placed.flatMap(spotsOf);
    const { units, rates } = editSurroundings(catalogue);
    this.#units = this.#spots.some(({ kind }) => kind === 'over') ? [...units, ...rates] : units;
    this.#lexiconFiles = sound.lexiconFiles;
    this.#rules = new Map(sound.rules.map((rule) => [rule.id, rule]));
  }

  /** @param files rule files that are in force together */
  static async of(files: readonly SourceFile[], catalogue: AnalyteCatalogue): Promise<RandomChanges> {
    return new RandomChanges(files, catalogue, await readRules(files, catalogue));
  }

  async try(pick: Pick): Promise<Tried> {
    const spot = one(this.#spots, pick);
    const by = anotherWord(spot, this.#units, pick);
    return { spot, by, outcome: await this.#outcome(spot, by) };
  }

  async #outcome(spot: TextSpot, by: string): Promise<Tried['outcome']> {
    const changedIn = (files: readonly SourceFile[]) =>
      files.map((file) => (file.path === spot.file ? { ...file, text: respelt(file.text, spot, by) } : file));
    // What is refused alone is refused among the others too; nearly all is, and one file is read much faster than all.
    const alone = await readRules(changedIn(this.#neededBy(spot.file)), this.catalogue);
    if (isNamed(alone.faults, spot)) return 'refused';
    const { faults, placed, lexiconFiles } = await readRules(changedIn(this.files), this.catalogue);
    if (faults.length > 0) return isNamed(faults, spot) ? 'refused' : 'missed';
    const changed = placed.filter(({ rule }) => rule.id === spot.rule);
    const { survivors } = await measureStrength(changed, lexiconFiles, this.catalogue);
    if (survivors.some(({ subject }) => subject === spot.rule)) return 'weak';
    return (await this.#isSame(changed[0]?.rule, spot.rule)) ? 'same' : 'missed';
  }

  /** The file, with the lexicons that its rules read texts with and those that these build on. */
  #neededBy(path: string): SourceFile[] {
    const leaves = [...this.#rules.values()].filter(({ file }) => file === path).flatMap((rule) => rule.leaves);
    const named = leaves.flatMap(({ threshold }) => (threshold.kind === 'text' ? threshold.lexicon.id : []));
    const used = this.#lexiconFiles.filter(({ source }) => named.includes(source.id));
    const ids = new Set([...named, ...used.flatMap((file) => baseOf(file) ?? [])]);
    const paths = this.#lexiconFiles.filter(({ source }) => ids.has(source.id)).map(({ faults }) => faults.file);
    return this.files.filter((file) => file.path === path || paths.includes(file.path));
  }

  async #isSame(changed: Rule | undefined, id: string): Promise<boolean> {
    const rule = this.#rules.get(id);
    if (!changed || !rule) return false;
    if (meaningOf(changed) === meaningOf(rule)) return true;
    const around = { catalogue: this.catalogue, sayings: new Sayings(this.catalogue), texts: [] };
    return (await tellApart(rule, changed, around)) === null;
  }
}

function isNamed(faults: readonly FileFault[], { file, rule }: TextSpot): boolean {
  return faults.some((fault) => fault.path?.startsWith(`${file}:`) && fault.rule === rule);
}
