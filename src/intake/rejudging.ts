import { Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { Reader, UnitOfWork } from '../database/index.js';
import { Clock, type DoubtReason } from '../kernel/index.js';
import {
  DataQualityRepository,
  ObservationRepository,
  PersonRepository,
  type StoredResult,
} from '../people/index.js';
import { TasksService } from '../tasks/index.js';
import { Judging, type Touched } from './judging.js';
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
    private readonly judging: Judging,
    private readonly tasks: TasksService,
  ) {}

  /** @param since only what has come since then; null for all that waits */
  async waiting(since: Date | null = null): Promise<RejudgingOutcome> {
    const outcome = { results: 0, understood: 0 };
    for (let after = ''; ;) {
      const ids = await this.quality.waitingFor(MAPPABLE, since, after, PAGE);
      if (ids.length === 0) return outcome;
      after = ids.at(-1)!;
      const waiting = await this.observations.byIds(this.reader.manager, ids);
      const groups = [...groupByPerson(waiting).values()];
      for (let start = 0; start < groups.length; start += AT_ONCE) {
        const some = groups.slice(start, start + AT_ONCE);
        await Promise.all(some.map((group) => this.work.run((manager) => this.again(manager, group))));
      }
      const still = await this.quality.waitingAmong(MAPPABLE, ids);
      outcome.results += waiting.length;
      outcome.understood += waiting.length - still;
    }
  }

  /** One person's (or one result without person), holding their row. */
  private async again(manager: EntityManager, group: readonly StoredResult[]): Promise<void> {
    const now = this.clock.now();
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
    const again = await this.rereading.reread(manager, results, person, now);
    const touched: Touched = new Map();
    await this.judging.judge(manager, { person, results: again, areNew: false }, touched, now);
    for (const subject of touched.values()) await this.tasks.follow(manager, subject, now);
  }
}

function groupByPerson(results: readonly StoredResult[]): Map<string, StoredResult[]> {
  const groups = new Map<string, StoredResult[]>();
  for (const result of results) {
    const key = result.personId ?? result.id;
    const group = groups.get(key);
    if (group) group.push(result);
    else groups.set(key, [result]);
  }
  return groups;
}
