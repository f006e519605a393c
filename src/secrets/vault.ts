import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const FORMAT = 1;
/** 160 bits: no two of a hospital's identifiers will meet. */
const HASH_CHARS = 27;

/** The two data keys. They are random, kept in the database, and wrapped by a key derived from SECRET_KEY. */
export interface DataKeys {
  sealing: Buffer;
  hashing: Buffer;
}

/** Encrypts what must not be read from the disk, and hashes what must be found again without being read. */
export class Vault {
  constructor(private readonly keys: DataKeys) {}

  /** AES-256-GCM, bound to its place (`context`), so that a sealed value copied elsewhere does not open. */
  seal(plain: Buffer, context: string): Buffer {
    return encrypt(this.keys.sealing, plain, context);
  }

  /** @throws Error when the value was changed, belongs elsewhere or was sealed with another key. */
  open(sealed: Buffer, context: string): Buffer {
    return decrypt(this.keys.sealing, sealed, context);
  }

  /** The keyed hash under which a phone number or identifier is found. */
  hash(text: string): string {
    return createHmac('sha256', this.keys.hashing).update(text).digest('base64url').slice(0, HASH_CHARS);
  }
}

/** A new pair of data keys. */
export function makeDataKeys(): DataKeys {
  return { sealing: randomBytes(32), hashing: randomBytes(32) };
}

/** Wraps a data key for storage; a change of SECRET_KEY rewraps it and touches no data. */
export function wrapKey(key: Buffer, secretKey: string, purpose: string): Buffer {
  return encrypt(wrappingKey(secretKey), key, purpose);
}

/** @throws Error when the secret is not the one that wrapped the key. */
export function unwrapKey(wrapped: Buffer, secretKey: string, purpose: string): Buffer {
  return decrypt(wrappingKey(secretKey), wrapped, purpose);
}

function wrappingKey(secretKey: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secretKey, 'firstcall', 'data key wrapping', 32));
}

function encrypt(key: Buffer, plain: Buffer, context: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, nonce).setAAD(Buffer.from(context));
  const body = cipher.update(plain);
  return Buffer.concat([Buffer.of(FORMAT), nonce, body, cipher.final(), cipher.getAuthTag()]);
}

function decrypt(key: Buffer, sealed: Buffer, context: string): Buffer {
  if (sealed[0] !== FORMAT) throw new Error('sealed value of an unknown format');
  const nonce = sealed.subarray(1, 1 + NONCE_BYTES);
  const tag = sealed.subarray(sealed.length - TAG_BYTES);
  const decipher = createDecipheriv(ALGORITHM, key, nonce).setAAD(Buffer.from(context)).setAuthTag(tag);
  const body = decipher.update(sealed.subarray(1 + NONCE_BYTES, sealed.length - TAG_BYTES));
  return Buffer.concat([body, decipher.final()]);
}
