import { createHash, randomBytes } from 'node:crypto';

const SECRET_BYTES = 32;
const HASH_CHARS = 27;

/** A new secret of 256 random bits, to be shown once and never stored. */
export function newSecret(prefix = ''): string {
  return prefix + randomBytes(SECRET_BYTES).toString('base64url');
}

/** What is stored of a random secret: 256 random bits can't be searched through, so a plain hash is enough. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url').slice(0, HASH_CHARS);
}
