import { Injectable } from '@nestjs/common';
import { type EntityManager, In, IsNull, Like, Not } from 'typeorm';
import { portions } from '../database/index.js';
import { type SealedColumn, Vault } from '../secrets/index.js';
import { type Ending, type LevelOverride, type StandingReason } from './domain/level-override.js';
import { LevelOverrideEntity } from './level-override.entity.js';

/** Before a reason that is sealed; one that was stored before is in clear until the next start. */
const SEALED = 'sealed:';

/** What this room seals. */
export const SEALED_LEVELS: readonly SealedColumn[] = [
  {
    ...{ table: 'level_override', column: 'reason', form: 'text', prefix: SEALED },
    context: ({ id }) => `override ${id as string}`,
  },
];

/** The table `level_override`. */
@Injectable()
export class LevelOverrideRepository {
  constructor(private readonly vault: Vault) {}

  async insert(manager: EntityManager, override: LevelOverride): Promise<void> {
    const { computed, standing, ended: _ended, ...rest } = override;
    await manager.insert(LevelOverrideEntity, {
      ...rest,
      reason: this.seal(override),
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
      found.push(...rows.map((row) => this.toOverride(row)));
    }
    return found;
  }

  /** All of these people, in no order. */
  async ofPeople(manager: EntityManager, personIds: readonly string[]): Promise<LevelOverride[]> {
    const found: LevelOverride[] = [];
    for (const part of portions(personIds)) {
      const rows = await manager.findBy(LevelOverrideEntity, { personId: In(part) });
      found.push(...rows.map((row) => this.toOverride(row)));
    }
    return found;
  }

  /** All of a person, latest first. */
  async ofPerson(manager: EntityManager, personId: string, limit: number): Promise<LevelOverride[]> {
    const order = { madeAt: 'DESC', id: 'DESC' } as const;
    const rows = await manager.find(LevelOverrideEntity, { where: { personId }, order, take: limit });
    return rows.map((row) => this.toOverride(row));
  }

  /** Whether a reason is stored in clear. */
  hasClear(manager: EntityManager): Promise<boolean> {
    return manager.existsBy(LevelOverrideEntity, { reason: Not(Like(`${SEALED}%`)) });
  }

  /** Seals the reasons that were stored in clear, once. @returns how many there were */
  async sealClear(manager: EntityManager): Promise<number> {
    const clear = await manager.find(LevelOverrideEntity, {
      select: { id: true, reason: true },
      where: { reason: Not(Like(`${SEALED}%`)) },
    });
    for (const row of clear)
      await manager.update(LevelOverrideEntity, { id: row.id }, { reason: this.seal(row) });
    return clear.length;
  }

  /** What a doctor wrote of somebody is not to be read from the disk. */
  private seal({ id, reason }: Pick<LevelOverride, 'id' | 'reason'>): string {
    return SEALED + this.vault.seal(Buffer.from(reason), `override ${id}`).toString('base64');
  }

  private toOverride(row: LevelOverrideEntity): LevelOverride {
    const { id, reason } = row;
    if (!reason.startsWith(SEALED)) return toOverride(row, reason);
    const sealed = Buffer.from(reason.slice(SEALED.length), 'base64');
    return toOverride(row, this.vault.open(sealed, `override ${id}`).toString());
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

function toOverride(row: LevelOverrideEntity, reason: string): LevelOverride {
  const { id, personId, assessmentId, code, doctor, madeBy, madeAt, until } = row;
  const { endedAt, endedBy, endedBecause } = row;
  return {
    ...{ id, personId, assessmentId, code, reason, doctor, madeBy, madeAt, until },
    computed: { version: row.computedVersion, code: row.computedCode, text: row.computedText },
    standing: JSON.parse(row.standing) as StandingReason[],
    ended: endedAt && endedBecause ? { at: endedAt, by: endedBy ?? '', because: endedBecause } : null,
  };
}
