import { Inject, Injectable } from '@nestjs/common';
import { EVERYBODY, type Rows } from '../database/index.js';
import { QueueRepository } from './queue.repository.js';

type Counts = Awaited<ReturnType<QueueRepository['counts']>>;

/** Up to so many open tasks counting is cheap enough to be done for every page. */
const FEW = 5_000;
/** How long counts of a longer queue are believed. */
const BELIEVED_MS = 1000;

/**
 * How many tasks are open. Counted anew for every page while they are few; of a long queue at most once a second, by
 * whoever comes first, while the others are given what was counted last.
 */
@Injectable()
export class QueueCounts {
  #last: { counts: Counts; at: number; total: number } | null = null;
  #counting: Promise<unknown> | null = null;

  constructor(@Inject(QueueRepository) private readonly rows: QueueRepository) {}

  /** @param rows whose tasks are counted: where somebody does not see all, theirs are counted for themselves */
  async now(rows: Rows): Promise<Counts> {
    if (rows !== EVERYBODY) return this.rows.counts(rows);
    const last = this.#last;
    if (last === null || last.total <= FEW) return this.#count();
    if (performance.now() - last.at > BELIEVED_MS) {
      // What fails here fails for whoever has to wait for a count.
      this.#counting ??= this.#count()
        .catch(() => undefined)
        .finally(() => (this.#counting = null));
    }
    return last.counts;
  }

  async #count(): Promise<Counts> {
    const counts = await this.rows.counts(EVERYBODY);
    const total = counts.reduce((sum, { count }) => sum + count, 0);
    this.#last = { counts, at: performance.now(), total };
    return counts;
  }
}
