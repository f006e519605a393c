import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { type Observable, Subject } from 'rxjs';
import { UnitOfWork, type Witness, type Witnessed } from '../database/index.js';
import { AppError, Clock, type Fault } from '../kernel/index.js';
import { type NotificationPolicy } from '../policy/index.js';
import { type SourceFile } from './domain/files/parse-file.js';
import { FilesOnDisk } from './files-on-disk.js';
import { type GoneRule, GoneRules } from './gone-rules.js';
import { KeptVersions } from './kept-versions.js';
import { type ChangeCause, type RuleSetChangeEntity } from './rule-set.entity.js';
import { RuleSetRepository } from './rule-set.repository.js';
import { differenceInWords, differenceOf, faultsInWords, goneInWords, type RulesDifference, short } from './rules-difference.js';
import { type RulesVersion } from './rules-version.js';

/** Another version is in force on this instance. */
export interface RulesChange {
  /** Version in force until now. */
  before: string;
  after: RulesVersion;
}

/** Why the files on disk are not in force. */
export interface Refusal {
  at: Date;
  faults: readonly Fault[];
}

/** What came of reading the files again. */
export interface Reload extends RulesDifference {
  version: string;
  /** The version in force until then; the same when nothing of the content has changed. */
  before: string;
}

/** Who has the files read again. */
export interface ReloadRequest {
  cause: Exclude<ChangeCause, 'start'>;
  actor: string | null;
  /** Writes down that it was asked for, in the transaction that puts another version in force. */
  witness?: Witness;
}

