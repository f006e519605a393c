import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { AppError } from '../kernel/index.js';
import { type SourceFile } from './domain/files/parse-file.js';
import { noticeOf } from './domain/files/source-node.js';

/** For editors, and no rule file. */
const SCHEMA = 'schema.json';

/** All `.yaml`, `.yml` and `.json` files of the folder and below; names that begin with a dot are left out. */
export async function readFiles(dir: string): Promise<SourceFile[]> {
  let entries;
  try {
    entries = await readdir(dir, { recursive: true, withFileTypes: true });
  } catch {
    throw new AppError([{ code: 'rules-refused', ...noticeOf(dir, null, 'folder-unreadable') }]);
  }
  const paths = entries
    .filter((entry) => entry.isFile() && /\.(ya?ml|json)$/i.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !relative(dir, path).split(sep).some((part) => part.startsWith('.')))
    .filter((path) => relative(dir, path) !== SCHEMA);
  return Promise.all(
    paths.map(async (path) => ({
      path: relative(dir, path).split(sep).join('/'),
      text: await readFile(path, 'utf8'),
    })),
  );
}
