import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { DIALECTS, Reader, UnitOfWork } from '../database/index.js';
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

  /** Unresolved ones, newest first, without their payload. */
  open(limit: number): Promise<PersonConflictEntity[]> {
    return this.reader.manager.find(PersonConflictEntity, {
      select: { id: true, feedId: true, path: true, personIds: true, receivedAt: true },
      where: { resolvedAt: IsNull() },
      order: { id: 'DESC' },
      take: limit,
    });
  }
}
