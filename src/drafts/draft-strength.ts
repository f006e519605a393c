import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '../kernel/index.js';
import {
  differenceOf,
  DraftRules,
  NobodyWaits,
  RuleFolder,
  type RulesDifference,
  RulesService,
  type Strength,
} from '../rules/index.js';
import { saved, withChanges } from './domain/draft.js';
import { type Draft } from './drafts.repository.js';

/** What came of measuring a draft. */
export interface DraftStrength extends Strength {
  /** The draft has faults: nothing was measured. */
  hasFaults: boolean;
}

const NOTHING: Omit<DraftStrength, 'hasFaults'> = {
  ...{ mutants: 0, noticed: 0, survivors: [], equal: [], unmeasured: [] },
};

/** So many wait at most; each takes some seconds of the processor at the most. */
const MOST_WAITING = 4;

/** How well its examples hold what a draft changes: measured apart from the check that answers to every key, one at a time. */
@Injectable()
export class DraftStrengths {
  #measuring: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  constructor(
    @Inject(RuleFolder) private readonly folder: RuleFolder,
    @Inject(DraftRules) private readonly reading: DraftRules,
    @Inject(RulesService) private readonly rules: RulesService,
  ) {}

  /**
   * Makes every slip of the pen in the rules that the draft changes, and runs their examples.
   * @param typing one file as somebody is typing it
   * @param isWanted whether whoever asked still waits
   * @throws AppError `too-many-requests` when many are waiting to be measured
   */
  of(
    { changes }: Draft,
    typing: { path: string; text: string } | undefined,
    isWanted: () => boolean,
  ): Promise<DraftStrength> {
    if (this.#waiting >= MOST_WAITING) {
      throw new AppError('too-many-requests', 'Many drafts are being measured; ask again.');
    }
    this.#waiting++;
    const mine = this.#measuring
      .then(() => this.#measure(typing ? saved(changes, { before: null, ...typing }) : changes, isWanted))
      .finally(() => this.#waiting--);
    this.#measuring = mine.catch(() => undefined);
    return mine;
  }

  async #measure(changes: Draft['changes'], isWanted: () => boolean): Promise<DraftStrength> {
    if (changes.length === 0 || !isWanted()) return { ...NOTHING, hasFaults: false };
    const files = withChanges(await this.folder.files(), changes);
    try {
      const after = await this.reading.of(files);
      const paths = new Set(changes.map(({ path }) => path));
      const rules = touched(differenceOf(this.rules.current, after));
      return { ...(await this.reading.strength(files, { paths, rules }, isWanted)), hasFaults: false };
    } catch (error) {
      if (error instanceof NobodyWaits) return { ...NOTHING, hasFaults: false };
      if (!(error instanceof AppError) || error.code !== 'rules-refused') throw error;
      return { ...NOTHING, hasFaults: true };
    }
  }
}

function touched({ added, changed }: RulesDifference): ReadonlySet<string> {
  return new Set([...added, ...changed]);
}
