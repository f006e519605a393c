import { Inject, Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { type Config, CONFIG } from '../config/index.js';
import { UnitOfWork } from '../database/index.js';
import { AppError, Clock, ConflictError } from '../kernel/index.js';
import { maskText, PersonRepository, shortHash } from '../people/index.js';
import { planCall } from '../policy/index.js';
import { RulesService } from '../rules/index.js';
import { type Call, type CallOutcome, type CheckedCall, isReached } from './call.js';
import { CallCheck } from './call-check.js';
import { type ContactEntity } from './contact.entity.js';
import { atWork } from './domain/at-work.js';
import { nextStep } from './domain/attempt.js';
import { type Heard, identify, isIdentified } from './domain/identity.js';
import { type TaskEntity } from './task.entity.js';
import { type OpenTask, TaskRepository } from './task.repository.js';
import { TaskHistoryRepository } from './task-history.repository.js';
import { personsOf, TaskWorkService } from './task-work.service.js';
import { TasksService } from './tasks.service.js';

/** Calls: who answered, who they are, what they repeated; told only when all of it is right. */
@Injectable()
export class CallsService {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly clock: Clock,
    private readonly work: UnitOfWork,
    private readonly rules: RulesService,
    private readonly persons: PersonRepository,
    private readonly check: CallCheck,
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
      // Held first: of one call that is saved twice at once the second is answered as the first was.
      await this.tasks.lockPersonOf(manager, call.taskId);
      const requestKey = call.requestKey && shortHash(`${call.actor}\n${call.taskId}\n${call.requestKey}`);
      const repeated = requestKey && (await this.history.contactByRequest(manager, requestKey));
      if (repeated) return this.#again(manager, repeated, call);
      const found = await this.steps.load(manager, call.taskId, call.version);
      if (found.task.code === 'review') throw new ConflictError('A doctor decides this.', {});
      if (call.until) this.#checkTime(found.task, call.until, now);
      const person = found.task.personId ? await this.persons.read(manager, found.task.personId) : null;
      const numbers = person ? await this.check.numbers(manager, person.id) : [];
      if (call.number !== null && !numbers.some((number) => maskText(number) === call.number))
        throw new AppError('invalid-request', 'is none of the person’s', 'number');
      const judged = await this.check.check(manager, call, found, person, numbers, now);
      const outcome = await this.#follow(manager, call, found, judged, numbers.length, now);
      await this.history.addContact(manager, contactOf(call, found.task, judged, requestKey || null, now));
      await call.witness?.(manager, { ...personsOf(found.task), action: actionOf(outcome) });
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
      const result = identify(heard, { ...person, phones: await this.check.numbers(manager, person.id) });
      return { ...result, isIdentified: isIdentified(result) };
    });
  }

  /** The step of the table, and what comes next. */
  async #follow(
    manager: EntityManager,
    call: Call,
    found: OpenTask,
    judged: CheckedCall,
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
    const goesOn = isReached(outcome);
    const attempts = task.attempts + 1;
    const next = goesOn
      ? 'go-on'
      : nextStep({
          outcome,
          attempts,
          atLeast: policy.attempts[task.urgency].at_least,
          numbersLeft: outcome === 'wrong-number' ? numbers - 1 : numbers,
        });
    // As it is once the claim is given up, with this attempt.
    const free = { ...task, owner: null, attempts, lastAttemptAt: now, promisedAt: call.until };
    const planned = planCall(atWork(free, now), policy, now, this.config.timeZone);
    const until = goesOn ? null : planned.attemptAt;
    const step = {
      action: 'attempt' as const,
      actor: call.actor,
      by: call.by,
      reason,
      isReached: goesOn,
      until: until ?? undefined,
    };
    await this.steps.step(manager, task, step, now, { outcome, next });
    return { outcome, next, callAgainAt: until, differing, kept };
  }

  /** Class A is put off by nobody's wish beyond its due time, nor, once that is over, by more than the time between calls. */
  #checkTime({ urgency, dueAt }: TaskEntity, until: Date, now: Date): void {
    const again = new Date(now.getTime() + this.rules.current.policy.attempts.A.every_minutes * 60_000);
    if (urgency === 'A' && until > dueAt && until > again)
      throw new AppError('invalid-request', 'class A is not put off beyond its due time', 'until');
  }

  /** The answer to a call that was recorded before: what it was, not made again. */
  async #again(manager: EntityManager, contact: ContactEntity, { witness }: Call): Promise<CallOutcome> {
    const { taskId, outcome } = contact;
    const found = await this.tasks.find(manager, taskId);
    await witness?.(manager, { ...personsOf(contact), action: 'task call repeated' });
    return {
      outcome: outcome as CallOutcome['outcome'],
      next: outcome === 'told' ? 'ask-what-became-of-it' : 'call-again',
      callAgainAt: found?.task.promisedAt ?? null,
      differing: { identifiers: [], findings: [] },
      kept: [],
    };
  }
}

/** In the record of who did what. */
function actionOf({ outcome }: CallOutcome): string {
  return `task call ${outcome}`;
}

/** The record of a call. */
function contactOf(
  call: Call,
  task: TaskEntity,
  { outcome, told, agreed }: CheckedCall,
  requestKey: string | null,
  now: Date,
): Omit<ContactEntity, 'id'> {
  return {
    taskId: task.id,
    personId: task.personId,
    status: outcome === 'told' ? 'completed' : isReached(outcome) ? 'in-progress' : 'not-done',
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
