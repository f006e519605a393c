import type { components } from './schema';

export type Schemas = components['schemas'];
export type Session = Schemas['SessionShown'];
export type QueueItem = Schemas['QueueItem'];
export type QueuePage = Schemas['QueuePage'];
export type TaskDetail = Schemas['TaskDetail'];
export type Finding = Schemas['FindingShown'];
export type Contact = Schemas['ContactShown'];
export type CallShown = Schemas['CallShown'];
export type CallBody = Schemas['CallBody'];

/** The service said no: `status` 0 is that it could not be reached. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    detail: string,
    /** The field or part that it speaks of. */
    readonly path: string | null,
    readonly retryAfterSeconds: number | null,
  ) {
    super(detail);
  }

  get isOffline(): boolean {
    return this.status === 0 || this.status === 502 || this.status === 504;
  }

  /** What can be read out on the phone to whoever looks for it in the log. */
  get reference(): string {
    return /\bas ([0-9a-f]{8})\b/.exec(this.message)?.[1]?.toUpperCase() ?? String(this.status);
  }
}

interface Asked {
  body?: unknown;
  /** Nobody did anything: the page looks again by itself, which keeps nobody signed in. */
  isByItself?: boolean;
  signal?: AbortSignal;
  headers?: Record<string, string>;
  /** How long the answer may take. */
  longestMs?: number;
}

const LONGEST_WAIT_MS = 20_000;

/** What the page has to send with every change, once somebody is signed in. */
let token: string | null = null;
export function keepToken(given: string | null): void {
  token = given;
}

/* The page's only clock: what is shown is the service's time. */
/* eslint-disable no-restricted-syntax */
/** When the clock of the service is ahead of this computer's, in milliseconds. */
let ahead = 0;
export function keepClock(now: string): void {
  ahead = Date.parse(now) - Date.now();
}

export function serviceNow(): number {
  return Date.now() + ahead;
}

/** A moment of this computer's clock, by the service's. */
export function inServiceTime(at: number): number {
  return at + ahead;
}
/* eslint-enable no-restricted-syntax */

/**
 * Asks the service.
 * @throws Refusal
 */
export async function ask<T>(
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  asked: Asked = {},
): Promise<T> {
  const { body, isByItself, signal, headers, longestMs = LONGEST_WAIT_MS } = asked;
  const limits = [AbortSignal.timeout(longestMs), ...(signal ? [signal] : [])];
  let answer: Response;
  try {
    answer = await fetch(path, {
      method,
      signal: AbortSignal.any(limits),
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(isByItself && { 'x-firstcall-by-itself': '1' }),
        ...(token !== null && method !== 'GET' && { 'x-firstcall-token': token }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Refusal(0, 'not reached', null, null);
  }
  if (answer.status === 204) return undefined as T;
  const read: unknown = await answer.json().catch(() => null);
  if (answer.ok) return read as T;
  throw refusalOf(answer, read);
}

function refusalOf(answer: Response, read: unknown): Refusal {
  const { detail, errors } = (read ?? {}) as { detail?: string; errors?: { path?: string }[] };
  const wait = Number(answer.headers.get('retry-after'));
  return new Refusal(answer.status, detail ?? '', errors?.[0]?.path ?? null, wait > 0 ? wait : null);
}
