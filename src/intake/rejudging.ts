import { Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { Reader, UnitOfWork } from '../database/index.js';
import { Clock, type DoubtReason, groupBy } from '../kernel/index.js';
import {
  DataQualityRepository,
  ObservationRepository,
  PersonRepository,
  type StoredResult,
} from '../people/index.js';
import { RulesService } from '../rules/index.js';
import { TasksService } from '../tasks/index.js';
import { Judging, type Touched } from './judging.js';
import { Levelling } from './levelling.js';
import { Rereading } from './rereading.js';

/** What a mapping can make understood; glucose that may be fasting is settled by a centre's mapping too. */
export const MAPPABLE: readonly DoubtReason[] = ['unknown-code', 'unknown-unit', 'fasting-unknown'];

const PAGE = 200;
const AT_ONCE = 8;

export interface RejudgingOutcome {
  /** Results read and judged again. */
  results: number;
  /** Of these, the ones that wait no longer. */
  understood: number;
}

/** Judges again what waited for a mapping, person by person: killed at any point, the rest still waits and is found again. */
@Injectable()
export class Rejudging {
  constructor(
    private readonly clock: Clock,
    private readonly work: UnitOfWork,
    private readonly reader: Reader,
    private readonly persons: PersonRepository,
    private readonly observations: ObservationRepository,
    private readonly quality: DataQualityRepository,
    private readonly rereading: Rereading,
    private readonly rules: RulesService,
    private readonly judging: Judging,
    private readonly levels: Levelling,
    private readonly tasks: TasksService,
  ) {}

  /** @param since only what has come since then; null for all that waits */
  async waiting(since: Date | null = null): Promise<RejudgingOutcome> {
    return this.pages(async (after) => {
      const ids = await this.quality.waitingFor(MAPPABLE, since, after, PAGE);
      return { last: ids.at(-1), results: await this.observations.byIds(this.reader.manager, ids) };
    });
  }

  /** Every stored result: after a mapping that was wrong has been replaced by another. */
  async all(tell: (results: number) => void = () => undefined): Promise<RejudgingOutcome> {
    let done = 0;
    return this.pages(async (after) => {
      tell(done);
      const results = await this.observations.page(this.reader.manager, after, PAGE);
      done += results.length;
      return { last: results.at(-1)?.id, results };
    });
  }

  private async pages(
    read: (after: string) => Promise<{ last: string | undefined; results: StoredResult[] }>,
  ): Promise<RejudgingOutcome> {
    const outcome = { results: 0, understood: 0 };
    for (let after = ''; ;) {
      const { last, results } = await read(after);
      if (last === undefined) return outcome;
      after = last;
      const ids = results.map(({ id }) => id);
      const before = await this.quality.waitingAmong(MAPPABLE, ids);
      const groups = [...groupBy(results, ({ personId, id }) => personId ?? id).values()];
      for (let start = 0; start < groups.length; start += AT_ONCE) {
        const some = groups.slice(start, start + AT_ONCE);
        await Promise.all(some.map((group) => this.work.run((manager) => this.again(manager, group))));
      }
      outcome.results += results.length;
      outcome.understood += before - (await this.quality.waitingAmong(MAPPABLE, ids));
    }
  }

  /** One person's (or one result without person), holding their row. */
  private async again(manager: EntityManager, group: readonly StoredResult[]): Promise<void> {
    const now = this.clock.now();
    const rules = this.rules.current;
    const personId = group[0]!.personId;
    const person = personId
      ? ((await this.persons.findByIds(manager, [personId])).get(personId) ?? null)
      : null;
    // Read under the lock: a correction or a merge may have come between.
    const current = await this.observations.findByIdentity(
      manager,
      group.map((result) => result.identityKey),
    );
    const results = [...current.values()].filter((result) => result.personId === personId);
    const formerly: StoredResult[] = [];
    const again = await this.rereading.reread(manager, results, person, now, formerly);
    const touched: Touched = new Map();
    await this.judging.judge(
      manager,
      { person, results: again, formerly, areNew: false, rules },
      touched,
      now,
    );
    if (person) await this.levels.follow(manager, person, rules, now);
    for (const subject of touched.values()) await this.tasks.follow(manager, subject, now);
  }
}
