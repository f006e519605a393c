import { randomBytes } from 'node:crypto';
import { Algorithm, hash, verify } from '@node-rs/argon2';
import { Injectable } from '@nestjs/common';
import { AppError } from '../kernel/index.js';

/** OWASP Password Storage Cheat Sheet: argon2id with 19 MiB, 2 passes, 1 lane. */
const ARGON2ID = {
  algorithm: 2 satisfies Algorithm.Argon2id as Algorithm,
  memoryCost: 19_456,
  timeCost: 2,
  parallelism: 1,
};
/** Each takes a processor and 19 MiB: results that come in go first. */
const MOST_AT_ONCE = 2;
const MOST_WAITING = 200;

/** Hashes and checks passwords, a few at a time. */
@Injectable()
export class Passwords {
  #free = MOST_AT_ONCE;
  readonly #waiting: (() => void)[] = [];
  #nobodys: Promise<string> | null = null;

  /** @throws AppError `try-again` when too many wait */
  hash(password: string): Promise<string> {
    return this.#inTurn(() => hash(password.normalize('NFC'), ARGON2ID));
  }

  /**
   * Takes the same time whether there is a password to compare with or not.
   * @throws AppError `try-again` when too many wait
   */
  async isRight(hashed: string | null, password: string): Promise<boolean> {
    this.#nobodys ??= hash(randomBytes(16).toString('hex'), ARGON2ID);
    const against = hashed ?? (await this.#nobodys);
    const isSame = await this.#inTurn(() => verify(against, password.normalize('NFC')));
    return isSame && hashed !== null;
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free--;
    else {
      if (this.#waiting.length >= MOST_WAITING) throw new AppError('try-again', 'Too many sign in at once.');
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#free++;
    }
  }
}
