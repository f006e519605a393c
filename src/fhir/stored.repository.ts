import { Inject, Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { placeholders, Reader, readInstant } from '../database/index.js';

/** A result or clinical resource: its keeping, and where its content lies. */
export interface StoredRow {
  id: string;
  personId: string | null;
  version: number;
  lastUpdated: Date;
  messageId: string;
  entry: number;
}

export interface PatientRow {
  id: string;
  version: number;
  mergedInto: string | null;
  lastUpdated: Date;
  sealed: Buffer;
}

/** Where a resource of a message is kept. */
export interface Kept {
  messageId: string;
  entry: number;
  reference: string;
}

interface RawStored {
  id: string;
  person_id: string | null;
  version: number;
  updated: string | Date;
  message_id: string;
  entry: number;
}

const STORED = 'id, person_id, version, message_id, entry';

/** Rows of what feeds sent, by id. */
@Injectable()
export class StoredRepository {
  constructor(@Inject(Reader) private readonly reader: Reader) {}

  get manager(): EntityManager {
    return this.reader.manager;
  }

  async patients(ids: readonly string[]): Promise<PatientRow[]> {
    const rows = await this.reader.query<{
      id: string;
      version: number;
      merged_into: string | null;
      updated_at: string | Date;
      resource: Buffer;
    }>(
      `SELECT id, version, merged_into, updated_at, resource FROM person WHERE id IN (${placeholders(ids.length)})`,
      ids,
    );
    return rows.map((row) => ({
      id: row.id,
      version: row.version,
      mergedInto: row.merged_into,
      lastUpdated: readInstant(row.updated_at),
      sealed: row.resource,
    }));
  }

  async results(type: string, ids: readonly string[]): Promise<StoredRow[]> {
    const rows = await this.reader.query<RawStored>(
      `SELECT ${STORED}, received_at AS updated FROM observation WHERE component = 0 AND resource_type = ? AND id IN (${placeholders(ids.length)})`,
      [type, ...ids],
    );
    return rows.map(toStored);
  }

  async clinical(type: string, ids: readonly string[]): Promise<StoredRow[]> {
    const rows = await this.reader.query<RawStored>(
      `SELECT ${STORED}, updated_at AS updated FROM clinical_resource WHERE type = ? AND id IN (${placeholders(ids.length)})`,
      [type, ...ids],
    );
    return rows.map(toStored);
  }

  /** What these messages brought of these persons: the indexes know persons, not messages. */
  async keptOf(personIds: readonly string[], messageIds: readonly string[]): Promise<Kept[]> {
    if (personIds.length === 0 || messageIds.length === 0) return [];
    const these = `person_id IN (${placeholders(personIds.length)}) AND message_id IN (${placeholders(messageIds.length)})`;
    const rows = await this.reader.query<{ id: string; type: string; message_id: string; entry: number }>(
      `SELECT id, resource_type AS type, message_id, entry FROM observation WHERE component = 0 AND ${these} ` +
        `UNION ALL SELECT id, type, message_id, entry FROM clinical_resource WHERE ${these}`,
      [...personIds, ...messageIds, ...personIds, ...messageIds],
    );
    return rows.map((row) => ({
      messageId: row.message_id,
      entry: row.entry,
      reference: `${row.type}/${row.id}`,
    }));
  }

  /** Clinical resources by what their senders call them: sender key → `Type/id`. */
  async bySenderKeys(keys: readonly string[]): Promise<Map<string, string>> {
    if (keys.length === 0) return new Map();
    const rows = await this.reader.query<{ id: string; type: string; sender_key: string }>(
      `SELECT id, type, sender_key FROM clinical_resource WHERE sender_key IN (${placeholders(keys.length)})`,
      keys,
    );
    return new Map(rows.map((row) => [row.sender_key, `${row.type}/${row.id}`]));
  }
}

function toStored(row: RawStored): StoredRow {
  return {
    id: row.id,
    personId: row.person_id,
    version: row.version,
    lastUpdated: readInstant(row.updated),
    messageId: row.message_id,
    entry: row.entry,
  };
}
