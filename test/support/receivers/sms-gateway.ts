import { authorization, contentHash } from '../../../src/messaging/domain/acs3.js';
import { type Behaviour, type Received } from './http-receiver.js';

export const GATEWAY_KEY = { id: 'TestKeyId', secret: 'a secret of the test gateway' };

/** What a gateway was asked to send. */
export function smsOf({ body }: Received): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(body));
}

/** A gateway that checks the signature as the large providers do, and sends one `OutId` once. */
export function honestGateway(sent: Map<string, Record<string, string>>): (request: Received) => Behaviour {
  return (request) => {
    const fault = signatureFault(request);
    if (fault) return refused(fault, 403);
    const sms = smsOf(request);
    sent.set(sms.OutId!, sent.get(sms.OutId!) ?? sms);
    return accepted(`biz-${sms.OutId}`);
  };
}

export function accepted(bizId: string): Behaviour {
  return { status: 200, body: JSON.stringify({ Code: 'OK', Message: 'OK', BizId: bizId, RequestId: 'r' }) };
}

export function refused(code: string, status = 200): Behaviour {
  return { status, body: JSON.stringify({ Code: code, Message: 'about 13800004471', RequestId: 'r' }) };
}

export function signatureFault({ path, headers, body }: Received): string | null {
  const names = /SignedHeaders=([^,]+)/.exec(headers.authorization ?? '')?.[1]?.split(';') ?? [];
  for (const name of [
    'host',
    'x-acs-date',
    'x-acs-signature-nonce',
    'x-acs-content-sha256',
    'x-acs-action',
  ]) {
    if (!names.includes(name)) return 'IncompleteSignature';
  }
  if (headers['x-acs-content-sha256'] !== contentHash(body)) return 'SignatureDoesNotMatch';
  const signed = Object.fromEntries(names.map((name) => [name, String(headers[name])]));
  const right = authorization({ method: 'POST', path, query: {}, headers: signed, body }, GATEWAY_KEY);
  return headers.authorization === right ? null : 'SignatureDoesNotMatch';
}
