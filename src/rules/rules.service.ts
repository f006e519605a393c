import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { type Observable, Subject } from 'rxjs';
import { type Config, CONFIG } from '../config/index.js';
import { DIALECTS, Reader, UnitOfWork } from '../database/index.js';
import { AppError, Clock } from '../kernel/index.js';
import { type NotificationPolicy } from '../policy/index.js';
import { TerminologyService } from '../terminology/index.js';
import { type SourceFile } from './domain/files/parse-file.js';
import { gatherFiles } from './rule-files.js';
import { RuleSetEntity } from './rule-set.entity.js';
import { policyAmong, type RulesVersion, versionOf } from './rules-version.js';
import { catalogueOf } from './vocabulary-catalogue.js';

/** Another version is in force on this instance. */
export interface RulesChange {
  /** Version in force until now. */
  before: string;
  after: RulesVersion;
}

/** The version of the rules in force. Every version that ever was is kept with its files and can judge again. */
@Injectable()
export class RulesService implements OnModuleInit {
  #current: RulesVersion | null = null;
  /** Of versions that are not in force; null where there is none. Few and small: kept for as long as the process. */
  readonly #policies = new Map<string, NotificationPolicy | null>();
  readonly #changes = new Subject<RulesChange>();

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly clock: Clock,
    private readonly work: UnitOfWork,
    private readonly reader: Reader,
    private readonly terminology: TerminologyService,
  ) {}

  async onModuleInit(): Promise<void> {
    const files = await gatherFiles(this.config);
    const loaded = await versionOf(files, catalogueOf(this.terminology.vocabulary));
    await this.keep(loaded.version, JSON.stringify(files));
    this.#current = loaded;
  }

  /** To be taken once for each message: what is judged together is judged by one version. */
  get current(): RulesVersion {
    if (!this.#current) throw new Error('the rules are not loaded yet');
    return this.#current;
  }

  /** Tells each change after it has come into force; not the version that the service started with. */
  get changes(): Observable<RulesChange> {
    return this.#changes.asObservable();
  }

  /**
   * A version that is or was in force, made ready to judge again.
   * @throws AppError `not-found`
   */
  async version(hash: string): Promise<RulesVersion> {
    if (hash === this.#current?.version) return this.#current;
    const kept = await this.reader.manager.findOneBy(RuleSetEntity, { version: hash });
    if (!kept) throw new AppError('not-found', 'No such version of the rules was ever in force.');
    const again = await versionOf(
      JSON.parse(kept.files) as SourceFile[],
      catalogueOf(this.terminology.vocabulary),
    );
    return { ...again, version: hash };
  }

  /**
   * The notification policies of these versions, by version; those that are not kept (or can't be read any more) are
   * left out.
   */
  async policies(versions: Iterable<string>): Promise<ReadonlyMap<string, NotificationPolicy>> {
    const found = new Map<string, NotificationPolicy>();
    for (const hash of new Set(versions)) {
      const policy = hash === this.#current?.version ? this.#current.policy : await this.policy(hash);
      if (policy) found.set(hash, policy);
    }
    return found;
  }

  private async policy(hash: string): Promise<NotificationPolicy | null> {
    const known = this.#policies.get(hash);
    if (known !== undefined) return known;
    const kept = await this.reader.manager.findOneBy(RuleSetEntity, { version: hash });
    const { policy } = policyAmong(kept ? (JSON.parse(kept.files) as SourceFile[]) : [], []);
    this.#policies.set(hash, policy);
    return policy;
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
