import { Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { UnitOfWork, type Witness } from '../database/index.js';
import { AppError, Clock, ConflictError } from '../kernel/index.js';
import { nextOnLadder } from '../policy/index.js';
import { RulesService } from '../rules/index.js';
import { restingAt } from './domain/ladder.js';
import { GIVES_UP, TAKES } from './domain/resting.js';
import { act, type Action, type Doing, type Refusal } from './domain/task-life.js';
import { type TaskEntity } from './task.entity.js';
import { type OpenTask, TaskRepository } from './task.repository.js';
import { TaskHistoryRepository } from './task-history.repository.js';
import { stale, stateOf } from './tasks.service.js';

const MINUTE_MS = 60_000;

/** One act on a task, as somebody asks for it. */
export interface Act extends Pick<Doing, 'to' | 'until' | 'confirmation' | 'specimen' | 'isOnSite'> {
  taskId: string;
  /** The task as it was read. */
  version: number;
  action: Exclude<Action, 'attempt' | 'tell' | 'expire'>;
  /** Id of the account or key: whose the task becomes. */
  actor: string;
  /** The same as the record names it: `user:ID` or `key:ID`. */
  by: string;
  reason: string | null;
  /** Writes down who did it. */
  witness?: Witness;
}

const WORDS: Readonly<Record<Refusal, string>> = {
  closed: 'The task is closed.',
  held: 'Somebody else has claimed it.',
  'not-yours': 'Somebody else has claimed it.',
  'not-offered': 'It is not offered to you.',
  'not-claimed': 'Claim it first.',
  'not-expired': 'The claim is not over.',
  'same-person': 'It is theirs already.',
};

/** What people do with tasks, step by step; each step and its record in one transaction. */
@Injectable()
export class TaskWorkService {
  constructor(
    private readonly clock: Clock,
    private readonly work: UnitOfWork,
    private readonly rules: RulesService,
    private readonly tasks: TaskRepository,
    private readonly history: TaskHistoryRepository,
  ) {}

  /**
   * @throws AppError `not-found`; `invalid-request` for a time that is none; ConflictError with the present state when
   *   the task has changed since it was read, or is another's
   */
  async act({ taskId, version, witness, ...wanted }: Act): Promise<void> {
    await this.work.run(async (manager) => {
      const now = this.clock.now();
      const { task } = await this.load(manager, taskId, version);
      if (wanted.until) this.#checkTime(task, wanted.until, now);
      await this.step(manager, task, wanted, now);
      await witness?.(manager, personsOf(task));
    });
  }

  /** The task, its person held; refused when it is closed or not as it was read. */
  async load(manager: EntityManager, taskId: string, version: number): Promise<OpenTask> {
    await this.tasks.lockPersonOf(manager, taskId);
    const found = await this.tasks.find(manager, taskId);
    if (!found) throw new AppError('not-found', 'There is no such task.');
    if (found.task.version !== version) throw stale(found.task);
    return found;
  }

  /** One step of the table, kept with its record. Returns the task as it is after it. */
  async step(
    manager: EntityManager,
    task: TaskEntity,
    {
      action,
      actor,
      by,
      reason,
      ...how
    }: Omit<Doing, 'now' | 'leaseMs'> & { action: Action; reason: string | null; by: string },
    now: Date,
    detail?: Readonly<Record<string, unknown>>,
  ): Promise<TaskEntity> {
    const leaseMs = this.rules.current.policy.lease_minutes * MINUTE_MS;
    const done = act(task, action, { ...how, actor, now, leaseMs });
    if ('refused' in done)
      throw new ConflictError(WORDS[done.refused], { ...stateOf(task), refused: done.refused });
    const ladder = await this.#ladderAfter(manager, task, action, actor, how.isReached);
    const { attempts = task.attempts } = done.next;
    const atLeast = this.rules.current.policy.attempts[task.urgency].at_least;
    // As many calls as the policy asks for have failed: whoever comes next on the route is asked now.
    const hurries = action === 'attempt' && !how.isReached && task.routeAt !== null && attempts >= atLeast;
    const change = { ...done.next, ...ladder, ...(hurries && { routeAt: now }), updatedAt: now };
    if (!(await this.tasks.change(manager, task.id, task.version, change))) throw stale(task);
    await this.history.note(manager, {
      taskId: task.id,
      at: now,
      actor: by,
      action,
      fromStatus: task.status,
      toStatus: done.next.status,
      version: task.version + 1,
      reason,
      detail: { ...how, ...detail, ...(ladder && { nextAskedAt: ladder.escalateAt }) },
    });
    return { ...task, ...change, version: task.version + 1 };
  }

  /** Whoever took it has read what joined since. */
  async read(taskId: string, version: number, witness?: Witness): Promise<void> {
    await this.work.run(async (manager) => {
      const { task } = await this.load(manager, taskId, version);
      await this.tasks.read(manager, taskId);
      await witness?.(manager, personsOf(task));
    });
  }

  /** Claims that nobody renewed end; safe to ask from many instances at once. Returns how many ended. */
  async endLeases(limit: number): Promise<number> {
    const due = await this.work.run((manager) => this.tasks.leasesOver(manager, this.clock.now(), limit));
    let ended = 0;
    for (const { id, version } of due) {
      ended += await this.work.run(async (manager) => {
        try {
          const { task } = await this.load(manager, id, version);
          await this.step(
            manager,
            task,
            { action: 'expire', actor: 'clock', by: 'clock', reason: null },
            this.clock.now(),
          );
          return 1;
        } catch (error) {
          if (error instanceof ConflictError) return 0;
          throw error;
        }
      });
    }
    return ended;
  }

  /** The ladder rests while somebody who was asked has the task, and goes on where it stood when they give it up. */
  async #ladderAfter(
    manager: EntityManager,
    task: TaskEntity,
    action: Action,
    actor: string,
    isReached = false,
  ): Promise<Partial<Pick<TaskEntity, 'escalateAt' | 'routeAt'>> | null> {
    if (task.escalateAt === null && task.routeAt === null) return null;
    let { escalateAt } = task;
    if (TAKES.has(action)) {
      if (!(await this.history.wasAsked(manager, task.id, actor))) return null;
      return { escalateAt: restingAt(task), routeAt: null };
    }
    if (GIVES_UP.has(action) && !isReached) {
      const since = task.ladderSince ?? task.createdAt;
      const next = nextOnLadder({ ...task, since, steps: task.ladderSteps }, this.rules.current.policy);
      // None left, though one was to come: the ladder is another by now, and looks for itself then.
      escalateAt = next?.at ?? escalateAt;
    }
    return escalateAt?.getTime() === task.escalateAt?.getTime() ? null : { escalateAt };
  }

  #checkTime(task: TaskEntity, until: Date, now: Date): void {
    if (until <= now) throw new AppError('invalid-request', 'must lie ahead', 'until');
    if (task.urgency === 'A' && until > task.dueAt)
      throw new AppError('invalid-request', 'class A is not put off beyond its due time', 'until');
  }
}

/** Whom a task is about, for the record of who did something with it. */
export function personsOf({ personId }: Pick<TaskEntity, 'personId'>): { personIds: string[] } {
  return { personIds: personId === null ? [] : [personId] };
}
