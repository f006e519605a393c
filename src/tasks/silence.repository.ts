import { Injectable } from '@nestjs/common';
import { type EntityManager, In, IsNull, LessThanOrEqual } from 'typeorm';
import { portions } from '../database/index.js';
import { type Silence } from './domain/silence.js';
import { SilenceEntity } from './silence.entity.js';

/** The table `silence`. */
@Injectable()
export class SilenceRepository {
  async insert(manager: EntityManager, silence: Silence): Promise<void> {
    const openKey = `${silence.personId} ${silence.ruleId}`;
    await manager.insert(SilenceEntity, { ...silence, openKey, endedBy: null });
  }

  find(manager: EntityManager, id: string): Promise<SilenceEntity | null> {
    return manager.findOneBy(SilenceEntity, { id });
  }

  /** All of these people, those that are over too. */
  async ofPeople(manager: EntityManager, personIds: readonly string[]): Promise<Silence[]> {
    const found: Silence[] = [];
    for (const part of portions(personIds))
      found.push(...(await manager.findBy(SilenceEntity, { personId: In(part) })));
    return found;
  }

  /** Silences whose day has come, the earliest first. */
  due(manager: EntityManager, now: Date, limit: number): Promise<Pick<SilenceEntity, 'id' | 'personId'>[]> {
    return manager.find(SilenceEntity, {
      select: { id: true, personId: true },
      where: { endedAt: IsNull(), until: LessThanOrEqual(now) },
      order: { until: 'ASC', id: 'ASC' },
      take: limit,
    });
  }

  /** @returns false where it has ended already */
  async end(
    manager: EntityManager,
    id: string,
    { at, by, because }: { at: Date; by: string; because: 'over' | 'ended' },
  ): Promise<boolean> {
    const { affected } = await manager.update(
      SilenceEntity,
      { id, endedAt: IsNull() },
      { openKey: null, endedAt: at, endedBy: by, endedBecause: because },
    );
    return affected === 1;
  }

  /** Whose record became part of another's: what a doctor said of a part does not hold for the whole. */
  async move(manager: EntityManager, from: string, to: string, now: Date): Promise<void> {
    const ended = { openKey: null, endedAt: now, endedBy: 'merge', endedBecause: 'merged' as const };
    await manager.update(SilenceEntity, { personId: In([from, to]), endedAt: IsNull() }, ended);
    await manager.update(SilenceEntity, { personId: from }, { personId: to });
  }
}
