import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Signatures of Standard Webhooks (https://www.standardwebhooks.com): HMAC-SHA256 over `id.timestamp.body`, so that
 * receivers verify with a library of their language. Ours are verified and made alike.
 */
export interface WebhookHeaders {
  'webhook-id': string;
  /** Unix time in seconds. */
  'webhook-timestamp': string;
  /** `v1,BASE64`; several, one space apart, while a secret is being changed. */
  'webhook-signature': string;
}

/** How far a timestamp may be off, both ways. Older requests may have been recorded and sent again. */
export const TOLERANCE_SECONDS = 300;
const MOST_SIGNATURES = 10;

/** The headers that go with a body. */
export function sign(id: string, body: string | Buffer, secret: string, now: Date): WebhookHeaders {
  const timestamp = String(Math.floor(now.getTime() / 1000));
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${signature(id, timestamp, body, secret).toString('base64')}`,
  };
}

/**
 * Why a request is not believed; null when it is.
 * @param headers by lower-case name
 */
export function doubt(
  headers: object,
  body: string | Buffer,
  secret: string,
  now: Date,
): 'unsigned' | 'old' | 'wrong' | null {
  const {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signatures,
  } = headers as Partial<Record<keyof WebhookHeaders, unknown>>;
  if (typeof id !== 'string' || typeof timestamp !== 'string' || typeof signatures !== 'string')
    return 'unsigned';
  if (!/^[\w.:-]{1,128}$/.test(id) || !/^\d{1,12}$/.test(timestamp)) return 'unsigned';
  if (Math.abs(now.getTime() / 1000 - Number(timestamp)) > TOLERANCE_SECONDS) return 'old';
  const right = signature(id, timestamp, body, secret);
  const isRight = signatures
    .split(' ')
    .slice(0, MOST_SIGNATURES)
    .map((each) => /^v1,([A-Za-z0-9+/]{43}=)$/.exec(each)?.[1])
    .some((each) => each !== undefined && timingSafeEqual(Buffer.from(each, 'base64'), right));
  return isRight ? null : 'wrong';
}

/** `whsec_BASE64` as the standard has it; any other text is the key itself. */
function keyOf(secret: string): Buffer {
  return secret.startsWith('whsec_')
    ? Buffer.from(secret.slice('whsec_'.length), 'base64')
    : Buffer.from(secret);
}

function signature(id: string, timestamp: string, body: string | Buffer, secret: string): Buffer {
  return createHmac('sha256', keyOf(secret)).update(`${id}.${timestamp}.`).update(body).digest();
}
