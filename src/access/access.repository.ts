import { Inject, Injectable } from '@nestjs/common';
import { DIALECTS, Reader, readInstant, UnitOfWork, type Witness } from '../database/index.js';
import { AccessKeyEntity, type Scope } from './access.entity.js';

interface KeyRow {
  id: string;
  name: string;
  scope: Scope;
  is_history: number | boolean;
  created_at: string | Date;
  last_seen_at: string | Date | null;
  revoked_at: string | Date | null;
}

/** A key as it is listed; its secret is known to its bearer alone. */
export type AccessKey = Omit<AccessKeyEntity, 'secretHash'>;

const COLUMNS = 'id, name, scope, is_history, created_at, last_seen_at, revoked_at';

/** The table `access_key`. */
@Injectable()
export class AccessRepository {
  constructor(
    @Inject(Reader) private readonly reader: Reader,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
  ) {}

  async bySecretHash(secretHash: string): Promise<AccessKey | null> {
    const sql = `SELECT ${COLUMNS} FROM access_key WHERE secret_hash = ?`;
    const [row] = await this.reader.query<KeyRow>(sql, [secretHash]);
    return row ? toKey(row) : null;
  }

  async list(): Promise<AccessKey[]> {
    const rows = await this.reader.query<KeyRow>(`SELECT ${COLUMNS} FROM access_key ORDER BY created_at, id`);
    return rows.map(toKey);
  }

  async insert(key: AccessKeyEntity, witness?: Witness): Promise<void> {
    await this.unitOfWork.run(async (manager) => {
      await manager.insert(AccessKeyEntity, key);
      await witness?.(manager, { subject: `key/${key.id}` });
    });
  }

  /** Two processes may want to make the same key at once: the first one's stays. */
  async insertMissing(key: AccessKeyEntity): Promise<void> {
    await this.unitOfWork.run(async (manager) => {
      if (await manager.existsBy(AccessKeyEntity, { id: key.id })) return;
      await manager.insert(AccessKeyEntity, key).catch((error: unknown) => {
        if (!DIALECTS[this.unitOfWork.kind].isDuplicateKey(error)) throw error;
      });
    });
  }

  /** True when the key was there and in force. */
  async revoke(id: string, at: Date, witness?: Witness): Promise<boolean> {
    return this.unitOfWork.run(async (manager) => {
      const key = await manager.findOneBy(AccessKeyEntity, { id });
      if (!key || key.revokedAt) return false;
      await manager.update(AccessKeyEntity, { id }, { revokedAt: at });
      await witness?.(manager, { subject: `key/${id}` });
      return true;
    });
  }

  async touch(ids: readonly string[], at: Date): Promise<void> {
    await this.unitOfWork.run((manager) =>
      manager
        .createQueryBuilder()
        .update(AccessKeyEntity)
        .set({ lastSeenAt: at })
        .where(`id IN (:...ids)`, { ids })
        .execute(),
    );
  }
}

function toKey(row: KeyRow): AccessKey {
  return {
    id: row.id,
    name: row.name,
    scope: row.scope,
    isHistory: Boolean(Number(row.is_history)),
    createdAt: readInstant(row.created_at),
    lastSeenAt: row.last_seen_at === null ? null : readInstant(row.last_seen_at),
    revokedAt: row.revoked_at === null ? null : readInstant(row.revoked_at),
  };
}
