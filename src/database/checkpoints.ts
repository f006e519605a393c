import { stat } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import {
  Inject,
  Injectable,
  Logger,
  Module,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { type Config, CONFIG } from '../config/index.js';
import { sqliteFile } from './data-source.js';

const LOOK_EVERY_MS = 500;
/** A smaller log is no burden to the commit that copies it by itself. */
const WORTH_BYTES = 4 * 1024 * 1024;

/**
 * Copies SQLite's log into the database file on a thread of its own while the log is being written. A commit that had
 * to do it would hold up everybody for as long as the disk takes to write and flush thousands of pages: a tenth of a
 * second at times. Should the thread lag or fail, commits do it themselves, later (see data-source.ts).
 */
@Injectable()
export class Checkpoints implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #logger = new Logger('Database');
  #file: string | null;
  #timer: NodeJS.Timeout | null = null;
  #thread: Worker | null = null;
  #copying: Promise<void> | null = null;
  #lastSeen = 0;

  constructor(@Inject(CONFIG) config: Pick<Config, 'database'>) {
    this.#file = sqliteFile(config);
  }

  onApplicationBootstrap(): void {
    if (this.#file === null) return;
    this.#timer = setInterval(() => {
      this.#copying ??= this.look().finally(() => (this.#copying = null));
    }, LOOK_EVERY_MS);
    this.#timer.unref();
  }

  /** The last connection to close takes the log with it: the service's own, which closes after this. */
  async onModuleDestroy(): Promise<void> {
    if (this.#timer) clearInterval(this.#timer);
    // While it ends it is waited for, also by a process that has nothing else to do.
    this.#thread?.ref();
    await this.#copying;
    const thread = this.#thread;
    if (!thread) return;
    thread.postMessage(null);
    await new Promise((ended) => thread.once('exit', ended));
  }

  /** Copies what was written since the last look, where it is much. Never fails. */
  async look(): Promise<void> {
    if (this.#file === null) return;
    const { size, mtimeMs } = await stat(`${this.#file}-wal`).catch(() => ({ size: 0, mtimeMs: 0 }));
    if (size < WORTH_BYTES || mtimeMs === this.#lastSeen) return;
    this.#lastSeen = mtimeMs;
    const thread = (this.#thread ??= this.#start(this.#file));
    await new Promise<void>((resolve) => {
      const done = (): void => {
        thread.off('message', done).off('exit', done);
        resolve();
      };
      thread.on('message', done).on('exit', done).postMessage('copy');
    });
  }

  #start(file: string): Worker {
    // Beside this file, and of its kind.
    const code = new URL(import.meta.url.replace(/checkpoints(\.\w+)$/, 'checkpoint-thread$1'));
    const thread = new Worker(code, { workerData: file, name: 'checkpoints' });
    thread.on('error', (error) => {
      this.#file = null;
      this.#logger.warn(`commits copy the log of the database themselves: ${error.message}`);
    });
    thread.on('exit', () => (this.#thread = null));
    thread.unref();
    return thread;
  }
}

/** For what writes much and long. */
@Module({ providers: [Checkpoints] })
export class CheckpointsModule {}
