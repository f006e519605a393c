import { createHash } from 'node:crypto';

/** What is left out of a comparison: where and when a resource was stored, not what it says. */
const NOT_CONTENT = new Set(['id', 'meta']);
const HASH_CHARS = 27;

/** 160 bits of SHA-256 in base64url: the form of all keys. */
export function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, HASH_CHARS);
}

/**
 * The content of a resource as one text, the same for the same content whatever the order of its members.
 * @param rename gives a stable name to a reference that only means something within its message (`urn:uuid:`).
 */
export function contentText(resource: object, rename: (reference: string) => string): string {
  const kept: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(resource)) if (!NOT_CONTENT.has(key)) kept[key] = value;
  return write(kept, rename);
}

function write(value: unknown, rename: (reference: string) => string): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((item) => write(item, rename)).join(',')}]`;
  const record = value as Record<string, unknown>;
  let text = '{';
  for (const key of Object.keys(record).sort()) {
    const member = record[key];
    const shown =
      key === 'reference' && typeof member === 'string'
        ? JSON.stringify(rename(member))
        : write(member, rename);
    text += `${text.length > 1 ? ',' : ''}"${key}":${shown}`;
  }
  return `${text}}`;
}
