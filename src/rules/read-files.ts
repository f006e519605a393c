import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { AppError, type Fault } from '../kernel/index.js';
import { type SourceFile } from './domain/files/parse-file.js';

/** Far more than a file of rules that a person still reads. */
const LARGEST_FILE_BYTES = 2 * 1024 * 1024;
const FILE = /\.(ya?ml|json)$/i;

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
    throw new AppError('rules-refused', `the rules folder cannot be read (${codeOf(error)})`, name);
  }
  const found = entries
    .filter((entry) => entry.isSymbolicLink() || (entry.isFile() && FILE.test(entry.name)))
    .map((entry) => relative(dir, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => !path.split('/').some((part) => part.startsWith('.')))
    .sort();
  const read = await Promise.all(found.map((path) => readOne(dir, path)));
  const faults = read.flatMap((one) => (one && 'code' in one ? one : []));
  if (faults.length > 0) throw new AppError(faults);
  return read.flatMap((one) => (one && 'text' in one ? one : []));
}

/** A link to a file is followed; one that leads nowhere, or to a folder, is a fault rather than left out in silence. */
async function readOne(dir: string, path: string): Promise<SourceFile | Fault | null> {
  const at = join(dir, path);
  const fault = (message: string): Fault => ({ code: 'rules-refused', message, path: `${path}:1:1` });
  try {
    const found = await stat(at);
    if (found.isDirectory()) return fault('a link to a folder is not followed: link its files, or RULES_DIR itself');
    if (!found.isFile() || !FILE.test(path)) return null;
    if (found.size > LARGEST_FILE_BYTES) return fault(`the file is larger than ${LARGEST_FILE_BYTES} bytes`);
    return { path, text: await readFile(at, 'utf8') };
  } catch (error) {
    return fault(`the file cannot be read (${codeOf(error)})`);
  }
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? 'unknown cause';
}
