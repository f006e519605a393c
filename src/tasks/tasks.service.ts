import { Inject, Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { type Finding, FindingRepository } from '../assessment/index.js';
import { type Config, CONFIG } from '../config/index.js';
import { UnitOfWork, type Witness } from '../database/index.js';
import { AppError, Clock, ConflictError } from '../kernel/index.js';
import { compareUrgency, dueTime, nextOnLadder, type NotificationPolicy } from '../policy/index.js';
import { OutboxRepository } from '../messaging/index.js';
import { RulesService } from '../rules/index.js';
import { ladderFrom } from './domain/ladder.js';
import { type PlannedTask, planTasks, TASK_CODES } from './domain/plan-tasks.js';
import { hush, type Silence } from './domain/silence.js';
import { isTaken, mayBecome } from './domain/task-state.js';
import { LoopsService } from './loops.service.js';
import { SilenceRepository } from './silence.repository.js';
import { TaskHistoryRepository } from './task-history.repository.js';
import { type TaskEntity } from './task.entity.js';
import { type OpenTask, TaskRepository, type TaskSubject } from './task.repository.js';

/** The actor of what follows from results alone. */
const BY_RESULTS = 'results';
/** Nobody is asked any more. */
const NOTHING_DUE = { escalateAt: null, routeAt: null } as const;

/** Who tells the service that a person was told, and what they had read. */
export interface Telling {
  taskId: string;
  /** The task as the caller saw it; a task that changed since is not closed. */
  version: number;
  actor: string;
  /** As the record names them; a key where it is left out. */
  by?: string;
  note: string | null;
  /** Writes down who did it. */
  witness?: Witness;
}

/** The notification queue: one open call a person, which follows its findings up and down. */
@Injectable()
export class TasksService {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly clock: Clock,
    private readonly work: UnitOfWork,
    private readonly rules: RulesService,
    private readonly tasks: TaskRepository,
    private readonly findings: FindingRepository,
    private readonly history: TaskHistoryRepository,
    private readonly loops: LoopsService,
    private readonly outbox: OutboxRepository,
    private readonly silences: SilenceRepository,
  ) {}

  /** Last step of the intake: brings a person's open tasks to what their findings ask for. */
  async follow(manager: EntityManager, subject: TaskSubject, now: Date): Promise<void> {
    if ('personId' in subject) await this.tasks.lockPerson(manager, subject.personId);
    const findings =
      'personId' in subject
        ? await this.findings.ofPerson(manager, subject.personId)
        : (await this.findings.ofObservations(manager, [subject.observationId])).filter(
            (finding) => finding.personId === null,
          );
    await this.loops.follow(manager, findings, now);
    const { planned, silenced } = await this.plan(manager, findings);
    const changed = new Set(
      findings.flatMap(({ id, updatedAt }) => (updatedAt.getTime() === now.getTime() ? id : [])),
    );
    const open = await this.tasks.open(manager, subject, TASK_CODES);
    for (const code of TASK_CODES) {
      const wanted = planned.find((plan) => plan.code === code);
      const existing = open.find(({ task }) => task.code === code);
      if (existing && wanted) await this.adjust(manager, existing, wanted, changed, now);
      else if (existing) {
        const isSilenced = existing.findings.some(({ findingId }) => silenced.has(findingId));
        await this.close(manager, existing, 'cancelled', isSilenced ? 'silenced' : 'retracted', now);
      } else if (wanted) await this.open(manager, subject, wanted, now);
    }
  }

  /** What should be open for these findings; also what the second witness recomputes. */
  async plan(
    manager: EntityManager,
    findings: readonly Finding[],
  ): Promise<{ planned: PlannedTask[]; silenced: ReadonlyMap<string, Silence> }> {
    const policies = await this.rules.policies(findings.map(({ ruleSetVersion }) => ruleSetVersion));
    const policyOf = ({ ruleSetVersion }: Finding): NotificationPolicy =>
      policies.get(ruleSetVersion) ?? this.rules.current.policy;
    const people = [...new Set(findings.flatMap(({ personId }) => personId ?? []))];
    const { ringing, silenced } = hush(findings, await this.silences.ofPeople(manager, people), policyOf);
    const planned = planTasks(ringing, (finding, from) =>
      dueTime(policyOf(finding), finding.urgency, from, this.config.timeZone),
    );
    return { planned, silenced };
  }

  /**
   * The person (or, of a review, the doctor's decision) is recorded: the findings that stood in the task are told, the
   * call is completed, and what the person was told is kept for a correction.
   * @throws AppError `not-found`, or `conflict` when the task is closed or changed since it was read
   */
  async tell(telling: Telling): Promise<void> {
    await this.work.run(async (manager) => {
      const now = this.clock.now();
      await this.tasks.lockPersonOf(manager, telling.taskId);
      const found = await this.tasks.find(manager, telling.taskId);
      if (!found) throw new AppError('not-found', 'There is no such task.');
      if (!mayBecome(found.task.status, 'completed'))
        throw new ConflictError(`The task is already ${found.task.status}.`, stateOf(found.task));
      if (found.task.version !== telling.version) throw stale(found.task);
      const findings = await this.findings.byIds(
        manager,
        found.findings.map((one) => one.findingId),
      );
      await this.complete(manager, found, findings, telling, now);
      const { personId } = found.task;
      await telling.witness?.(manager, { personIds: personId === null ? [] : [personId] });
    });
  }

  /**
   * Closes a task whose findings (or some of them, where not all may be told) are told now. What of it is not told yet
   * opens a task of its own at once, with the clock that it had.
   * @throws ConflictError when the task has changed since it was read
   */
  async complete(
    manager: EntityManager,
    { task }: OpenTask,
    findings: readonly Finding[],
    telling: Omit<Telling, 'taskId' | 'witness'> & { recheckAt?: Date | null },
    now: Date,
  ): Promise<void> {
    const { actor, by = `key:${actor}`, version, note, recheckAt = null } = telling;
    const after = findings.map((finding) => told(finding, task.code, now));
    for (const finding of after) await this.findings.update(manager, finding);
    if (task.code !== 'review')
      await this.loops.open(manager, after, task.id, this.rules.current.policy, recheckAt, now);
    const closedReason = task.code === 'review' ? 'decided' : 'told';
    const closed = {
      status: 'completed' as const,
      openKey: null,
      closedAt: now,
      closedReason,
      owner: actor,
      leaseUntil: null,
      handoverTo: null,
      ...NOTHING_DUE,
      note,
      updatedAt: now,
    };
    if (!(await this.tasks.change(manager, task.id, version, closed))) throw stale(task);
    await this.outbox.withdraw(manager, task.id, now);
    await this.history.note(manager, {
      taskId: task.id, at: now, actor: by, action: closedReason, fromStatus: task.status, toStatus: 'completed',
      version: version + 1, reason: note, detail: { findings: findings.map(({ id }) => id) },
    }); // prettier-ignore
    if (task.personId) await this.follow(manager, { personId: task.personId }, now);
  }

  private async open(
    manager: EntityManager,
    subject: TaskSubject,
    planned: PlannedTask,
    now: Date,
  ): Promise<void> {
    const routeAt = routed(planned.code) ? now : null;
    const clocks = { ...ladderFrom(planned, this.rules.current.policy), routeAt };
    const id = await this.tasks.create(manager, subject, planned, clocks, now);
    const { urgency, dueAt, findingIds: findings } = planned;
    await this.history.note(manager, {
      taskId: id, at: now, actor: BY_RESULTS, action: 'opened', fromStatus: null, toStatus: 'requested',
      version: 1, reason: null, detail: { urgency, dueAt, findings },
    }); // prettier-ignore
  }

  private async adjust(
    manager: EntityManager,
    { task, findings }: OpenTask,
    wanted: PlannedTask,
    changed: ReadonlySet<string>,
    now: Date,
  ): Promise<void> {
    const before = new Set(findings.map((one) => one.findingId));
    const after = new Set(wanted.findingIds);
    const joined = wanted.findingIds.filter((id) => !before.has(id));
    const left = [...before].filter((id) => !after.has(id));
    // A finding whose value changed is still the same one; the version tells whoever has read the task to look again.
    const isSame =
      !wanted.findingIds.some((id) => changed.has(id)) &&
      task.urgency === wanted.urgency &&
      task.reasonFindingId === wanted.reasonFindingId &&
      task.dueAt.getTime() === wanted.dueAt.getTime();
    await this.tasks.join(manager, task.id, joined, isTaken(task.status), now);
    await this.tasks.leave(manager, task.id, left);
    if (isSame && joined.length + left.length === 0) return;
    await this.changeLocked(manager, task, {
      urgency: wanted.urgency,
      dueAt: wanted.dueAt,
      reasonFindingId: wanted.reasonFindingId,
      ...this.#ladderOf(task, wanted),
      // Whoever was told of the others has not heard of this one.
      ...(joined.length > 0 && routed(task.code) && { routeSteps: 0, routeAt: now }),
      updatedAt: now,
    });
    await this.history.note(manager, {
      taskId: task.id, at: now, actor: BY_RESULTS, action: 'followed', fromStatus: task.status, toStatus: task.status,
      version: task.version + 1, reason: null,
      detail: {
        urgency: wanted.urgency, dueAt: wanted.dueAt, joined, left,
        changed: wanted.findingIds.filter((id) => changed.has(id) && before.has(id)),
      },
    }); // prettier-ignore
  }

  /** A graver task begins the ladder anew; one that is due earlier, or later, goes on where it stands. */
  #ladderOf(task: TaskEntity, wanted: PlannedTask): Partial<TaskEntity> {
    const { policy } = this.rules.current;
    if (compareUrgency(wanted.urgency, task.urgency) < 0) return ladderFrom(wanted, policy);
    const since = task.ladderSince ?? task.createdAt;
    const next = nextOnLadder({ ...wanted, since, steps: task.ladderSteps }, policy);
    // None left, though one was to come: the ladder is another by now, and looks for itself then.
    return { escalateAt: next?.at ?? task.escalateAt };
  }

  private async close(
    manager: EntityManager,
    { task }: OpenTask,
    status: 'cancelled',
    reason: 'retracted' | 'silenced',
    now: Date,
  ): Promise<void> {
    await this.changeLocked(manager, task, {
      status,
      openKey: null,
      closedAt: now,
      closedReason: reason,
      leaseUntil: null,
      handoverTo: null,
      ...NOTHING_DUE,
      updatedAt: now,
    });
    await this.outbox.withdraw(manager, task.id, now);
    await this.history.note(manager, {
      taskId: task.id, at: now, actor: BY_RESULTS, action: reason, fromStatus: task.status, toStatus: status,
      version: task.version + 1, reason: null,
    }); // prettier-ignore
  }

  /** The person's row is locked, so nobody can have been faster; were it so, nothing of this transaction may stand. */
  private async changeLocked(
    manager: EntityManager,
    task: TaskEntity,
    change: Partial<TaskEntity>,
  ): Promise<void> {
    if (!(await this.tasks.change(manager, task.id, task.version, change))) {
      throw new AppError('try-again', 'The task changed at the same moment; send the same again.');
    }
  }
}

