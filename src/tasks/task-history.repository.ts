import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { DIALECTS, insertRows, UnitOfWork } from '../database/index.js';
import { newId } from '../kernel/index.js';
import { type AskedLast } from './domain/ladder.js';
import { type Happened } from './domain/resting.js';
import { ContactEntity } from './contact.entity.js';
import { TaskEventEntity } from './task-event.entity.js';

export type TaskEvent = Omit<TaskEventEntity, 'id' | 'detail'> & {
  /** Where it has been named already; made where it is left out. */
  id?: string;
  detail?: Readonly<Record<string, unknown>>;
};

const EVENT_COLUMNS = [
  'id', 'task_id', 'at', 'actor', 'action', 'from_status', 'to_status', 'version', 'reason', 'detail',
]; // prettier-ignore

/** Acts by which somebody is asked: their detail says in `to` whom messages went to. */
export const ASKING = ['escalated', 'routed'] as const;

/** Whom the messages of an act went to. */
export function sentTo(detail: string | null): { account: string | null; user: string; by: string }[] {
  return (JSON.parse(detail ?? '{}') as { to?: ReturnType<typeof sentTo> }).to ?? [];
}

/** What happened to tasks, step by step, and the calls that were made. Rows are added, never changed. */
@Injectable()
export class TaskHistoryRepository {
  constructor(private readonly work: UnitOfWork) {}

  async note(manager: EntityManager, { id = newId(), detail, ...event }: TaskEvent): Promise<void> {
    const at = DIALECTS[this.work.kind].instant(event.at);
    const told = detail === undefined ? null : JSON.stringify(detail);
    await insertRows(manager, 'task_event', EVENT_COLUMNS, [
      [id, event.taskId, at, event.actor, event.action, event.fromStatus, event.toStatus, event.version, event.reason, told],
    ]); // prettier-ignore
  }

  /** The steps of a task, first to last. */
  events(manager: EntityManager, taskId: string): Promise<TaskEventEntity[]> {
    return manager.find(TaskEventEntity, { where: { taskId }, order: { id: 'ASC' } });
  }

  event(manager: EntityManager, id: string): Promise<TaskEventEntity | null> {
    return manager.findOneBy(TaskEventEntity, { id });
  }

  /** The step of the ladder that was asked last; null where none has been. */
  async askedLast(manager: EntityManager, taskId: string): Promise<AskedLast | null> {
    return (await this.askedLastOf(manager, [taskId])).get(taskId) ?? null;
  }

  /** The same of many tasks, those of which nobody was asked left out. */
  async askedLastOf(manager: EntityManager, taskIds: readonly string[]): Promise<Map<string, AskedLast>> {
    if (taskIds.length === 0) return new Map();
    // By version first: a ladder that began anew did so with the task, whatever the clock, and so ids, said at that time.
    const asked = await manager.find(TaskEventEntity, {
      select: { taskId: true, detail: true },
      where: { taskId: In([...taskIds]), action: 'escalated' },
      order: { version: 'ASC', id: 'ASC' },
    });
    return new Map(asked.map(({ taskId, detail }) => [taskId, JSON.parse(detail!) as AskedLast]));
  }

  /** What happened to a task, as far as it decides whether its ladder rests. */
  async happened(manager: EntityManager, taskId: string): Promise<Happened[]> {
    const events = await this.events(manager, taskId);
    return events.map(({ action, actor, detail }) => ({
      ...{ action, actor, sentTo: sentTo(detail).flatMap(({ account }) => account ?? []) },
      isReached: (JSON.parse(detail ?? '{}') as Partial<Happened>).isReached === true,
    }));
  }

  /** Whether a message about the task went to this account: they were asked, and know of it. */
  async wasAsked(manager: EntityManager, taskId: string, accountId: string): Promise<boolean> {
    const asked = await manager.findBy(TaskEventEntity, { taskId, action: In([...ASKING]) });
    return asked.some(({ detail }) => sentTo(detail).some(({ account }) => account === accountId));
  }

  async addContact(manager: EntityManager, contact: Omit<ContactEntity, 'id'>): Promise<string> {
    const id = newId();
    await manager.insert(ContactEntity, { ...contact, id });
    return id;
  }

  contactByRequest(manager: EntityManager, requestKey: string): Promise<ContactEntity | null> {
    return manager.findOneBy(ContactEntity, { requestKey });
  }

  async moveContacts(manager: EntityManager, from: string, to: string): Promise<void> {
    await manager.update(ContactEntity, { personId: from }, { personId: to });
  }

  /** The calls of a task, first to last. */
  contacts(manager: EntityManager, taskIds: readonly string[]): Promise<ContactEntity[]> {
    return manager.find(ContactEntity, { where: { taskId: In([...taskIds]) }, order: { id: 'ASC' } });
  }
}
