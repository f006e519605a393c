import { sign } from '../../src/messaging/index.js';
import { startApp, type TestApp } from './app.js';
import { bundleOf, person } from './messages.js';
import { messagesFolder, Messaging, RECEIPT_SECRET } from './messaging.js';
import { HttpReceiver } from './receivers/http-receiver.js';
import { accepted, GATEWAY_KEY, honestGateway } from './receivers/sms-gateway.js';

export const MESSAGES_NOW = '2026-03-02T02:00:00.000Z';

/** What was done with receipts. */
export interface ReceiptsAnswer {
  received: number;
  repeated: number;
  unmatched: number;
}

/** A service with a gateway of SMS and the receiver of a webhook, both real. */
export class MessagingApp {
  /** What the gateway sent, by the id of the message. */
  readonly sent = new Map<string, Record<string, string>>();

  private constructor(
    readonly gateway: HttpReceiver,
    readonly hook: HttpReceiver,
    readonly app: TestApp,
    readonly messaging: Messaging,
  ) {}

  static async start(env: Record<string, string> = {}): Promise<MessagingApp> {
    const gateway = await HttpReceiver.start(() => ({ status: 500 }));
    const hook = await HttpReceiver.start(() => ({ status: 200 }));
    const app = await startApp({ env: { ...environment(gateway, hook), ...env }, now: MESSAGES_NOW });
    return new MessagingApp(gateway, hook, app, new Messaging(app));
  }

  environment(policy?: (text: string) => string): Record<string, string> {
    return environment(this.gateway, this.hook, policy);
  }

  async close(): Promise<void> {
    await this.gateway.close();
    await this.hook.close();
    await this.app.close();
  }

  /** Ten in the morning of two days later, with nothing left of the test before. */
  async anotherDay(): Promise<void> {
    const { clock } = this.app;
    clock.advance({ days: 2 });
    clock.set(`${clock.now().toISOString().slice(0, 10)}T02:00:00.000Z`);
    this.hook.now(() => ({ status: 200 }));
    this.gateway.now(() => accepted('leftover'));
    await this.messaging.look();
    this.gateway.now(honestGateway(this.sent));
    this.sent.clear();
  }

  /** A person, by their id. */
  async known(more: Partial<fhir4.Patient> = {}): Promise<string> {
    const sent = bundleOf(person(undefined, more), []);
    const { body, status, text } = await this.app.post<fhir4.Bundle>('/fhir', sent);
    if (status !== 200) throw new Error(text);
    return /Patient\/([\w-]+)/.exec(body.entry![0]!.response!.location!)![1]!;
  }

  /** Reports as a gateway does, signed. */
  async report(
    receipts: object[],
    { secret = RECEIPT_SECRET, at = this.app.clock.now(), channel = 'sms', headers = {} } = {},
  ): Promise<{ status: number; body: ReceiptsAnswer; text: string }> {
    const body = JSON.stringify({ receipts });
    const signed = { ...sign('r1', body, secret, at), ...headers };
    return this.app.http<ReceiptsAnswer>('POST', `/api/messages/receipts/${channel}`, Buffer.from(body), {
      key: null,
      headers: { 'content-type': 'application/json', ...signed },
    });
  }

  /** The present, moved by seconds, as it is written. */
  at(seconds = 0): string {
    return new Date(this.app.clock.now().getTime() + seconds * 1000).toISOString();
  }
}

function environment(
  gateway: HttpReceiver,
  hook: HttpReceiver,
  policy?: (text: string) => string,
): Record<string, string> {
  return {
    MESSAGES_DIR: messagesFolder(policy),
    SMS_GATEWAY_URL: gateway.url,
    SMS_ACCESS_KEY_ID: GATEWAY_KEY.id,
    SMS_ACCESS_KEY_SECRET: GATEWAY_KEY.secret,
    SMS_SIGN_NAME: '示例体检中心',
    WEBHOOK_URL: hook.url,
    WEBHOOK_SECRET: RECEIPT_SECRET,
    SMS_RECEIPT_SECRET: RECEIPT_SECRET,
    WEBHOOK_RECEIPT_SECRET: RECEIPT_SECRET,
  };
}
