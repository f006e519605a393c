import { Ajv } from 'ajv';
import { URGENCIES, type Urgency } from '../../policy/index.js';
import { type Cap } from './may-leave.js';
import { CHANNELS, type Channel, type Language } from './message.js';
import { type MessageFile, readFile } from './read-file.js';

/** How messages go out: the centre's to set, in `messages/policy.yaml`. */
export interface SendingPolicy {
  /** Name and telephone number that messages speak of; empty until the centre writes its own. */
  centre: { name: Record<Language, string>; phone: string };
  /** Pauses after each attempt, in seconds; one more attempt than pauses is made. */
  retry_seconds: Record<Urgency, number[]>;
  caps: Record<Urgency, Cap[]>;
  /** What was said to a number is not said to it again so soon, in the same words: two results, one call. In minutes. */
  say_once_within_minutes: Record<Urgency, number>;
  /** How many go out at once by a channel, of one instance. */
  concurrency: Record<Channel, number>;
  /** How many one pass of an instance sends by a channel before it lets others have their turn. */
  batch: number;
  /** For how long an answer is taken to be one to the message before it. */
  reply_within_days: number;
}

/** Where a folder of messages says nothing: as the shipped one. */
const SAY_ONCE_WITHIN_MINUTES: Record<Urgency, number> = { A: 15, important: 60, B: 1440, C: 1440 };

const seconds = { type: 'integer', minimum: 1, maximum: 86_400 };
const each = (keys: readonly string[], shape: object): object => ({
  type: 'object',
  additionalProperties: false,
  required: [...keys],
  properties: Object.fromEntries(keys.map((key) => [key, shape])),
});

const validate = new Ajv({ allErrors: true, verbose: true }).compile<SendingPolicy>({
  type: 'object',
  additionalProperties: false,
  required: ['kind', 'centre', 'retry_seconds', 'caps', 'concurrency', 'batch', 'reply_within_days'],
  properties: {
    kind: { const: 'sending-policy' },
    title: { type: 'string' },
    source: { type: 'string' },
    pending: { type: 'array', maxItems: 20, items: { type: 'string', maxLength: 80 } },
    centre: {
      type: 'object',
      additionalProperties: false,
      required: ['name', 'phone'],
      properties: {
        name: each(['zh', 'en'], { type: 'string', maxLength: 60 }),
        phone: { type: 'string', pattern: '^(?:\\+?\\d[\\d -]{4,24})?$' },
      },
    },
    retry_seconds: each(URGENCIES, { type: 'array', minItems: 1, maxItems: 30, items: seconds }),
    caps: each(URGENCIES, {
      type: 'array',
      maxItems: 5,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['at_most', 'within_minutes'],
        properties: {
          at_most: { type: 'integer', minimum: 1, maximum: 100 },
          within_minutes: { type: 'integer', minimum: 1, maximum: 43_200 },
        },
      },
    }),
    say_once_within_minutes: each(URGENCIES, { type: 'integer', minimum: 0, maximum: 43_200 }),
    concurrency: each(CHANNELS, { type: 'integer', minimum: 1, maximum: 32 }),
    batch: { type: 'integer', minimum: 1, maximum: 1000 },
    reply_within_days: { type: 'integer', minimum: 1, maximum: 60 },
  },
});

/**
 * Reads `policy.yaml` of the folder of messages.
 * @throws AppError `rules-refused` with file, line and column of every fault
 */
export function readSendingPolicy(file: MessageFile): SendingPolicy {
  // Folders of before say nothing of it.
  const policy = readFile(file, validate).value;
  return { ...policy, say_once_within_minutes: policy.say_once_within_minutes ?? SAY_ONCE_WITHIN_MINUTES };
}
