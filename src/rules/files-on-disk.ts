import { Inject, Injectable } from '@nestjs/common';
import { type Config, CONFIG } from '../config/index.js';
import { AppError } from '../kernel/index.js';
import { TerminologyService } from '../terminology/index.js';
import { cutOffFiles } from './cut-off.js';
import { type SourceFile } from './domain/files/parse-file.js';
import { KeptVersions } from './kept-versions.js';
import { RuleSetRepository } from './rule-set.repository.js';
import { gatherFiles, signatureOf } from './rule-files.js';
import { type RulesVersion, versionOf } from './rules-version.js';
import { takeTurns } from './take-turns.js';

/** The rule files as they lie on the disk of this instance. */
@Injectable()
export class FilesOnDisk {
  /** What they looked like when they were last read as a whole, refused or not. */
  #read: string | null = null;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly terminology: TerminologyService,
    private readonly kept: KeptVersions,
    private readonly sets: RuleSetRepository,
  ) {}

  /** What they look like from outside, and whether that is what was read last. */
  async look(): Promise<{ look: string; isRead: boolean }> {
    const look = await signatureOf(this.config);
    return { look, isRead: look === this.#read };
  }

  /**
   * The version that they make, all or nothing.
   * @param before the version in force until now: a file that was cut off is known by it
   * @throws AppError `rules-refused` with every fault; `try-again` when they are being written at this moment
   */
  async read(before: string | null): Promise<{ version: RulesVersion; files: SourceFile[] }> {
    const look = await signatureOf(this.config);
    try {
      const files = await gatherFiles(this.config, this.terminology.files);
      const version = await versionOf(files, { catalogue: this.kept.catalogue, pause: takeTurns() });
      if (before !== null && before !== version.version) await this.#refuseCutOff(before, files);
      await this.#settle(look);
      return { version, files };
    } catch (error) {
      if (error instanceof AppError && error.code === 'rules-refused') await this.#settle(look);
      throw error;
    }
  }

  async #refuseCutOff(before: string, files: readonly SourceFile[]): Promise<void> {
    const faults = cutOffFiles((await this.sets.files(before)) ?? [], files);
    if (faults.length > 0) throw new AppError(faults);
  }

  async #settle(look: string): Promise<void> {
    if ((await signatureOf(this.config)) !== look) {
      throw new AppError('try-again', 'The rule files are being written at this moment; ask again.');
    }
    this.#read = look;
  }

  /** What was read is not in force after all: to be read again. */
  forget(): void {
    this.#read = null;
  }
}
