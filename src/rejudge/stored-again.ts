import { Inject, Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { Judging, type JudgingOutcome, Levelling, type Touched } from '../intake/index.js';
import { Clock } from '../kernel/index.js';
import {
  DataQualityRepository,
  type KnownPerson,
  ObservationRepository,
  PersonRepository,
  type StoredResult,
} from '../people/index.js';
import { type RulesVersion } from '../rules/index.js';
import { TasksService } from '../tasks/index.js';
import { isOutdated } from './domain/counted-before.js';

/** Findings made, changed otherwise, and retracted. */
export type Changes = Pick<JudgingOutcome, 'made' | 'changed' | 'retracted'>;

const NOTHING: Changes = { made: 0, changed: 0, retracted: 0 };

/** One person, or one result that waits for its person, judged again as it is stored. A second time changes nothing. */
@Injectable()
export class StoredAgain {
  constructor(
    @Inject(Clock) private readonly clock: Clock,
    @Inject(PersonRepository) private readonly persons: PersonRepository,
    @Inject(ObservationRepository) private readonly observations: ObservationRepository,
    @Inject(DataQualityRepository) private readonly quality: DataQualityRepository,
    @Inject(Judging) private readonly judging: Judging,
    @Inject(Levelling) private readonly levels: Levelling,
    @Inject(TasksService) private readonly tasks: TasksService,
  ) {}

  /** All results of a person, holding their row as the intake does. */
  async person(manager: EntityManager, id: string, rules: RulesVersion): Promise<Changes> {
    const person = (await this.persons.findByIds(manager, [id])).get(id);
    if (!person || person.mergedInto) return NOTHING;
    return this.judge(manager, person, await this.observations.ofPerson(manager, id), rules);
  }

  async waiting(manager: EntityManager, id: string, rules: RulesVersion): Promise<Changes> {
    const [listed] = await this.observations.byIds(manager, [id]);
    if (!listed) return NOTHING;
    // Its person may have come since, or a correction: what counts is read under the lock.
    const current = await this.observations.findByIdentity(manager, [listed.identityKey]);
    const results = [...current.values()].filter((result) => result.id === id && result.personId === null);
    return results.length === 0 ? NOTHING : this.judge(manager, null, results, rules);
  }

  private async judge(
    manager: EntityManager,
    person: KnownPerson | null,
    results: readonly StoredResult[],
    rules: RulesVersion,
  ): Promise<Changes> {
    const now = this.clock.now();
    const touched: Touched = new Map();
    const work = { person, results, areNew: false, rules, isByRulesAlone: true };
    const { counted, added: _added, ...changes } = await this.judging.judge(manager, work, touched, now);
    await this.recount(manager, results, counted);
    if (person) await this.levels.follow(manager, person, rules, now, { results });
    for (const subject of touched.values()) await this.tasks.follow(manager, subject, now);
    return changes;
  }

  /** What only rules of before have counted is counted no more. */
  private async recount(
    manager: EntityManager,
    results: readonly StoredResult[],
    counted: JudgingOutcome['counted'],
  ): Promise<void> {
    const ids = results.map(({ id }) => id);
    const listed = ids.length === 0 ? [] : await this.quality.of(manager, ids);
    if (listed.length === 0) return;
    const byId = new Map(results.map((result) => [result.id, result]));
    const outdated = listed.filter((item) => isOutdated(item, byId.get(item.observationId), counted));
    await this.quality.remove(
      manager,
      outdated.map(({ id }) => id),
    );
  }
}
