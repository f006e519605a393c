import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { AppError, type FileFault } from '../kernel/index.js';
import { type SourceFile } from './domain/files/parse-file.js';
import { noticeOf } from './domain/files/source-node.js';

/** Far more than a file of rules that a person still reads. */
const LARGEST_FILE_BYTES = 2 * 1024 * 1024;
const FILE = /\.(ya?ml|json)$/i;
/** What editors and people make of the name: `blood-count.yaml.txt`. */
const RENAMED = /^(.+\.(?:ya?ml|json))\.[^./]+$/i;
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
    .filter((entry) => entry.isSymbolicLink() || FILE.test(entry.name))
    .map((entry) => relative(dir, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => path !== SCHEMA && !path.split('/').some((part) => part.startsWith('.')))
    .sort();
  const read = await Promise.all(found.map((path) => readOne(dir, path)));
  const names = entries.map((entry) => relative(dir, join(entry.parentPath, entry.name)).split(sep).join('/'));
  const faults = [...read.flatMap((one) => (one && 'kind' in one ? one : [])), ...renamed(names)];
  if (faults.length > 0) throw new AppError(faults);
  return read.flatMap((one) => (one && 'text' in one ? one : []));
}

/** Files whose name was lengthened, so that they would be left out in silence; a copy beside the file itself is fine. */
function renamed(names: readonly string[]): FileFault[] {
  const known = new Set(names);
  return names.flatMap((path) => {
    const own = RENAMED.exec(path)?.[1];
    if (own === undefined || known.has(own) || path.split('/').some((part) => part.startsWith('.'))) return [];
    return { code: 'rules-refused', ...noticeOf(path, START, 'renamed-file', { expected: own }) } as const;
  });
}

/**
 * A link to a file is followed; one that leads nowhere, or to a folder, and a folder or device with
 * a file's name are faults rather than left out in silence.
 */
async function readOne(dir: string, path: string): Promise<SourceFile | FileFault | null> {
  const at = join(dir, path);
  const refused = { code: 'rules-refused' } as const;
  try {
    const found = await stat(at);
    const isNamedAsFile = FILE.test(path);
    if (found.isDirectory() && !isNamedAsFile) return { ...refused, ...noticeOf(path, START, 'link-to-folder') };
    if (!isNamedAsFile) return null;
    if (!found.isFile()) return { ...refused, ...noticeOf(path, START, 'not-a-file') };
    if (found.size > LARGEST_FILE_BYTES) return { ...refused, ...noticeOf(path, START, 'file-too-large') };
    return { path, text: withLineBreaks(await readFile(at, 'utf8')) };
  } catch (error) {
    return { ...refused, ...noticeOf(path, START, 'file-unreadable', { cause: causeOf(error) }) };
  }
}

/** Some editors still end lines as old Macs did, by CR alone, which YAML would take for one long line. */
function withLineBreaks(text: string): string {
  return text.replace(/\r(?!\n)/g, '\n');
}

function causeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? 'unknown';
}
