import { Inject, Injectable } from '@nestjs/common';
import { type Config, CONFIG } from '../config/index.js';
import { AppError } from '../kernel/index.js';
import { type NotificationPolicy, POLICY_PATH, readPolicy } from '../policy/index.js';
import { TerminologyService, type VocabularyFile, vocabularyOf } from '../terminology/index.js';
import { type AnalyteCatalogue } from './domain/catalogue.js';
import { withPolicy } from './rule-files.js';
import { OVERLAY } from './domain/overlay/apply-overlay.js';
import { RuleSetRepository } from './rule-set.repository.js';
import { keptVersion, type RulesVersion, versionHash } from './rules-version.js';
import { takeTurns } from './take-turns.js';
import { catalogueOf } from './domain/vocabulary-catalogue.js';

/** Enough to judge a queue of old findings again without reading a version twice. */
const MOST_READY = 8;

/** Versions that were in force, made ready again from what is kept of them. */
@Injectable()
export class KeptVersions {
  /** The latest asked for last. */
  readonly #ready = new Map<string, Promise<RulesVersion>>();
  /** Null where there is none. Small: kept for as long as the process. */
  readonly #policies = new Map<string, NotificationPolicy | null>();

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly sets: RuleSetRepository,
    private readonly terminology: TerminologyService,
  ) {}

  /** @throws AppError `not-found`; `rules-refused` when this release can't read it any more */
  version(hash: string): Promise<RulesVersion> {
    const ready = this.#ready.get(hash) ?? this.read(hash);
    this.#ready.delete(hash);
    this.#ready.set(hash, ready);
    ready.catch(() => this.#ready.delete(hash));
    for (const [oldest] of this.#ready) {
      if (this.#ready.size <= MOST_READY) break;
      this.#ready.delete(oldest);
    }
    return ready;
  }

  private async read(hash: string): Promise<RulesVersion> {
    const files = await this.sets.files(hash);
    if (!files) throw new AppError('not-found', 'No such version of the rules was ever in force.');
    // Before versions held the policy that was in force, a folder without one was kept without.
    const whole = await withPolicy(files, this.config.shippedRulesDir);
    return keptVersion(hash, whole, { catalogue: this.catalogue, pause: takeTurns() });
  }

  /** The notification policy of a version; null when there is none, or this release can't read it any more. */
  async policy(hash: string): Promise<NotificationPolicy | null> {
    const known = this.#policies.get(hash);
    if (known !== undefined) return known;
    const file = (await this.sets.file(hash, OVERLAY + POLICY_PATH)) ?? (await this.sets.file(hash, POLICY_PATH));
    const policy = file && readOrNull(file);
    this.#policies.set(hash, policy);
    return policy;
  }

  /** The vocabulary of a version as its rules see it: the service's own, unless an earlier release had another. */
  readonly catalogue = (files: readonly VocabularyFile[]): AnalyteCatalogue => {
    const own = this.terminology;
    const isOwn = files.length === 0 || versionHash('', files) === versionHash('', own.files);
    return catalogueOf(isOwn ? own.shipped : vocabularyOf(files));
  };
}

function readOrNull(file: { path: string; text: string }): NotificationPolicy | null {
  try {
    return readPolicy(file);
  } catch {
    return null;
  }
}
