import { Inject, Injectable } from '@nestjs/common';
import { placeholders, Reader, UnitOfWork, type Witness } from '../../database/index.js';
import { Clock, newId } from '../../kernel/index.js';
import { BreakGlassEntity } from './break-glass.entity.js';

/** Long enough for a call and what has to be read for it; whoever needs more says why again. */
const OPEN_MS = 60 * 60_000;

/** Opens people who are not somebody's own, each for a reason and an hour. */
@Injectable()
export class BreakGlass {
  constructor(
    @Inject(Reader) private readonly reader: Reader,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** @param words why, in words of whoever opens: kept for the auditor */
  async open(accountId: string, personId: string, words: string, witness: Witness): Promise<Date> {
    const at = this.clock.now();
    const untilAt = new Date(at.getTime() + OPEN_MS);
    const id = newId();
    await this.work.run(async (manager) => {
      await manager.insert(BreakGlassEntity, { id, accountId, personId, words, at, untilAt });
      await witness(manager, { personIds: [personId], reason: reasonOf(id) });
    });
    return untilAt;
  }

  /** The people whom an account has open now, with why: as the trail names it. */
  async opened(accountId: string): Promise<Map<string, string>> {
    const rows = await this.reader.query<{ id: string; person_id: string }>(
      'SELECT id, person_id FROM break_glass WHERE account_id = ? AND until_at > ? ORDER BY id',
      [accountId, this.clock.now()],
    );
    return new Map(rows.map(({ id, person_id: personId }) => [personId, reasonOf(id)]));
  }

  /** The words behind reasons of the trail; those that are none are left out. */
  async words(reasons: readonly (string | null)[]): Promise<Map<string, string>> {
    const ids = [...new Set(reasons.flatMap((reason) => idOf(reason) ?? []))];
    if (ids.length === 0) return new Map();
    const rows = await this.reader.query<{ id: string; words: string }>(
      `SELECT id, words FROM break_glass WHERE id IN (${placeholders(ids.length)})`,
      ids,
    );
    return new Map(rows.map(({ id, words }) => [reasonOf(id), words]));
  }
}

const reasonOf = (id: string): string => `break-glass/${id}`;
const idOf = (reason: string | null): string | null => /^break-glass\/(.+)$/.exec(reason ?? '')?.[1] ?? null;
