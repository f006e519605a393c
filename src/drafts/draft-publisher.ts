import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { SecondFactorService } from '../accounts/index.js';
import { DIALECTS, UnitOfWork } from '../database/index.js';
import { AppError, Clock } from '../kernel/index.js';
import { DraftRules, type FileWritten, RuleFolder, RulesService } from '../rules/index.js';
import { whatIsMissing, withChanges } from './domain/draft.js';
import { DraftReplays } from './draft-replays.js';
import { changed, type Doer } from './drafts.service.js';
import { type Draft, DraftsRepository, publishing } from './drafts.repository.js';

/** What a second doctor says when they approve. */
export interface Approval {
  revision: number;
  reason: string;
  /** One-time code of the account that approves. */
  code: string;
  accountId: string;
}

const MOST_GUESSES = 5;
const GUESSES_WITHIN_MS = 15 * 60_000;

const MISSING = {
  'second-person': 'Whoever wrote any of it cannot approve it: a second doctor does.',
  diff: 'Look at the differences of this revision first.',
  replay: 'Look at what this revision changes for stored people first.',
} as const;

/**
 * Puts a draft in force: what a second doctor approved is written into the folder and read again, all or nothing. The
 * approval is kept first, so that a start finishes what a stop cut off.
 */
@Injectable()
export class DraftPublisher implements OnApplicationBootstrap {
  readonly #logger = new Logger('Rules');

