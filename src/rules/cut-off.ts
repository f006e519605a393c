import { type FileFault } from '../kernel/index.js';
import { type SourceFile } from './domain/files/parse-file.js';
import { noticeOf } from './domain/files/source-node.js';

/**
 * The beginning of a rule file is a rule file: one that was cut off while it was saved or copied may be sound, and its
 * last rules or phrases would be gone without a word. A file that ends in the middle of a line, and did not before, is
 * taken for cut off.
 */
export function cutOffFiles(before: readonly SourceFile[], after: readonly SourceFile[]): FileFault[] {
  const endedWell = new Set(before.flatMap(({ path, text }) => (text.endsWith('\n') ? path : [])));
  return after
    .filter(({ path, text }) => endedWell.has(path) && !text.endsWith('\n'))
    .map(({ path, text }) => {
      const lines = text.split('\n');
      const end = { line: lines.length, column: (lines.at(-1) ?? '').length + 1 };
      return { code: 'rules-refused', ...noticeOf(path, end, 'cut-off') };
    });
}
