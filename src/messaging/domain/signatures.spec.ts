import fc from 'fast-check';
import { authorization, canonicalQuery, contentHash } from './acs3.js';
import { doubt, sign, TOLERANCE_SECONDS } from './webhook-signature.js';

describe('a signed call of an SMS gateway', () => {
  // The worked example of https://help.aliyun.com/zh/sdk/product-overview/v3-request-structure-and-signature
  const example = {
    method: 'POST' as const,
    path: '/',
    query: { RegionId: 'cn-shanghai', ImageId: 'win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd' },
    headers: {
      host: 'ecs.cn-shanghai.aliyuncs.com',
      'x-acs-action': 'RunInstances',
      'x-acs-content-sha256': contentHash(''),
      'x-acs-date': '2023-10-26T10:22:32Z',
      'x-acs-signature-nonce': '3156853299f313e23d1673dc12e1703d',
      'x-acs-version': '2014-05-26',
    },
    body: '',
  };
  const key = { id: 'YourAccessKeyId', secret: 'YourAccessKeySecret' };

  it('is signed as the published example', () => {
    expect(authorization(example, key)).toBe(
      'ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0',
    );
  });

  it('is another for another body, time, nonce, query or secret', () => {
    const { headers } = example;
    const all = [
      authorization(example, key),
      authorization({ ...example, body: 'x' }, key),
      authorization({ ...example, headers: { ...headers, 'x-acs-date': '2023-10-26T10:22:33Z' } }, key),
      authorization({ ...example, headers: { ...headers, 'x-acs-signature-nonce': '1' } }, key),
      authorization({ ...example, query: { ...example.query, RegionId: 'cn-beijing' } }, key),
      authorization(example, { ...key, secret: 'other' }),
    ];
    expect(new Set(all).size).toBe(all.length);
  });

  it('encodes as RFC 3986 has it', () => {
    expect(canonicalQuery({ b: "a b*c~d/e'()!", a: '中' })).toBe('a=%E4%B8%AD&b=a%20b%2Ac~d%2Fe%27%28%29%21');
  });
});

describe('a signed webhook', () => {
  const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
  const now = new Date(1614265330_000);
  const body = '{"test": 2432232314}';
  const headers = sign('msg_p5jXN8AQM9LWM0D4loKWxJek', body, secret, now);

  // The vector that the libraries of https://www.standardwebhooks.com test themselves with.
  it('is signed as the published example', () => {
    expect(headers).toEqual({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
    expect(doubt(headers, body, secret, now)).toBeNull();
  });

  it.each<[string, object, string, string, number, string | null]>([
    ['one of several signatures is right', { 'webhook-signature': `v1,${'A'.repeat(43)}= ${headers['webhook-signature']}` }, body, secret, 0, null],
    ['its clock is off by less than is borne', {}, body, secret, TOLERANCE_SECONDS, null],
    ['it is old', {}, body, secret, TOLERANCE_SECONDS + 1, 'old'],
    ['it comes from the future', {}, body, secret, -TOLERANCE_SECONDS - 1, 'old'],
    ['another body', {}, '{"test": 2432232315}', secret, 0, 'wrong'],
    ['another secret', {}, body, 'whsec_AAAA', 0, 'wrong'],
    ['another id', { 'webhook-id': 'msg_2' }, body, secret, 0, 'wrong'],
    ['another time', { 'webhook-timestamp': '1614265331' }, body, secret, 0, 'wrong'],
    ['no signature', { 'webhook-signature': undefined }, body, secret, 0, 'unsigned'],
    ['a time that is none', { 'webhook-timestamp': 'NaN' }, body, secret, 0, 'unsigned'],
    ['a signature of another length', { 'webhook-signature': 'v1,AAAA' }, body, secret, 0, 'wrong'],
  ])('%s', (_, more, sent, by, seconds, expected) => {
    const later = new Date(now.getTime() + seconds * 1000);
    expect(doubt({ ...headers, ...more }, sent, by, later)).toBe(expected);
  }); // prettier-ignore

  it('is believed from whoever knows the secret, and nobody else', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.string({ minLength: 1 }),
        fc.string({ minLength: 1 }),
        (text, ours, theirs) => {
          const signed = sign('m1', text, ours, now);
          expect(doubt(signed, text, ours, now)).toBeNull();
          if (ours !== theirs) expect(doubt(signed, text, theirs, now)).toBe('wrong');
        },
      ),
    );
  });
});
