import { isDeepStrictEqual } from 'node:util';
import { Inject, Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { FindingRepository } from '../assessment/index.js';
import { Judging, Rereading, Timeline } from '../intake/index.js';
import {
  type KnownPerson,
  ObservationRepository,
  type StoredMeasurement,
  type StoredMessage,
  type StoredResult,
} from '../people/index.js';
import { RulesService } from '../rules/index.js';
import { TASK_CODES, TaskRepository, TasksService, type TaskSubject } from '../tasks/index.js';
import { compareFindings, compareTasks, type Difference, type ExpectedFinding } from './domain/compare.js';
import { RecordWitness } from './record-witness.js';

/** Second question: do a person's readings, findings and open tasks follow from the sources? */
@Injectable()
export class PersonWitness {
  constructor(
    @Inject(ObservationRepository) private readonly observations: ObservationRepository,
    @Inject(FindingRepository) private readonly findings: FindingRepository,
    @Inject(Rereading) private readonly rereading: Rereading,
    @Inject(Judging) private readonly judging: Judging,
    @Inject(RecordWitness) private readonly recordWitness: RecordWitness,
    @Inject(TaskRepository) private readonly tasks: TaskRepository,
    @Inject(TasksService) private readonly queue: TasksService,
    @Inject(RulesService) private readonly rules: RulesService,
  ) {}

  ofPerson(manager: EntityManager, person: KnownPerson): Promise<Difference[]> {
    return this.observations
      .ofPerson(manager, person.id)
      .then((stored) => this.examine(manager, person, { personId: person.id }, stored));
  }

  /** A result that waits for its person. */
  ofWaiting(manager: EntityManager, stored: StoredResult): Promise<Difference[]> {
    return this.examine(manager, null, { observationId: stored.id }, [stored]);
  }

  private async examine(
    manager: EntityManager,
    person: KnownPerson | null,
    subject: TaskSubject,
    stored: readonly StoredResult[],
  ): Promise<Difference[]> {
    const personId = person?.id ?? null;
    const rules = this.rules.current;
    const { results, differences } = await this.readings(manager, person, stored);
    const expected: ExpectedFinding[] = [];
    const kept = person && (await this.recordWitness.ofPerson(manager, person.id));
    differences.push(...(kept?.differences ?? []));
    const seen = { timeline: new Timeline(results), records: kept && kept.records };
    for (const result of results) {
      const drafts = await this.judging.drafts(rules, { result, person, ...seen }, []);
      for (const draft of drafts) expected.push({ observationId: result.id, draft });
    }
    const found =
      personId === null
        ? await this.findings.ofObservations(
            manager,
            stored.map((result) => result.id),
          )
        : await this.findings.ofPerson(manager, personId);
    // What an earlier version of the rules decided stands until it is judged anew under the present one.
    const { version } = rules;
    const comparable = found.filter((finding) => finding.ruleSetVersion === version);
    const older = new Set(
      found
        .filter((finding) => finding.ruleSetVersion !== version)
        .map((one) => `${one.observationId} ${one.component} ${one.ruleId}`),
    );
    const judgedNow = expected.filter(
      ({ observationId, draft }) => !older.has(`${observationId} ${draft.component} ${draft.ruleId}`),
    );
    differences.push(
      ...compareFindings(personId, judgedNow, comparable, (draft, at) =>
        this.judging.dispose(rules, draft, person, at),
      ),
    );
    const open = await this.tasks.open(manager, subject, TASK_CODES);
    const openTasks = open.map(({ task, findings }) => ({
      ...task,
      findingIds: findings.map((one) => one.findingId),
    }));
    differences.push(...compareTasks(personId, await this.queue.plan(found), openTasks));
    return differences;
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
