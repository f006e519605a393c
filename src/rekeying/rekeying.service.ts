import { Inject, Injectable } from '@nestjs/common';
import { SEALED_ACCOUNTS } from '../accounts/index.js';
import { SEALED_LEVELS } from '../assessment/index.js';
import { type Witness } from '../database/index.js';
import { SEALED_MESSAGES } from '../messaging/index.js';
import { SEALED_PEOPLE } from '../people/index.js';
import { KeyRing, KNOWN_AFTER_MS, type KeyNumber, SETTLED_AFTER_MS, Vault } from '../secrets/index.js';
import { SealedRows } from './sealed-rows.js';

/** Every column that is sealed, as the rooms tell theirs: small ones first. */
export const SEALED_COLUMNS = [...SEALED_ACCOUNTS, ...SEALED_LEVELS, ...SEALED_MESSAGES, ...SEALED_PEOPLE];

export interface Rotation {
  /** Waits until an instant. */
  wait: (until: Date) => Promise<void>;
  /** How much is to be done, once it is known. */
  begin: (total: number) => void;
  advance: (rows: number) => void;
  witness: Witness;
}

export interface Rotated {
  /** The key by which everything is sealed now. */
  key: KeyNumber;
  /** A rotation that was cut off has been gone on with. */
  isResumed: boolean;
  resealed: number;
  retired: KeyNumber[];
}

/**
 * Puts a new data key in the place of the old one. All that is known of how far it has come is in the rows themselves:
 * each says by which key it was made. So it may be cut off anywhere, and run again.
 */
@Injectable()
export class RekeyingService {
  constructor(
    @Inject(KeyRing) private readonly ring: KeyRing,
    @Inject(Vault) private readonly vault: Vault,
    @Inject(SealedRows) private readonly rows: SealedRows,
  ) {}

  async rotate({ wait, begin, advance, witness }: Rotation): Promise<Rotated> {
    await this.ring.look();
    const isResumed = this.#numbers().length > 1;
    const key = isResumed ? Math.max(...this.#numbers()) : await this.ring.add(witness);
    const madeAt = this.vault.ring.madeAt.get(key)!.getTime();
    // Until then it is read by every instance and written by none.
    await wait(new Date(madeAt + KNOWN_AFTER_MS));
    begin(await this.#left(key));
    let resealed = await this.#pass(key, advance);
    // Until then an instance may still be writing by the key before; both are looked for meanwhile.
    await wait(new Date(madeAt + SETTLED_AFTER_MS));
    resealed += await this.#pass(key, advance);
    return { key, isResumed, resealed, retired: await this.retireUnused(key, witness) };
  }

  /** Forgets every key but this one, unless anything is still sealed or found by another. @returns those that are gone */
  async retireUnused(key: KeyNumber, witness: Witness): Promise<KeyNumber[]> {
    if ((await this.#left(key)) > 0) return [];
    const retired = this.#numbers().filter((one) => one !== key);
    for (const number of retired) await this.ring.retire(number, witness);
    return retired;
  }

  #numbers(): KeyNumber[] {
    return [...this.vault.ring.sealing.keys()];
  }

  async #left(key: KeyNumber): Promise<number> {
    let left = 0;
    for (const column of SEALED_COLUMNS) left += await this.rows.left(column, key);
    return left;
  }

  async #pass(key: KeyNumber, advance: (rows: number) => void): Promise<number> {
    let done = 0;
    for (const column of SEALED_COLUMNS) {
      for (let after: string | null = ''; after !== null;) {
        const { count, next }: { count: number; next: string | null } = await this.rows.batch(
          column,
          key,
          after,
        );
        done += count;
        if (count > 0) advance(count);
        after = next;
      }
    }
    return done;
  }
}
