import { Inject, Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { type Finding } from '../assessment/index.js';
import { Judging, type JudgingOutcome, Levelling, type Touched } from '../intake/index.js';
import { Clock } from '../kernel/index.js';
import {
  DataQualityRepository,
  type ListedItem,
  ObservationRepository,
  type StoredResult,
} from '../people/index.js';
import { type RulesVersion } from '../rules/index.js';
import { TasksService } from '../tasks/index.js';
import { isOutdated } from './domain/counted-before.js';
import { type StoredPerson, StoredPeople } from './stored-people.js';

/** Findings made, changed otherwise, and retracted. */
export type Changes = Pick<JudgingOutcome, 'made' | 'changed' | 'retracted'>;

/** All that is stored, of which nothing is new. */
const AS_STORED = { areAll: true, areNew: false, isByRulesAlone: true };
const NOTHING: Changes = { made: 0, changed: 0, retracted: 0 };

/** People, or one result that waits for its person, judged again as they are stored. A second time changes nothing. */
@Injectable()
export class StoredAgain {
  constructor(
    @Inject(Clock) private readonly clock: Clock,
    @Inject(StoredPeople) private readonly people: StoredPeople,
    @Inject(ObservationRepository) private readonly observations: ObservationRepository,
    @Inject(DataQualityRepository) private readonly quality: DataQualityRepository,
    @Inject(Judging) private readonly judging: Judging,
    @Inject(Levelling) private readonly levels: Levelling,
    @Inject(TasksService) private readonly tasks: TasksService,
  ) {}

  /** All results of each of these people, holding their rows as the intake does. */
  async persons(manager: EntityManager, ids: readonly string[], rules: RulesVersion): Promise<Changes> {
    const changes = { ...NOTHING };
    /** What has been written of findings since all were read: one may be of two people, whose result it was and is. */
    const written = new Map<string, Finding>();
    for (const one of await this.people.hold(manager, ids)) {
      const { made, changed, retracted } = await this.person(manager, one, rules, written);
      changes.made += made;
      changes.changed += changed;
      changes.retracted += retracted;
    }
    return changes;
  }

  private async person(
    manager: EntityManager,
    { person, results, records, findings, listed, assessment }: StoredPerson,
    rules: RulesVersion,
    written: Map<string, Finding>,
  ): Promise<Changes> {
    const now = this.clock.now();
    const touched: Touched = new Map();
    const latest = findings.map((one) => written.get(one.id) ?? one);
    const isTheirs = new Set(results.map(({ id }) => id));
    const existing = latest.filter(({ observationId }) => isTheirs.has(observationId));
    const work = { person, results, records, existing, listed, ...AS_STORED, rules };
    const outcome = await this.judging.judge(manager, work, touched, now);
    for (const one of [...outcome.others, ...outcome.added]) written.set(one.id, one);
    await this.recount(manager, results, listed, outcome.counted);
    const standing = [...latest.map((one) => written.get(one.id) ?? one), ...outcome.added];
    const own = standing.filter(({ personId }) => personId === person.id);
    const known = { results, records, findings: own, before: assessment };
    await this.levels.follow(manager, person, rules, now, known);
    for (const subject of touched.values()) await this.tasks.follow(manager, subject, now);
    return outcome;
  }

  async waiting(manager: EntityManager, id: string, rules: RulesVersion): Promise<Changes> {
    const [known] = await this.observations.byIds(manager, [id]);
    if (!known) return NOTHING;
    // Its person may have come since, or a correction: what counts is read under the lock.
    const current = await this.observations.findByIdentity(manager, [known.identityKey]);
    const results = [...current.values()].filter((result) => result.id === id && result.personId === null);
    if (results.length === 0) return NOTHING;
    const now = this.clock.now();
    const touched: Touched = new Map();
    const work = { person: null, results, areNew: false, rules, isByRulesAlone: true };
    const outcome = await this.judging.judge(manager, work, touched, now);
    const listed = await this.quality.of(
      manager,
      results.map((result) => result.id),
    );
    await this.recount(manager, results, listed, outcome.counted);
    for (const subject of touched.values()) await this.tasks.follow(manager, subject, now);
    return outcome;
  }

  /** What only rules of before have counted is counted no more. */
  private async recount(
    manager: EntityManager,
    results: readonly StoredResult[],
    listed: readonly ListedItem[],
    counted: JudgingOutcome['counted'],
  ): Promise<void> {
    if (listed.length === 0) return;
    const byId = new Map(results.map((result) => [result.id, result]));
    const outdated = listed.filter((item) => isOutdated(item, byId.get(item.observationId), counted));
    await this.quality.remove(
      manager,
      outdated.map(({ id }) => id),
    );
  }
}
