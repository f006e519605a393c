import { createServer } from 'node:net';
import { FixedClock } from '../../../test/support/fixed-clock.js';
import { type Behaviour, HttpReceiver } from '../../../test/support/receivers/http-receiver.js';
import { MailReceiver } from '../../../test/support/receivers/mail-receiver.js';
import {
  accepted,
  GATEWAY_KEY,
  honestGateway,
  refused,
  signatureFault,
  smsOf,
} from '../../../test/support/receivers/sms-gateway.js';
import { doubt } from '../domain/webhook-signature.js';
import { type Outgoing } from './channel.js';
import { EmailChannel } from './email.channel.js';
import { SmsChannel } from './sms.channel.js';
import { WebhookChannel } from './webhook.channel.js';

/** Enough for a machine that is busy with other tests; where nobody answers, it is waited out. */
const LIMIT_MS = 10_000;
const SHORT_LIMIT_MS = 300;
const limitFor = (behaviour: Behaviour | undefined): number =>
  behaviour === 'silent' || behaviour === 'stalls' ? SHORT_LIMIT_MS : LIMIT_MS;
const NOW = '2026-03-02T02:00:00.000Z';
const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const clock = new FixedClock(NOW);

const message: Outgoing = {
  id: '019cae52-7380-7000-8000-000000000001',
  channel: 'sms',
  template: 'please-ring',
  templateRevision: '1.00000000',
  language: 'zh',
  audience: 'person',
  urgency: 'A',
  taskId: null,
  address: '13800004471',
  content: {
    subject: '请回电',
    text: '王女士您好，请致电。',
    values: { salutation: '王女士' },
    code: 'SMS_1',
  },
  createdAt: new Date(NOW),
};
const lost = (because: string, code: string | null, isFinal = false, retryAfterSeconds: number | null = null) => ({
  ...{ taken: false, because, code, isFinal, retryAfterSeconds },
}); // prettier-ignore

