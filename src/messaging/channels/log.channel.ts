import { Logger } from '@nestjs/common';
import { type MessageChannel, type Outgoing, type Sending } from './channel.js';

/** The default of a service that is only being tried: a line that a message was due, without address or content. */
export class LogChannel implements MessageChannel {
  readonly isSetUp = true;
  readonly #logger = new Logger('Messages');

  send({ id, template, templateRevision, language, urgency }: Outgoing): Promise<Sending> {
    this.#logger.log(`message ${id}: ${template} ${templateRevision} (${language}), class ${urgency}`);
    return Promise.resolve({ taken: true, providerId: null });
  }
}
