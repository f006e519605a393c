import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { AppError, type FileFault } from '../kernel/index.js';
import { type SourceFile } from './domain/files/parse-file.js';
import { noticeOf } from './domain/files/source-node.js';

/** Far more than a file of rules that a person still reads. */
const LARGEST_FILE_BYTES = 2 * 1024 * 1024;
const FILE = /\.(ya?ml|json)$/i;
/** For editors, and no rule file. */
const SCHEMA = 'schema.json';
/** Where a file as a whole is at fault. */
const START = { line: 1, column: 1 };

/**
 * All `.yaml`, `.yml` and `.json` files of the folder and below, in the order of their paths; names that begin with a
 * dot are left out.
 * @param name what the folder is called in a fault
 * @throws AppError `rules-refused` when the folder or one of the files cannot be read
 */
export async function readFiles(dir: string, name = dir): Promise<SourceFile[]> {
  let entries;
  try {
    entries = await readdir(dir, { recursive: true, withFileTypes: true });
  } catch (error) {
    const notice = noticeOf(name, null, 'folder-unreadable', { cause: causeOf(error) });
    throw new AppError([{ code: 'rules-refused', ...notice } satisfies FileFault]);
  }
  const found = entries
    .filter((entry) => entry.isSymbolicLink() || (entry.isFile() && FILE.test(entry.name)))
    .map((entry) => relative(dir, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => path !== SCHEMA && !path.split('/').some((part) => part.startsWith('.')))
    .sort();
  const read = await Promise.all(found.map((path) => readOne(dir, path)));
  const faults = read.flatMap((one) => (one && 'kind' in one ? one : []));
  if (faults.length > 0) throw new AppError(faults);
  return read.flatMap((one) => (one && 'text' in one ? one : []));
}

/** A link to a file is followed; one that leads nowhere, or to a folder, is a fault rather than left out in silence. */
async function readOne(dir: string, path: string): Promise<SourceFile | FileFault | null> {
  const at = join(dir, path);
  const refused = { code: 'rules-refused' } as const;
  try {
    const found = await stat(at);
    if (found.isDirectory()) return { ...refused, ...noticeOf(path, START, 'link-to-folder') };
    if (!found.isFile() || !FILE.test(path)) return null;
    if (found.size > LARGEST_FILE_BYTES) return { ...refused, ...noticeOf(path, START, 'file-too-large') };
    return { path, text: await readFile(at, 'utf8') };
  } catch (error) {
    return { ...refused, ...noticeOf(path, START, 'file-unreadable', { cause: causeOf(error) }) };
  }
}

function causeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? 'unknown';
}
