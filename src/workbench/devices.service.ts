import { Inject, Injectable } from '@nestjs/common';
import { AccessService } from '../access/index.js';
import { Reader, readInstant } from '../database/index.js';
import { MessageStore, type StoredMessage } from '../people/index.js';
import { type DeviceShown } from './devices.dto.js';

const MOST_SHOWN = 500;

interface DeviceRow {
  id: string;
  person_id: string | null;
  status: string | null;
  message_id: string;
  entry: number;
  updated_at: string | Date;
}

/** The devices that senders have told of: what they are lies in the message, word for word. */
@Injectable()
export class DevicesService {
  constructor(
    @Inject(Reader) private readonly reader: Reader,
    @Inject(MessageStore) private readonly messages: MessageStore,
    @Inject(AccessService) private readonly keys: AccessService,
  ) {}

  async list(): Promise<DeviceShown[]> {
    const rows = await this.reader.query<DeviceRow>(
      `SELECT id, person_id, status, message_id, entry, updated_at FROM clinical_resource
         WHERE type = 'Device' ORDER BY updated_at DESC, message_id, id LIMIT ${MOST_SHOWN}`,
    );
    const sources = new Map((await this.keys.list()).map(({ id, name }) => [id, name]));
    const shown: DeviceShown[] = [];
    // Devices of one message stand together; no more than one message is held, as large as it may be.
    let message: StoredMessage | null = null;
    for (const row of rows) {
      if (message?.about.id !== row.message_id)
        message = await this.messages.load(this.reader.manager, row.message_id);
      const sent = message?.resource(row.entry) as fhir4.Device | undefined;
      shown.push({
        id: row.id,
        name: sent ? nameOf(sent) : null,
        maker: [sent?.manufacturer, sent?.modelNumber].filter(Boolean).join(' ') || null,
        status: row.status,
        isWorn: row.person_id !== null,
        source: sources.get(message?.about.feedId ?? '') ?? '',
        updatedAt: readInstant(row.updated_at).toISOString(),
      });
    }
    return shown;
  }
}

function nameOf({ deviceName, type, identifier }: fhir4.Device): string | null {
  return deviceName?.[0]?.name ?? type?.text ?? type?.coding?.[0]?.display ?? identifier?.[0]?.value ?? null;
}
