import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describeWhere } from './describe-where.js';

/**
 * The one reader of third-party test data, which lies outside the repository: `FIRSTCALL_TEST_DATA`, or a folder
 * beside the project.
 */
const ROOT = resolve(process.env.FIRSTCALL_TEST_DATA ?? join(import.meta.dirname, '../../../shared/data'));

export function hasTestData(): boolean {
  return existsSync(ROOT);
}

/** Bytes of one file, unpacked when its name ends in `.gz`. */
export function testBytes(path: string): Buffer {
  const bytes = readFileSync(join(ROOT, path));
  return path.endsWith('.gz') ? gunzipSync(bytes) : bytes;
}

/** Text of one UTF-8 file, unpacked, without byte order mark. */
export function testText(path: string): string {
  return testBytes(path)
    .toString('utf8')
    .replace(/^\uFEFF/, '');
}

/** One JSON file, unpacked and parsed. */
export function testData<T = unknown>(path: string): T {
  return JSON.parse(testText(path)) as T;
}

/** Paths of all files below a folder, relative to the root of the test data, in order of name. */
export function listTestData(folder: string, ending: RegExp = /\.json(\.gz)?$/): string[] {
  const at = join(ROOT, folder);
  if (statSync(at).isFile()) return [folder];
  return readdirSync(at, { recursive: true, withFileTypes: true })
    .filter((item) => item.isFile() && ending.test(item.name))
    .map((item) => relative(ROOT, join(item.parentPath, item.name)))
    .sort();
}

/** `describe` for tests that need the data. `body` runs only with data, so it may list files. */
export function describeWithData(name: string, body: () => void): void {
  const missing = `no third-party test data at ${ROOT} (set FIRSTCALL_TEST_DATA)`;
  describeWhere(hasTestData() ? null : missing, name, body);
}
