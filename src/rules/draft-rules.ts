import { Inject, Injectable, Module } from '@nestjs/common';
import { type Config, CONFIG } from '../config/index.js';
import { TerminologyModule, TerminologyService } from '../terminology/index.js';
import { type SourceFile } from './domain/files/parse-file.js';
import { KeptVersions } from './kept-versions.js';
import { gatherFiles } from './rule-files.js';
import { schemaOf } from './schema-of.js';
import { RuleSetRepository } from './rule-set.repository.js';
import { type RulesVersion, versionOf } from './rules-version.js';
import { takeTurns } from './take-turns.js';

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
