import { Inject, Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { UnitOfWork, type Witness } from '../database/index.js';
import { AppError, Clock, ConflictError, type Fault, newId } from '../kernel/index.js';
import {
  differenceOf,
  DraftRules,
  RuleFolder,
  ruleExcerpts,
  type RulesDifference,
  RuleSetRepository,
  RulesService,
} from '../rules/index.js';
import {
  changesBack,
  checkPath,
  type DraftAct,
  type FileChange,
  LONGEST_FILE,
  MOST_FILES,
  saved,
  withChanges,
} from './domain/draft.js';
import { replacingFile } from './domain/replacing-file.js';
import { type Draft, type DraftMove, DraftsRepository } from './drafts.repository.js';

/** Somebody who works on a draft, and how their act is written down in its transaction. */
export interface Doer {
  actor: string;
  witness: Witness;
}

/** How a draft begins: empty, on one rule, or with the files of an earlier version. */
export interface Beginning {
  /** Why it is made. */
  title: string;
  /** A version whose files are taken up as they were. */
  rollsBackTo?: string | null;
  /** `pack/rule` that is to be edited. */
  rule?: string | null;
}

/** What came of reading the files as a draft has them. */
export interface Checked {
  faults: readonly Fault[];
  /** The version that they would make, and which rules are another then; null while there are faults. */
  version: string | null;
  difference: RulesDifference | null;
}

/** So many checks wait at most; each takes up to a second of the processor. */
const MOST_WAITING = 6;

/** Drafts of rule files: made, saved, checked, sent to a second doctor, taken away. Nothing of them is in force. */
@Injectable()
export class DraftsService {
  #checking: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  constructor(
    @Inject(Clock) private readonly clock: Clock,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
    @Inject(DraftsRepository) private readonly drafts: DraftsRepository,
    @Inject(RuleFolder) private readonly folder: RuleFolder,
    @Inject(DraftRules) private readonly reading: DraftRules,
    @Inject(RuleSetRepository) private readonly sets: RuleSetRepository,
    @Inject(RulesService) private readonly rules: RulesService,
  ) {}

  /** @throws AppError `not-found` */
  async one(id: string): Promise<Draft> {
    const draft = await this.drafts.byId(id);
    if (!draft) throw new AppError('not-found', 'There is no such draft.');
    return draft;
  }

  /** @throws AppError `not-found` when that version, or rule, is not there; `invalid-request` when nothing would change */
  async make(
    { title, rollsBackTo = null, rule = null }: Beginning,
    { actor, witness }: Doer,
  ): Promise<Draft> {
    const now = this.clock.now();
    const changes =
      rollsBackTo !== null ? await this.#backTo(rollsBackTo) : rule !== null ? await this.#onRule(rule) : [];
    const draft: Draft = {
      ...{ id: newId(), title, state: 'editing', revision: 1, changes, author: actor },
      ...{ madeAt: now, changedAt: now, rollsBackTo, version: null },
    };
    await this.work.run(async (manager) => {
      await this.drafts.insert(manager, draft);
      await this.drafts.note(manager, draft, { action: 'made', actor, at: now });
      await witness(manager, { subject: `rule-draft/${draft.id}` });
    });
    return draft;
  }

  /** A shipped rule is edited in a file of the centre's own that replaces it; nothing of it differs yet. */
  async #onRule(id: string): Promise<FileChange[]> {
    const files = await this.folder.files();
    const [excerpt] = ruleExcerpts(files, id);
    if (!excerpt) throw new AppError('not-found', 'There is no such rule in the files.', 'rule');
    const own = this.folder.isOwn(excerpt.file) ? null : replacingFile(files, excerpt, id);
    return own ? [{ path: own.path, before: await this.folder.onDisk(own.path), text: own.text }] : [];
  }

  async #backTo(version: string): Promise<FileChange[]> {
    const then = await this.sets.files(version);
    if (!then) throw new AppError('not-found', 'No such version of the rules was ever in force.');
    const isOwn = ({ path }: { path: string }): boolean => this.folder.isOwn(path);
    const changes = changesBack((await this.folder.files()).filter(isOwn), then.filter(isOwn));
    if (changes.length === 0)
      throw new AppError('invalid-request', 'The files of that version are the same as now.', 'rollsBackTo');
    if (changes.length > MOST_FILES) throw tooMany();
    return changes;
  }

  /** The files that may be edited as the draft has them, and which of them it changes. */
  async paths({ changes }: Draft): Promise<{ path: string; isChanged: boolean; isGone: boolean }[]> {
    const changed = new Map(changes.map((change) => [change.path, change]));
    const known = (await this.folder.files()).flatMap(({ path }) => (this.folder.isOwn(path) ? path : []));
    return [...new Set([...known, ...changed.keys()])].sort().map((path) => ({
      path,
      isChanged: changed.has(path),
      isGone: changed.get(path)?.text === null,
    }));
  }

  /** One file as the draft has it; null where it has none. @throws AppError `not-found` for files that are not edited */
  async text({ changes }: Draft, path: string): Promise<string | null> {
    const change = changes.find((one) => one.path === path);
    if (change) return change.text;
    if (!this.folder.isOwn(path)) throw new AppError('not-found', 'This file is not edited here.');
    return (await this.folder.files()).find((file) => file.path === path)?.text ?? null;
  }

  /**
   * Saves one file.
   * @param text null: the file goes
   * @throws AppError `conflict` when somebody saved meanwhile; `invalid-request` naming what is wrong
   */
  async save(
    draft: Draft,
    { revision, path, text }: { revision: number; path: string; text: string | null },
    { actor, witness }: Doer,
  ): Promise<Draft> {
    checkPath(path);
    if (!this.folder.isOwn(path)) {
      const why = this.folder.hasOverlay
        ? 'An upgrade replaces the shipped files: write into overlay/.'
        : 'There is no overlay here.';
      throw new AppError('invalid-request', why, 'path');
    }
    if (text !== null && Buffer.byteLength(text) > LONGEST_FILE) {
      throw new AppError('too-large', `A rule file may have ${LONGEST_FILE / 1024} kB.`, 'text');
    }
    const known = draft.changes.find((change) => change.path === path);
    const before = known ? known.before : await this.folder.onDisk(path);
    const changes = saved(draft.changes, { path, before, text });
    if (changes.length > MOST_FILES) throw tooMany();
    return this.#move(
      draft,
      { from: 'editing', revision, set: { changes: JSON.stringify(changes), revision: revision + 1 } },
      { action: 'saved', actor, witness },
    );
  }

  /**
   * Reads the files as the draft has them, with one of them as somebody is typing it.
   * @throws AppError `too-many-requests` when many are waiting to be checked
   */
  check({ changes }: Draft, typing?: { path: string; text: string }): Promise<Checked> {
    if (this.#waiting >= MOST_WAITING) {
      throw new AppError('too-many-requests', 'Many drafts are being checked; ask again.');
    }
    this.#waiting++;
    const mine = this.#checking
      .then(() => this.#check(typing ? saved(changes, { before: null, ...typing }) : changes))
      .finally(() => this.#waiting--);
    this.#checking = mine.catch(() => undefined);
    return mine;
  }

  async #check(changes: readonly FileChange[]): Promise<Checked> {
    try {
      const after = await this.reading.of(withChanges(await this.folder.files(), changes));
      return { faults: [], version: after.version, difference: differenceOf(this.rules.current, after) };
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'rules-refused') throw error;
      return { faults: error.faults, version: null, difference: null };
    }
  }

  /** Paths whose file on the disk is not what the draft took up: somebody else wrote it since. */
  async overtaken({ changes }: Draft): Promise<string[]> {
    const now = await Promise.all(changes.map(({ path }) => this.folder.onDisk(path)));
    return changes.flatMap(({ path, before }, i) => (now[i] === before ? [] : path));
  }

  /**
   * Takes up the files as they lie on the disk now under its own changes: its author has looked at the differences.
   * @throws AppError `conflict` when somebody saved meanwhile
   */
  async takeUp(draft: Draft, revision: number, { actor, witness }: Doer): Promise<Draft> {
    const now = await Promise.all(draft.changes.map(({ path }) => this.folder.onDisk(path)));
    const changes = draft.changes
      .map((change, i) => ({ ...change, before: now[i]! }))
      .filter(({ before, text }) => before !== text);
    return this.#move(
      draft,
      { from: 'editing', revision, set: { changes: JSON.stringify(changes), revision: revision + 1 } },
      { action: 'saved', actor, witness },
    );
  }

  /** @throws AppError `rules-refused` with every fault; `invalid-request` when it changes nothing */
  async send(draft: Draft, revision: number, { actor, witness }: Doer): Promise<Draft> {
    if (draft.changes.length === 0)
      throw new AppError('invalid-request', 'The draft changes nothing yet.', 'changes');
    const { faults } = await this.check(draft);
    if (faults.length > 0) throw new AppError(faults);
    return this.#move(
      draft,
      { from: 'editing', revision, set: { state: 'in-review' } },
      { action: 'sent', actor, witness },
    );
  }

  /** Gives it back to its author with a word why. */
  giveBack(draft: Draft, revision: number, reason: string, { actor, witness }: Doer): Promise<Draft> {
    const move: DraftMove = { from: 'in-review', revision, set: { state: 'editing' } };
    return this.#move(draft, move, { action: 'returned', actor, witness, reason });
  }

  /** @throws AppError `conflict` once it is being put in force, or has come to an end */
  withdraw(draft: Draft, revision: number, { actor, witness }: Doer): Promise<Draft> {
    const from = draft.state === 'in-review' ? 'in-review' : 'editing';
    return this.#move(
      draft,
      { from, revision, set: { state: 'withdrawn' } },
      { action: 'withdrawn', actor, witness },
    );
  }

  /** Somebody has had this revision of it before their eyes. */
  async seen(
    draft: Draft,
    revision: number,
    action: 'diff-seen' | 'replay-seen',
    actor: string,
  ): Promise<void> {
    if (draft.revision !== revision) throw changed(draft);
    await this.work.run((manager) =>
      this.drafts.note(manager, draft, { action, actor, at: this.clock.now() }),
    );
  }

  async #move(
    draft: Draft,
    move: DraftMove,
    {
      action,
      actor,
      witness,
      reason,
    }: { action: DraftAct; actor: string; witness: Witness; reason?: string },
  ): Promise<Draft> {
    const at = this.clock.now();
    await this.work.run(async (manager: EntityManager) => {
      const set = { ...move.set, changedAt: at };
      if (!(await this.drafts.move(manager, draft.id, { ...move, set })))
        throw changed(await this.one(draft.id));
      const revision = move.set.revision ?? move.revision;
      await this.drafts.note(manager, { id: draft.id, revision }, { action, actor, at, reason });
      await witness(manager, {
        subject: `rule-draft/${draft.id}`,
        detail: `${action}, revision ${revision}`,
      });
    });
    return this.one(draft.id);
  }
}

function tooMany(): AppError {
  return new AppError(
    'invalid-request',
    `A draft may change ${MOST_FILES} files; put the others into another.`,
    'changes',
  );
}

/** Somebody was faster. */
export function changed({ state, revision }: Draft): ConflictError {
  return new ConflictError('The draft is not what you saw: look at it again.', { state, revision });
}
