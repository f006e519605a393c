import { type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { EVERYBODY, readInstant, UnitOfWork } from '../../database/index.js';
import { GroundModule } from '../../ground.module.js';
import { MessagesService, MessagingModule, OutboxRepository } from '../../messaging/index.js';
import { type Random } from '../../sample/index.js';

@Module({ imports: [GroundModule, MessagingModule] })
class WriterModule {}

const UNDONE = 0.15;
const ASKED_TWICE = 0.2;
const MOST_AT_ONCE = 5;

class Undone extends Error {}

/** That somebody of a role was asked to make a call. */
export interface AskedStep {
  taskId: string;
  role: string;
  at: Date;
}

/** A call, and since when its clock runs. */
export interface OpenCall {
  id: string;
  since: Date;
}

/** Writes messages as the rooms above do: several in one transaction, some of which is undone, some asked for twice. */
export class Writer {
  /** Keys of messages whose transaction was committed. */
  readonly committed = new Set<string>();
  readonly undone = new Set<string>();
  readonly #work: UnitOfWork;
  readonly #messages: MessagesService;
  readonly #outbox: OutboxRepository;

  private constructor(
    private readonly app: INestApplicationContext,
    private readonly random: Random,
  ) {
    this.#work = app.get(UnitOfWork);
    this.#messages = app.get(MessagesService);
    this.#outbox = app.get(OutboxRepository);
  }

  /** The database must have been named before this file is loaded. */
  static async start(random: Random): Promise<Writer> {
    return new Writer(
      await NestFactory.createApplicationContext(WriterModule, { logger: ['error'] }),
      random,
    );
  }

  async close(): Promise<void> {
    await this.app.close();
  }

  async write(): Promise<void> {
    const first = this.committed.size + this.undone.size;
    const keys = Array.from({ length: this.random.integer(1, MOST_AT_ONCE) }, (_, i) => `soak/${first + i}`);
    const isUndone = this.random.chance(UNDONE);
    const times = this.random.chance(ASKED_TWICE) ? 2 : 1;
    await Promise.all(Array.from({ length: times }, () => this.#transaction(keys, isUndone)));
    for (const key of keys) (isUndone ? this.undone : this.committed).add(key);
  }

  async #transaction(keys: readonly string[], isUndone: boolean): Promise<void> {
    const work = this.#work.run(async (manager) => {
      for (const key of keys) {
        await this.#messages.enqueue(manager, {
          ...{ key, channel: 'sms', template: 'task-waits', language: 'zh', audience: 'staff', urgency: 'A' },
          ...{ address: '13800000000', taskId: null, personId: null },
          values: {
            centre: '中心',
            'task-ref': '0000',
            class: 'A',
            'due-time': '2026-01-01 00:00',
            role: '护士',
          },
        });
      }
      if (isUndone) throw new Undone();
    });
    await work.catch((error: unknown) => {
      if (!(error instanceof Undone)) throw error;
    });
  }

  /** The calls that are open, and whom each was asked of, in order. */
  async asked(): Promise<{ tasks: OpenCall[]; steps: AskedStep[] }> {
    return this.#work.run(async (manager) => {
      const tasks: { id: string; since: unknown }[] = await manager.query(
        `SELECT id, ladder_since AS since FROM task WHERE code = 'notify'`,
      );
      const rows: { task_id: string; detail: string; at: unknown }[] = await manager.query(
        `SELECT task_id, detail, at FROM task_event WHERE action = 'escalated' ORDER BY id`,
      );
      const steps = rows.map(({ task_id: taskId, detail, at }) => ({
        ...{ taskId, role: (JSON.parse(detail) as { role: string }).role, at: readInstant(at) },
      }));
      return { tasks: tasks.map(({ id, since }) => ({ id, since: readInstant(since) })), steps };
    });
  }

  /** How many messages are in each state. */
  async states(): Promise<Record<string, number>> {
    const counts = await this.#outbox.counts(EVERYBODY);
    return Object.fromEntries(counts.map(({ state, count }) => [state, count]));
  }

  /** Id and key of every message. */
  async ids(): Promise<Map<string, string>> {
    const messages = await this.#outbox.list({ limit: 1_000_000, rows: EVERYBODY });
    return new Map(messages.map(({ id, messageKey }) => [id, messageKey]));
  }
}
