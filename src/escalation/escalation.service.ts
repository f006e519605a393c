import { Injectable, Logger } from '@nestjs/common';
import { UnitOfWork } from '../database/index.js';
import { AppError, Clock } from '../kernel/index.js';
import { type TaskEntity, TaskRepository } from '../tasks/index.js';
import { ChangedLadders } from './changed-ladders.service.js';
import { Ladder } from './ladder.service.js';
import { Routes } from './routes.service.js';

/** So many tasks are looked for at once; the rest by the next question, so that an outage ends in no storm. */
const PAGE = 100;

/**
 * Does what is due of tasks: asks the next role where nobody has told the person yet, and follows the route of the
 * policy. What is due is claimed by a conditional update together with its record and its messages: several instances,
 * or one that is killed at any moment, do each step once.
 */
@Injectable()
export class EscalationService {
  readonly #logger = new Logger('Escalation');
  /** What could not be done the last time: said once, until it can. */
  readonly #failing = new Set<string>();

  constructor(
    private readonly clock: Clock,
    private readonly work: UnitOfWork,
    private readonly tasks: TaskRepository,
    private readonly ladder: Ladder,
    private readonly changedLadders: ChangedLadders,
    private readonly routes: Routes,
  ) {}

  /** Asks all that is due, the longest due first. @returns how many steps were asked */
  async askDue(): Promise<number> {
    await this.changedLadders.follow();
    return this.#all('toEscalate', async (task, now) => {
      const roles = await this.work.run((manager) => this.ladder.ask(manager, task, now));
      for (const role of roles ?? [])
        this.#logger.warn(`task ${task.id}, class ${task.urgency}: ${role} is asked`);
      return roles && roles.length;
    });
  }

  /** Takes the next step of every route that is due. @returns how many doctors were to be told */
  routeDue(): Promise<number> {
    return this.#all('toRoute', (task, now) =>
      this.work.run((manager) => this.routes.follow(manager, task, now)),
    );
  }

  async #all(
    due: 'toEscalate' | 'toRoute',
    each: (task: TaskEntity, now: Date) => Promise<number | null>,
  ): Promise<number> {
    let done = 0;
    const broken: string[] = [];
    for (;;) {
      const now = this.clock.now();
      const found = await this.work.run((manager) => this.tasks[due](manager, now, PAGE, broken));
      let moved = 0;
      for (const task of found) {
        const steps = await this.#alone(`${due} ${task.id}`, () => each(task, now));
        if (steps === 'broken') broken.push(task.id);
        else done += steps ?? 0;
        if (steps !== null) moved++;
      }
      // None moved: others are at it, or each changes faster than it is read; the next question finds them.
      if (found.length < PAGE || moved === 0) return done;
    }
  }

  /**
   * One task whose records cannot be read, or whatever else is wrong with it, keeps no other waiting: it stays due, so that
   * the watchdog raises it.
   * @throws AppError `try-again` when the database is away: then nothing can be done
   */
  async #alone(what: string, work: () => Promise<number | null>): Promise<number | null | 'broken'> {
    try {
      const steps = await work();
      this.#failing.delete(what);
      return steps;
    } catch (error) {
      if (error instanceof AppError && error.code === 'try-again') throw error;
      if (!this.#failing.has(what)) this.#logger.error(`could not do ${what}: ${(error as Error).name}`);
      this.#failing.add(what);
      return 'broken';
    }
  }
}
