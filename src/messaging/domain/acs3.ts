import { createHash, createHmac } from 'node:crypto';

const ALGORITHM = 'ACS3-HMAC-SHA256';

export interface SignedCall {
  method: 'POST';
  path: string;
  query: Readonly<Record<string, string>>;
  /** Everything that is signed, by lower-case name: `host`, `x-acs-…`, and what else must not be changed on the way. */
  headers: Readonly<Record<string, string>>;
  body: string;
}

/**
 * The Authorization header of the signature that the large Chinese clouds use (Alibaba Cloud, version 3): HMAC-SHA256
 * over a canonical request that holds time and nonce.
 * Source: https://help.aliyun.com/zh/sdk/product-overview/v3-request-structure-and-signature
 * @param call its `x-acs-content-sha256` must be the hash of the body: `contentHash`
 */
export function authorization(call: SignedCall, key: { id: string; secret: string }): string {
  const names = Object.keys(call.headers).sort();
  const signed = names.join(';');
  const canonical = [
    call.method,
    call.path,
    canonicalQuery(call.query),
    ...names.map((name) => `${name}:${call.headers[name]!.trim()}`),
    '',
    signed,
    contentHash(call.body),
  ].join('\n');
  const wanted = `${ALGORITHM}\n${createHash('sha256').update(canonical).digest('hex')}`;
  const signature = createHmac('sha256', key.secret).update(wanted).digest('hex');
  return `${ALGORITHM} Credential=${key.id},SignedHeaders=${signed},Signature=${signature}`;
}

export function contentHash(body: string): string {
  return createHash('sha256').update(body).digest('hex');
}

/** Sorted by name, percent-encoded as RFC 3986 has it. */
export function canonicalQuery(query: Readonly<Record<string, string>>): string {
  return Object.keys(query)
    .sort()
    .map((name) => `${encoded(name)}=${encoded(query[name]!)}`)
    .join('&');
}

function encoded(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
