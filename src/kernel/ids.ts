import { randomFillSync } from 'node:crypto';
import { v7 } from 'uuid';
import { SystemClock } from './clock.js';

const BYTES_AN_ID = 16;
/** Random bytes are fetched for many ids at once: one by one they cost more than the rest of a small insert. */
const pool = new Uint8Array(BYTES_AN_ID * 256);
let used = pool.length;
const random = new Uint8Array(BYTES_AN_ID);
const bytes = new Uint8Array(BYTES_AN_ID);
/** Ids of one millisecond rise too. */
let count = 0;
/** Ids rise with the machine's own time, whatever clock the service is given. */
const wall = new SystemClock();
/** The time of the latest id. */
let latest = 0;
/** A clock that was further ahead than this was never right: ids go back with it. */
const MOST_AHEAD_MS = 24 * 60 * 60_000;

function rng(): Uint8Array {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  for (let i = 0; i < BYTES_AN_ID; i++) random[i] = pool[used++]!;
  return random;
}

/**
 * A new UUIDv7: unique, and rising with time, so that rows stored together lie together. It rises where the clock is set
 * back too: what a process noted later comes later in every list.
 */
export function newId(): string {
  count = (count + 1) >>> 0;
  const now = wall.now().getTime();
  if (now > latest || latest - now > MOST_AHEAD_MS) latest = now;
  return textOf(v7({ rng, seq: count, msecs: latest }, bytes));
}

/** 8-4-4-4-12 hexadecimal digits. Put together from pieces, as the library does, an id is a kilobyte of garbage. */
const text = Buffer.from('00000000-0000-0000-0000-000000000000');
const DIGITS = Buffer.from('0123456789abcdef');
const DASH = text[8];

function textOf(id: Uint8Array): string {
  let at = 0;
  for (let i = 0; i < BYTES_AN_ID; i++) {
    if (text[at] === DASH) at++;
    text[at++] = DIGITS[id[i]! >> 4]!;
    text[at++] = DIGITS[id[i]! & 15]!;
  }
  return text.toString('latin1');
}

/** No id comes after it. */
export const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';
