import { type ErrorKind } from '../domain/next-step.js';
import { notTaken, type Sending } from './channel.js';

const LONGEST_ANSWER = 64 * 1024;

/** An answer, or why there is none. */
export type Posted = { status: number; retryAfterSeconds: number | null; text: string } | { failed: Sending };

/** Posts within a time limit that holds for the answer's last byte too, and follows no redirect. */
export async function post(
  url: string,
  body: string,
  headers: Readonly<Record<string, string>>,
  { limitMs, now }: { limitMs: number; now: () => Date },
): Promise<Posted> {
  try {
    const signal = AbortSignal.timeout(limitMs);
    const answer = await fetch(url, { method: 'POST', body, headers, redirect: 'manual', signal });
    const text = await shortText(answer);
    const retryAfterSeconds = secondsOf(answer.headers.get('retry-after'), now());
    return { status: answer.status, retryAfterSeconds, text };
  } catch (error) {
    return { failed: failureOf(error) };
  }
}

/** Reads no more than anybody has to say. */
async function shortText(answer: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of (answer.body ?? []) as AsyncIterable<Uint8Array>) {
    length += part.length;
    if (length > LONGEST_ANSWER) break;
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

function failureOf(error: unknown): Sending {
  const { name, cause } = error as { name?: unknown; cause?: { code?: unknown } };
  if (name === 'TimeoutError' || name === 'AbortError') return notTaken('timed-out');
  const code = typeof cause?.code === 'string' ? cause.code : null;
  const isCut = code === 'UND_ERR_SOCKET' || code === 'ECONNRESET' || code === 'EPIPE';
  return notTaken(isCut ? 'cut-off' : 'unreachable', { code });
}

/** What a status says of a message that was not taken; null when it was. */
export function refusalOf(status: number, retryAfterSeconds: number | null): Sending | null {
  if (status >= 200 && status < 300) return null;
  const code = String(status);
  const later = (because: ErrorKind): Sending => notTaken(because, { code, retryAfterSeconds });
  if (status === 401 || status === 403) return later('not-authorised');
  if (status === 408 || status === 425 || status === 429 || status >= 500) return later('busy');
  // An address that is wrong, or not there yet: somebody mends it while the message waits.
  if (status < 400 || status === 404 || status === 405 || status === 410) return later('not-configured');
  return notTaken('refused', { code, isFinal: true });
}

/** `Retry-After`: seconds, or an HTTP date. */
export function secondsOf(header: string | null, now: Date): number | null {
  if (header === null) return null;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header);
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, Math.ceil((at - now.getTime()) / 1000));
}
