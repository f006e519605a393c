import { randomUUID } from 'node:crypto';
import { type MessagingConfig } from '../../config/index.js';
import { type Clock } from '../../kernel/index.js';
import { authorization, contentHash } from '../domain/acs3.js';
import { type MessageChannel, NOT_SET_UP, notTaken, type Outgoing, type Sending } from './channel.js';
import { codeIn } from '../domain/provider-words.js';
import { post, refusalOf } from './http-post.js';

/** What gateways answer with a code; as recalled from their lists of errors. What is not among them is tried again. */
const BUSY =
  /^(?:Throttling|isp\.|SYSTEM_ERROR|isv\.(?:BUSINESS_LIMIT_CONTROL|SYSTEM_ERROR|DAY_LIMIT_CONTROL))/;
const ACCOUNT =
  /^(?:isv\.(?:AMOUNT_NOT_ENOUGH|OUT_OF_SERVICE|ACCOUNT_|PRODUCT_UN)|InvalidAccessKeyId|SignatureDoesNotMatch|SignatureNonceUsed|Forbidden|IncompleteSignature|InvalidTimeStamp)/;
const ADDRESS = /^isv\.(?:MOBILE_NUMBER_ILLEGAL|MOBILE_COUNT_OVER_LIMIT|DENY_IP_RANGE|BLACK_LIST)/;
const CONTENT = /^isv\.(?:SMS_|TEMPLATE_|PARAM_|INVALID_PARAMETERS|INVALID_JSON|BLACK_KEY)/;

/**
 * SMS by an HTTP gateway in the way of the large Chinese providers: `SendSms` with a signed request. Number and
 * parameters travel in the body, so that no address line anywhere holds them. `OutId` and `idempotency-key` are the
 * message's id: a gateway that honours either sends it once however often it is asked.
 */
export class SmsChannel implements MessageChannel {
  constructor(
    private readonly config: MessagingConfig['sms'],
    private readonly clock: Clock,
    private readonly limitMs: number,
  ) {}

  get isSetUp(): boolean {
    return this.config !== null;
  }

  async send({ id, address, content, template, language }: Outgoing): Promise<Sending> {
    if (!this.config) return NOT_SET_UP;
    const { url, keyId, keySecret, signName } = this.config;
    const { host, pathname } = new URL(url);
    const body = new URLSearchParams({
      PhoneNumbers: address,
      SignName: signName,
      TemplateCode: content.code ?? `${template}-${language}`,
      TemplateParam: JSON.stringify(content.values),
      OutId: id,
    }).toString();
    const signed = {
      host,
      'content-type': 'application/x-www-form-urlencoded',
      'idempotency-key': id,
      'x-acs-action': 'SendSms',
      'x-acs-content-sha256': contentHash(body),
      'x-acs-date': this.clock
        .now()
        .toISOString()
        .replace(/\.\d+Z$/, 'Z'),
      'x-acs-signature-nonce': randomUUID(),
      'x-acs-version': '2017-05-25',
    };
    const call = { method: 'POST' as const, path: pathname, query: {}, headers: signed, body };
    const { host: _host, ...sent } = signed;
    const headers = { ...sent, authorization: authorization(call, { id: keyId, secret: keySecret }) };
    const posted = await post(url, body, headers, { limitMs: this.limitMs, now: () => this.clock.now() });
    if ('failed' in posted) return posted.failed;
    const answer = answerOf(posted.text);
    // A code says more than the status that it comes with.
    if (answer?.Code !== null && answer?.Code !== undefined && answer.Code !== 'OK')
      return refusedWith(answer.Code, posted.retryAfterSeconds);
    const refusal = refusalOf(posted.status, posted.retryAfterSeconds);
    if (refusal) return refusal;
    if (answer?.Code !== 'OK') return notTaken('unclear', { code: String(posted.status) });
    return { taken: true, providerId: answer.BizId };
  }
}

function refusedWith(code: string, retryAfterSeconds: number | null): Sending {
  if (ACCOUNT.test(code)) return notTaken('not-authorised', { code, retryAfterSeconds });
  if (ADDRESS.test(code)) return notTaken('bad-address', { code, isFinal: true });
  if (CONTENT.test(code)) return notTaken('bad-content', { code, isFinal: true });
  // Of a code that nobody knows, trying again is the smaller harm.
  return notTaken(BUSY.test(code) ? 'busy' : 'unclear', { code, retryAfterSeconds });
}

function answerOf(text: string): { Code: string | null; BizId: string | null } | null {
  try {
    const { Code, BizId } = JSON.parse(text) as Record<string, unknown>;
    return { Code: codeIn(word(Code)), BizId: word(BizId) };
  } catch {
    return null;
  }
}

/** Nothing that a server wrote in sentences is kept. */
function word(value: unknown): string | null {
  return typeof value === 'string' && /^[\w.:^-]{1,64}$/.test(value) ? value : null;
}
