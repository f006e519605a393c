import { Inject, Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { type Finding, FindingRepository, isConfidential } from '../assessment/index.js';
import { type Config, CONFIG } from '../config/index.js';
import { UnitOfWork } from '../database/index.js';
import { AppError, Clock, ConflictError } from '../kernel/index.js';
import {
  ageInYears,
  type KnownPerson,
  maskText,
  PersonRepository,
  Relatives,
  shortHash,
} from '../people/index.js';
import { planCall } from '../policy/index.js';
import { RulesService } from '../rules/index.js';
import { TerminologyService, toCanonical } from '../terminology/index.js';
import { type ContactEntity } from './contact.entity.js';
import { type AttemptOutcome, nextStep, type NextStep } from './domain/attempt.js';
import { type Answerer, type Hearing, mayHear } from './domain/hearing.js';
import { type Heard, identify, isIdentified } from './domain/identity.js';
import { isReadBack, spokenValue, type Typed } from './domain/read-back.js';
import { type TaskEntity } from './task.entity.js';
import { type OpenTask, TaskRepository } from './task.repository.js';
import { TaskHistoryRepository } from './task-history.repository.js';
import { TaskWorkService } from './task-work.service.js';
import { TasksService } from './tasks.service.js';

/** A call as whoever made it records it. */
export interface Call {
  taskId: string;
  version: number;
  actor: string;
  /** As the record names them: `user:ID` or `key:ID`. */
  by: string;
  /** Named for confidential results: nobody else tells them. */
  seesSensitive: boolean;
  /** The same key again is the same call. */
  requestKey: string | null;
  channel: ContactEntity['channel'];
  /** Masked, one of the person's. */
  number: string | null;
  outcome: AttemptOutcome;
  answeredBy: Answerer | null;
  /** Of a relative. */
  relativeName: string | null;
  heard: Heard;
  readBack: readonly (Typed & { findingId: string })[];
  recheckAt: Date | null;
  /** When the person asked to be called again. */
  until: Date | null;
  note: string | null;
}

/** What became of it. Nothing here tells what the right answer would have been. */
export interface CallOutcome {
  outcome: AttemptOutcome | 'not-identified' | 'read-back-differs';
  next: NextStep;
  /** When to call again; null when the call goes on or is done. */
  callAgainAt: Date | null;
  differing: { identifiers: string[]; findings: string[] };
  /** Findings that were not told, because whoever answered may not hear them. */
  kept: { findingId: string; because: Hearing }[];
}

type Judged = Pick<CallOutcome, 'outcome' | 'differing' | 'kept'> & { told: Finding[]; agreed: string[] };

/** Calls: who answered, who they are, what they repeated; told only when all of it is right. */
@Injectable()
export class CallsService {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly clock: Clock,
    private readonly work: UnitOfWork,
    private readonly rules: RulesService,
    private readonly terminology: TerminologyService,
    private readonly persons: PersonRepository,
    private readonly relatives: Relatives,
    private readonly findings: FindingRepository,
    private readonly tasks: TaskRepository,
    private readonly history: TaskHistoryRepository,
    private readonly steps: TaskWorkService,
    private readonly queue: TasksService,
  ) {}

  /**
   * Records a call, and what follows from it.
   * @throws ConflictError when the task is not as it was read, is not claimed by the caller, or whoever answered may not
   *   hear any of it; AppError `invalid-request` when something was told without what must be asked
   */
  async record(call: Call): Promise<CallOutcome> {
    return this.work.run(async (manager) => {
      const now = this.clock.now();
      const requestKey = call.requestKey && shortHash(`${call.actor}\n${call.taskId}\n${call.requestKey}`);
      const repeated = requestKey && (await this.history.contactByRequest(manager, requestKey));
      if (repeated) return this.#again(manager, repeated);
      const found = await this.steps.load(manager, call.taskId, call.version);
      if (found.task.code === 'review') throw new ConflictError('A doctor decides this.', {});
      const person = found.task.personId ? await this.persons.read(manager, found.task.personId) : null;
      const numbers = person ? await this.#numbers(manager, person.id) : [];
      if (call.number !== null && !numbers.some((number) => maskText(number) === call.number))
        throw new AppError('invalid-request', 'is none of the person’s', 'number');
      const judged = await this.#judge(manager, call, found, person, numbers, now);
      const outcome = await this.#follow(manager, call, found, judged, numbers.length, now);
      await this.history.addContact(manager, contactOf(call, found.task, judged, requestKey || null, now));
      return outcome;
    });
  }

  /** Whether what was heard agrees with the record: for the form, before anything is said. Changes nothing. */
  async identify(
    taskId: string,
    heard: Heard,
  ): Promise<ReturnType<typeof identify> & { isIdentified: boolean }> {
    return this.work.run(async (manager) => {
      const found = await this.tasks.find(manager, taskId);
      const person = found?.task.personId ? await this.persons.read(manager, found.task.personId) : null;
      if (!person) throw new AppError('not-found', 'There is no such task, or nobody it is about.');
      const result = identify(heard, { ...person, phones: await this.#numbers(manager, person.id) });
      return { ...result, isIdentified: isIdentified(result) };
    });
  }

  /** Who they are and what they repeated, when something was told; nothing is asked of a call that failed. */
  async #judge(
    manager: EntityManager,
    call: Call,
    { task, findings: joined }: OpenTask,
    person: KnownPerson | null,
    numbers: readonly string[],
    now: Date,
  ): Promise<Judged> {
    const nothing = { differing: { identifiers: [], findings: [] }, kept: [], told: [], agreed: [] };
    if (call.outcome !== 'told') return { ...nothing, outcome: call.outcome };
    if (!person) throw new ConflictError('The result waits for its person.', {});
    if (!call.answeredBy) throw new AppError('invalid-request', 'who answered?', 'answeredBy');
    const all = await this.findings.byIds(
      manager,
      joined.map(({ findingId }) => findingId),
    );
    const listener = {
      answeredBy: call.answeredBy,
      hasConsent:
        call.answeredBy === 'relative' &&
        call.relativeName !== null &&
        (await this.relatives.hasConsent(manager, person.id, call.relativeName, now)),
    };
    const about = {
      isDeceased: person.isDeceased,
      ageYears: ageInYears(person.birthDate, now, this.config.timeZone),
      guardianBelow: this.rules.current.policy.minors.guardian_below,
    };
    const hearings = all.map((finding) => {
      const isSensitive = this.#isSensitive(finding);
      const hearing = mayHear(listener, about, isSensitive);
      return { finding, hearing: isSensitive && !call.seesSensitive ? ('sensitive' as const) : hearing };
    });
    const told = hearings.flatMap(({ finding, hearing }) => (hearing === 'may-hear' ? finding : []));
    const kept = hearings.flatMap(({ finding, hearing }) =>
      hearing === 'may-hear' ? [] : { findingId: finding.id, because: hearing },
    );
    if (told.length === 0)
      throw new ConflictError('Say only: please ring the centre.', {
        hearing: kept[0]?.because ?? null,
        version: task.version,
      });
    const { agreed, differing } = identify(call.heard, { ...person, phones: numbers });
    if (!isIdentified({ agreed, differing }))
      return {
        ...nothing,
        outcome: 'not-identified',
        differing: { identifiers: differing, findings: [] },
        agreed,
      };
    const wrong = told.filter((finding) => !this.#isReadBack(finding, call.readBack)).map(({ id }) => id);
    if (wrong.length > 0)
      return {
        ...nothing,
        outcome: 'read-back-differs',
        differing: { identifiers: [], findings: wrong },
        agreed,
      };
    return { outcome: 'told', differing: nothing.differing, kept, told, agreed };
  }

  #isReadBack(finding: Finding, readBack: Call['readBack']): boolean {
    const typed = readBack.find(({ findingId }) => findingId === finding.id);
    if (!typed) return false;
    // What was withdrawn has no value to repeat.
    const spoken =
      finding.status === 'retracted' ? null : spokenValue(finding.evidence, finding.observationId);
    return isReadBack(typed, spoken, (analyte, text, unit) =>
      toCanonical(this.terminology.vocabulary, analyte, text, unit),
    );
  }

  #isSensitive(finding: Finding): boolean {
    const { vocabulary } = this.terminology;
    return isConfidential(finding.evidence, (name) =>
      [name, ...vocabulary.inGroup(name)].some((id) => vocabulary.get(id)?.sensitive != null),
    );
  }

  /** The step of the table, and what comes next. */
  async #follow(
    manager: EntityManager,
    call: Call,
    found: OpenTask,
    judged: Judged,
    numbers: number,
    now: Date,
  ): Promise<CallOutcome> {
    const { task } = found;
    const { policy } = this.rules.current;
    const { outcome, differing, kept } = judged;
    const reason = call.note;
    if (outcome === 'told') {
      const step = { action: 'tell' as const, actor: call.actor, by: call.by, reason };
      const after = await this.steps.step(manager, task, step, now, { channel: call.channel });
      const telling = {
        version: after.version,
        actor: call.actor,
        by: call.by,
        note: reason,
        recheckAt: call.recheckAt,
      };
      await this.queue.complete(manager, { ...found, task: after }, judged.told, telling, now);
      return { outcome, next: 'ask-what-became-of-it', callAgainAt: null, differing, kept };
    }
    const isReached =
      outcome === 'reached' || outcome === 'not-identified' || outcome === 'read-back-differs';
    const attempts = task.attempts + 1;
    const next = isReached
      ? 'go-on'
      : nextStep({
          outcome,
          attempts,
          atLeast: policy.attempts[task.urgency].at_least,
          numbersLeft: outcome === 'wrong-number' ? numbers - 1 : numbers,
        });
    const planned = planCall(
      {
        urgency: task.urgency, since: task.ladderSince ?? task.createdAt, dueAt: task.dueAt, claimedUntil: null, attempts, lastAttemptAt: now,
        promisedAt: call.until, toldAt: null, closedAt: null, steps: task.ladderSteps,
      },
      policy,
      now,
      this.config.timeZone,
    ); // prettier-ignore
    const until = isReached ? null : planned.attemptAt;
    const step = {
      action: 'attempt' as const,
      actor: call.actor,
      by: call.by,
      reason,
      isReached,
      until: until ?? undefined,
    };
    await this.steps.step(manager, task, step, now, { outcome, next });
    return { outcome, next, callAgainAt: until, differing, kept };
  }

  /** The answer to a call that was recorded before: what it was, not made again. */
  async #again(manager: EntityManager, { taskId, outcome }: ContactEntity): Promise<CallOutcome> {
    const found = await this.tasks.find(manager, taskId);
    return {
      outcome: outcome as CallOutcome['outcome'],
      next: outcome === 'told' ? 'ask-what-became-of-it' : 'call-again',
      callAgainAt: found?.task.promisedAt ?? null,
      differing: { identifiers: [], findings: [] },
      kept: [],
    };
  }

  async #numbers(manager: EntityManager, personId: string): Promise<string[]> {
    const contacts = await this.persons.contactsOf(manager, personId);
    return contacts.filter(({ system }) => system !== 'email').map(({ value }) => value);
  }
}

/** The record of a call. */
function contactOf(
  call: Call,
  task: TaskEntity,
  { outcome, told, agreed }: Judged,
  requestKey: string | null,
  now: Date,
): Omit<ContactEntity, 'id'> {
  const isReached = outcome === 'reached' || outcome === 'not-identified' || outcome === 'read-back-differs';
  return {
    taskId: task.id,
    personId: task.personId,
    status: outcome === 'told' ? 'completed' : isReached ? 'in-progress' : 'not-done',
    channel: call.channel,
    number: call.number,
    outcome,
    answeredBy: call.answeredBy,
    identified: agreed.join(','),
    readBack: outcome === 'told' ? 'matched' : outcome === 'read-back-differs' ? 'differs' : 'none',
    told: JSON.stringify(
      told.map(({ id, toldValue, evidence }) => ({
        findingId: id,
        value: toldValue,
        sentence: evidence.sentence,
      })),
    ),
    note: call.note,
    actor: call.by,
    requestKey,
    at: now,
    updatedAt: now,
  };
}
