import { setTimeout as pause } from 'node:timers/promises';
import { FILE_TYPES } from '../fhir/domain/read-message.js';
import { type FhirWriteService } from '../fhir/fhir-write.service.js';
import { type EntryResult, type IncomingMessage } from '../intake/index.js';
import { AppError, type Fault } from '../kernel/index.js';
import { subjectOf } from './ingest-files-collection.js';
import { type IngestJournal } from './ingest-files-journal.js';
import { type IngestFile } from './ingest-files-list.js';
import { type IngestChunk, type IngestItem, readIngestFiles, splitGroup } from './ingest-files.js';
import { faultText, type IngestTally, placeOf } from './ingest-tally.js';

/** Enough that commits are shared and connections used. */
const MOST_IN_FLIGHT = 16;
/** Parsed and as text: what waits for its answer is held in memory. */
const MOST_BYTES_IN_FLIGHT = 32 << 20;
/** Another process may hold the database for a while: the whole wait is about two minutes. */
const BUSY_ATTEMPTS = 8;
const BUSY_PAUSE_MS = 500;

export interface IngestRunOptions {
  feed: IncomingMessage['feed'];
  tally: IngestTally;
  journal: IngestJournal | null;
  /** Bytes of files that are done with. */
  advance: (bytes: number) => void;
  /** Once aborted, what is under way is finished and nothing more is read. */
  signal?: AbortSignal;
  /** Told of each refusal at once, in one line. */
  complain: (line: string) => void;
}

/** Takes files in through the same door as HTTP, several messages at a time. */
export class IngestRun {
  readonly #inFlight = new Set<Promise<void>>();
  /** The last message under way about each subject, as its sender calls it. */
  readonly #bySubject = new Map<string, Promise<void>>();
  #bytes = 0;
  #file: string | null = null;
  #failure: { error: unknown } | null = null;

  constructor(
    private readonly writing: FhirWriteService,
    private readonly options: IngestRunOptions,
  ) {}

  /**
   * Reads all files. What is refused is told and counted, and the rest goes on.
   * @throws AppError `try-again` when the database stays away: what was acknowledged stays
   */
  async take(files: readonly IngestFile[]): Promise<void> {
    const { journal } = this.options;
    const isDone = journal ? (key: string, line: number) => journal.isDone(key, line) : undefined;
    for await (const item of readIngestFiles(files, isDone ? { isDone } : {})) {
      await this.#admit(item);
      if (this.#failure || this.options.signal?.aborted) break;
    }
    await this.#settle();
    if (this.#failure) throw this.#failure.error;
  }

  async #admit(item: IngestItem): Promise<void> {
    if (item.kind === 'chunk') return this.#send(item);
    if (item.kind === 'fault') this.#refuse(item, [item.fault]);
    else if (item.wasDone) this.options.tally.skipped++;
    this.options.advance(item.bytes);
  }

  /** Waits for room, then sends without waiting for the answer. */
  async #send(chunk: IngestChunk): Promise<void> {
    // Files of single resources build on each other: all Patients, then all Observations.
    if (chunk.file !== this.#file && chunk.group) await this.#settle();
    this.#file = chunk.file;
    const size = chunk.source.length;
    while (
      this.#inFlight.size >= MOST_IN_FLIGHT ||
      (this.#inFlight.size > 0 && this.#bytes + size > MOST_BYTES_IN_FLIGHT)
    ) {
      await Promise.race(this.#inFlight);
    }
    const subjects = [...new Set((chunk.group ?? []).flatMap(({ resource }) => subjectOf(resource) ?? []))];
    const before = subjects.flatMap((subject) => this.#bySubject.get(subject) ?? []);
    this.#bytes += size;
    const under = Promise.all(before)
      .then(() => this.#take(chunk))
      .catch((error: unknown) => void (this.#failure ??= { error }))
      .finally(() => {
        this.#bytes -= size;
        this.#inFlight.delete(under);
        for (const subject of subjects)
          if (this.#bySubject.get(subject) === under) this.#bySubject.delete(subject);
      });
    this.#inFlight.add(under);
    for (const subject of subjects) this.#bySubject.set(subject, under);
  }

  async #settle(): Promise<void> {
    while (this.#inFlight.size > 0) await Promise.all(this.#inFlight);
  }

  async #take(chunk: IngestChunk): Promise<void> {
    if (this.#failure) return;
    const faults = await this.#tryToTake(chunk);
    if (faults && (chunk.group?.length ?? 0) > 1) {
      // One bad line refuses only itself.
      for (const single of splitGroup(chunk)) {
        const own = await this.#tryToTake(single);
        if (own) this.#refuse(single, own);
      }
    } else if (faults) this.#refuse(chunk, faults);
    this.options.advance(chunk.bytes);
  }

  /** @returns why it was refused, or null when it was taken in */
  async #tryToTake(chunk: IngestChunk): Promise<readonly Fault[] | null> {
    try {
      const { entries } = await this.#patiently(() =>
        this.writing.take(chunk.resource, chunk.source, this.options.feed, FILE_TYPES, {
          mayLackSubject: true,
        }),
      );
      this.options.tally.taken(entries.filter((entry): entry is EntryResult => !('faults' in entry)));
      for (const entry of entries) if ('faults' in entry) this.#refuse(chunk, entry.faults);
      this.options.journal?.acknowledge(chunk.mark);
      return null;
    } catch (error) {
      if (error instanceof AppError && error.code === 'try-again') throw error;
      return error instanceof AppError ? error.faults : [unexpected(error)];
    }
  }

  /** A database that is busy with another process is waited for. */
  async #patiently<T>(work: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await work();
      } catch (error) {
        const isBusy = error instanceof AppError && error.code === 'try-again';
        if (!isBusy || attempt === BUSY_ATTEMPTS) throw error;
        await pause(BUSY_PAUSE_MS * 2 ** (attempt - 1));
      }
    }
  }

  #refuse(place: { file: string; line?: number }, faults: readonly Fault[]): void {
    const { tally, complain } = this.options;
    const { file, line } = place;
    tally.refuse({ file, ...(line === undefined ? {} : { line }), faults });
    complain(`${placeOf(place)}: 拒收 refused: ${faults.map(faultText).join('; ')}`);
  }
}

/** A fault of ours: the file is named, the rest goes on, and nothing of the file is repeated. */
function unexpected(error: unknown): Fault {
  const name = error instanceof Error ? error.name : 'unknown error';
  const frame = error instanceof Error ? (/^\s+at .*$/m.exec(error.stack ?? '')?.[0].trim() ?? '') : '';
  return { code: 'internal', message: `Firstcall failed on this (${name} ${frame})` };
}
