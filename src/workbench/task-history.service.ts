import { Inject, Injectable } from '@nestjs/common';
import { AccountsService } from '../accounts/index.js';
import { Reader, UnitOfWork, type Witness } from '../database/index.js';
import { Clock } from '../kernel/index.js';
import { type LoopEntity, LoopsService, TaskHistoryRepository } from '../tasks/index.js';
import { type LoopShown } from './loop.dto.js';
import { type TaskHistory } from './task-history.dto.js';

/** The steps of tasks, the calls that were made, and what became of findings. */
@Injectable()
export class TaskHistoryService {
  constructor(
    @Inject(Reader) private readonly reader: Reader,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(TaskHistoryRepository) private readonly history: TaskHistoryRepository,
    @Inject(AccountsService) private readonly accounts: AccountsService,
    @Inject(LoopsService) private readonly loops: LoopsService,
  ) {}

  async of(taskId: string): Promise<TaskHistory> {
    const { manager } = this.reader;
    const events = await this.history.events(manager, taskId);
    const contacts = await this.history.contacts(manager, [taskId]);
    const names = await this.accounts.namesOf(events.map(({ actor }) => accountOf(actor)));
    return {
      steps: events.map((event) => ({
        at: event.at.toISOString(),
        actor: event.actor,
        actorName: names.get(accountOf(event.actor) ?? '') ?? null,
        action: event.action,
        from: event.fromStatus,
        to: event.toStatus,
        version: event.version,
        reason: event.reason,
        detail: event.detail === null ? null : (JSON.parse(event.detail) as Record<string, unknown>),
      })),
      contacts: contacts.map(({ id, at, actor, channel, number, outcome, answeredBy, readBack, note }) => ({
        id,
        at: at.toISOString(),
        by: actor,
        channel,
        number,
        outcome,
        answeredBy,
        readBack,
        note,
      })),
    };
  }

  /** @throws AppError `not-found`; ConflictError when it has changed since it was read */
  async close(outcome: Parameters<LoopsService['close']>[1], witness: Witness): Promise<LoopShown> {
    return this.work.run(async (manager) => {
      const loop = await this.loops.close(manager, outcome, this.clock.now());
      await witness(manager, { personIds: [loop.personId] });
      return loopShown(loop);
    });
  }
}

function accountOf(actor: string): string | null {
  return /^user:(.+)$/.exec(actor)?.[1] ?? null;
}

export function loopShown(loop: LoopEntity): LoopShown {
  const { findingId, version, state, toldAt, dueAt, recheckAt, outcome, observationId, closedAt } = loop;
  return {
    findingId,
    version,
    state,
    toldAt: toldAt.toISOString(),
    due: dueAt.toISOString(),
    recheckAt: recheckAt?.toISOString() ?? null,
    outcome,
    observationId,
    closedAt: closedAt?.toISOString() ?? null,
  };
}
