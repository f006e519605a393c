import { hash } from 'node:crypto';

/** What is left out of a comparison: where and when a resource was stored, not what it says. */
const NOT_CONTENT: ReadonlySet<string> = new Set(['id', 'meta']);
/** Whom a result is about is compared apart from what it says. */
const NOT_RESULT: ReadonlySet<string> = new Set(['id', 'meta', 'subject']);
const NOTHING: ReadonlySet<string> = new Set();
const HASH_CHARS = 27;

/** 160 bits of SHA-256 in base64url: the form of all keys. */
export function shortHash(text: string): string {
  return hash('sha256', text, 'base64url').slice(0, HASH_CHARS);
}

/** The comparable hash of a result, apart from whom it is about. */
export function resultHash(resource: object, rename: (reference: string) => string): string {
  return shortHash(writeObject(resource as Record<string, unknown>, rename, NOT_RESULT));
}

/**
 * The content of a resource as one text, the same for the same content whatever the order of its members.
 * @param rename gives a stable name to a reference that only means something within its message (`urn:uuid:`).
 */
export function contentText(resource: object, rename: (reference: string) => string): string {
  return writeObject(resource as Record<string, unknown>, rename, NOT_CONTENT);
}

function write(value: unknown, rename: (reference: string) => string): string {
  switch (typeof value) {
    case 'string':
      // The length says where a text ends: no text can pass for structure.
      return `${value.length}:${value}`;
    case 'object':
      if (value === null) return 'null';
      return Array.isArray(value)
        ? writeList(value, rename)
        : writeObject(value as Record<string, unknown>, rename, NOTHING);
    default:
      return String(value);
  }
}

function writeList(list: readonly unknown[], rename: (reference: string) => string): string {
  let text = '[';
  for (const item of list) text += `${write(item, rename)},`;
  return `${text}]`;
}

function writeObject(
  record: Record<string, unknown>,
  rename: (reference: string) => string,
  without: ReadonlySet<string>,
): string {
  let text = '{';
  for (const key of sortedKeys(record)) {
    if (without.has(key)) continue;
    const member = record[key];
    const shown = key === 'reference' && typeof member === 'string' ? rename(member) : member;
    text += `${key}:${write(shown, rename)},`;
  }
  return `${text}}`;
}

/** Objects of one kind come with the same members in the same order: their sorted order is worked out once. */
const orders = new Map<string, readonly string[]>();
const MOST_ORDERS = 2000;

function sortedKeys(record: Record<string, unknown>): readonly string[] {
  const keys = Object.keys(record);
  if (keys.length < 2) return keys;
  const shape = keys.join('\n');
  const known = orders.get(shape);
  // A name with a line break in it can look like two: then one of the known members is not there.
  if (known?.every((key) => key in record)) return known;
  keys.sort();
  if (!known && orders.size < MOST_ORDERS) orders.set(shape, keys);
  return keys;
}
