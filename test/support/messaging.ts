import { type EntityManager } from 'typeorm';
import { UnitOfWork } from '../../src/database/index.js';
import { newId } from '../../src/kernel/index.js';
import {
  type Draft,
  type Enqueued,
  type MessageHook,
  MessageHooks,
  type MessageNews,
  MessagesService,
  type OutboxEntity,
  OutboxRepository,
  type ReplyNews,
  Sender,
} from '../../src/messaging/index.js';
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { SchedulerRegistry } from '@nestjs/schedule';
import { type TestApp } from './app.js';

export const RECEIPT_SECRET = 'whsec_dGhlIHNlY3JldCBvZiB0aGUgdGVzdA==';
export const STAFF_VALUES = {
  'task-ref': '019cae52',
  class: 'A',
  'due-time': '2026-03-02 12:00',
  role: '值班医生',
};

/** The shipped messages, with a centre that has a name and a number; other lines of the policy as a test wants them. */
export function messagesFolder(change: (policy: string) => string = (policy) => policy): string {
  const folder = mkdtempSync(join(tmpdir(), 'firstcall-messages-'));
  cpSync(resolve(import.meta.dirname, '../../messages'), folder, { recursive: true });
  const path = join(folder, 'policy.yaml');
  const named = readFileSync(path, 'utf8')
    .replace(/name: \{.*\}/, 'name: { zh: 示例体检中心, en: Example Centre }')
    .replace(/phone: .*/, 'phone: 010-12345678');
  writeFileSync(path, change(named));
  return folder;
}

/** A message to staff by SMS; say only what matters. */
export function draft(more: Partial<Draft> = {}): Draft {
  return {
    key: `test/${newId()}`,
    channel: 'sms',
    template: 'task-waits',
    language: 'zh',
    audience: 'staff',
    address: '13800004471',
    values: STAFF_VALUES,
    urgency: 'A',
    taskId: null,
    personId: null,
    ...more,
  };
}

/** A message to a person. */
export function toPerson(personId: string, more: Partial<Draft> = {}): Draft {
  const person = { template: 'please-ring', audience: 'person' as const, values: { salutation: '王女士' } };
  return draft({ ...person, personId, urgency: 'B', ...more });
}

/** The messages of one service, which sends only when it is told to, and what its hooks heard. */
export class Messaging implements MessageHook {
  readonly news: MessageNews[] = [];
  readonly replies: ReplyNews[] = [];
  readonly #work: UnitOfWork;
  readonly #messages: MessagesService;
  readonly #sender: Sender;
  readonly #outbox: OutboxRepository;

  constructor(readonly app: TestApp) {
    this.#work = app.nest.get(UnitOfWork);
    this.#messages = app.nest.get(MessagesService);
    this.#sender = app.nest.get(Sender);
    this.#outbox = app.nest.get(OutboxRepository);
    app.nest.get(MessageHooks).register(this);
    const schedule = app.nest.get(SchedulerRegistry);
    for (const name of schedule.getIntervals()) schedule.deleteInterval(name);
  }

  onSettled(_manager: EntityManager, news: MessageNews): Promise<void> {
    this.news.push(news);
    return Promise.resolve();
  }

  onReply(_manager: EntityManager, reply: ReplyNews): Promise<void> {
    this.replies.push(reply);
    return Promise.resolve();
  }

  enqueue(
    wanted: Draft,
    also: (manager: EntityManager) => Promise<void> = () => Promise.resolve(),
  ): Promise<Enqueued> {
    return this.#work.run(async (manager) => {
      const enqueued = await this.#messages.enqueue(manager, wanted);
      await also(manager);
      return enqueued;
    });
  }

  withdraw(taskId: string): Promise<number> {
    return this.#work.run((manager) => this.#outbox.withdraw(manager, taskId, this.app.clock.now()));
  }

  look(): Promise<void> {
    return this.#sender.look();
  }

  async message(id: string): Promise<OutboxEntity> {
    return (await this.#outbox.byId(id))!;
  }

  /** Sends what is due, and gives the message as it is then. */
  async afterLooking(id: string): Promise<OutboxEntity> {
    await this.look();
    return this.message(id);
  }

  /** What the hooks heard of one message, in order. */
  told(id: string): MessageNews[] {
    return this.news.filter((news) => news.id === id);
  }

  statesTold(id: string): string[] {
    return this.told(id).map(({ state }) => state);
  }
}
