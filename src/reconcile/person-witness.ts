import { isDeepStrictEqual } from 'node:util';
import { Inject, Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { AssessmentRepository, FindingRepository } from '../assessment/index.js';
import { type AllOfOne, Judging, Levelling, type LevelSources, Rereading } from '../intake/index.js';
import {
  type KnownPerson,
  ObservationRepository,
  type StoredMeasurement,
  type StoredMessage,
  type StoredResult,
} from '../people/index.js';
import { JudgedBy } from '../rejudge/index.js';
import { type RulesVersion } from '../rules/index.js';
import { TASK_CODES, TaskRepository, TasksService, type TaskSubject } from '../tasks/index.js';
import { compareFindings, compareLevels, compareTasks, type Difference } from './domain/compare.js';
import { RecordWitness } from './record-witness.js';

/** What was found of one person. */
export interface Examined {
  differences: Difference[];
  /** Their findings and tasks could not be compared: they are to be judged by other rules first. */
  isPending: boolean;
}

/** Second question: do a person's readings, findings and open tasks follow from the sources? */
@Injectable()
export class PersonWitness {
  constructor(
    @Inject(ObservationRepository) private readonly observations: ObservationRepository,
    @Inject(FindingRepository) private readonly findings: FindingRepository,
    @Inject(Rereading) private readonly rereading: Rereading,
    @Inject(Judging) private readonly judging: Judging,
    @Inject(Levelling) private readonly levelling: Levelling,
    @Inject(AssessmentRepository) private readonly assessments: AssessmentRepository,
    @Inject(RecordWitness) private readonly recordWitness: RecordWitness,
    @Inject(TaskRepository) private readonly tasks: TaskRepository,
    @Inject(TasksService) private readonly queue: TasksService,
    @Inject(JudgedBy) private readonly judgedBy: JudgedBy,
  ) {}

  ofPerson(manager: EntityManager, person: KnownPerson): Promise<Examined> {
    return this.observations
      .ofPerson(manager, person.id)
      .then((stored) => this.examine(manager, person, { personId: person.id }, stored));
  }

  /** A result that waits for its person. */
  ofWaiting(manager: EntityManager, stored: StoredResult): Promise<Examined> {
    return this.examine(manager, null, { observationId: stored.id }, [stored]);
  }

  private async examine(
    manager: EntityManager,
    person: KnownPerson | null,
    subject: TaskSubject,
    stored: readonly StoredResult[],
  ): Promise<Examined> {
    const { rules, isPending } = await this.judgedBy.of(manager, subject);
    const { results, differences } = await this.readings(manager, person, stored);
    const kept = person && (await this.recordWitness.ofPerson(manager, person.id));
    differences.push(...(kept?.differences ?? []));
    if (isPending) return { differences, isPending };
    const all = { person, results, records: kept && kept.records };
    const judged = await this.judgings(manager, subject, all, rules);
    // A message that was under way when the rules changed is found a little later, and judged again then.
    if (judged.length > 0 && (await this.judgedBy.hasStrays())) return { differences, isPending: true };
    return { differences: [...differences, ...judged], isPending };
  }

  /** Every finding and open task against what the rules say of the results. */
  private async judgings(
    manager: EntityManager,
    subject: TaskSubject,
    all: AllOfOne,
    rules: RulesVersion,
  ): Promise<Difference[]> {
    const { person } = all;
    const personId = person?.id ?? null;
    const expected = await this.judging.expected(rules, all);
    const found =
      'personId' in subject
        ? await this.findings.ofPerson(manager, subject.personId)
        : await this.findings.ofObservations(manager, [subject.observationId]);
    const open = await this.tasks.open(manager, subject, TASK_CODES);
    const openTasks = open.map(({ task, findings }) => ({
      ...task,
      findingIds: findings.map((one) => one.findingId),
    }));
    return [
      ...compareFindings(personId, expected, found, (draft, at) =>
        this.judging.dispose(rules, draft, person, at),
      ),
      ...compareTasks(personId, (await this.queue.plan(manager, found)).planned, openTasks),
      ...(person ? await this.levels(manager, { ...all, person, findings: found }, rules) : []),
    ];
  }

  private async levels(
    manager: EntityManager,
    sources: LevelSources,
    rules: RulesVersion,
  ): Promise<Difference[]> {
    const { id } = sources.person;
    const stored = await this.assessments.ofPerson(manager, id);
    return compareLevels(id, this.levelling.expected(rules, sources), stored?.level ?? null);
  }

  /** Every stored reading against its source. */
  private async readings(
    manager: EntityManager,
    person: KnownPerson | null,
    stored: readonly StoredResult[],
  ): Promise<{ results: StoredResult[]; differences: Difference[] }> {
    const sources = new Map<string, StoredMessage | null>();
    const results: StoredResult[] = [];
    const differences: Difference[] = [];
    for (const before of stored) {
      const now = await this.rereading.readNow(manager, before, person, sources);
      if (!now) {
        differences.push({
          kind: 'missing-source',
          personId: person?.id ?? null,
          about: before.id,
          detail: `message ${before.messageId} entry ${before.entry}`,
        });
        continue;
      }
      results.push(now);
      const wrong = (['status', 'personId', 'codes'] as const).filter(
        (field) => now[field] !== before[field],
      );
      const isReadAlike = isDeepStrictEqual(asStored(now.measurements), asReadNow(before.measurements, now));
      if (wrong.length > 0 || !isReadAlike) {
        differences.push({
          kind: 'wrong-result',
          personId: person?.id ?? null,
          about: before.id,
          detail: [...wrong, ...(isReadAlike ? [] : ['measurements'])].join(', '),
        });
      }
    }
    return { results, differences };
  }
}

/** A result that was stored before encounters were named with it does not name its own. */
function asReadNow(measurements: readonly StoredMeasurement[], now: StoredResult): StoredMeasurement[] {
  const [first, ...rest] = measurements;
  const encounter = now.measurements[0]?.encounter;
  return first && !first.encounter && encounter ? [{ ...first, encounter }, ...rest] : [...measurements];
}

/** As a row gives it back: nothing that is undefined. */
function asStored<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}
