import { Injectable } from '@nestjs/common';
import {
  type EntityManager,
  type FindOptionsWhere,
  In,
  IsNull,
  LessThanOrEqual,
  MoreThan,
  Not,
} from 'typeorm';
import { DIALECTS, insertRows, portions, UnitOfWork } from '../database/index.js';
import { newId } from '../kernel/index.js';
import { type PlannedTask } from './domain/plan-tasks.js';
import { TaskEntity, TaskFindingEntity } from './task.entity.js';

/** Whom a task is about: a person, or a result that has none yet. */
export type TaskSubject = { personId: string } | { observationId: string };

/** An open task with its findings. */
export interface OpenTask {
  task: TaskEntity;
  findings: TaskFindingEntity[];
}

/** Tasks and the findings in them. */
@Injectable()
export class TaskRepository {
  constructor(private readonly work: UnitOfWork) {}

  /** Whoever changes a person's tasks holds the person's row. */
  async lockPerson(manager: EntityManager, personId: string): Promise<void> {
    if (this.work.kind === 'mysql')
      await manager.query('SELECT id FROM person WHERE id = ? FOR UPDATE', [personId]);
  }

  async lockPersonOf(manager: EntityManager, taskId: string): Promise<void> {
    const lock = DIALECTS[this.work.kind].forUpdate;
    await manager.query(`SELECT id FROM person WHERE id = (SELECT person_id FROM task WHERE id = ?)${lock}`, [
      taskId,
    ]);
  }

  /** The open tasks of a person (or of a result without one). */
  async open(manager: EntityManager, subject: TaskSubject, codes: readonly string[]): Promise<OpenTask[]> {
    const tasks = await manager.findBy(TaskEntity, {
      openKey: In(codes.map((code) => openKey(code, subject))),
    });
    const findings =
      tasks.length === 0
        ? []
        : await manager.findBy(TaskFindingEntity, { taskId: In(tasks.map((task) => task.id)) });
    return tasks.map((task) => ({ task, findings: findings.filter((one) => one.taskId === task.id) }));
  }

  async find(manager: EntityManager, id: string): Promise<OpenTask | null> {
    const task = await manager.findOneBy(TaskEntity, { id });
    return task && { task, findings: await manager.findBy(TaskFindingEntity, { taskId: id }) };
  }

  async create(
    manager: EntityManager,
    subject: TaskSubject,
    planned: PlannedTask,
    clocks: Pick<TaskEntity, 'ladderSince' | 'ladderSteps' | 'escalateAt' | 'routeAt'>,
    now: Date,
  ): Promise<string> {
    const id = newId();
    await manager.insert(TaskEntity, {
      id,
      personId: 'personId' in subject ? subject.personId : null,
      code: planned.code,
      status: 'requested',
      openKey: openKey(planned.code, subject),
      urgency: planned.urgency,
      dueAt: planned.dueAt,
      reasonFindingId: planned.reasonFindingId,
      ...clocks,
      version: 1,
      createdAt: now,
      updatedAt: now,
    });
    await this.join(manager, id, planned.findingIds, false, now);
    return id;
  }

  async join(
    manager: EntityManager,
    taskId: string,
    findingIds: readonly string[],
    isNew: boolean,
    now: Date,
  ): Promise<void> {
    const at = DIALECTS[this.work.kind].instant(now);
    await insertRows(
      manager,
      'task_finding',
      ['task_id', 'finding_id', 'joined_at', 'is_new'],
      findingIds.map((findingId) => [taskId, findingId, at, isNew ? 1 : 0]),
    );
  }

  async leave(manager: EntityManager, taskId: string, findingIds: readonly string[]): Promise<void> {
    for (const part of portions(findingIds))
      await manager.delete(TaskFindingEntity, { taskId, findingId: In(part) });
  }

  /** The task that a finding is in, or was in last; null where it never was in one. */
  async lastWith(manager: EntityManager, findingId: string): Promise<string | null> {
    const [last] = await manager.find(TaskFindingEntity, {
      where: { findingId },
      order: { joinedAt: 'DESC', taskId: 'DESC' },
      take: 1,
    });
    return last?.taskId ?? null;
  }

  /** One finding stands for another from now on, in closed tasks too. */
  async replaceFinding(manager: EntityManager, gone: string, kept: string): Promise<void> {
    for (const link of await manager.findBy(TaskFindingEntity, { findingId: gone })) {
      await this.leave(manager, link.taskId, [gone]);
      if (!(await manager.existsBy(TaskFindingEntity, { taskId: link.taskId, findingId: kept })))
        await manager.insert(TaskFindingEntity, { ...link, findingId: kept });
      await manager.update(TaskEntity, { id: link.taskId, reasonFindingId: gone }, { reasonFindingId: kept });
    }
  }

