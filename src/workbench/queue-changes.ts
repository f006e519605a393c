import { Inject, Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { concatMap, filter, Observable, Subject } from 'rxjs';
import { EVERYBODY, type Rows } from '../database/index.js';
import { AppError, Clock } from '../kernel/index.js';
import { ChangeWindow } from './domain/change-window.js';
import { QueueRepository, type QueueChange } from './queue.repository.js';
import { type QueueEvent } from './queue-stream.dto.js';

/** A tenth of a second is at once, to a person; one query for all who listen, and none while nobody does. */
const LOOK_EVERY_MS = 100;
/** Looks go back so far: a transaction seldom takes longer. */
const BACK_MS = 2000;
/** Every so many looks one goes back further: for clocks that differ between instances, and transactions that waited. */
const LOOKS_TO_SWEEP = 30;
const SWEEP_MS = 30_000;
/** A named event tells that the stream lives, and as of when the list is right. */
const HEARTBEAT_MS = 15_000;
/** After so long a listener asks again who they are; the browser does so by itself. */
const LONGEST_MS = 15 * 60_000;
/** Whoever was away for longer reads the list anew. */
const LONGEST_GAP_MS = 5 * 60_000;
/** Clocks of instances differ by less. What bears a later time was written before a clock was set back, and is known. */
const MOST_AHEAD_MS = 5 * 60_000;
const MOST_LISTENERS = 500;
/** More changes than this at once: the list is read anew. */
export const MOST_CHANGES = 500;

/** Tells who listens what changes in the queue, whichever instance changed it. */
@Injectable()
export class QueueChanges implements OnModuleDestroy {
  readonly #logger = new Logger('QueueChanges');
  readonly #events = new Subject<QueueEvent>();
  #listeners = 0;
  #window: ChangeWindow<QueueChange> | null = null;
  #looks = 0;
  #timers: NodeJS.Timeout[] = [];
  #looking: Promise<void> | null = null;
  #isFailing = false;

  constructor(
    @Inject(Clock) private readonly clock: Clock,
    @Inject(QueueRepository) private readonly rows: QueueRepository,
  ) {}

  /**
   * Changes from now on; those after `lastEventId` first, or `reset` where they can't be told any more.
   * @throws AppError `try-again` when too many listen
   */
  stream(lastEventId: string | undefined, rows: Rows): Observable<QueueEvent> {
    if (this.#listeners >= MOST_LISTENERS) throw new AppError('try-again', 'Too many listen to the queue.');
    const all = this.#all(lastEventId);
    return rows === EVERYBODY
      ? all
      : all.pipe(
          concatMap((event) => this.#only(event, rows)),
          filter((event) => event !== null),
        );
  }

  #all(lastEventId: string | undefined): Observable<QueueEvent> {
    return new Observable((listener) => {
      const heard = this.#events.subscribe(listener);
      const end = setTimeout(() => listener.complete(), LONGEST_MS);
      end.unref();
      if (++this.#listeners === 1) this.#begin();
      void this.#opening(lastEventId).then(
        (events) => events.forEach((event) => listener.next(event)),
        () => listener.complete(),
      );
      return () => {
        heard.unsubscribe();
        clearTimeout(end);
        if (--this.#listeners === 0) this.#end();
      };
    });
  }

  /** What somebody may not see passes them by; what can't be asked is told by the reset that follows. */
  async #only(event: QueueEvent, rows: Rows): Promise<QueueEvent | null> {
    if (event.type !== 'task') return event;
    try {
      const { id } = event.data as { id: string };
      return (await this.rows.seen([id], rows)).has(id) ? event : null;
    } catch {
      return reset(this.clock.now());
    }
  }

  /** Looks once for what changed. Never fails: what could not be read now is found by the next look. */
  async look(): Promise<void> {
    const now = this.clock.now();
    const window = (this.#window ??= new ChangeWindow(now, SWEEP_MS));
    try {
      const since = window.from(++this.#looks % LOOKS_TO_SWEEP === 0 ? SWEEP_MS : BACK_MS, now);
      const found = await this.rows.changedIn({ since, until: ahead(now) }, MOST_CHANGES + 1);
      const changes = window.take(found.reverse());
      this.#isFailing = false;
      // The earliest that was found is news: so there may be others before it, that were not.
      if (found.length > MOST_CHANGES && changes[0] === found[0]) this.#events.next(reset(now));
      else for (const change of changes) this.#events.next(changed(change));
    } catch (error) {
      // Listeners miss the heartbeat and say so; said once, until the database is back.
      if (!this.#isFailing) this.#logger.warn(`could not look for changes: ${(error as Error).message}`);
      this.#isFailing = true;
    }
  }

  async onModuleDestroy(): Promise<void> {
    this.#end();
    this.#events.complete();
    await this.#looking;
  }

  async #opening(lastEventId: string | undefined): Promise<QueueEvent[]> {
    const now = this.clock.now();
    const hello: QueueEvent = { type: 'hello', id: now.toISOString(), data: { asOf: now.toISOString() } };
    if (lastEventId === undefined) return [hello];
    const last = Date.parse(lastEventId);
    // One from the future is of a clock that was set back: what came since bears an earlier time.
    if (!(now.getTime() - last <= LONGEST_GAP_MS) || last > now.getTime() + SWEEP_MS)
      return [hello, reset(now)];
    const span = { since: new Date(last - SWEEP_MS), until: ahead(now) };
    const missed = await this.rows.changedIn(span, MOST_CHANGES + 1);
    return missed.length > MOST_CHANGES ? [hello, reset(now)] : [hello, ...missed.reverse().map(changed)];
  }

  #begin(): void {
    this.#window = new ChangeWindow(this.clock.now(), SWEEP_MS);
    const look = setInterval(() => {
      this.#looking ??= this.look().finally(() => (this.#looking = null));
    }, LOOK_EVERY_MS);
    const beat = setInterval(() => {
      const asOf = this.clock.now().toISOString();
      if (!this.#isFailing) this.#events.next({ type: 'heartbeat', id: asOf, data: { asOf } });
    }, HEARTBEAT_MS);
    this.#timers = [look, beat];
    for (const timer of this.#timers) timer.unref();
  }

  #end(): void {
    this.#timers.forEach((timer) => clearInterval(timer));
    this.#timers = [];
  }
}

function ahead(now: Date): Date {
  return new Date(now.getTime() + MOST_AHEAD_MS);
}

function reset(now: Date): QueueEvent {
  return { type: 'reset', id: now.toISOString(), data: { asOf: now.toISOString() } };
}

function changed({ id, version, code, urgency, status, owner, dueAt, updatedAt }: QueueChange): QueueEvent {
  return {
    type: 'task',
    id: updatedAt.toISOString(),
    data: {
      id,
      version,
      code,
      class: urgency,
      status,
      isTaken: owner !== null,
      due: dueAt.toISOString(),
      updated: updatedAt.toISOString(),
    },
  };
}
