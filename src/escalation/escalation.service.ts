import { Inject, Injectable, Logger } from '@nestjs/common';
import { type Config, CONFIG } from '../config/index.js';
import { UnitOfWork } from '../database/index.js';
import { Clock } from '../kernel/index.js';
import { onDuty } from '../policy/index.js';
import { RulesService } from '../rules/index.js';
import { askUntil, type TaskEntity, TaskHistoryRepository, TaskRepository } from '../tasks/index.js';

/** So many tasks are looked for at once; the rest by the next question, so that an outage ends in no storm. */
const PAGE = 100;

/**
 * Asks the next role where nobody has told the person yet. What is due is claimed by a conditional update together with
 * its record: several instances, or one that is killed at any moment, ask each step once.
 */
@Injectable()
export class EscalationService {
  readonly #logger = new Logger('Escalation');

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly clock: Clock,
    private readonly work: UnitOfWork,
    private readonly rules: RulesService,
    private readonly tasks: TaskRepository,
    private readonly history: TaskHistoryRepository,
  ) {}

  /** Asks all that is due, the longest due first. @returns how many steps were asked */
  async askDue(): Promise<number> {
    let asked = 0;
    for (;;) {
      const now = this.clock.now();
      const due = await this.work.run((manager) => this.tasks.toEscalate(manager, now, PAGE));
      let moved = 0;
      for (const task of due) {
        const steps = await this.#ask(task, now);
        asked += steps ?? 0;
        if (steps !== null) moved++;
      }
      // None moved: others are at it, or each changes faster than it is read; the next question finds them.
      if (due.length < PAGE || moved === 0) return asked;
    }
  }

  /** @returns how many steps; null when somebody else was faster */
  async #ask(task: TaskEntity, now: Date): Promise<number | null> {
    const { policy } = this.rules.current;
    const since = task.ladderSince ?? task.createdAt;
    const { roles, steps, nextAt } = askUntil({ ...task, since, steps: task.ladderSteps }, policy, now);
    const isAsked = await this.work.run(async (manager) => {
      const after = { ladderSteps: steps, escalateAt: nextAt };
      if (!(await this.tasks.asked(manager, task, after))) return false;
      for (const [i, role] of roles.entries()) {
        await this.history.note(manager, {
          taskId: task.id,
          at: now,
          actor: 'clock',
          action: 'escalated',
          fromStatus: task.status,
          toStatus: task.status,
          version: task.version,
          reason: null,
          detail: {
            role,
            step: task.ladderSteps + i,
            onDuty: onDuty(policy, role, now, this.config.timeZone),
            dueAt: task.dueAt,
          },
        });
      }
      return true;
    });
    if (!isAsked) return null;
    for (const role of roles) this.#logger.warn(`task ${task.id}, class ${task.urgency}: ${role} is asked`);
    return roles.length;
  }
}
