import { type Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { type Fault } from '../kernel/index.js';
import { fileKeyOf } from './ingest-files-journal.js';

export interface IngestFile {
  path: string;
  bytes: number;
  key: string;
}

/** What the paths hold, in the order of reading, and the paths that could not be read. */
export interface IngestListing {
  files: IngestFile[];
  totalBytes: number;
  faults: { file: string; fault: Fault }[];
}

const READABLE = /\.(json|ndjson)(\.gz)?$/i;

/**
 * Lists the files of PATH…: files as named, folders with all that lies below, sorted by name, the files of people and
 * institutions (`Patient.ndjson`) before the results that speak of them. Each file once.
 */
export async function listIngestFiles(paths: readonly string[]): Promise<IngestListing> {
  const listing: IngestListing = { files: [], totalBytes: 0, faults: [] };
  const seen = new Set<string>();
  for (const path of paths) await visit(resolve(path), true, listing, seen);
  listing.totalBytes = listing.files.reduce((sum, { bytes }) => sum + bytes, 0);
  return listing;
}

async function visit(path: string, named: boolean, listing: IngestListing, seen: Set<string>): Promise<void> {
  try {
    const real = await realpath(path);
    if (seen.has(real)) return;
    const found = await stat(real);
    if (found.isDirectory()) {
      seen.add(real);
      const below = await readdir(path, { withFileTypes: true });
      for (const name of below.sort(inReadingOrder).map((entry) => entry.name)) {
        await visit(join(path, name), false, listing, seen);
      }
    } else if (READABLE.test(path)) {
      seen.add(real);
      listing.files.push({ path, bytes: found.size, key: fileKeyOf(real, found.size, found.mtimeMs) });
    } else if (named) {
      const message =
        '文件名须以 .json、.ndjson、.json.gz 或 .ndjson.gz 结尾 / the name must end in one of these';
      listing.faults.push({ file: path, fault: { code: 'invalid-request', message } });
    }
  } catch (error) {
    listing.faults.push({ file: path, fault: readingFault(error) });
  }
}

/** A file that is not there or may not be read, in words. */
export function readingFault(error: unknown): Fault {
  const code = (error as NodeJS.ErrnoException | null)?.code ?? 'unknown error';
  if (code === 'ENOENT') return { code: 'not-found', message: '找不到文件或文件夹 / no such file or folder' };
  if (/^Z_/.test(code))
    return { code: 'unsupported-encoding', message: `gzip 数据损坏 / damaged gzip data (${code})` };
  if (code === 'ERR_BUFFER_TOO_LARGE')
    return { code: 'too-large', message: '解压后过大 / too large when unpacked' };
  return { code: 'invalid-request', message: `无法读取 / cannot be read (${code})` };
}

function inReadingOrder(a: Dirent, b: Dirent): number {
  return rank(a.name) - rank(b.name) || (a.name < b.name ? -1 : 1);
}

const FIRST = ['Organization', 'Location', 'Practitioner', 'Patient', 'Encounter'];

function rank(name: string): number {
  const place = FIRST.indexOf(basename(name).split(/[.\d_-]/)[0] ?? '');
  return place < 0 ? FIRST.length : place;
}
