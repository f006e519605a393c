import { type Constants, readInstant } from '../database/index.js';
import { isoText } from './domain/iso-text.js';
import { packMeasurement, unpackMeasurement } from './domain/packed-measurement.js';
import { type StoredMeasurement, type StoredResult } from './domain/stored-result.js';

const OWN_COLUMNS = [
  'id', 'component', 'person_id', 'identity_key', 'resource_type', 'status', 'message_id', 'entry', 'codes', 'analyte',
  'measurement', 'at', 'issued', 'received_at',
]; // prettier-ignore
/** What the other columns hold when a result of a known person is sent for the first time: nearly always. */
const NEW_OF_KNOWN_PERSON = { subject_key: 'NULL', content_hash: "''", version: 1, sent_updated: 'NULL' } as const; // prettier-ignore

export const COLUMNS = [...OWN_COLUMNS, ...Object.keys(NEW_OF_KNOWN_PERSON)];

/** One row of `observation` as it is read. */
export type Row = Record<string, unknown> & { id: string; component: number };

/** Rows to insert: what they hold, column by column, and the columns that hold the same in all of them. */
interface NewRows {
  columns: readonly string[];
  rows: unknown[][];
  constants: Constants;
}

/** One row for each result itself, and one for each component that was measured. */
export function observationRows(results: readonly StoredResult[], instant: (date: Date) => string): NewRows {
  const areNew = results.every(isNewOfKnownPerson);
  const rows: unknown[][] = [];
  for (const result of results) {
    const at = instant(result.at);
    const atText = isoText(result.at);
    const issued = result.issued && instant(result.issued);
    const receivedAt = instant(result.receivedAt);
    const sentUpdated = result.sentUpdated && instant(result.sentUpdated);
    const add = (component: number, codes: string, measurement: StoredMeasurement | undefined): void => {
      const row = [result.id, component, result.personId, result.identityKey, result.resourceType, result.status, result.messageId, result.entry, codes, measurement?.analyte ?? null, measurement ? packMeasurement(measurement, atText) : null, at, issued, receivedAt]; // prettier-ignore
      if (!areNew) row.push(result.subjectKey, result.contentHash ?? '', result.version, sentUpdated);
      rows.push(row);
    };
    add(
      0,
      result.codes,
      result.measurements.find(({ component }) => component === 0),
    );
    for (const measurement of result.measurements)
      if (measurement.component > 0) add(measurement.component, '', measurement);
  }
  return areNew
    ? { columns: OWN_COLUMNS, rows, constants: NEW_OF_KNOWN_PERSON }
    : { columns: COLUMNS, rows, constants: {} };
}

function isNewOfKnownPerson({ subjectKey, contentHash, version, sentUpdated }: StoredResult): boolean {
  return subjectKey === null && contentHash === null && version === 1 && sentUpdated === null;
}

/** Rows of one observation, its own first, become one result. */
export function resultsOf(rows: readonly Row[]): StoredResult[] {
  const results: StoredResult[] = [];
  for (const row of rows) {
    let result = results.at(-1);
    if (result?.id !== row.id) results.push((result = toResult(row)));
    if (typeof row['measurement'] === 'string') {
      const place = {
        analyte: row['analyte'] as string | null,
        component: row.component,
        at: isoText(result.at),
      };
      result.measurements.push(unpackMeasurement(row['measurement'], place));
    }
  }
  return results;
}

function toResult(row: Row): StoredResult {
  return {
    id: row.id,
    identityKey: row['identity_key'] as string,
    contentHash: (row['content_hash'] as string) || null,
    resourceType: row['resource_type'] as StoredResult['resourceType'],
    version: row['version'] as number,
    status: row['status'] as string,
    personId: row['person_id'] as string | null,
    subjectKey: row['subject_key'] as string | null,
    messageId: row['message_id'] as string,
    entry: row['entry'] as number,
    codes: row['codes'] as string,
    at: readInstant(row['at']),
    issued: readInstant(row['issued'], true),
    sentUpdated: readInstant(row['sent_updated'], true),
    receivedAt: readInstant(row['received_at']),
    measurements: [],
  };
}