  constructor(
    @Inject(Clock) private readonly clock: Clock,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
    @Inject(DraftsRepository) private readonly drafts: DraftsRepository,
    @Inject(DraftReplays) private readonly replays: DraftReplays,
    @Inject(SecondFactorService) private readonly codes: SecondFactorService,
    @Inject(RuleFolder) private readonly folder: RuleFolder,
    @Inject(DraftRules) private readonly reading: DraftRules,
    @Inject(RulesService) private readonly rules: RulesService,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    for (const draft of await this.drafts.approved()) {
      await this.#finish(draft).catch((fault: Error) =>
        this.#logger.error(`an approved draft could not be put in force: ${fault.message}`),
      );
    }
  }

  /**
   * @returns the draft as it came into force
   * @throws AppError `forbidden` with what is missing, or for a wrong code; `conflict` when the draft, the files or the
   * rules in force are not what was looked at; `rules-refused`; `try-again` when the folder cannot be written
   */
  async approve(draft: Draft, { revision, reason, code, accountId }: Approval, doer: Doer): Promise<Draft> {
    if (draft.state !== 'in-review' || draft.revision !== revision) throw changed(draft);
    const missing = whatIsMissing(draft, await this.drafts.events(draft.id), doer.actor);
    if (missing) throw new AppError('forbidden', MISSING[missing], missing);
    await this.#refuseOvertaken(draft);
    await this.#refuseGuessing(draft, doer.actor);
    const now = this.clock.now();
    try {
      await this.work.run(async (manager) => {
        if (!(await this.codes.take(manager, accountId, code))) {
          throw new AppError('forbidden', 'The one-time code is wrong, or was used already.', 'code');
        }
        const set = { state: 'approved', publishing: publishing(true), changedAt: now } as const;
        if (!(await this.drafts.move(manager, draft.id, { from: 'in-review', revision, set })))
          throw changed(draft);
        await this.drafts.note(manager, draft, { action: 'approved', actor: doer.actor, at: now, reason });
        await doer.witness(manager, {
          subject: `rule-draft/${draft.id}`,
          detail: `approved, revision ${revision}`,
        });
      });
    } catch (error) {
      if (error instanceof AppError && error.faults[0]?.path === 'code')
        await this.#noteWrongCode(draft, doer.actor);
      if (!DIALECTS[this.work.kind].isDuplicateKey(error)) throw error;
      throw new AppError(
        'conflict',
        'Another draft is being put in force at this moment; look at it, then try again.',
      );
    }
    await this.#finish(draft, doer.actor);
    return (await this.drafts.byId(draft.id))!;
  }

  /** Whoever sits at another's open session is not to try a million codes. */
  async #refuseGuessing({ id }: Draft, actor: string): Promise<void> {
    const since = this.clock.now().getTime() - GUESSES_WITHIN_MS;
    const wrong = (await this.drafts.events(id)).filter(
      (one) => one.action === 'code-wrong' && one.actor === actor && one.at.getTime() > since,
    );
    if (wrong.length >= MOST_GUESSES) {
      throw new AppError(
        'too-many-requests',
        'Too many wrong codes; try again in a quarter of an hour.',
        'code',
      );
    }
  }

  async #noteWrongCode(draft: Draft, actor: string): Promise<void> {
    const at = this.clock.now();
    await this.work.run((manager) => this.drafts.note(manager, draft, { action: 'code-wrong', actor, at }));
  }

  /** What was replayed is what would come into force now: the same version, against the same version. */
  async #refuseOvertaken(draft: Draft): Promise<void> {
    const replayed = await this.replays.of(draft.id, draft.revision);
    if (replayed?.inForce !== this.rules.current.version) {
      throw new AppError(
        'conflict',
        'Other rules are in force than those it was held against: replay it again.',
        'replay',
      );
    }
    const { version } = await this.reading.of(withChanges(await this.folder.files(), draft.changes));
    if (version !== replayed.draft || (await this.#isOvertaken(draft))) {
      throw new AppError(
        'conflict',
        'The files on the disk were changed since; its author takes them up first.',
        'files',
      );
    }
  }

  async #isOvertaken({ changes }: Draft): Promise<boolean> {
    for (const { path, before } of changes) if ((await this.folder.onDisk(path)) !== before) return true;
    return false;
  }

  /** Writes and reads. What cannot be put in force is taken back, and the draft waits for its reviewer again. */
  async #finish(draft: Draft, actor: string | null = null): Promise<void> {
    const { id, revision, changes } = draft;
    try {
      await this.#refuseForeign(draft);
      await this.folder.write(changes);
      const { version } = await this.#read(actor);
      await this.work.run(async (manager) => {
        const set = {
          state: 'in-force',
          version,
          publishing: publishing(false),
          changedAt: this.clock.now(),
        } as const;
        // Another instance on the same folder may have finished it.
        if (!(await this.drafts.move(manager, id, { from: 'approved', revision, set }))) return;
        await this.drafts.note(manager, draft, {
          action: 'in-force',
          actor: actor ?? 'nobody',
          at: this.clock.now(),
        });
      });
    } catch (error) {
      await this.#takeBack(draft, error as Error);
      throw error;
    }
  }

  /** The files are still: nobody else writes them, so that once more is enough. */
  async #read(actor: string | null): Promise<{ version: string }> {
    const request = { cause: 'draft', actor } as const;
    try {
      return await this.rules.reload(request);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'try-again') throw error;
      return this.rules.reload(request);
    }
  }

  /** After a stop: each file is what it was or what it is to be; anything else was written by somebody since. */
  async #refuseForeign({ changes }: Draft): Promise<void> {
    for (const { path, before, text } of changes) {
      const now = await this.folder.onDisk(path);
      if (now !== before && now !== text)
        throw new AppError('conflict', 'The files on the disk were changed since.', 'files');
    }
  }

  async #takeBack(draft: Draft, fault: Error): Promise<void> {
    const written: FileWritten[] = [];
    for (const { path, before, text } of draft.changes) {
      const now = await this.folder.onDisk(path).catch(() => null);
      if (now === text && text !== before) written.push({ path, text: before });
    }
    await this.folder.write(written).catch(() => undefined);
    const at = this.clock.now();
    await this.work.run(async (manager) => {
      const set = { state: 'in-review', publishing: publishing(false), changedAt: at } as const;
      const { id, revision } = draft;
      if (!(await this.drafts.move(manager, id, { from: 'approved', revision, set }))) return;
      const reason = fault instanceof AppError ? fault.message.slice(0, 500) : 'a fault of the service';
      await this.drafts.note(manager, draft, { action: 'failed', actor: 'nobody', at, reason });
    });
  }
}
