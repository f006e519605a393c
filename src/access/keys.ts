import { createHash, randomBytes } from 'node:crypto';

const PREFIX = 'fc_';
const SECRET_BYTES = 32;
const HASH_CHARS = 27;

/** A new machine key; it is shown once and never stored. */
export function newSecret(): string {
  return PREFIX + randomBytes(SECRET_BYTES).toString('base64url');
}

/** What is stored of a key. A key is 256 random bits, so a plain hash can't be searched through. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url').slice(0, HASH_CHARS);
}
