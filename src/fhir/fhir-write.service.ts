import { Inject, Injectable } from '@nestjs/common';
import {
  type EntryResult,
  type IncomingEntry,
  type IncomingMessage,
  IntakeService,
} from '../intake/index.js';
import { AppError, type Fault } from '../kernel/index.js';
import { isoText } from '../people/index.js';
import { toOperationOutcome } from './domain/operation-outcome.js';
import { type ReadingOptions, readMessage, type Refused, type Taking } from './domain/read-message.js';

type Feed = IncomingMessage['feed'];

/** What became of a Bundle, entry by entry; in a batch an entry may have been refused. */
export interface TakenBundle {
  taking: Taking;
  entries: (EntryResult | Refused)[];
}

/** Gives what was read at the door to the intake, and says what became of it. */
@Injectable()
export class FhirWriteService {
  constructor(@Inject(IntakeService) private readonly intake: IntakeService) {}

  /** A Bundle: all or nothing, or (batch) each entry for itself. */
  async bundle(
    body: unknown,
    source: string | Buffer,
    feed: Feed,
    types: ReadonlySet<string>,
  ): Promise<fhir4.Bundle> {
    const { taking, entries } = await this.take(body, source, feed, types);
    return {
      resourceType: 'Bundle',
      type: taking === 'separately' ? 'batch-response' : 'transaction-response',
      entry: entries.map((one) => ('faults' in one ? toRefusal(one.faults) : toResponse(one))),
    };
  }

  /**
   * The same, with what became of each entry in the intake's words.
   * @throws AppError when the Bundle, or in one that is taken as a whole any entry, is not acceptable
   */
  async take(
    body: unknown,
    source: string | Buffer,
    feed: Feed,
    types: ReadonlySet<string>,
    reading?: ReadingOptions,
  ): Promise<TakenBundle> {
    const { taking, entries } = readMessage(body, types, reading);
    if (taking === 'together') {
      const results = await this.intake.receive({ feed, entries: entries as IncomingEntry[], source });
      return { taking, entries: results };
    }
    const taken: TakenBundle['entries'] = [];
    for (const entry of entries) taken.push('faults' in entry ? entry : await this.alone(entry, feed));
    return { taking, entries: taken };
  }

  async resource(entry: IncomingEntry, source: string | Buffer, feed: Feed): Promise<EntryResult> {
    const [result] = await this.intake.receive({ feed, entries: [entry], source });
    return result!;
  }

  private async alone(entry: IncomingEntry, feed: Feed): Promise<EntryResult | Refused> {
    try {
      return await this.resource({ ...entry, index: 0 }, JSON.stringify(entry.resource), feed);
    } catch (error) {
      if (error instanceof AppError && error.code !== 'try-again')
        return { index: entry.index, faults: [...error.faults] };
      throw error;
    }
  }
}

const WORDS: Record<number, string> = { 200: '200 OK', 201: '201 Created', 202: '202 Accepted' };

/** What was kept without being used is said so. */
export const KEPT_UNUSED = toOperationOutcome(
  [
    {
      code: 'unsupported-resource',
      message: 'Kept with the source message; Firstcall has no use for resources of this type.',
    },
  ],
  'information',
);

export function locationOf({ type, id, version }: EntryResult): string | undefined {
  return id === null ? undefined : `${type}/${id}/_history/${version}`;
}

function toResponse(result: EntryResult): fhir4.BundleEntry {
  const { status, version, lastModified } = result;
  const response: fhir4.BundleEntryResponse = { status: WORDS[status]! };
  const location = locationOf(result);
  if (location)
    Object.assign(response, { location, etag: `W/"${version}"`, lastModified: isoText(lastModified) });
  else response.outcome = KEPT_UNUSED;
  return { response };
}

function toRefusal(faults: readonly Fault[]): fhir4.BundleEntry {
  return { response: { status: String(new AppError(faults).status), outcome: toOperationOutcome(faults) } };
}
