import { type TestApp } from '../support/app.js';
import { draft, type Messaging, toPerson } from '../support/messaging.js';
import { MessagingApp } from '../support/messaging-app.js';
import { type HttpReceiver } from '../support/receivers/http-receiver.js';
import { accepted, honestGateway, refused, smsOf } from '../support/receivers/sms-gateway.js';

let rig: MessagingApp;
let app: TestApp;
let messaging: Messaging;
let gateway: HttpReceiver;
let sent: Map<string, Record<string, string>>;
beforeAll(async () => {
  rig = await MessagingApp.start();
  ({ app, messaging, gateway, sent } = rig);
});
afterAll(() => rig.close());
beforeEach(() => rig.anotherDay());

describe('receipts', () => {
  async function sentMessage(more = {}): Promise<string> {
    const { id } = await messaging.enqueue(draft(more));
    await messaging.look();
    return id;
  }

  it('say what became of it; the same again, and late ones, change nothing', async () => {
    const id = await sentMessage();
    const delivered = { providerId: `biz-${id}`, status: 'delivered', at: rig.at(5) };
    app.clock.advance({ seconds: 10 });
    expect(await rig.report([delivered])).toMatchObject({
      status: 200,
      body: { received: 1, repeated: 0, unmatched: 0 },
    });
    expect(await rig.report([delivered])).toMatchObject({ body: { repeated: 1 } });
    expect(
      await rig.report([{ messageId: id, status: 'bounced', at: rig.at(-9), code: 'RETRY' }]),
    ).toMatchObject({
      status: 200,
    });
    await expect(messaging.message(id)).resolves.toMatchObject({ state: 'delivered', errorCode: null });
    expect(messaging.statesTold(id)).toEqual(['sent', 'delivered']);
  });

  it('of a bounce say what is to be done', async () => {
    const id = await sentMessage();
    await rig.report([{ messageId: id, status: 'bounced', at: rig.at(), code: 'UNDELIV' }]);
    await expect(messaging.message(id)).resolves.toMatchObject({ state: 'bounced', errorCode: 'UNDELIV' });
    expect(messaging.told(id).at(-1)).toMatchObject({ state: 'bounced', nextStep: 'phone' });
  });

  it('that come at once by several ways are counted once', async () => {
    const id = await sentMessage();
    const one = [{ messageId: id, status: 'delivered', at: rig.at() }];
    const answers = await Promise.all(Array.from({ length: 6 }, () => rig.report(one)));
    expect(answers.map(({ body }) => body.repeated).sort()).toEqual([0, 1, 1, 1, 1, 1]);
    expect(messaging.statesTold(id)).toEqual(['sent', 'delivered']);
  });

  it('that come before we know what the gateway calls it are kept for it', async () => {
    const early = rig.report([{ providerId: 'early-1', status: 'delivered', at: rig.at() }]);
    expect(await early).toMatchObject({ body: { unmatched: 1 } });
    gateway.now(() => accepted('early-1'));
    const id = await sentMessage();
    await expect(messaging.message(id)).resolves.toMatchObject({ state: 'delivered' });
  });

  it('that name it now by our name and now by the gateway’s, before we know either, are all of it', async () => {
    await rig.report([{ providerId: 'early-2', status: 'bounced', at: rig.at(), code: 'X' }]);
    gateway.now(async (request) => {
      const messageId = smsOf(request).OutId;
      await rig.report([{ messageId, status: 'delivered', at: rig.at(-60) }]);
      return accepted('early-2');
    });
    const id = await sentMessage();
    await expect(messaging.message(id)).resolves.toMatchObject({ state: 'bounced' });
  });

  it('prove that a message arrived whose answer was lost: it is not sent again', async () => {
    gateway.now(() => 'drops');
    const id = await sentMessage();
    await rig.report([{ messageId: id, status: 'delivered', at: rig.at() }]);
    app.clock.advance({ hours: 3 });
    gateway.now(honestGateway(sent));
    await expect(messaging.afterLooking(id)).resolves.toMatchObject({ state: 'delivered', nextAt: null });
    expect(sent.size).toBe(0);
  });

  it.each<[string, Parameters<typeof rig.report>[1] & object, number]>([
    ['another secret', { secret: 'whsec_AAAA' }, 401],
    ['no signature', { headers: { 'webhook-signature': '' } }, 401],
    ['a channel that reports nothing here', { channel: 'email' }, 401],
    ['no channel', { channel: 'pigeon' }, 404],
    ['a packed body', { headers: { 'content-encoding': 'gzip' } }, 413],
  ])('are refused with %s', async (_, how, status) => {
    const id = await sentMessage();
    expect((await rig.report([{ messageId: id, status: 'bounced', at: rig.at() }], how)).status).toBe(status);
    await expect(messaging.message(id)).resolves.toMatchObject({ state: 'sent' });
  });

  it('are refused when they are old, and when they say what nobody understands', async () => {
    const id = await sentMessage();
    const old = new Date(app.clock.now().getTime() - 301_000);
    const one = { messageId: id, status: 'bounced', at: rig.at() };
    expect(await rig.report([one], { at: old })).toMatchObject({ status: 401 });
    expect(await rig.report([{ ...one, at: 'yesterday' }])).toMatchObject({ status: 400 });
    expect(await rig.report([{ ...one, at: '2026-13-45T99:00:00Z' }])).toMatchObject({ status: 400 });
    expect(await rig.report([{ ...one, status: 'read' }])).toMatchObject({ status: 400 });
    expect(await rig.report(Array.from({ length: 101 }, () => one))).toMatchObject({ status: 400 });
    expect(await rig.report([])).toMatchObject({ status: 400 });
    await expect(messaging.message(id)).resolves.toMatchObject({ state: 'sent' });
  });

  it('that are too long are not read', async () => {
    const long = 'x'.repeat(300 * 1024);
    expect(await rig.report([{ status: 'reply', at: rig.at(), from: '1', text: long }])).toMatchObject({
      status: 413,
    });
  });

  it('bring answers: one that confirms is told on, one that stops is obeyed', async () => {
    const personId = await rig.known();
    const { id } = await messaging.enqueue(toPerson(personId, { urgency: 'A', address: '13800001111' }));
    await messaging.look();
    app.clock.advance({ minutes: 1 });
    await rig.report([{ status: 'reply', at: rig.at(), from: '+86 13800001111', text: '１' }]);
    expect(messaging.replies.at(-1)).toMatchObject({ id, personId, meaning: 'confirms' });
    await rig.report([{ status: 'reply', at: rig.at(1), from: '8613800001111', text: 'TD' }]);
    expect(messaging.replies.at(-1)).toMatchObject({ id, meaning: 'stops' });
    const later = await messaging.enqueue(toPerson(personId));
    app.clock.advance({ hours: 1 });
    await expect(messaging.afterLooking(later.id)).resolves.toMatchObject({ state: 'suppressed' });
    expect(
      await rig.report([{ status: 'reply', at: rig.at(2), from: '13900000000', text: '1' }]),
    ).toMatchObject({
      body: { unmatched: 1 },
    });
  });

  it('stop messages however long ago the last one was', async () => {
    const personId = await rig.known();
    await messaging.enqueue(toPerson(personId, { urgency: 'A', address: '13800003333' }));
    await messaging.look();
    app.clock.advance({ days: 40 });
    const reply = { status: 'reply', at: rig.at(), from: '13800003333' };
    expect((await rig.report([{ ...reply, text: '1' }])).body.unmatched).toBe(1);
    expect((await rig.report([{ ...reply, text: '退订' }])).body.unmatched).toBe(0);
    const later = await messaging.enqueue(toPerson(personId, { address: '13800003333' }));
    await expect(messaging.afterLooking(later.id)).resolves.toMatchObject({ errorKind: 'opted-out' });
  });

  it('from staff stop nothing', async () => {
    const id = await sentMessage({ address: '13800002222', personId: await rig.known() });
    await rig.report([{ status: 'reply', at: rig.at(1), from: '13800002222', text: 'TD' }]);
    expect(messaging.replies.at(-1)).toMatchObject({ id, meaning: 'stops', audience: 'staff' });
    const next = await messaging.enqueue(draft({ address: '13800002222' }));
    await expect(messaging.afterLooking(next.id)).resolves.toMatchObject({ state: 'sent' });
  });
});

