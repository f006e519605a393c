import { Inject, Injectable } from '@nestjs/common';
import { placeholders, Reader, readInstant } from '../database/index.js';
import { type ContactShown, renderContact } from './domain/render-contact.js';
import { type Loaded } from './stored.loader.js';

interface Row {
  id: string;
  task_id: string;
  person_id: string | null;
  status: ContactShown['status'];
  channel: ContactShown['channel'];
  outcome: string;
  answered_by: string | null;
  read_back: string;
  told: string;
  actor: string;
  at: string | Date;
  updated_at: string | Date;
}

/** Loads the calls that were made. */
@Injectable()
export class ContactLoader {
  constructor(@Inject(Reader) private readonly reader: Reader) {}

  async contacts(ids: readonly string[]): Promise<Loaded[]> {
    const rows = await this.reader.query<Row>(
      `SELECT id, task_id, person_id, status, channel, outcome, answered_by, read_back, told, actor, at, updated_at FROM contact WHERE id IN (${placeholders(ids.length)})`,
      ids,
    );
    return rows.map(({ id, person_id: personId, status, channel, outcome, actor, ...row }) => ({
      id,
      personId,
      resource: renderContact({
        id, personId, status, channel, outcome, actor,
        taskId: row.task_id,
        answeredBy: row.answered_by,
        readBack: row.read_back,
        at: readInstant(row.at),
        updatedAt: readInstant(row.updated_at),
        told: JSON.parse(row.told) as ContactShown['told'],
      }),
    })); // prettier-ignore
  }
}
