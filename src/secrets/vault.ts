import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { FIRST, firstRing, type KeyNumber, prefixOf, type Ring, writing } from './domain/ring.js';

const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** Of a value sealed by the first key, as all were before there were others. */
const BY_FIRST = 1;
/** Followed by the number of its key, in two bytes. */
const BY_NUMBER = 2;
/** 160 bits: no two of a hospital's identifiers will meet. */
const HASH_CHARS = 27;

/** The two data keys of a new database. They are random, kept in the database, and wrapped by a key derived from SECRET_KEY. */
export interface DataKeys {
  sealing: Buffer;
  hashing: Buffer;
}

/** Encrypts what must not be read from the disk, and hashes what must be found again without being read. */
export class Vault {
  #ring: Ring;

  /** @param now says when a new key is in force everywhere */
  constructor(
    keys: Ring | DataKeys,
    private readonly now: () => Date = () => new Date(8.64e15),
  ) {
    this.#ring =
      'sealing' in keys && Buffer.isBuffer(keys.sealing) ? firstRing(keys as DataKeys) : (keys as Ring);
  }

  /** Another key was made, or an old one retired. */
  take(ring: Ring): void {
    this.#ring = ring;
  }

  get ring(): Ring {
    return this.#ring;
  }

  /** AES-256-GCM, bound to its place (`context`), so that a sealed value copied elsewhere does not open. */
  seal(plain: Buffer, context: string): Buffer {
    const number = writing(this.#ring, this.now());
    return encrypt(this.#ring.sealing.get(number)!, plain, context, headOf(number));
  }

  /** @throws Error when the value was changed, belongs elsewhere or was sealed with another key. */
  open(sealed: Buffer, context: string): Buffer {
    const number = numberOf(sealed);
    const key = this.#ring.sealing.get(number);
    if (!key) throw new Error(`sealed with key ${number}, which is not in the ring`);
    return decrypt(key, sealed, context, headOf(number).length);
  }

  /** The keyed hash under which an identifier is known. Its key is never changed: what waits for its person is told apart by it. */
  hash(text: string): string {
    return keyedHash(this.#ring.hashing, text).slice(0, HASH_CHARS);
  }

  /** The keyed hash under which a contact is found, by the key in force; it begins with the key's number. */
  searchHash(text: string): string {
    return this.#searchHash(writing(this.#ring, this.now()), text);
  }

  /** The same by every key of the ring: until all are rehashed, what is looked for may be under any of them. */
  searchHashes(text: string): string[] {
    return [...this.#ring.searching.keys()].map((number) => this.#searchHash(number, text));
  }

  #searchHash(number: KeyNumber, text: string): string {
    const prefix = prefixOf(number);
    return prefix + keyedHash(this.#ring.searching.get(number)!, text).slice(0, HASH_CHARS - prefix.length);
  }
}

/** A new pair of data keys. */
export function makeDataKeys(): DataKeys {
  return { sealing: randomBytes(32), hashing: randomBytes(32) };
}

/** Wraps a data key for storage; a change of SECRET_KEY rewraps it and touches no data. */
export function wrapKey(key: Buffer, secretKey: string, purpose: string): Buffer {
  return encrypt(wrappingKey(secretKey), key, purpose, headOf(FIRST));
}

/** @throws Error when the secret is not the one that wrapped the key. */
export function unwrapKey(wrapped: Buffer, secretKey: string, purpose: string): Buffer {
  return decrypt(wrappingKey(secretKey), wrapped, purpose, headOf(FIRST).length);
}

/** How everything sealed by a key begins: also what a database is asked by. */
export function headOf(number: KeyNumber): Buffer {
  return number === FIRST ? Buffer.of(BY_FIRST) : Buffer.of(BY_NUMBER, number >> 8, number & 0xff);
}

function numberOf(sealed: Buffer): KeyNumber {
  if (sealed[0] === BY_FIRST) return FIRST;
  if (sealed[0] === BY_NUMBER && sealed.length > 3) return sealed.readUInt16BE(1);
  throw new Error('sealed value of an unknown format');
}

function keyedHash(key: Buffer, text: string): string {
  return createHmac('sha256', key).update(text).digest('base64url');
}

function wrappingKey(secretKey: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secretKey, 'firstcall', 'data key wrapping', 32));
}

/** Random bytes for nonces to come: asking the system for a few at a time costs more than encrypting. */
let nonces = Buffer.alloc(0);

function freshNonce(): Buffer {
  if (nonces.length < NONCE_BYTES) nonces = randomBytes(NONCE_BYTES * 512);
  const nonce = nonces.subarray(0, NONCE_BYTES);
  nonces = nonces.subarray(NONCE_BYTES);
  return nonce;
}

function encrypt(key: Buffer, plain: Buffer, context: string, head: Buffer): Buffer {
  const nonce = freshNonce();
  const cipher = createCipheriv(ALGORITHM, key, nonce).setAAD(Buffer.from(context));
  const body = cipher.update(plain);
  return Buffer.concat([head, nonce, body, cipher.final(), cipher.getAuthTag()]);
}

function decrypt(key: Buffer, sealed: Buffer, context: string, headBytes: number): Buffer {
  if (sealed[0] !== BY_FIRST && sealed[0] !== BY_NUMBER) throw new Error('sealed value of an unknown format');
  const from = headBytes + NONCE_BYTES;
  const nonce = sealed.subarray(headBytes, from);
  const tag = sealed.subarray(sealed.length - TAG_BYTES);
  const decipher = createDecipheriv(ALGORITHM, key, nonce).setAAD(Buffer.from(context)).setAuthTag(tag);
  const body = decipher.update(sealed.subarray(from, sealed.length - TAG_BYTES));
  return Buffer.concat([body, decipher.final()]);
}