describe('an administrator', () => {
  interface Page {
    items: { id: string; state: string; nextStep: string | null; resendOf: string | null }[];
    next: string | null;
  }

  it('sees what was lost and sends it again, once, under another key', async () => {
    gateway.now(() => refused('isv.MOBILE_NUMBER_ILLEGAL'));
    const { id } = await messaging.enqueue(draft());
    await messaging.look();
    const older = id;
    const { id: newer } = await messaging.enqueue(draft());
    await messaging.look();
    const first = await app.get<Page>('/api/messages?state=failed&channel=sms&limit=1');
    expect(first.body).toMatchObject({ items: [{ id: newer }], next: newer });
    const { body: lost, text } = await app.get<Page>(
      `/api/messages?state=failed&channel=sms&limit=1&after=${newer}`,
    );
    expect(lost).toMatchObject({
      items: [{ id: older, state: 'failed', nextStep: 'mend-configuration' }],
      next: null,
    });
    expect(text).not.toContain('13800004471');
    gateway.now(honestGateway(sent));
    const path = `/api/messages/${id}/resend`;
    const [one, two] = await Promise.all([
      app.http<{ id: string }>('POST', path),
      app.http<{ id: string }>('POST', path),
    ]);
    expect([one.status, two.status]).toEqual([201, 201]);
    expect(one.body).toMatchObject({ id: two.body.id, resendOf: id });
    await expect(messaging.afterLooking(one.body.id)).resolves.toMatchObject({ state: 'sent' });
    expect([...sent.keys()]).toEqual([one.body.id]);
    expect((await app.http('POST', `/api/messages/${one.body.id}/resend`)).status).toBe(409);
    expect((await app.http('POST', '/api/messages/none/resend')).status).toBe(404);
  });

  it('sees counts; nobody else sees anything', async () => {
    const { body } = await app.get<{ items: object[] }>('/api/messages/counts');
    expect(body.items).toContainEqual({ channel: 'sms', state: 'sent', count: expect.any(Number) as number });
    for (const key of ['feed', 'read', 'read-contact', null] as const) {
      const status = key === null ? 401 : 403;
      expect((await app.get('/api/messages', { key })).status).toBe(status);
      expect((await app.get('/api/messages/counts', { key })).status).toBe(status);
      expect((await app.http('POST', '/api/messages/x/resend', undefined, { key })).status).toBe(status);
    }
  });

  it('is told by the metrics what waits and what was lost', async () => {
    gateway.now(() => ({ status: 500 }));
    await messaging.enqueue(draft());
    await messaging.look();
    const { text } = await app.get('/metrics');
    expect(text).toMatch(/firstcall_messages\{channel="sms",state="waiting"\} 1\n/);
    expect(text).toMatch(/firstcall_messages\{channel="sms",state="failed"\} \d+\n/);
    expect(text).toMatch(/firstcall_message_delay_seconds 0\n/);
  });
});