/** The version of the rules in force on this instance, and how another one comes into force. */
@Injectable()
export class RulesService implements OnModuleInit {
  readonly #logger = new Logger('Rules');
  readonly #changes = new Subject<RulesChange>();
  #current: RulesVersion | null = null;
  #inForceSince: Date;
  #refusal: Refusal | null = null;
  readonly #gone = new GoneRules();
  #instance = '';
  #reloading: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly clock: Clock,
    private readonly work: UnitOfWork,
    private readonly disk: FilesOnDisk,
    private readonly sets: RuleSetRepository,
    private readonly kept: KeptVersions,
  ) {
    this.#inForceSince = clock.now();
  }

  /**
   * Reads the files. When they are refused (or just being written), the version that was in force last goes on: a
   * restart at night must not stop the queue for a mistyped file.
   * @throws AppError when they cannot be put in force and no version ever was
   */
  async onModuleInit(): Promise<void> {
    const last = await this.sets.lastChange();
    const read = await this.disk.read(last?.version ?? null).catch(onlyAppError);
    if (read instanceof AppError) {
      if (!last) throw read;
      this.#current = await this.kept.version(last.version);
      this.refuse(read.faults);
      return;
    }
    const { version, files } = read;
    await this.work.run((manager) => this.sets.keep(manager, version.version, files, this.clock.now()));
    this.#current = version;
  }

  /** To be taken once for each message: what is judged together is judged by one version. */
  get current(): RulesVersion {
    if (!this.#current) throw new Error('the rules are not loaded yet');
    return this.#current;
  }

  /** Since when the version in force is in force on this instance. */
  get inForceSince(): Date {
    return this.#inForceSince;
  }

  /** Null while the files on disk are what is in force. */
  get refusal(): Refusal | null {
    return this.#refusal;
  }

  /** Rules that have gone since this instance was started, or while it was not: nobody is judged by them any more. */
  get gone(): readonly GoneRule[] {
    return this.#gone.all;
  }

  /** Tells each change after it has come into force; not the version that the service started with. */
  get changes(): Observable<RulesChange> {
    return this.#changes.asObservable();
  }

  /**
   * A version that is or was in force, made ready to judge again.
   * @throws AppError `not-found`; `rules-refused` when this release can't read it any more
   */
  async version(hash: string): Promise<RulesVersion> {
    return hash === this.current.version ? this.current : this.kept.version(hash);
  }

  /** The notification policies of these versions, by version; those that are not kept are left out. */
  async policies(versions: Iterable<string>): Promise<ReadonlyMap<string, NotificationPolicy>> {
    const { version, policy } = this.current;
    const found = new Map<string, NotificationPolicy>();
    for (const hash of new Set(versions)) {
      const one = hash === version ? policy : await this.kept.policy(hash);
      if (one) found.set(hash, one);
    }
    return found;
  }

  /** From now on this instance serves: what is in force on it is noted. */
  async serveAs(instance: string): Promise<void> {
    this.#instance = instance;
    const { version, rules } = this.current;
    const last = await this.sets.lastChange(instance);
    if (last?.version === version) this.#inForceSince = last.at;
    else {
      const change = this.change(version, { cause: 'start', actor: null });
      await this.noteGone(last ?? (await this.sets.lastChange()), change.at);
      await this.work.run((manager) => this.sets.changed(manager, change));
      this.#inForceSince = change.at;
    }
    this.#logger.log(`version ${short(version)} is in force: ${rules.length} rules`);
  }

  /** What went while the service was down: a file that was lost then would never be missed. */
  private async noteGone(last: { version: string } | null, at: Date): Promise<void> {
    if (!last || last.version === this.current.version) return;
    const before = await this.kept.version(last.version).catch(onlyAppError);
    if (before instanceof AppError) {
      this.#logger.warn(`version ${short(last.version)} cannot be read any more: whether rules are gone is not known`);
      return;
    }
    const difference = differenceOf(before, this.current);
    const gone = this.#gone.follow(before.version, this.current, difference, at);
    if (gone.length > 0) this.#logger.warn(goneInWords(gone, before.version));
  }

  /**
   * Reads the files again and puts them in force, all or nothing; one reload at a time. Messages under way keep the
   * version that they began with.
   * @throws AppError `rules-refused` with every fault: nothing has changed then; `try-again` while the files are being
   * written or the database is away
   */
  reload(request: ReloadRequest): Promise<Reload> {
    const mine = this.#reloading.then(() => this.reloadNow(request));
    this.#reloading = mine.catch(() => undefined);
    return mine;
  }

  private async reloadNow(request: ReloadRequest): Promise<Reload> {
    const before = this.current;
    try {
      const { version: after, files } = await this.disk.read(before.version);
      if (after.version !== before.version) await this.putInForce(after, files, request);
      else {
        await this.work.run(async (manager) => request.witness?.(manager, told(after)));
        if (this.#refusal) this.#logger.log(`the files are sound again: ${short(after.version)} stays in force`);
      }
      this.#refusal = null;
      return { version: after.version, before: before.version, ...differenceOf(before, after) };
    } catch (error) {
      if (isRefused(error)) this.refuse(error.faults);
      else this.disk.forget();
      throw error;
    }
  }

  /** Kept first, then in force: what judges can always be found again. */
  private async putInForce(
    after: RulesVersion,
    files: readonly SourceFile[],
    request: ReloadRequest,
  ): Promise<void> {
    const before = this.current;
    const change = this.change(after.version, request);
    await this.work.run(async (manager) => {
      await this.sets.keep(manager, after.version, files, change.at);
      await this.sets.changed(manager, change);
      await request.witness?.(manager, told(after));
    });
    this.#current = after;
    this.#inForceSince = change.at;
    const difference = differenceOf(before, after);
    const said = `version ${short(after.version)} is in force in place of ${short(before.version)}: ${differenceInWords(difference)}`;
    this.#logger.log(said);
    const gone = this.#gone.follow(before.version, after, difference, change.at);
    if (gone.length > 0) this.#logger.warn(goneInWords(gone, before.version));
    this.#changes.next({ before: before.version, after });
  }

  private change(
    version: string,
    { cause, actor }: { cause: ChangeCause; actor: string | null },
  ): Omit<RuleSetChangeEntity, 'id'> {
    return { version, at: this.clock.now(), cause, instance: this.#instance, actor };
  }

  /** Said once, not at each look: the same faults again are no news. */
  private refuse(faults: readonly Fault[]): void {
    const isNews = JSON.stringify(this.#refusal?.faults) !== JSON.stringify(faults);
    if (!isNews) return;
    this.#refusal = { at: this.clock.now(), faults };
    this.#logger.error(
      `the rule files are refused, version ${short(this.current.version)} stays in force: ${faultsInWords(faults)}`,
    );
  }

}

function onlyAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  throw error;
}

function isRefused(error: unknown): error is AppError {
  return error instanceof AppError && error.code === 'rules-refused';
}

function told({ version }: RulesVersion): Witnessed {
  return { subject: `rules/${version.slice(0, 16)}`, detail: `in force ${version}` };
}
