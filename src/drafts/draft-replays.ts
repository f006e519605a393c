import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { Reader, UnitOfWork } from '../database/index.js';
import { AppError, Clock } from '../kernel/index.js';
import { type PersonChanges, ReplayService } from '../replay/index.js';
import { DraftRules, RuleFolder, type RulesVersion, RulesService } from '../rules/index.js';
import { withChanges } from './domain/draft.js';
import { isCutOff, MOST_TOUCHED, type ReplayResult } from './domain/replay-state.js';
import { RuleDraftReplayEntity } from './draft.entity.js';
import { type Draft } from './drafts.repository.js';

const NOTE_EVERY_MS = 2000;
/** Beside others' work it rests for as long as it worked: a person takes some milliseconds. */
const REST = 1;
const LONGEST_REST_MS = 200;

class Stopped extends Error {}

/** What a revision of a draft would change for stored people: judged in the background, one replay at a time. */
@Injectable()
export class DraftReplays implements OnModuleDestroy {
  readonly #logger = new Logger('Replay');
  readonly #stopping = new AbortController();
  #running: Promise<void> | null = null;

  constructor(
    @Inject(Clock) private readonly clock: Clock,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
    @Inject(Reader) private readonly reader: Reader,
    @Inject(RuleFolder) private readonly folder: RuleFolder,
    @Inject(DraftRules) private readonly reading: DraftRules,
    @Inject(RulesService) private readonly rules: RulesService,
    @Inject(ReplayService) private readonly replays: ReplayService,
  ) {}

  async onModuleDestroy(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  /** The last replay of a revision; one that was cut off counts as failed. */
  async of(draftId: string, revision: number): Promise<RuleDraftReplayEntity | null> {
    const row = await this.reader.manager.findOneBy(RuleDraftReplayEntity, { draftId, revision });
    return row && isCutOff(row, this.clock.now()) ? { ...row, state: 'failed' } : row;
  }

  /**
   * Begins to judge everybody by the draft and by the version in force; what it found is asked for by `of`.
   * @throws AppError `rules-refused` while the draft has faults; `conflict` while another replay runs here
   */
  async start(draft: Draft): Promise<void> {
    const known = await this.of(draft.id, draft.revision);
    if (this.#running || known?.state === 'running') {
      throw new AppError('conflict', 'A replay is running; one at a time.', 'replay');
    }
    const begun = this.#begin(draft);
    this.#running = begun
      .then(
        ({ run }) => run,
        () => undefined,
      )
      .finally(() => (this.#running = null));
    await begun;
  }

  /** For tests and for the end: when nothing runs any more. */
  async settled(): Promise<void> {
    await this.#running;
  }

  async #begin({ id: draftId, revision, changes }: Draft): Promise<{ run: Promise<void> }> {
    const inForce = this.rules.current;
    const draft = await this.reading.of(withChanges(await this.folder.files(), changes));
    const now = this.clock.now();
    const row: RuleDraftReplayEntity = {
      ...{ draftId, revision, state: 'running', inForce: inForce.version, draft: draft.version },
      ...{ startedAt: now, seenAt: now, total: await this.replays.count(), done: 0, result: null },
    };
    await this.work.run((manager) => manager.save(RuleDraftReplayEntity, row));
    return { run: this.#run(row, inForce, draft) };
  }

  async #run(row: RuleDraftReplayEntity, inForce: RulesVersion, draft: RulesVersion): Promise<void> {
    const { draftId, revision } = row;
    const note = async (set: Partial<RuleDraftReplayEntity>): Promise<void> => {
      await this.work.run((manager) =>
        manager.update(RuleDraftReplayEntity, { draftId, revision }, { ...set, seenAt: this.clock.now() }),
      );
    };
    const touched: PersonChanges[] = [];
    let [done, noted, began, served] = [0, performance.now(), performance.now(), this.work.urgentDone];
    try {
      const replay = await this.replays.run({
        ...{ inForce, draft, since: null },
        changed: (one) => void (touched.length < MOST_TOUCHED && touched.push(one)),
        advance: (people) => void (done += people),
        rest: async () => {
          if (this.#stopping.signal.aborted) throw new Stopped();
          const took = performance.now() - began;
          const isBusy = this.work.urgentDone !== served;
          if (isBusy) await pause(Math.min(LONGEST_REST_MS, REST * took));
          [began, served] = [performance.now(), this.work.urgentDone];
          if (began - noted < NOTE_EVERY_MS) return;
          noted = began;
          await note({ done });
        },
      });
      const { perDay: _, ...numbers } = replay;
      const result: ReplayResult = { ...numbers, touched };
      await note({ state: 'done', done, result: JSON.stringify(result) });
    } catch (error) {
      if (!(error instanceof Stopped)) this.#logger.error(`a replay failed: ${(error as Error).name}`);
      await note({ state: 'failed', done }).catch(() => undefined);
    }
  }
}
