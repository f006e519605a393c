import { Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { UnitOfWork } from '../database/index.js';
import { nextOnLadder } from '../policy/index.js';
import { RulesService } from '../rules/index.js';
import {
  type AskedLast,
  restsOn,
  stepsAsked,
  type TaskEntity,
  TaskHistoryRepository,
  TaskRepository,
} from '../tasks/index.js';
import { onLadder } from './ladder.service.js';

/** So many open tasks are looked through in one transaction. */
const PAGE = 200;

/**
 * A policy may be changed while calls are open. Whoever stands on the new ladder above whom a call has been asked last is
 * still asked of it, also where the old ladder had come to its end, and no later than the new one says; nobody is asked
 * twice. Each instance looks once by every ladder that it meets, and when it starts: any of them may have been away.
 */
@Injectable()
export class ChangedLadders {
  #ladder: string | null = null;

  constructor(
    private readonly work: UnitOfWork,
    private readonly rules: RulesService,
    private readonly tasks: TaskRepository,
    private readonly history: TaskHistoryRepository,
  ) {}

  /** Sets the clocks of open tasks by the ladder as it is now, where it is not the one they were set by. */
  async follow(): Promise<void> {
    const ladder = JSON.stringify(this.rules.current.policy.ladder);
    if (ladder === this.#ladder) return;
    for (let after = ''; ;) {
      const page = await this.work.run(async (manager) => {
        const found = await this.tasks.openAfter(manager, after, PAGE);
        await this.#setClocks(manager, found);
        return found;
      });
      after = page.at(-1)?.openKey ?? after;
      if (page.length < PAGE) break;
    }
    this.#ladder = ladder;
  }

  async #setClocks(manager: EntityManager, tasks: readonly TaskEntity[]): Promise<void> {
    const asked = await this.history.askedLastOf(
      manager,
      tasks.map(({ id }) => id),
    );
    for (const task of tasks) {
      const at = this.#nextAt(task, asked.get(task.id) ?? null);
      if (at === null || !isSooner(at, task.escalateAt)) continue;
      const rests = restsOn(await this.history.happened(manager, task.id));
      const escalateAt = rests && at < task.dueAt ? task.dueAt : at;
      if (isSooner(escalateAt, task.escalateAt)) await this.tasks.setClocks(manager, task, { escalateAt });
    }
  }

  #nextAt(task: TaskEntity, last: AskedLast | null): Date | null {
    const { policy } = this.rules.current;
    const steps = stepsAsked(task.ladderSteps, last, policy.ladder[task.urgency]);
    return nextOnLadder({ ...onLadder(task), steps }, policy)?.at ?? null;
  }
}

/** Than a clock that may stand still. */
function isSooner(at: Date, clock: Date | null): boolean {
  return clock === null || at < clock;
}
