import { type MessagingConfig } from '../../config/index.js';
import { type Clock } from '../../kernel/index.js';
import { sign } from '../domain/webhook-signature.js';
import { type MessageChannel, NOT_SET_UP, type Outgoing, type Sending } from './channel.js';
import { post, refusalOf } from './http-post.js';

/** The hospital's own system, which is told by a signed request (Standard Webhooks). `webhook-id` is the idempotency key. */
export class WebhookChannel implements MessageChannel {
  constructor(
    private readonly config: MessagingConfig['webhook'],
    private readonly clock: Clock,
    private readonly limitMs: number,
  ) {}

  get isSetUp(): boolean {
    return this.config !== null;
  }

  async send(message: Outgoing): Promise<Sending> {
    if (!this.config) return NOT_SET_UP;
    const { url, secret } = this.config;
    const body = JSON.stringify({
      type: 'message',
      timestamp: message.createdAt.toISOString(),
      data: {
        id: message.id,
        template: message.template,
        templateRevision: message.templateRevision,
        language: message.language,
        audience: message.audience,
        class: message.urgency,
        taskId: message.taskId,
        to: message.address,
        text: message.content.text,
        values: message.content.values,
      },
    });
    const now = this.clock.now();
    const headers = {
      'content-type': 'application/json',
      'idempotency-key': message.id,
      ...sign(message.id, body, secret, now),
    };
    const posted = await post(url, body, headers, { limitMs: this.limitMs, now: () => this.clock.now() });
    if ('failed' in posted) return posted.failed;
    return refusalOf(posted.status, posted.retryAfterSeconds) ?? { taken: true, providerId: null };
  }
}
