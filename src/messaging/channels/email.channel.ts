import { createTransport } from 'nodemailer';
import { type MessagingConfig } from '../../config/index.js';
import { type MessageChannel, NOT_SET_UP, notTaken, type Outgoing, type Sending } from './channel.js';

/**
 * E-mail by SMTP. SMTP knows no idempotency key: what a server took without our hearing of it is sent again, with the
 * same Message-ID, by which mailboxes may recognise it.
 */
export class EmailChannel implements MessageChannel {
  readonly #transport: ReturnType<typeof createTransport> | null;

  constructor(
    private readonly config: MessagingConfig['email'],
    private readonly limitMs: number,
  ) {
    this.#transport =
      config &&
      createTransport({
        url: config.url,
        connectionTimeout: limitMs,
        greetingTimeout: limitMs,
        socketTimeout: limitMs,
        dnsTimeout: limitMs,
        disableFileAccess: true,
        disableUrlAccess: true,
      });
  }

  get isSetUp(): boolean {
    return this.#transport !== null;
  }

  async send({ id, address, content }: Outgoing): Promise<Sending> {
    if (!this.#transport || !this.config) return NOT_SET_UP;
    const { from } = this.config;
    const domain = /@([\w.-]+)>?\s*$/.exec(from)?.[1] ?? 'firstcall.invalid';
    const messageId = `<${id}@${domain}>`;
    const signal = AbortSignal.timeout(this.limitMs);
    try {
      await this.#transport.sendMail({
        from,
        to: { name: '', address },
        subject: content.subject ?? '',
        text: content.text,
        messageId,
        headers: { 'Auto-Submitted': 'auto-generated', 'X-Firstcall-Message': id },
        signal,
      });
      return { taken: true, providerId: messageId };
    } catch (error) {
      return signal.aborted ? notTaken('timed-out') : failureOf(error);
    }
  }
}

interface MailError {
  code?: string;
  responseCode?: number;
}

/** What a mail server's refusal means: 4xx may change by itself, 5xx will not (RFC 5321 §4.2.1). */
function failureOf(error: unknown): Sending {
  const { code = null, responseCode } = error as MailError;
  const shown = responseCode === undefined ? code : String(responseCode);
  if (code === 'EAUTH' || code === 'ENOAUTH' || responseCode === 530 || responseCode === 535) {
    return notTaken('not-authorised', { code: shown });
  }
  if (responseCode !== undefined && responseCode >= 500) {
    return notTaken(code === 'EENVELOPE' ? 'bad-address' : 'refused', { code: shown, isFinal: true });
  }
  if (responseCode !== undefined && responseCode >= 400) return notTaken('busy', { code: shown });
  if (code === 'EENVELOPE') return notTaken('bad-address', { code: shown, isFinal: true });
  if (code === 'ETIMEDOUT') return notTaken('timed-out', { code: shown });
  return notTaken(code === 'ECONNECTION' ? 'cut-off' : 'unreachable', { code: shown });
}
