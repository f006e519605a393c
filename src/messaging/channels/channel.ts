import { type Audience, type Channel, type Content, type Language } from '../domain/message.js';
import { type ErrorKind } from '../domain/next-step.js';
import { type Urgency } from '../../policy/index.js';

/** A message on its way out, opened. */
export interface Outgoing {
  /** The idempotency key too: the same at every attempt. */
  id: string;
  channel: Channel;
  template: string;
  templateRevision: string;
  language: Language;
  audience: Audience;
  urgency: Urgency;
  taskId: string | null;
  address: string;
  content: Content;
  createdAt: Date;
}

/** How an attempt ended. */
export type Sending =
  | { taken: true; providerId: string | null }
  | {
      taken: false;
      /** Trying again would end in the same way. */
      isFinal: boolean;
      because: ErrorKind;
      /** The server's code, none of its words. */
      code: string | null;
      retryAfterSeconds: number | null;
    };

/** A way out. It ends within its time limit and never throws for what the other side did. */
export interface MessageChannel {
  /** Whether its address and secrets are configured. */
  readonly isSetUp: boolean;
  send(message: Outgoing): Promise<Sending>;
}

/** The longest that an attempt takes, from the first byte to the last; well below the lease of a claimed message. */
export const ATTEMPT_LIMIT_MS = 10_000;

export function notTaken(
  because: ErrorKind,
  {
    code = null,
    isFinal = false,
    retryAfterSeconds = null,
  }: Partial<Extract<Sending, { taken: false }>> = {},
): Sending {
  return { taken: false, isFinal, because, code, retryAfterSeconds };
}

/** What an unconfigured channel says: it can be mended while the message is tried again. */
export const NOT_SET_UP = notTaken('not-configured');
