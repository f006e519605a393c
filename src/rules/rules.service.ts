import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { type Config, CONFIG } from '../config/index.js';
import { DIALECTS, UnitOfWork } from '../database/index.js';
import { Clock } from '../kernel/index.js';
import { TerminologyService } from '../terminology/index.js';
import { type Bilingual } from './domain/catalogue.js';
import { type Outcome } from './domain/rule.js';
import { type RuleSet } from './domain/rule-set.js';
import { sentence } from './domain/sentence.js';
import { rulesOf } from './load-rules.js';
import { readFiles } from './read-files.js';
import { RuleSetEntity } from './rule-set.entity.js';
import { catalogueOf } from './domain/vocabulary-catalogue.js';

/** The rule set in force. Every version that ever was is kept with its files. */
@Injectable()
export class RulesService implements OnModuleInit {
  #current: RuleSet | null = null;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly clock: Clock,
    private readonly work: UnitOfWork,
    private readonly terminology: TerminologyService,
  ) {}

  async onModuleInit(): Promise<void> {
    const files = await readFiles(this.config.rulesDir);
    this.#current = await rulesOf(files, catalogueOf(this.terminology.vocabulary));
    await this.keep(this.#current.version, JSON.stringify(files));
  }

  get current(): RuleSet {
    if (!this.#current) throw new Error('the rules are not loaded yet');
    return this.#current;
  }

  get isReady(): boolean {
    return this.#current !== null;
  }

  /** What a nurse can say of an outcome. */
  sentence(outcome: Outcome): Bilingual {
    const catalogue = catalogueOf(this.terminology.vocabulary);
    return { zh: sentence(outcome, catalogue, 'zh'), en: sentence(outcome, catalogue, 'en') };
  }

  private async keep(version: string, files: string): Promise<void> {
    await this.work.run(async (manager) => {
      if (await manager.existsBy(RuleSetEntity, { version })) return;
      try {
        await manager.insert(RuleSetEntity, { version, files, inForceSince: this.clock.now() });
      } catch (error) {
        if (!DIALECTS[this.work.kind].isDuplicateKey(error)) throw error;
      }
    });
  }
}
