import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { DIALECTS, insertRows, Reader, UnitOfWork } from '../database/index.js';
import { EncounterCareEntity } from './encounter-care.entity.js';

export type EncounterCare = EncounterCareEntity;

const COLUMNS = ['resource_id', 'centre', 'attending', 'until_at', 'centre_ref', 'attending_ref'];

/** The table `encounter_care`. */
@Injectable()
export class EncounterCareRepository {
  constructor(
    private readonly work: UnitOfWork,
    private readonly reader: Reader,
  ) {}

  async insert(manager: EntityManager, list: readonly EncounterCare[]): Promise<void> {
    const { instant } = DIALECTS[this.work.kind];
    const rows = list.map((one) => [
      ...[one.resourceId, one.centre, one.attending, one.untilAt && instant(one.untilAt)],
      ...[one.centreRef, one.attendingRef],
    ]);
    if (rows.length > 0) await insertRows(manager, 'encounter_care', COLUMNS, rows);
  }

  /** In the place of what was noted of these encounters before. */
  async replace(manager: EntityManager, list: readonly EncounterCare[]): Promise<void> {
    if (list.length === 0) return;
    await manager.delete(EncounterCareEntity, { resourceId: In(list.map(({ resourceId }) => resourceId)) });
    await this.insert(manager, list);
  }

  /** One record takes the place of another, or just goes. */
  async hand(manager: EntityManager, from: string, to: string | null): Promise<void> {
    if (to === null) await manager.delete(EncounterCareEntity, { resourceId: from });
    else if (await manager.existsBy(EncounterCareEntity, { resourceId: from })) {
      await manager.delete(EncounterCareEntity, { resourceId: to });
      await manager.update(EncounterCareEntity, { resourceId: from }, { resourceId: to });
    }
  }

  /** Somebody whom encounters named by a reference is known now. */
  async resolve(
    manager: EntityManager,
    of: 'centre' | 'attending',
    refs: readonly string[],
    name: string,
  ): Promise<void> {
    const ref = of === 'centre' ? { centreRef: In([...refs]) } : { attendingRef: In([...refs]) };
    await manager.update(EncounterCareEntity, ref, of === 'centre' ? { centre: name } : { attending: name });
  }

  /** Encounters of which nothing was noted: stored before it was. */
  async unnoted(limit: number): Promise<{ id: string; messageId: string; entry: number }[]> {
    return this.reader.query(
      `SELECT r.id, r.message_id AS messageId, r.entry FROM clinical_resource r LEFT JOIN encounter_care c ON c.resource_id = r.id
       WHERE r.type = 'Encounter' AND c.resource_id IS NULL LIMIT ?`,
      [limit],
    );
  }

  /** The centres that encounters name, with how many encounters each. */
  async centres(): Promise<{ centre: string; encounters: number }[]> {
    const rows = await this.reader.query<{ centre: string; n: number | string }>(
      'SELECT centre, COUNT(*) AS n FROM encounter_care WHERE centre IS NOT NULL GROUP BY centre ORDER BY centre',
    );
    return rows.map(({ centre, n }) => ({ centre, encounters: Number(n) }));
  }
}