/** A port at which nobody listens. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe('by HTTP', () => {
  let receiver: HttpReceiver;
  beforeAll(async () => (receiver = await HttpReceiver.start(() => ({ status: 200 }))));
  afterAll(() => receiver.close());

  const webhook = (limitMs = LIMIT_MS): WebhookChannel =>
    new WebhookChannel({ url: `${receiver.url}/hook`, secret: SECRET }, clock, limitMs);
  const sms = (limitMs = LIMIT_MS): SmsChannel =>
    new SmsChannel(
      { url: `${receiver.url}/`, keyId: GATEWAY_KEY.id, keySecret: GATEWAY_KEY.secret, signName: '体检中心' },
      clock,
      limitMs,
    );

  it('a webhook is signed, and names the message by which it is known again', async () => {
    receiver.now(() => ({ status: 204 }));
    await expect(webhook().send(message)).resolves.toEqual({ taken: true, providerId: null });
    const [{ headers, body, path }] = receiver.received as [(typeof receiver.received)[0]];
    expect(doubt(headers, body, SECRET, clock.now())).toBeNull();
    expect(headers).toMatchObject({ 'webhook-id': message.id, 'idempotency-key': message.id });
    expect(path).toBe('/hook');
    expect(JSON.parse(body)).toMatchObject({ data: { id: message.id, class: 'A', to: '13800004471' } });
  });

  it.each<[string, Behaviour, object]>([
    ['takes it', { status: 200 }, { taken: true, providerId: null }],
    ['fails', { status: 500, body: '13800004471' }, lost('busy', '500')],
    ['is full', { status: 429, headers: { 'retry-after': '120' } }, lost('busy', '429', false, 120)],
    ['is full until', { status: 503, headers: { 'retry-after': 'Mon, 02 Mar 2026 02:05:00 GMT' } }, lost('busy', '503', false, 300)],
    ['does not know us', { status: 401 }, lost('not-authorised', '401')],
    ['sends us elsewhere', { status: 302, headers: { location: 'http://127.0.0.1:1/' } }, lost('not-configured', '302')],
    ['has nothing there', { status: 404 }, lost('not-configured', '404')],
    ['takes it and answers at great length', { status: 200, body: 'x'.repeat(10 << 20) }, { taken: true, providerId: null }],
    ['finds it wrong', { status: 422 }, lost('refused', '422', true)],
    ['never answers', 'silent', lost('timed-out', null)],
    ['answers by halves', 'stalls', lost('timed-out', null)],
    ['takes it and hangs up', 'drops', lost('cut-off', 'UND_ERR_SOCKET')],
  ])('a receiver that %s', async (_, behaviour, expected) => {
    receiver.now(() => behaviour);
    await expect(webhook(limitFor(behaviour)).send(message)).resolves.toEqual(expected);
  }); // prettier-ignore

  it('a receiver that is not there', async () => {
    const url = `http://127.0.0.1:${await closedPort()}/`;
    const channel = new WebhookChannel({ url, secret: SECRET }, clock, LIMIT_MS);
    await expect(channel.send(message)).resolves.toEqual(lost('unreachable', 'ECONNREFUSED'));
  });

  it('an SMS is a signed call; number and name stand in no address line', async () => {
    const sent = new Map<string, Record<string, string>>();
    receiver.now(honestGateway(sent));
    const taken = { taken: true, providerId: `biz-${message.id}` };
    await expect(sms().send(message)).resolves.toEqual(taken);
    await expect(sms().send(message)).resolves.toEqual(taken);
    expect([...sent.values()]).toEqual([
      {
        PhoneNumbers: '13800004471',
        SignName: '体检中心',
        TemplateCode: 'SMS_1',
        TemplateParam: '{"salutation":"王女士"}',
        OutId: message.id,
      },
    ]);
    expect(receiver.received.map(({ path }) => path)).toEqual(['/', '/']);
    const nonces = receiver.received.map(({ headers }) => headers['x-acs-signature-nonce']);
    expect(new Set(nonces).size).toBe(2);
  });

  it('a changed SMS is not believed', async () => {
    receiver.now(() => accepted('b'));
    await sms().send(message);
    const [request] = receiver.received;
    expect(signatureFault(request!)).toBeNull();
    expect(signatureFault({ ...request!, body: request!.body.replace('4471', '4472') })).toBe(
      'SignatureDoesNotMatch',
    );
    expect(signatureFault({ ...request!, path: '/other' })).toBe('SignatureDoesNotMatch');
    expect(smsOf(request!).TemplateCode).toBe('SMS_1');
  });

  it.each<[string, Behaviour, object]>([
    ['is busy', refused('isv.BUSINESS_LIMIT_CONTROL'), lost('busy', 'isv.BUSINESS_LIMIT_CONTROL')],
    ['throttles', refused('Throttling.User', 400), lost('busy', 'Throttling.User')],
    ['is not paid', refused('isv.AMOUNT_NOT_ENOUGH'), lost('not-authorised', 'isv.AMOUNT_NOT_ENOUGH')],
    ['has another secret', refused('SignatureDoesNotMatch', 400), lost('not-authorised', 'SignatureDoesNotMatch')],
    ['knows no such number', refused('isv.MOBILE_NUMBER_ILLEGAL'), lost('bad-address', 'isv.MOBILE_NUMBER_ILLEGAL', true)],
    ['knows no such template', refused('isv.SMS_TEMPLATE_ILLEGAL'), lost('bad-content', 'isv.SMS_TEMPLATE_ILLEGAL', true)],
    ['says what nobody knows', refused('isv.NEW'), lost('unclear', 'isv.NEW')],
    ['says nothing that can be read', { status: 200, body: '<html>13800004471' }, lost('unclear', '200')],
    ['answers at great length', { status: 200, body: `{"Code":"OK","Message":"${'x'.repeat(10 << 20)}"}` }, lost('unclear', '200')],
    ['fails', { status: 502 }, lost('busy', '502')],
    ['takes it and hangs up', 'drops', lost('cut-off', 'UND_ERR_SOCKET')],
    ['never answers', 'silent', lost('timed-out', null)],
  ])('a gateway that %s', async (_, behaviour, expected) => {
    receiver.now(() => behaviour);
    await expect(sms(limitFor(behaviour)).send(message)).resolves.toEqual(expected);
  }); // prettier-ignore
});

describe('by e-mail', () => {
  let server: MailReceiver;
  beforeAll(async () => (server = await MailReceiver.start()));
  afterAll(() => server.close());
  beforeEach(() => {
    server.received.length = 0;
    server.behaviour = {};
  });
  const mail = { ...message, channel: 'email' as const, address: 'wang@example.cn' };
  const email = (limitMs = LIMIT_MS): EmailChannel =>
    new EmailChannel({ url: server.url, from: '体检中心 <calls@example.cn>' }, limitMs);

  it('goes to one address, under the name of the message', async () => {
    await expect(email().send(mail)).resolves.toEqual({ taken: true, providerId: `<${mail.id}@example.cn>` });
    expect(server.received).toHaveLength(1);
    const [{ to, text }] = server.received as [(typeof server.received)[0]];
    expect(to).toEqual(['wang@example.cn']);
    expect(text).toContain(`Message-ID: <${mail.id}@example.cn>`);
    expect(text).toContain('Auto-Submitted: auto-generated');
  });

  it('goes to nobody else, whatever stands in the address or the subject', async () => {
    const address = 'a@example.cn, b@example.cn';
    const content = { ...mail.content, subject: 'x\r\nBcc: c@example.cn' };
    await email().send({ ...mail, content });
    await email().send({ ...mail, address });
    expect(server.received.flatMap(({ to }) => to)).not.toContain('c@example.cn');
    expect(server.received.flatMap(({ to }) => to)).not.toContain('b@example.cn');
  });

  it.each<[string, MailReceiver['behaviour'], object]>([
    ['knows no such address', { recipient: 550 }, lost('bad-address', '550', true)],
    ['is not ready for the address', { recipient: 450 }, lost('busy', '450')],
    ['refuses the text', { data: 554 }, lost('refused', '554', true)],
    ['is full', { data: 452 }, lost('busy', '452')],
    ['never says whether it took it', { data: 'silent' }, lost('timed-out', null)],
  ])('a server that %s', async (_, behaviour, expected) => {
    server.behaviour = behaviour;
    const limitMs = behaviour.data === 'silent' ? SHORT_LIMIT_MS : LIMIT_MS;
    await expect(email(limitMs).send(mail)).resolves.toEqual(expected);
  });

  it('a server that takes it and hangs up is tried again under the same name', async () => {
    server.behaviour = { data: 'drops' };
    await expect(email().send(mail)).resolves.toMatchObject({ taken: false, isFinal: false });
    server.behaviour = {};
    await expect(email().send(mail)).resolves.toMatchObject({ taken: true });
    const names = server.received.map(({ text }) => /Message-ID: (\S+)/.exec(text)?.[1]);
    expect(names).toEqual([names[0], names[0]]);
  });

  it('a server that is not there', async () => {
    const url = `smtp://127.0.0.1:${await closedPort()}`;
    const channel = new EmailChannel({ url, from: 'calls@example.cn' }, LIMIT_MS);
    await expect(channel.send(mail)).resolves.toMatchObject({
      taken: false,
      isFinal: false,
      because: 'unreachable',
    });
  });
});

it('a channel that is not set up says so, and may be tried again', async () => {
  for (const channel of [
    new EmailChannel(null, 1),
    new SmsChannel(null, clock, 1),
    new WebhookChannel(null, clock, 1),
  ]) {
    expect(channel.isSetUp).toBe(false);
    await expect(channel.send(message)).resolves.toEqual(lost('not-configured', null));
  }
});
