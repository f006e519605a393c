import { randomFillSync } from 'node:crypto';
import { v7 } from 'uuid';

const BYTES_AN_ID = 16;
/** Random bytes are fetched for many ids at once: one by one they cost more than the rest of a small insert. */
const pool = new Uint8Array(BYTES_AN_ID * 256);
let used = pool.length;
/** Ids of one millisecond rise too. */
let count = 0;

function rng(): Uint8Array {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += BYTES_AN_ID;
  return pool.subarray(used - BYTES_AN_ID, used);
}

/** A new UUIDv7: unique, and rising with time, so that rows stored together lie together. */
export function newId(): string {
  count = (count + 1) >>> 0;
  return v7({ rng, seq: count });
}

/** No id comes after it. */
export const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';