/** A correction that says "nothing any more" leaves nothing told: should it fire again, it is new. */
function told(finding: Finding, code: string, now: Date): Finding {
  if (code === 'review') return { ...finding, decidedAt: now, updatedAt: now };
  const stands = finding.status !== 'retracted' && finding.kind === 'finding';
  const correction = code === 'correction' ? ('done' as const) : finding.correction;
  if (!stands) return { ...finding, toldAt: null, toldAs: null, correction, updatedAt: now };
  return {
    ...finding,
    toldAt: now,
    toldAs: { value: finding.toldValue, sentence: finding.evidence.sentence },
    correction,
    updatedAt: now,
  };
}

/** What a doctor has to decide goes to the doctor in any case. */
function routed(code: TaskEntity['code']): boolean {
  return code !== 'review';
}

/** What a caller is told of a task that is not as they read it. */
export function stateOf(task: TaskEntity): Readonly<Record<string, unknown>> {
  const { version, status, owner, claimedAt, leaseUntil, closedReason } = task;
  return { version, status, owner, claimedAt, leaseUntil, closedReason };
}

export function stale(task: TaskEntity): ConflictError {
  return new ConflictError(
    `The task has changed since it was read (it is at version ${task.version} now). Read it again, then save.`,
    stateOf(task),
  );
}
