import { Injectable } from '@nestjs/common';
import { type EntityManager, In, IsNull, Not } from 'typeorm';
import { portions } from '../database/index.js';
import { type Ending, type LevelOverride, type StandingReason } from './domain/level-override.js';
import { LevelOverrideEntity } from './level-override.entity.js';

/** The table `level_override`. */
@Injectable()
export class LevelOverrideRepository {
  async insert(manager: EntityManager, override: LevelOverride): Promise<void> {
    const { computed, standing, ended: _ended, ...rest } = override;
    await manager.insert(LevelOverrideEntity, {
      ...rest,
      openKey: override.personId,
      computedVersion: computed.version,
      computedCode: computed.code,
      computedText: computed.text,
      standing: JSON.stringify(standing),
    });
  }

  /** Those of these people that nobody has ended: at most one each. Whether they still count is another matter. */
  async open(manager: EntityManager, personIds: readonly string[]): Promise<LevelOverride[]> {
    const found: LevelOverride[] = [];
    for (const part of portions(personIds)) {
      const rows = await manager.findBy(LevelOverrideEntity, { openKey: In(part) });
      found.push(...rows.map(toOverride));
    }
    return found;
  }

  /** All of a person, latest first. */
  async ofPerson(manager: EntityManager, personId: string, limit: number): Promise<LevelOverride[]> {
    const order = { madeAt: 'DESC', id: 'DESC' } as const;
    return (await manager.find(LevelOverrideEntity, { where: { personId }, order, take: limit })).map(
      toOverride,
    );
  }

  /** @returns false where somebody has ended it before */
  async end(
    manager: EntityManager,
    id: string,
    ended: { at: Date; by: string; because: Ending },
  ): Promise<boolean> {
    const { affected } = await manager.update(
      LevelOverrideEntity,
      { id, openKey: Not(IsNull()) },
      { openKey: null, endedAt: ended.at, endedBy: ended.by, endedBecause: ended.because },
    );
    return affected === 1;
  }

  /** Whose record became part of another's: what a doctor said of a part does not hold for the whole. */
  async move(manager: EntityManager, from: string, to: string, now: Date): Promise<void> {
    const ended = { openKey: null, endedAt: now, endedBy: 'merge', endedBecause: 'merged' as const };
    await manager.update(LevelOverrideEntity, { openKey: from }, ended);
    await manager.update(LevelOverrideEntity, { personId: from }, { personId: to });
  }
}

function toOverride(row: LevelOverrideEntity): LevelOverride {
  const { id, personId, code, reason, doctor, madeBy, madeAt, until, endedAt, endedBy, endedBecause } = row;
  return {
    ...{ id, personId, code, reason, doctor, madeBy, madeAt, until },
    computed: { version: row.computedVersion, code: row.computedCode, text: row.computedText },
    standing: JSON.parse(row.standing) as StandingReason[],
    ended: endedAt && endedBecause ? { at: endedAt, by: endedBy ?? '', because: endedBecause } : null,
  };
}
