import { type EntityManager } from 'typeorm';
import { type Config } from '../config/index.js';
import { DIALECTS, type UnitOfWork } from '../database/index.js';
import { AppError, type Clock } from '../kernel/index.js';
import { DataKeyEntity } from './data-key.entity.js';
import { FIRST, type KeyNumber, readPurpose, type Ring } from './domain/ring.js';
import { makeDataKeys, unwrapKey, Vault, wrapKey } from './vault.js';

const PURPOSES = ['sealing', 'hashing'] as const;
export type Secrets = Pick<Config, 'secretKey' | 'previousSecretKey'>;

/**
 * The vault with the data keys of this database; the first start makes them. A key still wrapped by
 * SECRET_KEY_PREVIOUS is wrapped anew by SECRET_KEY.
 * @throws AppError when neither secret opens the keys: the data could not be read either
 */
export async function openVault(unitOfWork: UnitOfWork, secrets: Secrets, clock: Clock): Promise<Vault> {
  const ring = await unitOfWork.run((manager) => keptKeys(manager, unitOfWork, secrets, clock));
  return new Vault(ring, () => clock.now());
}

/** The ring as it is stored. @throws AppError as `openVault` does */
export async function readRing(manager: EntityManager, secrets: Secrets): Promise<Ring> {
  const rows = await manager.find(DataKeyEntity);
  const [sealing, searching] = [new Map<KeyNumber, Buffer>(), new Map<KeyNumber, Buffer>()];
  const madeAt = new Map<KeyNumber, Date>();
  let hashing: Buffer | null = null;
  for (const row of rows) {
    const purpose = readPurpose(row.purpose);
    if (!purpose) continue;
    const key = await openKey(manager, row, secrets);
    if (purpose.of === 'hashing') hashing = key;
    else (purpose.of === 'sealing' ? sealing : searching).set(purpose.number, key);
    if (purpose.of === 'sealing') madeAt.set(purpose.number, row.createdAt);
  }
  for (const [name, isThere] of Object.entries({ hashing: hashing !== null, sealing: sealing.size > 0 }))
    if (!isThere)
      throw new AppError('internal', `The database has no ${name} key: restore its table data_key.`);
  // Contacts were hashed by the key of identifiers as long as there was but one.
  if (sealing.has(FIRST)) {
    searching.set(FIRST, hashing!);
    madeAt.set(FIRST, new Date(0));
  }
  return { hashing: hashing!, sealing, searching, madeAt };
}

async function keptKeys(
  manager: EntityManager,
  unitOfWork: UnitOfWork,
  secrets: Secrets,
  clock: Clock,
): Promise<Ring> {
  if (!(await manager.existsBy(DataKeyEntity, {}))) await storeNewKeys(manager, unitOfWork, secrets, clock);
  return readRing(manager, secrets);
}

/** Two instances may start at once; the first to insert wins, the other reads what it finds. */
async function storeNewKeys(
  manager: EntityManager,
  unitOfWork: UnitOfWork,
  secrets: Secrets,
  clock: Clock,
): Promise<void> {
  const keys = makeDataKeys();
  const createdAt = clock.now();
  const rows = PURPOSES.map((purpose) => ({
    purpose,
    wrapped: wrapKey(keys[purpose], secrets.secretKey, purpose),
    createdAt,
  }));
  try {
    await manager.insert(DataKeyEntity, rows);
  } catch (error) {
    if (!DIALECTS[unitOfWork.kind].isDuplicateKey(error)) throw error;
  }
}

async function openKey(manager: EntityManager, row: DataKeyEntity, secrets: Secrets): Promise<Buffer> {
  const wrapped = Buffer.from(row.wrapped);
  const key = tryUnwrap(wrapped, secrets.secretKey, row.purpose);
  if (key) return key;
  const older = secrets.previousSecretKey && tryUnwrap(wrapped, secrets.previousSecretKey, row.purpose);
  if (!older) {
    throw new AppError(
      'internal',
      'SECRET_KEY does not open the data keys of this database. Start with the SECRET_KEY it was made with; ' +
        'to change it, give the old one as SECRET_KEY_PREVIOUS.',
    );
  }
  await manager.update(
    DataKeyEntity,
    { purpose: row.purpose },
    { wrapped: wrapKey(older, secrets.secretKey, row.purpose) },
  );
  return older;
}

function tryUnwrap(wrapped: Buffer, secret: string, purpose: string): Buffer | null {
  try {
    return unwrapKey(wrapped, secret, purpose);
  } catch {
    return null;
  }
}
