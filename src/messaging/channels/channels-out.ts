import { type Config } from '../../config/index.js';
import { type Clock } from '../../kernel/index.js';
import { type Channel } from '../domain/message.js';
import { ATTEMPT_LIMIT_MS, type MessageChannel } from './channel.js';
import { EmailChannel } from './email.channel.js';
import { LogChannel } from './log.channel.js';
import { SmsChannel } from './sms.channel.js';
import { WebhookChannel } from './webhook.channel.js';

export const CHANNELS_OUT = Symbol('ChannelsOut');
export type ChannelsOut = Readonly<Record<Channel, MessageChannel>>;

/** Every way out, as it is configured. */
export function channelsOut(
  { messaging }: Pick<Config, 'messaging'>,
  clock: Clock,
  limitMs = ATTEMPT_LIMIT_MS,
): ChannelsOut {
  return {
    log: new LogChannel(),
    email: new EmailChannel(messaging.email, limitMs),
    sms: new SmsChannel(messaging.sms, clock, limitMs),
    webhook: new WebhookChannel(messaging.webhook, clock, limitMs),
  };
}
