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
    const loop = await this.work.run(async (manager) => {
      const closed = await this.loops.close(manager, outcome, this.clock.now());
      await witness(manager, { personIds: [closed.personId] });
      return closed;
    });
    const [shown] = await loopsShown([loop], this.accounts);
    return shown!;
  }
}

function accountOf(actor: string): string | null {
  return /^user:(.+)$/.exec(actor)?.[1] ?? null;
}

/** What became of findings, with the names of those who said so. */
export async function loopsShown(
  loops: readonly LoopEntity[],
  accounts: AccountsService,
): Promise<LoopShown[]> {
  const names = await accounts.namesOf(loops.map(({ closedBy }) => accountOf(closedBy ?? '')));
  return loops.map((loop) => loopShown(loop, names));
}

function loopShown(loop: LoopEntity, names: ReadonlyMap<string, string>): LoopShown {
  const { findingId, version, state, toldAt, dueAt, recheckAt, outcome, observationId, closedAt, closedBy } =
    loop;
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
    closedBy: closedBy ?? null,
    closedByName: names.get(accountOf(closedBy ?? '') ?? '') ?? null,
  };
}
