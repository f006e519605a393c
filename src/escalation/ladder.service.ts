import { Inject, Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { type Config, CONFIG } from '../config/index.js';
import { classInWords, clockTime, isOnItsWay, type Noticed, StaffMessages, taskRef } from '../duty/index.js';
import { newId } from '../kernel/index.js';
import { type LadderRole, nextOnLadder, onDuty } from '../policy/index.js';
import { RulesService } from '../rules/index.js';
import {
  askUntil,
  stepsAsked,
  type TaskEntity,
  TaskHistoryRepository,
  TaskRepository,
} from '../tasks/index.js';

/** Why a role is asked before its time. */
export type Hurry = 'message-lost' | 'nobody-reached';

/** What messages about a step of a task are called: `asked/EVENT/0`, `asked/EVENT/1` … */
export const keyOf = (eventId: string): string => `asked/${eventId}`;

/** Asks the roles of the ladder, and tells whoever is on duty of them; each step, its record and its messages at once. */
@Injectable()
export class Ladder {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly rules: RulesService,
    private readonly tasks: TaskRepository,
    private readonly history: TaskHistoryRepository,
    private readonly staff: StaffMessages,
  ) {}

  /**
   * Asks every step whose time has come, in any case the next one where there is a hurry. Of class A a role of which
   * nobody can be reached is passed over at once, while there is one above it of which somebody can.
   * @returns whom it asked; null when the task has changed, or somebody else was faster
   */
  async ask(
    manager: EntityManager,
    task: TaskEntity,
    now: Date,
    hurry: Hurry | null = null,
  ): Promise<LadderRole[] | null> {
    const { policy } = this.rules.current;
    const steps = policy.ladder[task.urgency];
    const ladder = steps.map(({ role }) => role);
    const first = stepsAsked(task.ladderSteps, await this.history.askedLast(manager, task.id), steps);
    const due = askUntil({ ...onLadder(task), steps: first }, policy, now).roles.length;
    const wanted = ladder.slice(first, first + (hurry ? Math.max(1, due) : due));
    if (hurry && wanted.length === 0) return [];
    if (!(await this.#move(manager, task, task.ladderSteps, first + wanted.length))) return null;
    // After an outage several steps are due at once: whoever stands on more than one hears once.
    const told = new Set<string>();
    let noticed: Noticed | null = null;
    for (const [i, role] of wanted.entries()) {
      noticed = await this.#tell(manager, task, { role, step: first + i, hurry, told }, now);
    }
    const roles = [...wanted];
    while (task.urgency === 'A' && noticed && !isOnItsWay(noticed)) {
      const step = first + roles.length;
      const role = ladder[step];
      if (!role || !(await this.#isAnyReachable(manager, ladder.slice(step)))) break;
      await this.#move(manager, task, step, step + 1);
      noticed = await this.#tell(manager, task, { role, step, hurry: 'nobody-reached', told }, now);
      roles.push(role);
    }
    return roles;
  }

  #move(manager: EntityManager, task: TaskEntity, from: number, to: number): Promise<boolean> {
    const next = nextOnLadder({ ...onLadder(task), steps: to }, this.rules.current.policy);
    const after = { ladderSteps: to, escalateAt: next?.at ?? null };
    return this.tasks.asked(manager, { ...task, ladderSteps: from }, after);
  }

  async #isAnyReachable(manager: EntityManager, roles: readonly LadderRole[]): Promise<boolean> {
    for (const role of roles) if ((await this.staff.recipients(manager, role)).to.length > 0) return true;
    return false;
  }

  async #tell(
    manager: EntityManager,
    task: TaskEntity,
    { role, step, hurry, told }: { role: LadderRole; step: number; hurry: Hurry | null; told: Set<string> },
    now: Date,
  ): Promise<Noticed> {
    const { id: taskId, personId, urgency, dueAt } = task;
    const zone = this.config.timeZone;
    const eventId = newId();
    const notice = {
      ...{ key: keyOf(eventId), template: 'task-waits', urgency, taskId, personId },
      values: (language: 'zh' | 'en') => ({
        'task-ref': taskRef(taskId),
        class: classInWords(urgency, language),
        'due-time': clockTime(dueAt, zone),
      }),
    };
    const noticed = await this.staff.tell(manager, role, notice, told);
    const names = onDuty(this.rules.current.policy, role, now, zone);
    await this.history.note(manager, {
      ...{
        id: eventId,
        taskId,
        at: now,
        actor: 'clock',
        action: 'escalated',
        version: task.version,
        reason: null,
      },
      ...{ fromStatus: task.status, toStatus: task.status },
      detail: { role, step, onDuty: names, dueAt, ...noticed, ...(hurry && { because: hurry }) },
    });
    return noticed;
  }
}

/** A task as its ladder sees it. */
export function onLadder(task: TaskEntity): Pick<TaskEntity, 'urgency' | 'dueAt'> & { since: Date } {
  return { urgency: task.urgency, dueAt: task.dueAt, since: task.ladderSince ?? task.createdAt };
}
