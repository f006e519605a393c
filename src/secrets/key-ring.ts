import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import { In } from 'typeorm';
import { type Config, CONFIG } from '../config/index.js';
import { DIALECTS, Reader, UnitOfWork, type Witness } from '../database/index.js';
import { Clock } from '../kernel/index.js';
import { DataKeyEntity } from './data-key.entity.js';
import { type KeyNumber, LOOK_EVERY_MS, purposeOf } from './domain/ring.js';
import { readRing } from './vault.provider.js';
import { Vault, wrapKey } from './vault.js';

/** Keeps the vault's keys as the database has them: another instance, or a command, may add and retire some. */
@Injectable()
export class KeyRing implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #logger = new Logger('KeyRing');
  #timer: NodeJS.Timeout | null = null;
  #looking: Promise<void> = Promise.resolve();

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
    @Inject(Reader) private readonly reader: Reader,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Vault) private readonly vault: Vault,
  ) {}

  onApplicationBootstrap(): void {
    this.#timer = setInterval(() => {
      this.#looking = this.#tryToLook();
    }, LOOK_EVERY_MS);
    this.#timer.unref();
  }

  async onModuleDestroy(): Promise<void> {
    if (this.#timer) clearInterval(this.#timer);
    await this.#looking;
  }

  /** Takes what the database has, where it is not what is held. */
  async look(): Promise<void> {
    const rows = await this.reader.query<{ purpose: string }>('SELECT purpose FROM data_key');
    const { sealing, searching } = this.vault.ring;
    const held = [
      'hashing',
      ...[...sealing.keys()].map((number) => purposeOf('sealing', number)),
      ...[...searching.keys()].filter((number) => number > 1).map((number) => purposeOf('searching', number)),
    ];
    const isSame = rows.length === held.length && rows.every(({ purpose }) => held.includes(purpose));
    if (isSame) return;
    this.vault.take(await this.work.run((manager) => readRing(manager, this.config)));
  }

  /** Makes the next key, for all to know. Of several who do so at once, one does. */
  async add(witness: Witness): Promise<KeyNumber> {
    const number = Math.max(...this.vault.ring.sealing.keys()) + 1;
    const createdAt = this.clock.now();
    const rows = (['sealing', 'searching'] as const).map((of) => {
      const purpose = purposeOf(of, number);
      return { purpose, wrapped: wrapKey(randomBytes(32), this.config.secretKey, purpose), createdAt };
    });
    try {
      await this.work.run(async (manager) => {
        await manager.insert(DataKeyEntity, rows);
        await witness(manager, { action: 'data key made', detail: `key ${number}` });
      });
    } catch (error) {
      if (!DIALECTS[this.work.kind].isDuplicateKey(error)) throw error;
    }
    await this.look();
    return number;
  }

  /** Forgets a key by which nothing is sealed and nothing found any more. */
  async retire(number: KeyNumber, witness: Witness): Promise<void> {
    const purposes = (['sealing', 'searching'] as const).map((of) => purposeOf(of, number));
    await this.work.run(async (manager) => {
      const { affected } = await manager.delete(DataKeyEntity, { purpose: In(purposes) });
      if (affected) await witness(manager, { action: 'data key retired', detail: `key ${number}` });
    });
    await this.look();
  }

  async #tryToLook(): Promise<void> {
    try {
      await this.look();
    } catch (error) {
      this.#logger.warn(`could not look for data keys: ${(error as Error).message}`);
    }
  }
}
