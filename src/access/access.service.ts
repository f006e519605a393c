import { Inject, Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { type Witness } from '../database/index.js';
import { Clock, newId } from '../kernel/index.js';
import { hashSecret, newSecret } from '../secrets/index.js';
import { type Scope } from './access.entity.js';
import { type AccessKey, AccessRepository } from './access.repository.js';
import { type KeyCaller } from './caller.js';

const PREFIX = 'fc_';

interface Known {
  caller: KeyCaller;
  /** `performance.now()` of the look-up. */
  checkedAt: number;
}

/** How long a look-up is believed: a revoked key is refused at most this much later, on every instance. */
const BELIEVED_MS = 2_000;
/** How often it is written that a feed was heard. */
const TOUCH_EVERY_MS = 10_000;
const LONGEST_SECRET = 128;

/** Makes, revokes and recognises keys. */
@Injectable()
export class AccessService implements OnModuleDestroy {
  readonly #logger = new Logger('Access');
  readonly #known = new Map<string, Known>();
  readonly #heard = new Set<string>();
  #touchedAt = -Infinity;
  #touching: Promise<void> = Promise.resolve();

  constructor(
    @Inject(AccessRepository) private readonly keys: AccessRepository,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Makes a key and returns it with its secret, which can't be shown again. */
  async createKey(
    { name, scope, isHistory = false }: { name: string; scope: Scope; isHistory?: boolean },
    witness?: Witness,
  ): Promise<{ id: string; secret: string }> {
    const secret = newSecret(PREFIX);
    const id = newId();
    const createdAt = this.clock.now();
    const key = { id, name, scope, isHistory, secretHash: hashSecret(secret), createdAt };
    await this.keys.insert({ ...key, lastSeenAt: null, revokedAt: null }, witness);
    return { id, secret };
  }

  /**
   * The feed of a fixed id, made at its first use, for what a process on this machine takes in. It is no key to the
   * door: nobody holds its secret, and it is revoked from the beginning, so that nobody waits to hear from it either.
   */
  async ensureFeed(id: string, name: string): Promise<AccessKey> {
    const known = (await this.keys.list()).find((key) => key.id === id);
    if (known) return known;
    const createdAt = this.clock.now();
    const key = { id, name, scope: 'feed' as const, isHistory: false, createdAt };
    const unusable = { lastSeenAt: null, revokedAt: createdAt };
    await this.keys.insertMissing({ ...key, ...unusable, secretHash: hashSecret(newSecret(PREFIX)) });
    return { ...key, ...unusable };
  }

  list(): Promise<AccessKey[]> {
    return this.keys.list();
  }

  /** Revokes a key; false when there is none in force by this id. Other instances follow within two seconds. */
  async revoke(id: string, witness?: Witness): Promise<boolean> {
    const isRevoked = await this.keys.revoke(id, this.clock.now(), witness);
    this.#known.clear();
    return isRevoked;
  }

  /**
   * The caller behind a secret, null when there is none or it was revoked.
   * @throws AppError `try-again` when the database can't be asked
   */
  async authenticate(secret: string): Promise<KeyCaller | null> {
    if (secret.length > LONGEST_SECRET) return null;
    const hash = hashSecret(secret);
    const known = this.#known.get(hash);
    if (known && performance.now() - known.checkedAt < BELIEVED_MS) return this.#hear(known.caller);
    const key = await this.keys.bySecretHash(hash);
    if (!key || key.revokedAt) {
      this.#known.delete(hash);
      return null;
    }
    const { id, name, scope, isHistory } = key;
    const caller = known?.caller ?? { kind: 'key' as const, id, name, scope, isHistory };
    this.#known.set(hash, { caller, checkedAt: performance.now() });
    return this.#hear(caller);
  }

  async onModuleDestroy(): Promise<void> {
    await this.#touching;
  }

  #hear(caller: KeyCaller): KeyCaller {
    if (caller.scope === 'feed') {
      this.#heard.add(caller.id);
      const now = performance.now();
      if (now - this.#touchedAt > TOUCH_EVERY_MS) {
        this.#touchedAt = now;
        this.#touching = this.#writeHeard();
      }
    }
    return caller;
  }

  /** Beside the request, and of no consequence to it. */
  async #writeHeard(): Promise<void> {
    const ids = [...this.#heard];
    this.#heard.clear();
    try {
      await this.keys.touch(ids, this.clock.now());
    } catch (error) {
      this.#logger.warn(`could not note when feeds were last heard: ${(error as Error).message}`);
    }
  }
}
