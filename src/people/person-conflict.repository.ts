import { Injectable } from '@nestjs/common';
import { IsNull, LessThan } from 'typeorm';
import { DIALECTS, placeholders, Reader, type Rows, UnitOfWork } from '../database/index.js';
import { newId } from '../kernel/index.js';
import { sealText, Vault } from '../secrets/index.js';
import { shortHash } from './domain/content.js';
import { PersonConflictEntity } from './person-conflict.entity.js';

/** Refused messages that wait for somebody to say who is meant. */
@Injectable()
export class PersonConflictRepository {
  constructor(
    private readonly work: UnitOfWork,
    private readonly reader: Reader,
    private readonly vault: Vault,
  ) {}

  async keep(
    conflict: { feedId: string; path: string; personIds: readonly string[] },
    source: string | Buffer,
    now: Date,
  ): Promise<void> {
    const id = newId();
    const payload = await sealText(this.vault, source, `conflict ${id}`);
    await this.work.run(async (manager) => {
      try {
        await manager.insert(PersonConflictEntity, {
          id,
          feedId: conflict.feedId,
          path: conflict.path.slice(0, 255),
          personIds: JSON.stringify(conflict.personIds),
          contentHash: shortHash(`${conflict.feedId}\n${source.toString()}`),
          payload,
          receivedAt: now,
        });
      } catch (error) {
        if (!DIALECTS[this.work.kind].isDuplicateKey(error)) throw error;
      }
    });
  }

  /** Unresolved ones, newest first, without their payload: those of whom everybody may be seen. */
  async open(limit: number, rows: Rows): Promise<PersonConflictEntity[]> {
    const open: PersonConflictEntity[] = [];
    for (let after: string | undefined; ;) {
      const page = await this.#page(limit, after);
      const seen = await this.#seen(page, rows);
      open.push(
        ...page.filter(({ personIds }) => idsIn(personIds).every((id) => seen === null || seen.has(id))),
      );
      if (page.length < limit || open.length >= limit) return open.slice(0, limit);
      after = page.at(-1)!.id;
    }
  }

  #page(limit: number, after: string | undefined): Promise<PersonConflictEntity[]> {
    return this.reader.manager.find(PersonConflictEntity, {
      select: { id: true, feedId: true, path: true, personIds: true, receivedAt: true },
      where: { resolvedAt: IsNull(), ...(after !== undefined && { id: LessThan(after) }) },
      order: { id: 'DESC' },
      take: limit,
    });
  }

  /** Of the people of these, those who may be seen; null where everybody may. */
  async #seen(page: readonly PersonConflictEntity[], rows: Rows): Promise<Set<string> | null> {
    const own = rows('p.id');
    if (!own) return null;
    const ids = page.flatMap(({ personIds }) => idsIn(personIds));
    const found = await this.reader.query<{ id: string }>(
      `SELECT p.id FROM person p WHERE p.id IN (${placeholders(ids.length)}) AND ${own.sql}`,
      [...ids, ...own.values],
    );
    return new Set(found.map(({ id }) => id));
  }
}

function idsIn(personIds: string): string[] {
  return JSON.parse(personIds) as string[];
}
