import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { type Fault } from '../kernel/index.js';
import {
  asBundle,
  collectionOf,
  collectionText,
  type GroupedResource,
  type IngestBundle,
  isBundle,
  ResourceGroup,
} from './ingest-files-collection.js';
import { type AnyResource, parseResource } from './ingest-files-document.js';
import { type ChunkMark } from './ingest-files-journal.js';
import { byteLines } from './ingest-files-lines.js';
import { type IngestFile, readingFault } from './ingest-files-list.js';

/** A Bundle to be taken in. */
export interface IngestChunk {
  kind: 'chunk';
  file: string;
  /** First line, for NDJSON. */
  line?: number;
  resource: IngestBundle;
  /** The text as it came; entry by entry it is what `resource` holds. */
  source: string;
  /** Bytes of the file this accounts for (compressed ones of a .gz): all items add up to the total. */
  bytes: number;
  /** For the journal, once the chunk was acknowledged. */
  mark: ChunkMark;
  /** The single resources that were put together here; should the group be refused, see `splitGroup`. */
  group?: readonly GroupedResource[];
}

/** A file, or a line of it, that cannot be taken in. */
export interface IngestRefusal {
  kind: 'fault';
  file: string;
  line?: number;
  fault: Fault;
  bytes: number;
}

/** What need not be read: an earlier run has done it, or nothing stands there. */
export interface IngestSkip {
  kind: 'skipped';
  file: string;
  /** An earlier run had it acknowledged. */
  wasDone: boolean;
  bytes: number;
}

export type IngestItem = IngestChunk | IngestRefusal | IngestSkip;

export interface ReadingOptions {
  /** Lines that need not be read again; line 0 is a whole document. */
  isDone?: (fileKey: string, line: number) => boolean;
}

/** One document or line may have so many bytes unpacked; more would have to be held in memory at once. */
export const LARGEST_DOCUMENT = 64 << 20;
export const LARGEST_LINE = 64 << 20;

/**
 * Reads files one after the other, never more than one document (or one group of lines) at a time. What is wrong with
 * a file or a line is yielded, not thrown, and the rest is read on.
 */
export async function* readIngestFiles(
  files: readonly IngestFile[],
  options: ReadingOptions = {},
): AsyncGenerator<IngestItem> {
  const isDone = options.isDone ?? ((): boolean => false);
  for (const file of files) {
    if (/\.ndjson(\.gz)?$/i.test(file.path)) yield* readLines(file, isDone);
    else if (isDone(file.key, 0))
      yield { kind: 'skipped', file: file.path, wasDone: true, bytes: file.bytes };
    else yield await readDocument(file);
  }
}

/** The resources of a refused group one by one, so that a bad line refuses only itself. */
export function* splitGroup({ file, mark, group = [], bytes }: IngestChunk): Generator<IngestChunk> {
  for (const [i, { resource, text, line }] of group.entries()) {
    const own = { ...mark, first: line, last: line };
    yield {
      kind: 'chunk',
      file,
      line,
      resource: collectionOf([resource]),
      source: collectionText([text]),
      bytes: i === 0 ? bytes : 0,
      mark: own,
    };
  }
}

async function readDocument(file: IngestFile): Promise<IngestItem> {
  const refuse = (fault: Fault): IngestRefusal => ({
    kind: 'fault',
    file: file.path,
    fault,
    bytes: file.bytes,
  });
  if (file.bytes > LARGEST_DOCUMENT) {
    return refuse({ code: 'too-large', message: '文件过大,请改用 NDJSON / too large, use NDJSON' });
  }
  try {
    const raw = await readFile(file.path);
    const bytes = file.path.endsWith('.gz')
      ? await promisify(gunzip)(raw, { maxOutputLength: LARGEST_DOCUMENT })
      : raw;
    const parsed = parseResource(bytes);
    if ('fault' in parsed) return refuse(parsed.fault);
    const mark = { fileKey: file.key, first: 0, last: 0 };
    const { resource, text } = parsed;
    const source = isBundle(resource) ? text : collectionText([text]);
    return { kind: 'chunk', file: file.path, resource: asBundle(resource), source, bytes: file.bytes, mark };
  } catch (error) {
    return refuse(readingFault(error));
  }
}

async function* readLines(
  file: IngestFile,
  isDone: (fileKey: string, line: number) => boolean,
): AsyncGenerator<IngestItem> {
  const reader = new LineReader(file);
  let wasDone = false;
  try {
    for await (const { number, bytes, position } of byteLines(file.path, LARGEST_LINE)) {
      reader.position = position;
      if (isDone(file.key, number)) {
        wasDone = true;
        continue;
      }
      if (bytes === null) {
        // A group ends before a bad line, or the journal would count that line as done.
        yield* reader.flush();
        yield reader.refuse({ code: 'too-large', message: '该行过长 / the line is too long' }, number);
        continue;
      }
      if (isBlank(bytes)) continue;
      const parsed = parseResource(bytes);
      if ('resource' in parsed) {
        yield* reader.take(parsed.resource, parsed.text, number, bytes.length);
        continue;
      }
      yield* reader.flush();
      yield reader.refuse(parsed.fault, number);
      // The rest of a file in another encoding would only repeat the fault line by line.
      if (parsed.fault.code === 'unsupported-encoding') break;
    }
  } catch (error) {
    yield* reader.flush();
    yield reader.refuse(readingFault(error));
  }
  yield* reader.flush();
  const rest = file.bytes - reader.told;
  if (rest > 0 || wasDone) yield { kind: 'skipped', file: file.path, wasDone, bytes: rest };
}

/** Makes items of lines: Bundles as they come, single resources in groups. */
class LineReader {
  position = 0;
  told = 0;
  readonly #group = new ResourceGroup();

  constructor(private readonly file: IngestFile) {}

  *take(resource: AnyResource, text: string, line: number, size: number): Generator<IngestChunk> {
    if (!isBundle(resource)) {
      yield* this.#grouped(this.#group.add({ resource, text, line, bytes: size }));
      return;
    }
    yield* this.flush();
    const mark = { fileKey: this.file.key, first: line, last: line };
    yield {
      kind: 'chunk',
      file: this.file.path,
      line,
      resource: asBundle(resource),
      source: text,
      bytes: this.#bytes(),
      mark,
    };
  }

  *flush(): Generator<IngestChunk> {
    yield* this.#grouped(this.#group.take());
  }

  refuse(fault: Fault, line?: number): IngestRefusal {
    return {
      kind: 'fault',
      file: this.file.path,
      ...(line === undefined ? {} : { line }),
      fault,
      bytes: this.#bytes(),
    };
  }

  *#grouped(group: readonly GroupedResource[]): Generator<IngestChunk> {
    const [first] = group;
    if (!first) return;
    const mark = { fileKey: this.file.key, first: first.line, last: group.at(-1)?.line ?? first.line };
    const resource = collectionOf(group.map((member) => member.resource));
    yield {
      kind: 'chunk',
      file: this.file.path,
      line: first.line,
      resource,
      source: collectionText(group.map((member) => member.text)),
      bytes: this.#bytes(),
      mark,
      group,
    };
  }

  #bytes(): number {
    const bytes = this.position - this.told;
    this.told = this.position;
    return bytes;
  }
}

function isBlank(bytes: Buffer): boolean {
  return bytes.every((byte) => byte === 0x20 || byte === 0x0d || byte === 0x09);
}
