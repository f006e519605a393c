import { Inject, Injectable } from '@nestjs/common';
import { Reader } from '../database/index.js';
import { MessageStore, type StoredMessage } from '../people/index.js';
import { organizationNames, type SentOrganization } from './domain/employer.js';

/** The names of all Organizations that were sent. Their content lies in the messages; there are some thousands at most. */
@Injectable()
export class EmployerNames {
  constructor(
    @Inject(Reader) private readonly reader: Reader,
    @Inject(MessageStore) private readonly messages: MessageStore,
  ) {}

  /** By `Organization/id` and by `system|value`. */
  async names(): Promise<ReadonlyMap<string, string>> {
    const rows = await this.reader.query<{ id: string; message_id: string; entry: number }>(
      `SELECT id, message_id, entry FROM clinical_resource WHERE type = 'Organization' ORDER BY message_id, entry`,
      [],
    );
    const sent: SentOrganization[] = [];
    let [at, message]: [string, StoredMessage | null] = ['', null];
    for (const { id, message_id, entry } of rows) {
      if (at !== message_id)
        [at, message] = [message_id, await this.messages.load(this.reader.manager, message_id)];
      const resource = message?.resource(entry);
      if (resource) sent.push({ id, resource: resource as fhir4.Organization });
    }
    return organizationNames(sent);
  }
}
