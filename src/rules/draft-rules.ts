import { Inject, Injectable, Module } from '@nestjs/common';
import { type Config, CONFIG } from '../config/index.js';
import { AppError } from '../kernel/index.js';
import { TerminologyModule, TerminologyService } from '../terminology/index.js';
import { type SourceFile } from './domain/files/parse-file.js';
import { readRules } from './domain/files/read-rules.js';
import { withFormulas } from './domain/formula/with-formulas.js';
import { type Strength } from './domain/strength/measure-rule.js';
import { measureStrength } from './domain/strength/strength.js';
import { KeptVersions } from './kept-versions.js';
import { gatherFiles, partFiles } from './rule-files.js';
import { schemaOf } from './schema-of.js';
import { RuleSetRepository } from './rule-set.repository.js';
import { type RulesVersion, versionOf } from './rules-version.js';
import { takeTurns } from './take-turns.js';

/** A millisecond of the processor each, about: all that is shipped is three times as many. */
const MOST_TRIED = 2000;

/** What a draft changes. */
export interface Touched {
  paths: ReadonlySet<string>;
  /** `pack/rule`: those that are otherwise though their file is the same, as by an overlay. */
  rules: ReadonlySet<string>;
}

/** Whoever asked has gone. */
export class NobodyWaits extends Error {}

/** A draft beside the version in force: puts nothing in force and keeps nothing. */
@Injectable()
export class DraftRules {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly terminology: TerminologyService,
    private readonly sets: RuleSetRepository,
    private readonly kept: KeptVersions,
  ) {}

  /**
   * The version that the files of a folder would make.
   * @throws AppError `rules-refused` with every fault of every file
   */
  async read(rulesDir: string): Promise<RulesVersion> {
    return this.of(await gatherFiles({ ...this.config, rulesDir }, this.terminology.files));
  }

  /**
   * The version that these files make, the vocabulary among them.
   * @throws AppError `rules-refused` with every fault of every file
   */
  of(files: readonly SourceFile[]): Promise<RulesVersion> {
    return versionOf(files, { catalogue: this.kept.catalogue, pause: takeTurns() });
  }

  /**
   * How well the examples hold what somebody works on: the rules and lexicons of some files, and rules by their names.
   * In turns, so that nobody waits for it, and no more than `MOST_TRIED` changes.
   * @param isWanted asked before each change: once nobody waits for the answer, it throws `NobodyWaits`
   * @throws AppError `rules-refused` while there are faults
   */
  async strength(files: readonly SourceFile[], { paths, rules }: Touched, isWanted: () => boolean): Promise<Strength> {
    const turn = takeTurns();
    const pause = (): Promise<void> => {
      if (!isWanted()) throw new NobodyWaits();
      return turn();
    };
    const { rules: ruleFiles, vocabulary } = partFiles(files);
    const catalogue = this.kept.catalogue(vocabulary);
    const read = await readRules(ruleFiles, catalogue, { pause });
    if (read.faults.length > 0) throw new AppError(read.faults);
    const placed = read.placed.filter(({ rule }) => paths.has(rule.file) || rules.has(rule.id));
    const lexicons = read.lexiconFiles.filter(({ faults }) => paths.has(faults.file));
    const around = withFormulas(catalogue, read.formulas);
    return measureStrength(placed, read.lexiconFiles, around, { lexicons, most: MOST_TRIED, pause });
  }

  /** JSON Schema of rule files, with the names and units of the vocabulary in use: what editors complete from. */
  schema(): Record<string, unknown> {
    return schemaOf(this.kept.catalogue(this.terminology.files));
  }

  /** What came into force last, on any instance; before anything ever did, what the files on disk would make. */
  async inForce(): Promise<RulesVersion> {
    const last = await this.sets.lastChange();
    return last ? this.kept.version(last.version) : this.read(this.config.rulesDir);
  }
}

@Module({
  imports: [TerminologyModule],
  providers: [DraftRules, KeptVersions, RuleSetRepository],
  exports: [DraftRules],
})
export class DraftRulesModule {}
