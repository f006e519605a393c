import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { FindingRepository } from '../assessment/index.js';
import { Clock } from '../kernel/index.js';
import {
  type ErrorKind,
  isLost,
  type FamilyMessage,
  type MessageHook,
  MessageHooks,
  type MessageNews,
  OutboxRepository,
  type ReplyNews,
} from '../messaging/index.js';
import {
  restingAt,
  sentTo,
  TASK_CODES,
  type TaskEntity,
  type TaskEventEntity,
  TaskHistoryRepository,
  TaskRepository,
  TasksService,
} from '../tasks/index.js';

import { isAskedToRing } from './domain/route.js';
import { keyOf, Ladder } from './ladder.service.js';
import { RingRequests } from './ring-requests.service.js';

/** A message of ours: the act that asked for it, and which of its recipients it went to. */
interface Asked {
  event: TaskEventEntity;
  task: TaskEntity;
  nth: number;
}
interface AskedDetail {
  role: string;
  step: number;
  /** Findings that a message by the webhook told, with the hash of what was told. */
  told?: { id: string; value: string }[];
}

/** Why a message to a person or a relative was rightly not sent: the route goes on as if it were lost. */
const NOT_SAID: ReadonlySet<ErrorKind | null> = new Set(['opted-out', 'no-consent', 'deceased']);

const KEY = /^asked\/([0-9a-f-]{36})\/(\d+)$/;

/**
 * What messages about tasks come to: a lost one of class A asks the next role at once, an answer of staff that confirms
 * rests the ladder, one of the person or a relative only ends the route: they are still to be spoken with.
 */
@Injectable()
export class Answers implements MessageHook, OnModuleInit {
  constructor(
    private readonly clock: Clock,
    private readonly hooks: MessageHooks,
    private readonly outbox: OutboxRepository,
    private readonly findings: FindingRepository,
    private readonly tasks: TaskRepository,
    private readonly history: TaskHistoryRepository,
    private readonly queue: TasksService,
    private readonly ladder: Ladder,
    private readonly requests: RingRequests,
  ) {}

  onModuleInit(): void {
    this.hooks.register(this);
  }

  /** While another message of the same step may arrive, nothing is lost yet. */
  async onSettled(manager: EntityManager, news: MessageNews): Promise<void> {
    if (!isLost(news.state) && !(news.state === 'suppressed' && NOT_SAID.has(news.because))) return;
    if (news.taskId !== null) await this.tasks.lockPersonOf(manager, news.taskId);
    const asked = await this.#ofKey(manager, news.key);
    if (!asked || (await this.outbox.mayArrive(manager, `${keyOf(asked.event.id)}/`))) return;
    const { task, event } = asked;
    const now = this.clock.now();
    if (isAskedToRing(detailOf(event).role)) {
      // What was said for one task, closed by now or not, was said for the others of the person too: all their routes go on.
      const subject = { personId: task.personId! };
      for (const { task: one } of await this.tasks.open(manager, subject, TASK_CODES))
        if (one.routeAt !== null) await this.tasks.setClocks(manager, one, { routeAt: now });
      return;
    }
    if (task.closedAt !== null) return;
    if (event.action === 'routed' && task.routeAt !== null) {
      await this.tasks.setClocks(manager, task, { routeAt: now });
      return;
    }
    const isLastAsked = event.action === 'routed' || detailOf(event).step === task.ladderSteps - 1;
    if (task.urgency === 'A' && isLastAsked) await this.ladder.ask(manager, task, now, 'message-lost');
  }

  /** Asked as it leaves: a consent may have ended since it was written, or what was to be told may have become another. */
  async objectionTo(manager: EntityManager, message: FamilyMessage): Promise<ErrorKind | null | undefined> {
    const [, eventId] = KEY.exec(message.key) ?? [];
    if (eventId === undefined) return undefined;
    const asked = await this.#asked(manager, message.key);
    if (!asked) return 'withdrawn';
    const { role } = detailOf(asked.event);
    const { channel, addressHash } = message;
    if (!isAskedToRing(role) || (channel !== 'sms' && channel !== 'email')) return 'no-consent';
    const now = this.clock.now();
    const to = { channel, addressHash };
    return (await this.requests.mayStillAsk(manager, asked.task, role, to, now)) ? null : 'no-consent';
  }

