import { v7 } from 'uuid';

/** A new UUIDv7: unique, and rising with time, so that rows stored together lie together. */
export function newId(): string {
  return v7();
}