  /**
   * Changes a task that is still at `version`.
   * @returns false when somebody was faster
   */
  async change(
    manager: EntityManager,
    id: string,
    version: number,
    change: Partial<TaskEntity>,
  ): Promise<boolean> {
    const { affected } = await manager.update(
      TaskEntity,
      { id, version },
      { ...change, version: version + 1 },
    );
    return affected === 1;
  }

  /** Claims that are over, the longest first. */
  leasesOver(
    manager: EntityManager,
    now: Date,
    limit: number,
  ): Promise<Pick<TaskEntity, 'id' | 'version'>[]> {
    return manager.find(TaskEntity, {
      select: { id: true, version: true },
      where: { closedAt: IsNull(), leaseUntil: LessThanOrEqual(now) },
      order: { leaseUntil: 'ASC', id: 'ASC' },
      take: limit,
    });
  }

  /** Open tasks whose next step of the ladder is due, the longest due first, but for some. */
  toEscalate(
    manager: EntityManager,
    now: Date,
    limit: number,
    but: readonly string[] = [],
  ): Promise<TaskEntity[]> {
    return manager.find(TaskEntity, {
      where: { ...notAmong(but), closedAt: IsNull(), escalateAt: LessThanOrEqual(now) },
      order: { escalateAt: 'ASC', id: 'ASC' },
      take: limit,
    });
  }

  /**
   * Takes note that steps of the ladder were asked. Nothing that whoever reads the task would have to read again: the
   * version stays.
   * @returns false when the task has changed, or somebody else has asked meanwhile
   */
  async asked(
    manager: EntityManager,
    { id, version, ladderSteps: before }: TaskEntity,
    after: Pick<TaskEntity, 'ladderSteps' | 'escalateAt'>,
  ): Promise<boolean> {
    const same = { id, version, ladderSteps: before, closedAt: IsNull() };
    const { affected } = await manager.update(TaskEntity, same, after);
    return affected === 1;
  }

  /** Open tasks whose next step of the route is due, the longest due first, but for some. */
  toRoute(
    manager: EntityManager,
    now: Date,
    limit: number,
    but: readonly string[] = [],
  ): Promise<TaskEntity[]> {
    return manager.find(TaskEntity, {
      where: { ...notAmong(but), closedAt: IsNull(), routeAt: LessThanOrEqual(now) },
      order: { routeAt: 'ASC', id: 'ASC' },
      take: limit,
    });
  }

  /**
   * Notes what the clocks of an open task are now. Nothing that whoever reads the task would have to read again.
   * @returns false when the task has changed meanwhile
   */
  async setClocks(
    manager: EntityManager,
    { id, version, routeSteps }: TaskEntity,
    after: Partial<Pick<TaskEntity, 'careSetting' | 'routeSteps' | 'routeAt' | 'escalateAt'>>,
  ): Promise<boolean> {
    const { affected } = await manager.update(
      TaskEntity,
      { id, version, routeSteps, closedAt: IsNull() },
      after,
    );
    return affected === 1;
  }

  async read(manager: EntityManager, taskId: string): Promise<void> {
    await manager.update(TaskFindingEntity, { taskId }, { isNew: false });
  }

  openTasks(
    manager: EntityManager,
    page: { limit: number; code?: TaskEntity['code'] },
  ): Promise<TaskEntity[]> {
    const where = { openKey: Not(IsNull()), ...(page.code ? { code: page.code } : {}) };
    return manager.find(TaskEntity, { where, order: { dueAt: 'ASC', id: 'ASC' }, take: page.limit });
  }

  /** Open tasks behind one, by `openKey`: all of them, page after page, whatever becomes of others meanwhile. */
  openAfter(manager: EntityManager, openKey: string, limit: number): Promise<TaskEntity[]> {
    return manager.find(TaskEntity, {
      where: { openKey: MoreThan(openKey), closedAt: IsNull() },
      order: { openKey: 'ASC' },
      take: limit,
    });
  }

  findingsOf(manager: EntityManager, taskIds: readonly string[]): Promise<TaskFindingEntity[]> {
    return taskIds.length === 0
      ? Promise.resolve([])
      : manager.findBy(TaskFindingEntity, { taskId: In([...taskIds]) });
  }
}

function notAmong(ids: readonly string[]): FindOptionsWhere<TaskEntity> {
  return ids.length === 0 ? {} : { id: Not(In([...ids])) };
}

function openKey(code: string, subject: TaskSubject): string {
  return 'personId' in subject ? `${code}:${subject.personId}` : `${code}:result:${subject.observationId}`;
}