  /** A doctor who confirms a message that held the findings was told of them; whoever else confirms has only heard. */
  async onReply(manager: EntityManager, reply: ReplyNews): Promise<void> {
    if (reply.meaning !== 'confirms') return;
    if (reply.taskId !== null) await this.tasks.lockPersonOf(manager, reply.taskId);
    const asked = await this.#asked(manager, reply.key);
    if (!asked) return;
    const { told = [], role } = detailOf(asked.event);
    if (isAskedToRing(role)) return this.#answered(manager, asked, reply.channel);
    if (reply.channel === 'webhook' && told.length > 0 && (await this.#close(manager, asked, told))) return;
    await this.#rest(manager, asked, reply.channel);
  }

  /** Whoever was asked to ring has read it. They know nothing yet: every clock but the route's goes on. */
  async #answered(manager: EntityManager, { event, task }: Asked, by: string): Promise<void> {
    await this.tasks.setClocks(manager, task, { routeAt: null });
    const { role, step } = detailOf(event);
    await this.history.note(manager, {
      ...{ taskId: task.id, at: this.clock.now(), actor: role, action: 'answered', reason: null },
      ...{
        fromStatus: task.status,
        toStatus: task.status,
        version: task.version,
        detail: { role, step, by },
      },
    });
  }

  async #rest(manager: EntityManager, { event, task, nth }: Asked, by: string): Promise<void> {
    const escalateAt = restingAt(task);
    await this.tasks.setClocks(manager, task, { escalateAt, routeAt: null });
    const { role, step } = detailOf(event);
    await this.history.note(manager, {
      ...{ taskId: task.id, at: this.clock.now(), actor: actorOf(event, nth), action: 'heard', reason: null },
      ...{ fromStatus: task.status, toStatus: task.status, version: task.version },
      detail: { role, step, by, nextAskedAt: escalateAt },
    });
  }

  /** @returns false when nothing of what was told stands as it was told */
  async #close(
    manager: EntityManager,
    { event, task, nth }: Asked,
    told: readonly { id: string; value: string }[],
  ): Promise<boolean> {
    const now = this.clock.now();
    const joined = await this.tasks.findingsOf(manager, [task.id]);
    const ids = told.map(({ id }) => id).filter((id) => joined.some(({ findingId }) => findingId === id));
    const findings = (await this.findings.byIds(manager, ids)).filter(({ id, toldValue, status }) => {
      return status !== 'retracted' && told.some((one) => one.id === id && one.value === toldValue);
    });
    if (findings.length === 0) return false;
    const by = actorOf(event, nth);
    await this.history.addContact(manager, {
      ...{ taskId: task.id, personId: task.personId, status: 'completed', channel: 'message', number: null },
      ...{ outcome: 'told', answeredBy: detailOf(event).role.slice(0, 16), identified: '', readBack: 'none' },
      told: JSON.stringify(
        findings.map(({ id, toldValue, evidence }) => ({
          ...{ findingId: id, value: toldValue, sentence: evidence.sentence },
        })),
      ),
      ...{ note: null, actor: by, requestKey: null, at: now, updatedAt: now },
    });
    const actor = sentTo(event.detail)[nth]?.account ?? 'webhook';
    await this.queue.complete(
      manager,
      { task, findings: joined },
      findings,
      { version: task.version, actor, by, note: null },
      now,
    );
    return true;
  }

  /** The same of a task that is still open. */
  async #asked(manager: EntityManager, key: string): Promise<Asked | null> {
    const asked = await this.#ofKey(manager, key);
    return asked?.task.closedAt === null ? asked : null;
  }

  async #ofKey(manager: EntityManager, key: string): Promise<Asked | null> {
    const [, eventId, nth] = KEY.exec(key) ?? [];
    const event = eventId === undefined ? null : await this.history.event(manager, eventId);
    const task = event && (await this.tasks.find(manager, event.taskId))?.task;
    return event && task ? { event, task, nth: Number(nth) } : null;
  }
}

function detailOf({ detail }: TaskEventEntity): AskedDetail {
  return JSON.parse(detail!) as AskedDetail;
}

/** Who a message went to, as the record names them. Who holds the phone is not known by its answer. */
function actorOf({ detail }: TaskEventEntity, nth: number): string {
  const account = sentTo(detail)[nth]?.account;
  return account ? `user:${account}` : 'webhook';
}
